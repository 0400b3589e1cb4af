"""Whether tool cards say what the report says."""

import json
from pathlib import Path

import pytest

from icarus.records import Quote, ToolCard
from icarus_evals.errors import CaseFileError
from icarus_evals.metrics.cards import CardGold, card_figures, load_card_gold, quote_fields
from icarus_evals.page_texts import PageTexts
from tests.conftest import ROOT
from tests.evals.builders import PAGES


def quote(text: str, page: int = 1) -> Quote:
    return Quote(text=text, page=page, page_end=page, passage="p")


CARD = ToolCard(
    id="a",
    document="d",
    name="The Bari Project",
    aliases=("AGECO",),
    page=1,
    pages=(1,),
    places=(quote("Bari"),),
    results=(quote("It helped 40 families."), quote("It helped 40 families.", page=2)),
)


def test_the_fields_of_a_card_that_hold_quotes() -> None:
    names = [name for name, _ in quote_fields(CARD)]
    assert "places" in names
    assert "links" in names
    assert not {"aliases", "pages", "rows", "name", "focus_areas"} & {n for n, v in quote_fields(CARD) if v}


def test_card_figures_by_hand() -> None:
    # Three quotes, one on the wrong page; of three gold quotes two lie in their field; of two silences one is kept.
    gold = (
        CardGold(tool="Bari Project", field="places", quotes=("Bari",)),
        CardGold(tool="AGECO", field="results", quotes=("helped 40 families", "and 3 schools")),
        CardGold(tool="AGECO", field="links"),
        CardGold(tool="No such tool", field="links"),
    )
    figures = card_figures((CARD,), PAGES, gold)
    assert figures == pytest.approx({"card_quotes": 2 / 3, "card_fields": 2 / 3, "card_silence": 1 / 2})
    assert card_figures((), PAGES, ()) == {}


def test_gold_that_breaks_the_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cards.jsonl"
    path.write_text('\n{"tool": "A", "field": "places"}\n{"tool": "A", "field": "colour"}\n', encoding="utf-8")
    with pytest.raises(CaseFileError, match=r"cards\.jsonl, line 3: cards have no field 'colour'"):
        load_card_gold(path)
    path.write_text(json.dumps({"tool": "A"}), encoding="utf-8")
    with pytest.raises(CaseFileError, match="line 1: Field required"):
        load_card_gold(path)


def test_our_gold_stands_in_the_report(pages: PageTexts) -> None:
    gold = load_card_gold(ROOT / "evals/cases/cards.jsonl")
    whole = PageTexts({"all": {1: pages.text("icarus-d2.2", 1, 81)}})
    assert len(gold) >= 60
    assert any(not entry.quotes for entry in gold)
    for entry in gold:
        for text in entry.quotes:
            assert whole.holds_word_for_word("all", 1, 1, text), (entry.tool, text)
