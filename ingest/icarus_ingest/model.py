"""What the stages of ingestion hand to each other: lines of pages, running text, blocks and tables."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from icarus.records import Document
from icarus_ingest.hyphens import SOFT_HYPHEN


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line (in text files: one paragraph). `gap` says that white space parts it from the line before.

    `heading` is the rank of a heading where the source knows it (1 is the highest), else 0. `begins`: the source shows
    that a table begins with this row on its page.
    """

    text: str
    gap: bool = True
    heading: int = 0
    begins: bool = False


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page as it was read; `number` counts from 1."""

    number: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Warn:
    """Something that a maintainer should know, with the page it is about (0: the whole document)."""

    page: int
    message: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A document as it was read, before anything is understood.

    `knows_headings`: the source marks its headings, so that short lines need not be taken for them.
    """

    document: Document
    pages: tuple[RawPage, ...]
    warnings: tuple[Warn, ...] = ()
    knows_headings: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark that was set aside: where it stood in the text, and which."""

    offset: int
    label: str


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words on one page, mark-up and footnote marks set aside."""

    page: int
    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Running text that may go over page ends."""

    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The whole text; a word cut by a page end is joined at its hyphen."""
        return "".join(gap + f.text for gap, f in zip(self._gaps(), self.fragments, strict=True))

    @property
    def words(self) -> str:
        """The whole text without the hyphens that page ends put into words."""
        return self.text.replace(SOFT_HYPHEN, "")

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.fragments[0].page

    @property
    def page_end(self) -> int:
        """The page it ends on."""
        return self.fragments[-1].page

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All footnote marks, by their place in the whole text."""
        return tuple(Mark(start + m.offset, m.label) for start, f in self._placed() for m in f.marks)

    def cut(self, start: int, end: int) -> tuple[tuple[int, str], ...]:
        """The words between two places of the whole text, page by page."""
        parts = []
        for place, f in self._placed():
            words = f.text[max(0, start - place) : max(0, end - place)].strip()
            if words:
                parts.append((f.page, words))
        return tuple(parts)

    def then(self, other: "Run") -> "Run":
        """This text and what follows it; a hyphen between them stays."""
        return Run(self.fragments + other.fragments)

    def soft(self) -> "Run":
        """This text with a soft hyphen for the hyphen that ends it: the page end has put it there."""
        last = self.fragments[-1]
        return Run((*self.fragments[:-1], replace(last, text=last.text[:-1] + SOFT_HYPHEN)))

    def _gaps(self) -> list[str]:
        return ["", *("" if before.text.endswith(("-", SOFT_HYPHEN)) else " " for before in self.fragments[:-1])]

    def _placed(self) -> list[tuple[int, Fragment]]:
        placed, at = [], 0
        for gap, f in zip(self._gaps(), self.fragments, strict=True):
            at += len(gap)
            placed.append((at, f))
            at += len(f.text)
        return placed


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    CAPTION = "caption"
    COVER = "cover"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; each cell is running text, or None where it is empty.

    `begins`: the source shows that it is the first of a table on its page.
    """

    cells: tuple[Run | None, ...]
    begins: bool = False

    def words(self, column: int) -> str:
        """The text of one cell, empty where there is none."""
        cell = self.cells[column] if column < len(self.cells) else None
        return cell.text if cell else ""

    @property
    def page(self) -> int:
        """The page it begins on."""
        return min(c.page for c in self.cells if c)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document in reading order: `run` for text, `rows` (and `header`) for tables.

    `number` is a heading's own number ('4.2.1'), `rank` what the source says of its height, 0 where it says nothing.
    """

    kind: Kind
    run: Run | None = None
    rows: tuple[Row, ...] = ()
    header: Row | None = None
    number: str | None = None
    rank: int = 0

    @property
    def text(self) -> str:
        """The text of a block that is no table."""
        return self.run.text if self.run else ""

    @property
    def page(self) -> int:
        """The page it begins on."""
        if self.run:
            return self.run.page
        return (self.header or self.rows[0]).page


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number as printed, and its text in the pieces it stands in on its page."""

    label: str
    page: int
    pieces: tuple[str, ...]


@dataclass(slots=True)
class Layout:
    """A document taken apart: its blocks in reading order, its footnotes, and what was left out."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)
