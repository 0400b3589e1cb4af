from collections.abc import Mapping
from dataclasses import replace

import pytest

from icarus.errors import IndexUnusableError
from icarus.records import Filters, FocusArea, Status
from icarus_ui import render
from icarus_ui.asking import Asked, area_limit, ask, too_soon
from icarus_ui.conversation import Conversation, begin, questions
from tests.ui.material import Recorded, desk, reply


def asked(question: str, given: Recorded, state: Conversation | None = None, again: bool = False) -> list[Asked]:
    return list(ask(state or Conversation(), question, Filters(), desk(given), again))


def test_the_question_is_shown_at_once_and_the_reply_at_the_end() -> None:
    first, *_, last = asked("What is Calm Street?", Recorded(reply()))
    assert first.conversation.turns[0].question == "What is Calm Street?"
    assert first.conversation.turns[0].reply is None
    assert first.box == ""
    assert last.conversation.turns[0].reply == reply()
    assert last.box is None  # the next question may stand there
    assert last.announced == "Answer ready: Answered from the report, 2 sources."


def test_the_assistant_is_given_the_earlier_questions_and_the_chosen_area() -> None:
    given = Recorded(reply())
    state = asked("What is Calm Street?", given)[-1].conversation
    list(ask(state, "And its results?", Filters(focus_area=FocusArea.RADICALISATION), desk(given)))
    turns, filters = given.asked[-1]
    assert turns == ["What is Calm Street?", "And its results?"]
    assert filters == Filters(focus_area=FocusArea.RADICALISATION)


def test_a_question_that_failed_is_not_part_of_the_conversation_to_come() -> None:
    failed = asked("Broken", Recorded(reply(status=Status.ERROR)))[-1].conversation
    assert questions(begin(failed, "Next", Filters(), "")) == ["Next"]


@pytest.mark.parametrize(("question", "says"), [("", "Type a question first."), ("  \n", "Type a question first.")])
def test_an_empty_question_is_not_asked(question: str, says: str) -> None:
    given = Recorded(reply())
    (shown,) = asked(question, given)
    assert (shown.announced, shown.problem, shown.conversation) == (says, True, Conversation())
    assert given.asked == []


def test_a_question_that_is_too_long_stays_in_the_box() -> None:
    (shown,) = asked("x" * 5000, Recorded(reply()))
    assert shown.announced == "A question can have 4000 characters at most; this one has 5000."
    assert shown.box == "x" * 5000


def test_an_error_of_the_house_is_shown_in_its_own_words_and_the_question_kept() -> None:
    last = asked("Why?", Recorded(IndexUnusableError("The index is damaged: run `icarus ingest`.")))[-1]
    shown = last.conversation.turns[-1].reply
    assert shown is not None
    assert (shown.status, shown.answer) == (Status.ERROR, "The index is damaged: run `icarus ingest`.")
    assert last.box == "Why?"


def test_any_other_failure_is_logged_and_shown_as_one_sentence(caplog: pytest.LogCaptureFixture) -> None:
    last = asked("Why?", Recorded(ValueError("secret detail")))[-1]
    shown = last.conversation.turns[-1].reply
    assert shown is not None
    assert "secret" not in shown.answer
    assert shown.answer.startswith("Something went wrong")
    assert "secret detail" in caplog.text
    assert last.box == "Why?"


def test_asking_again_takes_the_place_of_the_last_turn_under_a_new_id() -> None:
    given = Recorded(reply())
    state = asked("One?", given)[-1].conversation
    state = asked("Two?", given, state)[-1].conversation
    again = asked("Two?", given, state, again=True)[-1].conversation
    assert [turn.question for turn in again.turns] == ["One?", "Two?"]
    assert [turn.id for turn in again.turns] == [1, 3]
    assert given.asked[-1][0] == ["One?", "Two?"]


def test_a_turn_that_was_interrupted_is_marked_so() -> None:
    waiting = next(ask(Conversation(), "One?", Filters(), desk(Recorded(reply())))).conversation
    after = asked("Two?", Recorded(reply()), waiting)[-1].conversation
    assert [turn.stopped for turn in after.turns] == [True, False]


@pytest.mark.parametrize("value", [None, "", "nothing", 3, ["radicalisation"]])
def test_only_an_area_is_an_area(value: object) -> None:
    assert area_limit(value).model_fields_set == set()
    assert area_limit("radicalisation") == Filters(focus_area=FocusArea.RADICALISATION)


def test_what_is_asked_is_kept_only_where_that_is_switched_on() -> None:
    kept: list[Mapping[str, object]] = []

    def keep(entry: Mapping[str, object]) -> bool:
        kept.append(entry)
        return True

    front = replace(desk(Recorded(reply())), keep_question=keep, keep_days=7)
    list(ask(Conversation(), "What is Calm Street?", Filters(), front))
    list(ask(Conversation(), "", Filters(), front))
    assert [entry["question"] for entry in kept] == ["What is Calm Street?"]
    assert "kept for 7 days" in render.conversation(Conversation(), front)
    assert "kept for" not in render.conversation(Conversation(), desk())


def test_who_asks_too_often_keeps_the_question() -> None:
    shown = too_soon(Conversation(), "Why?", 12, desk())
    assert (shown.box, shown.problem) == ("Why?", True)
    assert shown.announced.endswith("ask this one again in 12 seconds.")
