import pytest

from icarus.catalogue import Catalogue
from icarus.records import Category, FocusArea, Quote, ToolCard
from icarus_ui.address import ToolsAddress, parse
from icarus_ui.browsing import Browsed, Choice, browse
from tests.ui.material import card

QUOTE = Quote(text="It worked with mentors.", page=1, page_end=1, passage="p")
AREAS = FocusArea.JUVENILE_DELINQUENCY, FocusArea.RADICALISATION


def tool(name: str, area: FocusArea, category: Category, *located: str, **changes: object) -> ToolCard:
    return card(id=name, name=name, aliases=(), focus_areas=(area,), categories=(category,), located=located, **changes)


CATALOGUE = Catalogue(
    [
        tool("one", AREAS[0], Category.ACTIVITY, "Stockholm", "Sweden"),
        tool("two", AREAS[1], Category.ACTIVITY, "Germany", results=(QUOTE,), summary=(QUOTE,)),
        tool("three", AREAS[1], Category.DIAGNOSTIC, "Germany"),
    ]
)


def names(browsed: Browsed) -> list[str]:
    return [shown.name for shown in browsed.cards]


def counts(choices: list[Choice]) -> dict[str, int]:
    return {choice.value: choice.tools for choice in choices}


def follow(choice: Choice) -> Browsed:
    """What is shown after a click on a choice."""
    address = parse(choice.address)
    assert isinstance(address, ToolsAddress)
    return browse(address, CATALOGUE)


def test_without_filters_all_tools_are_shown_and_counted() -> None:
    shown = browse(ToolsAddress(), CATALOGUE)
    assert names(shown) == ["one", "two", "three"]
    assert {area.value: (area.tools, counts(cells)) for area, cells in shown.cells}["radicalisation"] == (
        2,
        {"diagnostic": 1, "activity": 1, "evaluation": 0},
    )
    assert counts(shown.categories) == {"diagnostic": 1, "activity": 2, "evaluation": 0}
    assert counts(shown.countries) == {"Germany": 2, "Sweden": 1}
    assert counts(shown.stated) == {"results": 1}


def test_every_choice_leads_to_as_many_tools_as_it_says() -> None:
    shown = browse(ToolsAddress(focus_area=AREAS[1]), CATALOGUE)
    areas = [choice for area, cells in shown.cells for choice in (area, *cells)]
    for choice in [*areas, *shown.categories, *shown.countries, *shown.stated]:
        assert choice.chosen or len(follow(choice).cards) == choice.tools


def test_a_choice_that_is_chosen_lets_go() -> None:
    shown = browse(ToolsAddress(focus_area=AREAS[1], place="Germany"), CATALOGUE)
    (chosen,) = [area for area, _ in shown.cells if area.chosen]
    assert chosen.value == "radicalisation"
    after = follow(chosen)
    assert not any(area.chosen for area, _ in after.cells)
    assert [choice.value for choice in after.countries if choice.chosen] == ["Germany"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (ToolsAddress(text="mentors"), ["two"]),
        (ToolsAddress(text="no such words anywhere"), []),
        (ToolsAddress(stated="results"), ["two"]),
        (ToolsAddress(stated="__class__"), []),
        (ToolsAddress(place="Sweden", focus_area=AREAS[1]), []),
        (ToolsAddress(category=Category.DIAGNOSTIC), ["three"]),
    ],
)
def test_filters_narrow(address: ToolsAddress, expected: list[str]) -> None:
    assert names(browse(address, CATALOGUE)) == expected


def test_what_a_shared_link_holds_is_an_address() -> None:
    sent = '{"to": "tools", "focus_area": "radicalisation", "place": "Germany"}'
    assert parse(sent) == ToolsAddress(focus_area=AREAS[1], place="Germany")
    assert parse('{"to": "page", "document": "icarus-d2.2", "page": "43"}') is not None
