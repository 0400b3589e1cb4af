"""What a PDF page draws, operation by operation, forms included, and with which fonts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NullObject, StreamObject
from pypdf.generic._font import Font

from icarus_ingest.pdf_reasons import TOO_MUCH, reason_of

_FORMS_DEEP = 3
_MOST_OPERATIONS = 400_000  # forms that draw each other would be without end

Operation = tuple[list[Any], bytes]


@dataclass(slots=True)
class Drawing:
    """The operations of a page and its fonts by name; `untold` are the fonts whose letters nothing tells.

    `damage` says why there may be more on the page than these operations.
    """

    operations: list[Operation] = field(default_factory=list)
    fonts: dict[str, Font] = field(default_factory=dict)
    untold: set[int] = field(default_factory=set)
    damage: str = ""


def drawing_of(page: PageObject) -> Drawing:
    """Everything that a page draws, up to where it is damaged."""
    drawing = Drawing()
    contents = page.get("/Contents", NullObject()).get_object()
    if not isinstance(contents, ArrayObject | StreamObject):
        return drawing
    resources = _dictionary(page.get("/Resources"))
    drawing.fonts |= page._layout_mode_fonts()
    for name, value in _dictionary(resources.get("/Font")).items():
        if name in drawing.fonts and _shows_glyphs(_dictionary(value), drawing.fonts[name]):
            drawing.untold.add(id(drawing.fonts[name]))
    drawing.operations = list(islice(_operations(contents, resources, page, drawing), _MOST_OPERATIONS))
    if len(drawing.operations) == _MOST_OPERATIONS:
        drawing.damage = TOO_MUCH
    return drawing


def _operations(
    contents: Any,  # noqa: ANN401  pypdf's objects are untyped
    resources: DictionaryObject,
    page: PageObject,
    drawing: Drawing,
    prefix: str = "",
) -> Iterator[Operation]:
    """The operations of a content stream, with those of the forms that it draws in their places."""
    for operands, operator in _parsed(contents, page, drawing):
        if operator == b"Do" and operands and prefix.count("//") < _FORMS_DEEP:
            yield from _form(str(operands[0]), resources, page, drawing, prefix)
        elif operator == b"Tf" and operands and prefix:
            yield [prefix + str(operands[0]), *operands[1:]], operator
        else:
            yield operands, operator


def _parsed(contents: Any, page: PageObject, drawing: Drawing) -> list[Operation]:  # noqa: ANN401
    """The operations of one stream; those before the place where it breaks, if it does."""
    stream = ContentStream(contents, page.pdf, "bytes")
    try:
        return stream.operations
    except MemoryError:
        raise
    except Exception as error:  # pypdf raises a dozen types on broken streams
        if not stream._operations:
            raise
        drawing.damage = reason_of(error)
        return stream._operations


def _form(
    name: str, resources: DictionaryObject, page: PageObject, drawing: Drawing, prefix: str
) -> Iterator[Operation]:
    form = _dictionary(_dictionary(resources.get("/XObject")).get(name))
    if form.get("/Subtype") != "/Form" or not isinstance(form, StreamObject):
        return
    own = _dictionary(form.get("/Resources")) or resources
    inner = f"{prefix}{name}//"
    for font, value in _dictionary(own.get("/Font")).items():
        described = _dictionary(value)
        if described and inner + str(font) not in drawing.fonts:
            found = drawing.fonts[inner + str(font)] = Font.from_font_resource(described)
            if _shows_glyphs(described, found):
                drawing.untold.add(id(found))
    yield [], b"q"
    matrix = form.get("/Matrix")
    if isinstance(matrix, ArrayObject) and len(matrix) == 6:
        yield [float(n) for n in matrix], b"cm"
    yield from _operations(form, own, page, drawing, inner)
    yield [], b"Q"


def _shows_glyphs(described: DictionaryObject, font: Font) -> bool:
    """Whether a font's codes are numbers of glyphs, with nothing that says which letters these are."""
    identity = str(_resolved(described.get("/Encoding"))) in ("/Identity-H", "/Identity-V")
    return described.get("/Subtype") == "/Type0" and identity and not font.character_map


def _resolved(value: Any) -> Any:  # noqa: ANN401  pypdf's objects are untyped
    return value.get_object() if value is not None else None


def _dictionary(value: Any) -> DictionaryObject:  # noqa: ANN401  pypdf's objects are untyped
    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
