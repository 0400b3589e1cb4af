"""The annex of D2.2 as anyone reads it: which tools its tables list where. Independent of ingestion."""

import re
from functools import cache

from icarus.records import Category, FocusArea
from tests.conftest import ROOT

Cell = tuple[FocusArea, Category]

AREAS = {
    "Juvenile Delinquency": FocusArea.JUVENILE_DELINQUENCY,
    "Radicalisation": FocusArea.RADICALISATION,
    "Organised Crime": FocusArea.ORGANISED_CRIME,
    "Public Spaces": FocusArea.PUBLIC_SPACES,
}
CATEGORIES = {
    "Diagnostic": Category.DIAGNOSTIC,
    "Activity": Category.ACTIVITY,
    "Evaluation": Category.EVALUATION,
}
CELLS = [(area, category) for area in FocusArea for category in Category]


@cache
def rows() -> dict[Cell, tuple[str, ...]]:
    """The first cell of every row, by focus area and category, as printed; mark-up taken off."""
    text = (ROOT / "corpus" / "icarus-d2.2.txt").read_text(encoding="utf-8")
    annex = text[text.rindex("Annex of Tools and Practises") : text.rindex("CONSORTIUM")]
    found: dict[Cell, list[str]] = {cell: [] for cell in CELLS}
    area, category = FocusArea.JUVENILE_DELINQUENCY, Category.DIAGNOSTIC
    for line in annex.splitlines():
        if line.startswith("Tools and practices in the focus area"):
            area = next(a for words, a in AREAS.items() if words in line)
        elif line.startswith("Category:"):
            category = next(c for word, c in CATEGORIES.items() if word in line)
        name, tab, _ = line.partition("\t")
        if tab and name.strip() and not re.match(r"Tool/ ?practice", name):
            found[area, category].append(re.sub(r"</?u>", "", name).strip())
    return {cell: tuple(names) for cell, names in found.items()}


def letters(name: str) -> str:
    """A name without what differs between spellings of one tool: case, spaces and marks."""
    return re.sub(r"[\W_]", "", name).lower()


def names(area: FocusArea | None = None, category: Category | None = None) -> set[str]:
    """The names listed under a focus area and a category, or all; as letters, each tool once."""
    return {
        letters(name)
        for (in_area, in_category), listed in rows().items()
        if area in {None, in_area} and category in {None, in_category}
        for name in listed
    }


def those(*beginnings: str) -> set[str]:
    """The tools of the annex whose names begin so, as letters; each beginning fits one tool."""
    found = [{name for name in names() if name.startswith(letters(beginning))} for beginning in beginnings]
    assert [len(fitting) for fitting in found] == [1] * len(beginnings), found
    return {name for fitting in found for name in fitting}
