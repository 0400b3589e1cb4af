"""Find the tables that list tools: a column of names, a column of descriptions, headings with area and category."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from icarus.records import Category, FocusArea
from icarus.taxonomy import category_of_heading, focus_area_of_heading
from icarus_ingest.model import Block, Kind, Row, Run

_NAMES = re.compile(
    r"\b(tools?|practi[cs]es?|names?|titles?|initiatives?|projects?|methods?|measures?|instruments?|programmes?|"
    r"herramientas?|instrumentos?|nombre|nom|outils?|name|werkzeuge?|maßnahmen?)\b",
    re.I,
)
_DESCRIPTIONS = re.compile(r"\b(descripti\w*|descripción|summar(y|ies)|abstract|beschreibung|about|content)\b", re.I)
_NAME_WORDS = 15
_DESCRIPTION_WORDS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a catalogue: `block` and `row` say where it stands."""

    name: Run
    description: Run
    focus_area: FocusArea
    category: Category
    block: int
    row: int


def catalogue_entries(blocks: Sequence[Block]) -> list[Entry]:
    """All rows of all catalogue tables, in reading order."""
    return [
        entry
        for index, area, category in _catalogues(blocks)
        for entry in _entries(blocks[index], index, area, category)
    ]


def _catalogues(blocks: Sequence[Block]) -> Iterator[tuple[int, FocusArea, Category]]:
    """Tables of the right shape under headings that give an area and, closer, a category."""
    area: FocusArea | None = None
    category: Category | None = None
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            here, kind = focus_area_of_heading(block.text), category_of_heading(block.text)
            if here and not kind:
                area, category = here, None
            elif kind:
                area, category = here or area, kind
            elif block.number:
                area, category = None, None
        elif block.kind is Kind.TABLE and area and category and _has_shape(block):
            yield index, area, category


def _has_shape(block: Block) -> bool:
    """Short names beside long descriptions, under a header that calls them so, in whatever words."""
    header = block.header
    if header is None or not _NAMES.search(header.words(0)) or not _DESCRIPTIONS.search(header.words(1)):
        return False
    names = [len(row.words(0).split()) for row in block.rows]
    descriptions = [len(row.words(1).split()) for row in block.rows]
    return bool(names) and median(names) <= _NAME_WORDS and median(descriptions) >= _DESCRIPTION_WORDS


def _entries(block: Block, index: int, area: FocusArea, category: Category) -> Iterator[Entry]:
    for number, row in enumerate(block.rows):
        name, description = row.cells[0], _description(row)
        if name and description:
            yield Entry(name, description, area, category, index, number)


def _description(row: Row) -> Run | None:
    return row.cells[1] if len(row.cells) > 1 else None
