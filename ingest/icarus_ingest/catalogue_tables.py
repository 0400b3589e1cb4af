"""Find the tables that list tools: a column of names, a column of descriptions, headings with area and category."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from icarus.records import Category, FocusArea
from icarus.taxonomy import category_of_heading, focus_area_of_heading
from icarus_ingest.model import Block, Kind, Row, Run

# Headers that say what a table lists; another is taken for a catalogue by its shape alone.
_NAMES = re.compile(
    r"\b(tools?|practi[cs]es?|names?|titles?|initiatives?|projects?|methods?|measures?|instruments?|programmes?|"
    r"herramientas?|instrumentos?|nombre|nom|outils?|name|werkzeuge?|maßnahmen?)\b",
    re.I,
)
_NO_NAMES = re.compile(
    r"\b(abbreviations?|acronyms?|terms?|years?|dates?|months?|partners?|authors?|versions?|risks?|indicators?|kpis?|"
    r"questions?|steps?|phases?|objectives?|criteri(on|a)|deliverables?|tasks?|milestones?|work packages?|chapters?)\b",
    re.I,
)
_NAME_WORDS = 15
_DESCRIPTION_WORDS = 8
_LEAST_ROWS = 2  # without a header that says what they are
_DISTINCT = 0.8  # share of names that stand only once


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a catalogue: `block` and `row` say where it stands."""

    name: Run
    description: Run
    others: tuple[Run, ...]
    focus_area: FocusArea
    category: Category
    block: int
    row: int


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns of a catalogue hold the names and the descriptions."""

    name: int
    description: int


def catalogue_entries(blocks: Sequence[Block]) -> list[Entry]:
    """All rows of all catalogue tables, in reading order."""
    return [
        entry for index, area, category in _listed(blocks) for entry in _entries(blocks[index], index, area, category)
    ]


def _listed(blocks: Sequence[Block]) -> Iterator[tuple[int, FocusArea, Category]]:
    """The tables that stand under a heading with an area and one with a category; the deeper is the nearer."""
    area: FocusArea | None = None
    category: Category | None = None
    height = 0  # of the heading with the category
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            here, kind = focus_area_of_heading(block.text), category_of_heading(block.text)
            if here and not kind:
                area, category = here, (category if block.rank > height > 0 else None)
            elif kind:
                area, category, height = here or area, kind, block.rank
            elif block.number:
                area, category = None, None
        elif block.kind is Kind.TABLE and area and category:
            yield index, area, category


def _entries(block: Block, index: int, area: FocusArea, category: Category) -> Iterator[Entry]:
    columns = _columns(block)
    if columns is None:
        return
    for number, row in enumerate(block.rows):
        name, description = _cell(row, columns.name), _cell(row, columns.description)
        others = (c for n, c in enumerate(row.cells) if c and n > columns.name and n != columns.description)
        if name and description:
            yield Entry(name, description, tuple(others), area, category, index, number)


def _columns(block: Block) -> _Columns | None:
    """The columns of short names and of long descriptions, if the table has them."""
    width = max(len(row.cells) for row in block.rows) if block.rows else 0
    weights = [median(len(row.words(column).split()) for row in block.rows) for column in range(width)]
    named = [column for column in range(width) if _holds_names(block, column, weights[column])]
    if not named:
        return None
    name = named[0]
    described = [column for column in range(name + 1, width) if weights[column] >= _DESCRIPTION_WORDS]
    longest = max(described, key=lambda column: weights[column], default=name)
    return _Columns(name, longest) if weights[longest] > weights[name] and _says_so(block, name) else None


def _holds_names(block: Block, column: int, weight: float) -> bool:
    """Whether the cells of a column can be names: short, of letters, and not the same again and again."""
    texts = [text for row in block.rows if (text := row.words(column))]
    lettered = [text for text in texts if sum(c.isalpha() for c in text) * 2 > len(text)]
    few = weight <= _NAME_WORDS and len(lettered) * 2 > len(block.rows)
    return few and len(set(lettered)) >= _DISTINCT * len(texts)


def _says_so(block: Block, name: int) -> bool:
    """Whether the header allows for names: it calls them so, or several rows speak for themselves."""
    header = block.header.words(name) if block.header else ""
    if _NAMES.search(header):
        return True
    return len(block.rows) >= _LEAST_ROWS and not _NO_NAMES.search(header)


def _cell(row: Row, column: int) -> Run | None:
    return row.cells[column] if column < len(row.cells) else None
