"""What is taken along as Markdown: a file in which no word of a report is mark-up, or plain text to paste."""

import re
from collections.abc import Callable, Iterable

from icarus_ui.export.characters import one_line
from icarus_ui.export.content import Cited, Content, Fact, Heading, Part, Table
from icarus_ui.markdown import Block, Run

_SIGNS = re.compile(r"([\\`*_\[\]<>|~]|&(?=#?\w+;))")
_AT_START = re.compile(r"^(\s*\d*)([-+=#.)])")
Escape = Callable[[str], str]


def as_markdown(content: Content) -> str:
    """The text of a Markdown file; what the report or the question says is escaped."""
    return _written(content, _escaped)


def as_plain(content: Content) -> str:
    """The same to paste into a letter, without the signs of escaping."""
    return _written(content, one_line)


def _written(content: Content, escape: Escape) -> str:
    lines = [f"# {escape(content.title)}"]
    before: Part | None = None
    for part in content.parts:
        lines += [] if _is_item(before) and _is_item(part) else [""]
        lines.append(_part(part, escape))
        before = part
    return "\n".join(lines) + "\n"


def _is_item(part: Part | None) -> bool:
    return isinstance(part, Fact | Cited) or (isinstance(part, Block) and part.item)


def _part(part: Part, escape: Escape) -> str:
    match part:
        case Heading(text):
            return f"## {escape(text)}"
        case Fact(label, text):
            return f"- **{escape(label)}:** {escape(text)}"
        case Cited(label, quote, pages, title):
            return f"- {_label(label, escape)} {escape(title)}, {pages}: “{escape(quote)}”"
        case Table(head, rows):
            ruler = ["---"] * len(head)
            return "\n".join([_row(map(escape, head)), _row(ruler), *(_row(_cells(row, escape)) for row in rows)])
        case Block(runs, item):
            return ("- " if item else "") + "".join(_run(run, escape) for run in runs)


def _label(label: str, escape: Escape) -> str:
    """A source's number stands as in the answer; the name of a field is set off."""
    return label if label.startswith("[") else f"**{escape(label)}**,"


def _run(run: Run, escape: Escape) -> str:
    if run.style == "marker" or not run.text.strip():
        return run.text
    return f"**{escape(run.text)}**" if run.style == "bold" else escape(run.text)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cells(row: tuple[str | tuple[Cited, ...], ...], escape: Escape) -> Iterable[str]:
    for cell in row:
        if isinstance(cell, str):
            yield escape(cell)
        else:
            yield "<br>".join(f"“{escape(cited.quote)}” ({cited.pages})" for cited in cell)


def _escaped(text: str) -> str:
    return _AT_START.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", one_line(text)))
