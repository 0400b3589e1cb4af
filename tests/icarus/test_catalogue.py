"""The catalogue: complete and exact for every filter, because it never goes through a search."""

import pytest

from icarus.catalogue import Catalogue
from icarus.records import Category, FocusArea, ToolCard
from icarus.topic import topic_units
from tests.icarus.annex import CELLS, letters, names, rows


def listed(cards: list[ToolCard]) -> set[str]:
    return {letters(card.name) for card in cards}


@pytest.mark.parametrize(("area", "category"), CELLS)
def test_every_cell_of_the_annex_is_complete(catalogue: Catalogue, area: FocusArea, category: Category) -> None:
    selected = catalogue.select(focus_area=area, category=category)
    assert listed(selected) == names(area, category)
    assert len(selected) == len(rows()[area, category])


@pytest.mark.parametrize("area", FocusArea)
def test_every_focus_area_is_complete(catalogue: Catalogue, area: FocusArea) -> None:
    assert listed(catalogue.select(focus_area=area)) == names(area)


@pytest.mark.parametrize("category", Category)
def test_every_category_is_complete(catalogue: Catalogue, category: Category) -> None:
    assert listed(catalogue.select(category=category)) == names(category=category)


def test_without_filters_it_is_the_whole_annex_each_tool_once(catalogue: Catalogue) -> None:
    assert listed(catalogue.select()) == names()
    assert len(catalogue.select()) == 104


def test_three_tools_stand_in_two_categories(catalogue: Catalogue) -> None:
    assert [card.name for card in catalogue.cards if len(card.categories) > 1] == [
        "Prevent Watch",
        "A Guide to Refuting Jihadism",
        "A Nordic Approach and Toolbox-Safe Urban Spaces",
    ]


def test_tools_keep_the_order_of_the_annex(catalogue: Catalogue) -> None:
    assert [letters(card.name) for card in catalogue.select(focus_area=FocusArea.ORGANISED_CRIME)] == [
        letters(name) for category in Category for name in rows()[FocusArea.ORGANISED_CRIME, category]
    ]


@pytest.mark.parametrize(
    ("place", "some", "not_one_of"),
    [
        ("Sweden", {"Calm Street", "Daily support phone Sweden"}, {"Danish Info Houses"}),
        ("Vienna", {'"SAM" – mobile social work in public areas'}, {"88 gegen rechts"}),
        ("Austria", {'"SAM" – mobile social work in public areas', "88 gegen rechts"}, {"KRASS Project Augsburg"}),
        ("Bordeaux", {'"Street Art" Workshops'}, {"Full of Beans - Espoir 18 Paris"}),
        ("France", {'"Street Art" Workshops', "Full of Beans - Espoir 18 Paris"}, {"Calm Street"}),
        ("Finland", {"SURE: Smart Urban Security and Event Resilience"}, {"Calm Street"}),
        ("Nordics", {"Calm Street", "Danish Info Houses"}, {"Hayat"}),
        ("Catalonia", {"Perception matters"}, {"Hayat"}),
    ],
)
def test_a_place_finds_its_tools(catalogue: Catalogue, place: str, some: set[str], not_one_of: set[str]) -> None:
    found = {card.name for card in catalogue.select(place=place)}
    assert some <= found
    assert not found & not_one_of


def test_a_place_without_tools_has_none(catalogue: Catalogue) -> None:
    assert catalogue.select(place="Malta") == []


@pytest.mark.parametrize(
    ("theme", "tools"),
    [
        ("bullying", ["Action Anti-Bullying (AAB)"]),
        ("theatre", ["KRASS Project Augsburg"]),
        ("drones", []),
        ("comics", ["Radicalishow, Comics and educator's guide"]),
    ],
)
def test_a_theme_is_met_in_the_words_of_the_cards(catalogue: Catalogue, theme: str, tools: list[str]) -> None:
    found = [card.name for card in catalogue.select(theme=theme)]
    assert [name for name in tools if name not in found] == []
    assert bool(found) == bool(tools)


def test_each_tool_on_a_theme_shows_where_it_is_met(catalogue: Catalogue) -> None:
    for hit in catalogue.about(topic_units("videos"), catalogue.cards):
        assert hit.quote is None or "video" in hit.quote.text.lower()


def test_filters_are_met_together(catalogue: Catalogue) -> None:
    both = catalogue.select(focus_area=FocusArea.PUBLIC_SPACES, category=Category.ACTIVITY, place="Belgium")
    assert {card.name for card in both} == {
        "Friendliness between floors - City of Brussels",
        "Brussels-Capital Region: Multi-stakeholder working groups",
    }


def test_words_must_all_stand_on_the_card(catalogue: Catalogue) -> None:
    assert [c.name for c in catalogue.select(text="hate speech Facebook")] == [
        "City of Malmö: mapping online hate speech & violent extremism"
    ]
    assert catalogue.select(text="hate speech submarine") == []


def test_a_card_is_got_by_its_id(catalogue: Catalogue) -> None:
    assert [catalogue.get(card.id) for card in catalogue.cards] == list(catalogue.cards)
    assert catalogue.get("no-such-tool") is None
