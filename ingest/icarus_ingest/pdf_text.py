"""The words of a PDF page with their places and sizes, read with pypdf's own text state.

pypdf's plain mode breaks words where letters are placed one by one, and its layout mode drops text inside form
objects; both lose font sizes. So its layout mode's state machine is run here over all operations, forms included.
It is private to pypdf, which is pinned for that reason; a page that it cannot read falls back to the plain mode.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from pypdf import PageObject
from pypdf._text_extraction._layout_mode._fixed_width_page import recurse_to_target_op
from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
from pypdf._text_extraction._layout_mode._text_state_params import TextStateParams
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NullObject, StreamObject
from pypdf.generic._font import Font

from icarus_ingest.marks import fold_characters

GUESSED_SPACE = "\u2009"  # a gap that is taken for a space; the pages show none of these themselves
_FORMS_DEEP = 4
_MOST_RUNS = 60_000
_SAME_LINE = 0.5  # of the letters' height: superscripts stand no higher
_SPACE = 0.16  # of the letters' height: a gap that parts words, no kerning, where spaces are not shown
_WIDE_SPACE = 0.26  # the most that is asked where they are
_NEARLY = 0.9  # of a shown space's width: a gap that stands for a space left out
_SHOWN_SPACES = 0.08  # of all characters: spaces are shown
_APART = 1.1  # of the letters' height: a gap that parts cells and columns
_NEAR = 0.5  # the same where a column is known to begin
_LEAST_AT_EDGE = 8
_SUPERSCRIPT_SIZE, _SUPERSCRIPT_RISE = 0.82, 0.14
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

Operation = tuple[list[Any], bytes]


class TextRun(NamedTuple):
    """Letters shown in one go: from x0 to x1 at height y (points, upwards), letters of that size."""

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool


class Segment(NamedTuple):
    """Words on one line without a wide gap between them."""

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool


def segments_of(page: PageObject) -> list[Segment]:
    """The segments of a page, from top to bottom and left to right; none where its text is turned on its side."""
    runs = _runs(page)
    lines: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda r: (-r.y, r.x0)):
        if lines and abs(_baseline(lines[-1]) - run.y) < _SAME_LINE * max(run.size, lines[-1][0].size):
            lines[-1].append(run)
        else:
            lines.append([run])
    space = _space(runs)
    edges = _edges([segment for line in lines for segment in _segments(line, frozenset(), space)])
    return [segment for line in lines for segment in _segments(line, edges, space)]


def _space(runs: Sequence[TextRun]) -> float:
    """The gap that parts words, as a share of the letters' height.

    Writers that show their spaces also move letters apart inside words, by nearly as much.
    """
    shares = [(r.x1 - r.x0) / r.size for r in runs if r.text == " " and r.size]
    spaces, letters = sum(r.text.count(" ") for r in runs), sum(len(r.text) for r in runs)
    if not shares or spaces < _SHOWN_SPACES * letters:
        return _SPACE
    return min(max(_SPACE, _NEARLY * median(shares)), _WIDE_SPACE)


def _edges(segments: Sequence[Segment]) -> frozenset[int]:
    """Places where many lines begin (whole points): columns, that letters may come nearer than a wide gap."""
    counts = Counter(round(s.x0) for s in segments)
    return frozenset(x for x, count in counts.items() if count >= _LEAST_AT_EDGE)


def _runs(page: PageObject) -> list[TextRun]:
    fonts: dict[str, Font] = {}
    contents = page.get("/Contents", NullObject()).get_object()
    if not isinstance(contents, ArrayObject | StreamObject):
        return []
    fonts |= page._layout_mode_fonts()
    resources = _dictionary(page.get("/Resources"))
    operations = iter([([], b"q"), *_operations(contents, resources, page, fonts), ([], b"Q")])
    state = TextStateManager()
    shown: list[TextStateParams] = []
    for _, operator in operations:
        if operator in (b"q", b"BT"):
            end: Any = b"ET" if operator == b"BT" else b"Q"
            shown += recurse_to_target_op(operations, state, end, fonts, strip_rotated=False)[1]
    upright = [s for s in shown if not s.rotated and s.font.interpretable and s.text]
    if len(upright) < len(shown) / 2:
        return []
    return [_run(s) for s in upright[:_MOST_RUNS]]


def _operations(
    contents: Any,  # noqa: ANN401  pypdf's objects are untyped
    resources: DictionaryObject,
    page: PageObject,
    fonts: dict[str, Font],
    prefix: str = "",
) -> Iterator[Operation]:
    """The operations of a content stream, with those of the forms that it draws in their places."""
    for operands, operator in ContentStream(contents, page.pdf, "bytes").operations:
        if operator == b"Do" and operands and prefix.count("/") < _FORMS_DEEP:
            yield from _form(str(operands[0]), resources, page, fonts, prefix)
        elif operator == b"Tf" and operands and prefix:
            yield [prefix + str(operands[0]), *operands[1:]], operator
        else:
            yield operands, operator


def _form(
    name: str, resources: DictionaryObject, page: PageObject, fonts: dict[str, Font], prefix: str
) -> Iterator[Operation]:
    form = _dictionary(_dictionary(resources.get("/XObject")).get(name))
    if form.get("/Subtype") != "/Form" or not isinstance(form, StreamObject):
        return
    own = _dictionary(form.get("/Resources")) or resources
    inner = f"{prefix}{name}/"
    for font, value in _dictionary(own.get("/Font")).items():
        described = _dictionary(value)
        if described:
            fonts[inner + str(font)] = Font.from_font_resource(described)
    yield [], b"q"
    matrix = form.get("/Matrix")
    if isinstance(matrix, ArrayObject) and len(matrix) == 6:
        yield [float(n) for n in matrix], b"cm"
    yield from _operations(form, own, page, fonts, inner)
    yield [], b"Q"


def _dictionary(value: Any) -> DictionaryObject:  # noqa: ANN401  pypdf's objects are untyped
    found = value.get_object() if value is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _run(shown: TextStateParams) -> TextRun:
    name = shown.font.name.lower()
    bold = any(word in name for word in ("bold", "black", "heavy", "semibold", "demi"))
    # Some writers show a space as tab, line end, space and no-break space together.
    text = re.sub(r"[\s\u00a0]+", " ", fold_characters(shown.text))
    return TextRun(shown.tx, max(shown.displaced_tx, shown.tx), shown.ty, shown.font_height, text, bold)


def _baseline(line: list[TextRun]) -> float:
    return max(line, key=lambda r: (r.size, len(r.text))).y


def _segments(line: list[TextRun], edges: frozenset[int], space: float) -> Iterator[Segment]:
    """The runs of a line joined where they are near each other; raised small digits become footnote marks."""
    main = max(line, key=lambda r: (len(r.text.strip()) > 0, r.size))
    group: list[TextRun] = []
    for run in sorted(line, key=lambda r: r.x0):
        apart = _NEAR if round(run.x0) in edges else _APART
        if group and run.x0 - max(r.x1 for r in group) > apart * main.size:
            yield from _segment(group, main, space)
            group = []
        if run.text.strip() or group:
            group.append(run)
    yield from _segment(group, main, space)


def _segment(group: list[TextRun], main: TextRun, space: float) -> Iterator[Segment]:
    text, end = "", None
    solid = [r for r in group if r.text.strip()]
    for run in group:
        gap = run.x0 - end if end is not None else 0.0
        if gap > space * main.size and not text.endswith((" ", GUESSED_SPACE)) and not run.text.startswith(" "):
            text += GUESSED_SPACE
        text += _marked(run, solid)
        end = run.x1
    if text.strip():
        letters = sum(len(r.text) for r in solid)
        bold = sum(len(r.text) for r in solid if r.bold) * 2 > letters
        size = max(r.size for r in solid)
        yield Segment(solid[0].x0, max(r.x1 for r in solid), main.y, size, text.strip(), bold)


def _marked(run: TextRun, group: Sequence[TextRun]) -> str:
    """The letters of a run; digits that are smaller than those beside them, and raised above them, as marks."""
    digits = run.text.strip()
    if not digits.isdigit() or len(digits) > 3:
        return run.text
    # Beside a figure's small caption the text may stand lower, but not the caption's own words.
    at = group.index(run)
    beside = group[at - 1] if at else group[at + 1] if len(group) > 1 else run
    raised = run.y - beside.y > _SUPERSCRIPT_RISE * beside.size and run.size < _SUPERSCRIPT_SIZE * beside.size
    return digits.translate(_TO_SUPERSCRIPT) if raised else run.text
