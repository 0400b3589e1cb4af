"""What is taken along as CSV: one row a quote; of a comparison, one row a field."""

import csv
import io
from collections.abc import Iterable, Iterator

from icarus.tool_formats import harmless_cell
from icarus_ui.export.characters import one_line
from icarus_ui.export.content import Cited, Content, Fact, Heading, Part, Table
from icarus_ui.markdown import Block
from icarus_ui.wording import Wording, wording_of


def as_csv(content: Content) -> str:
    """The text of a CSV file, to be written with a byte order mark: without one, Excel does not read it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    if not any(isinstance(part, Table) for part in content.parts):
        writer.writerow(_columns(wording_of(content.language)))
    writer.writerows([harmless_cell(one_line(cell)) for cell in row] for row in _rows(content))
    return out.getvalue()


def _columns(wording: Wording) -> tuple[str, ...]:
    return (
        wording.say("export", "part"),
        wording.say("export", "label"),
        wording.say("export", "text"),
        wording.say("export", "where"),
        wording.say("export", "report"),
    )


def _rows(content: Content) -> Iterator[tuple[str, ...]]:
    """All rows; the first column names the part that a row belongs to."""
    part_of = content.title
    for part in content.parts:
        if isinstance(part, Heading):
            part_of = part.text
        yield from _rows_of(part, part_of)


def _rows_of(part: Part, part_of: str) -> Iterable[tuple[str, ...]]:
    match part:
        case Heading():
            return ()
        case Fact(label, text):
            return ((part_of, label, text),)
        case Cited(label, quote, pages, title):
            return ((part_of, label, quote, pages, title),)
        case Block(runs, _):
            return ((part_of, "", "".join(run.text for run in runs)),)
        case Table(head, rows):
            return (head, *(tuple(_cell(cell) for cell in row) for row in rows))


def _cell(cell: str | tuple[Cited, ...]) -> str:
    return cell if isinstance(cell, str) else " | ".join(f"“{cited.quote}” ({cited.pages})" for cited in cell)
