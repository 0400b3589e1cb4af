"""What is taken along as a Word document (.docx)."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from icarus_ui.export.characters import one_line
from icarus_ui.export.content import Cited, Content, Fact, Heading, Part, Table
from icarus_ui.markdown import Block
from icarus_ui.wording import wording_of

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_LONG_SIDE, _SHORT_SIDE, _MARGIN = 297, 210, 20  # millimetres of A4
_BULLET = "List Bullet"


class _Words(NamedTuple):
    text: str
    bold: bool = False
    language: str = ""


def as_word(content: Content) -> bytes:
    """The bytes of a Word document on A4, on its side where it holds a table."""
    import docx

    document = docx.Document()
    _lay_out(document, wide=any(isinstance(part, Table) for part in content.parts))
    document.core_properties.title = one_line(content.title)[:255]
    document.core_properties.author = wording_of(content.language).say("brand", "name")
    document.core_properties.comments = ""
    document.core_properties.language = content.language
    _speak(document, content.language)
    document.core_properties.created = document.core_properties.modified = datetime.now(UTC)
    document.add_heading(one_line(content.title), level=1)
    for part in content.parts:
        _add(document, part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _speak(document: "Document", language: str) -> None:
    """The language of all that is not marked as another's."""
    from docx.oxml.ns import qn

    for spoken in document.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)


def _lay_out(document: "Document", wide: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    (section,) = document.sections
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = map(Mm, (_LONG_SIDE, _SHORT_SIDE) if wide else (_SHORT_SIDE, _LONG_SIDE))
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)


def _add(document: "Document", part: Part) -> None:
    match part:
        case Heading(text):
            document.add_heading(one_line(text), level=2)
        case Fact(label, text):
            _write(document.add_paragraph(style=_BULLET), [_Words(f"{label}: ", bold=True), _Words(text)])
        case Cited(label, quote, pages, title, language):
            origin = [_Words(f"{label} ", bold=True), _Words(title, language=language), _Words(f", {pages}: ")]
            _write(document.add_paragraph(style=_BULLET), [*origin, _Words(f"“{quote}”", language=language)])
        case Block(runs, item):
            paragraph = document.add_paragraph(style=_BULLET if item else None)
            _write(paragraph, [_Words(run.text, run.style == "bold") for run in runs])
        case Table():
            _add_table(document, part)


def _write(paragraph: "Paragraph", runs: Iterable[_Words]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for words in runs:
        run = paragraph.add_run(one_line(words.text))
        run.bold = words.bold or None
        if words.language:  # so that Word checks the spelling, and reads aloud, in the language of the quote
            spoken = OxmlElement("w:lang")
            spoken.set(qn("w:val"), words.language)
            run._r.get_or_add_rPr().append(spoken)


def _add_table(document: "Document", part: Table) -> None:
    """A table whose head is repeated on every page."""
    from docx.oxml import OxmlElement

    table = document.add_table(rows=0, cols=len(part.head), style="Table Grid")
    for row in (part.head, *part.rows):
        cells = table.add_row().cells
        for i, (cell, said) in enumerate(zip(cells, row, strict=True)):
            _fill(cell, said, bold=i == 0 or row is part.head)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(cell: "_Cell", said: str | tuple[Cited, ...], bold: bool) -> None:
    quoted = [] if isinstance(said, str) else said
    lines = [[_Words(f"“{cited.quote}”", language=cited.language), _Words(f" ({cited.pages})")] for cited in quoted]
    for i, line in enumerate(lines or [[_Words(str(said), bold)]]):
        _write(cell.paragraphs[0] if i == 0 else cell.add_paragraph(), line)
