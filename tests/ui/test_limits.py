"""The chips of a question, which a person can correct."""

import json

import pytest

from icarus.records import Category, Filters, FocusArea
from icarus_ui.conversation import Turn
from icarus_ui.limits import ANY, chip_limits, limit_label, limits_to_choose, limits_with
from tests.ui.material import Recorded, card, desk, reply

DESK = desk(Recorded(reply()), card(located=("Stockholm", "Sweden")))


def turn(**filters: str | None) -> Turn:
    return Turn(id=1, question="?", filters=Filters.model_validate(filters))


def test_every_field_can_be_set_to_another_value_or_to_any() -> None:
    answered = reply().model_copy(update={"filters": Filters(focus_area=FocusArea.RADICALISATION, theme="games")})
    chips = {field: (now, others) for field, now, others in limits_to_choose(turn(), answered, DESK)}
    assert chips["focus_area"] == ("radicalisation", [ANY, *(a for a in FocusArea if a != "radicalisation")])
    assert chips["category"] == (ANY, list(Category))
    assert chips["theme"] == ("games", [ANY])
    assert "Sweden" in chips["place"][1]


def test_a_theme_that_is_not_there_is_no_chip() -> None:
    assert "theme" not in {field for field, _, _ in limits_to_choose(turn(), reply(), DESK)}


def test_a_choice_keeps_what_was_chosen_before() -> None:
    assert json.loads(limits_with(turn(place="Sweden"), "category", "activity")) == {
        "place": "Sweden",
        "category": "activity",
    }
    assert json.loads(limits_with(turn(place="Sweden"), "place", ANY)) == {"place": ""}


def test_what_the_browser_sends_becomes_filters() -> None:
    found = chip_limits({"place": "Sweden", "theme": "", "focus_area": "radicalisation"}, DESK)
    assert found == Filters(place="Sweden", focus_area=FocusArea.RADICALISATION)
    assert found
    assert found.model_fields_set == {"place", "theme", "focus_area"}


@pytest.mark.parametrize("sent", [None, "place", 3, ["place"]])
def test_without_chips_nothing_is_set(sent: object) -> None:
    assert chip_limits(sent, DESK) is None


@pytest.mark.parametrize("sent", [{"place": "<script>"}, {"theme": "x"}, {"document": "x"}, {"category": 3}])
def test_what_is_no_value_is_passed_over(sent: dict[str, object]) -> None:
    found = chip_limits(sent, DESK)
    assert found is not None
    assert found.model_fields_set == set()


def test_values_are_shown_in_the_windows_words() -> None:
    assert limit_label("focus_area", "radicalisation", desk().wording) == "Radicalisation"
    assert limit_label("place", "Sweden", desk().wording) == "Sweden"
    assert limit_label("theme", ANY, desk().wording) == "any"
