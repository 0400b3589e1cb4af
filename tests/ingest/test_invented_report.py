"""A deliverable that ingestion was not made for: its catalogue is found whole, and the cases on it are true to it."""

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from icarus.embedding import BUILT_IN, EmbeddingModel
from icarus.text import squash
from icarus_evals.cases import Case, load_cases
from icarus_evals.page_texts import PageTexts
from icarus_ingest.corpus import find_sources
from icarus_ingest.reading import read
from icarus_ingest.understand import understand
from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus_ingest.understand import Understood

FOLDER = ROOT / "evals" / "invented_report"
# As its annex has them; three tools stand in two categories.
CELLS = Counter(
    {
        ("juvenile_delinquency", "diagnostic"): 2,
        ("juvenile_delinquency", "activity"): 6,
        ("juvenile_delinquency", "evaluation"): 1,
        ("radicalisation", "diagnostic"): 3,
        ("radicalisation", "activity"): 6,
        ("radicalisation", "evaluation"): 2,
        ("organised_crime", "diagnostic"): 4,
        ("organised_crime", "activity"): 6,
        ("public_spaces", "diagnostic"): 4,
        ("public_spaces", "activity"): 5,
        ("public_spaces", "evaluation"): 1,
    }
)


@pytest.fixture(scope="module")
def report() -> "Understood":
    [source] = find_sources([FOLDER])
    model = EmbeddingModel.load(BUILT_IN)
    return understand(read(source), model.count_pieces, model.max_pieces)


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return load_cases(FOLDER / "cases.jsonl")


def test_every_row_of_its_annex_is_a_tool(report: "Understood") -> None:
    found = Counter(
        (area.value, category.value) for t in report.cards for area in t.focus_areas for category in t.categories
    )
    assert found == CELLS
    assert len(report.cards) == 37


def test_tools_that_cases_name_are_in_its_catalogue(report: "Understood", cases: tuple[Case, ...]) -> None:
    known = {squash(name) for tool in report.cards for name in (tool.name, *tool.aliases)}
    assert [(case.id, name) for case in cases for name in case.tools or () if squash(name) not in known] == []


def test_gold_quotes_stand_in_it_word_for_word(report: "Understood", cases: tuple[Case, ...]) -> None:
    pages = PageTexts.of([report.document], FOLDER, None)
    whole = PageTexts({"all": {1: pages.text(report.document.id, 1, len(report.pages))}})
    quotes = [(case.id, quote) for case in cases for quote in case.evidence]
    assert [(id_, quote) for id_, quote in quotes if not whole.holds_word_for_word("all", 1, 1, quote)] == []
    assert sum(not case.answerable for case in cases) == 81
