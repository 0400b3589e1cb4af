from icarus.catalogue import Catalogue
from icarus.records import Category, FocusArea, Quote, ToolCard
from icarus_ui.related import related
from icarus_ui.themes import THEMES, themes_of
from tests.ui.material import card

AREAS = list(FocusArea)


def tool(name: str, area: FocusArea, *located: str, said: str = "Nothing much.", **changes: object) -> ToolCard:
    quote = Quote(text=said, page=1, page_end=1, passage="p")
    made = card(id=name, name=name, aliases=(), focus_areas=(area,), categories=(Category.ACTIVITY,), located=located)
    return made.model_copy(update={"summary": (quote,), "target_group": (), **changes})


GENDER = Quote(text="It asks women.", page=1, page_end=1, passage="p")
CARDS = [
    tool("mine", AREAS[0], "Turin", "Italy", said="The police and the schools work together."),
    tool("same city", AREAS[1], "Turin", "Italy"),
    tool("same theme", AREAS[1], "Oslo", said="Officers of the police."),
    tool("same area", AREAS[0], "Oslo"),
    tool("nothing", AREAS[2], "Riga", gender=(GENDER,)),
    *(tool(f"other {i}", AREAS[3]) for i in range(20)),
]
CATALOGUE = Catalogue(CARDS)


def test_the_nearest_come_first_with_what_is_shared_the_rarest_first() -> None:
    found = related(CARDS[0], CATALOGUE)
    assert found[0].card.name == "same city"
    assert found[0].shared == (("place", "Italy"), ("place", "Turin"), ("category", "activity"))
    assert {near.card.name: near.shared[0] for near in found[1:]} == {
        "same area": ("focus_area", "juvenile_delinquency"),
        "same theme": ("theme", "police"),
    }


def test_a_tool_is_not_related_to_itself_nor_by_what_most_tools_are() -> None:
    names = [near.card.name for near in related(CARDS[0], CATALOGUE)]
    assert "mine" not in names
    assert related(CARDS[4], CATALOGUE) == []


def test_themes_are_words_of_the_card_or_its_cross_cutting_fields() -> None:
    assert themes_of(CARDS[0], CATALOGUE) == ("schools", "police")
    assert themes_of(CARDS[4], CATALOGUE) == ("gender",)
    assert themes_of(card(id="of another catalogue"), CATALOGUE) == ()
    assert len(set(THEMES)) == len(THEMES)
