"""Sets deliverables as PDF, so that tests know what is in them and where it came to stand.

Typst does it: it brings its fonts along and reaches no network. It makes pages, footnotes, running headers, ligatures,
justified lines with hyphens, and tables that go on over pages; and it tells on which page everything stands.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst

_TEMPLATE = Path(__file__).with_name("deliverable.typ")

Footnote = dict[str, Any]  # "number", "pieces"
Items = Sequence[str | Footnote]  # running text with footnotes at their marks
Block = dict[str, Any]  # "kind", and what deliverable.typ wants of it


@dataclass(frozen=True, slots=True)
class Style:
    """How a deliverable is printed."""

    font: str = "Libertinus Serif"
    size: float = 11.0
    justify: bool = True
    rules: bool = True
    bookmarks: bool = True
    contents: bool = True


@dataclass(frozen=True, slots=True)
class Content:
    """What is printed: the lines of each cover page, the blocks of each page before the contents, the body."""

    title: str
    blocks: Sequence[Block]
    front: Sequence[Sequence[Block]] = ()
    covers: Sequence[Sequence[str]] = ()
    header: str = "info@project.eu"


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, the pages that its headings stand on, and those that its table rows begin on, all in order."""

    path: Path
    headings: tuple[int, ...] = field(repr=False)
    rows: tuple[int, ...] = field(repr=False)


def heading(level: int, *items: str | Footnote) -> Block:
    """A heading; a chapter's has level 1 and begins a page."""
    return {"kind": "heading", "level": level, "items": items}


def prose(*items: str | Footnote) -> Block:
    """A paragraph."""
    return {"kind": "paragraph", "items": items}


def bullet(*items: str | Footnote) -> Block:
    """An item of a list."""
    return {"kind": "bullet", "items": items}


def caption(*items: str | Footnote) -> Block:
    """A figure with its caption."""
    return {"kind": "caption", "items": items}


def table(rows: Sequence[Sequence[Items]], header: Sequence[Items] | None, widths: Sequence[float] = (3, 7)) -> Block:
    """A table whose header is repeated on each of its pages; `widths` are the shares of its columns."""
    return {"kind": "table", "rows": rows, "header": header, "widths": widths}


def footnote(number: int, *pieces: str) -> Footnote:
    """A footnote, to be put among the words at its mark; its pieces begin a line each."""
    return {"number": number, "pieces": pieces}


def typeset(path: Path, content: Content, style: Style | None = None) -> Typeset:
    """Write some content as a PDF, and tell on which pages it stands."""
    folder = path.with_suffix("")
    folder.mkdir()
    described = asdict(content) | {"style": asdict(style or Style())}
    (folder / "content.json").write_text(json.dumps(described), encoding="utf-8")
    source = shutil.copy(_TEMPLATE, folder)
    compiler = typst.Compiler(input=str(source), root=str(folder), ignore_system_fonts=True)
    compiler.compile(output=str(path))
    return Typeset(path, _pages(compiler, "heading-pages"), _pages(compiler, "row-pages"))


def _pages(compiler: typst.Compiler, label: str) -> tuple[int, ...]:
    return tuple(json.loads(compiler.query(f"<{label}>", field="value", one=True)))
