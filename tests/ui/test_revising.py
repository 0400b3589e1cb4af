import pytest

from icarus.records import Filters
from icarus_ui.conversation import Conversation, begin
from icarus_ui.revising import revise
from tests.ui.material import desk


@pytest.fixture
def two_turns() -> Conversation:
    return begin(begin(Conversation(), "One?", Filters(), ""), "Two?", Filters(), "")


def test_undo_takes_the_last_turn_away_and_leaves_the_box(two_turns: Conversation) -> None:
    revised = revise(two_turns, "undo", desk())
    assert [turn.question for turn in revised.conversation.turns] == ["One?"]
    assert (revised.box, revised.closed) == (None, True)


def test_edit_puts_the_last_question_back_into_the_box(two_turns: Conversation) -> None:
    revised = revise(two_turns, "edit", desk())
    assert [turn.question for turn in revised.conversation.turns] == ["One?"]
    assert revised.box == "Two?"


def test_clear_forgets_all_and_uses_no_id_again(two_turns: Conversation) -> None:
    revised = revise(two_turns, "clear", desk())
    assert (revised.conversation, revised.box) == (Conversation(next_id=3), "")


def test_stop_marks_what_was_waiting(two_turns: Conversation) -> None:
    revised = revise(two_turns, "stop", desk())
    assert all(turn.stopped for turn in revised.conversation.turns)
    assert not revised.closed


@pytest.mark.parametrize("action", ["undo", "edit"])
def test_with_nothing_asked_there_is_nothing_to_take_back(action: str) -> None:
    assert revise(Conversation(), action, desk()).conversation == Conversation()


@pytest.mark.parametrize("action", [None, "", "drop table", 5, {"do": "clear"}])
def test_unknown_actions_change_nothing(two_turns: Conversation, action: object) -> None:
    revised = revise(two_turns, action, desk())
    assert (revised.conversation, revised.box, revised.closed) == (two_turns, None, False)
