from pathlib import Path
from typing import Any

import pytest

from icarus.records import Filters
from icarus_evals.feedback import draft_cases
from icarus_ui import render
from icarus_ui.asking import ask
from icarus_ui.conversation import Conversation, begin
from icarus_ui.feedback import LONGEST_COMMENT, Rated, Reason, rate
from icarus_ui.journal import Journal
from icarus_ui.wording import wording_of
from tests.ui.material import Recorded, desk, reply
from tests.ui.visitor import Visitor, browser, serving, with_feedback

DOWN = {"turn": 2, "rating": "down", "reason": "wrong_source", "comment": "page 80 has it"}


def conversation(*asked: str) -> Conversation:
    state = Conversation()
    for question in asked or ("What is Calm Street?", "Who runs it?"):
        state = list(ask(state, question, Filters(), desk(Recorded(reply()))))[-1].conversation
    return state


def rated(sent: object, state: Conversation | None = None, works: bool = True) -> tuple[Rated, list[Any]]:
    kept: list[object] = []
    return rate(state or conversation(), sent, with_feedback(kept, works)), kept


def test_what_is_sent_is_kept_with_the_questions_so_far_and_the_answer() -> None:
    done, (entry,) = rated(DOWN)
    assert entry["turns"] == ["What is Calm Street?", "Who runs it?"]
    assert (entry["rating"], entry["reason"], entry["comment"]) == ("down", "wrong_source", "page 80 has it")
    assert entry["reply"]["question"] == "Who runs it?"
    assert entry["generation"] == "aaa"
    assert done.conversation.turns[1].rated == "down"
    assert (done.announced, done.problem) == ("Thank you: it was sent to the people who look after Icarus.", False)


def test_an_earlier_answer_can_be_rated_without_what_came_after() -> None:
    _, (entry,) = rated({"turn": 1, "rating": "up"})
    assert entry["turns"] == ["What is Calm Street?"]
    assert "reason" not in entry
    assert "comment" not in entry


def test_an_answer_is_rated_once() -> None:
    done, _ = rated(DOWN)
    _, kept = rated(DOWN, done.conversation)
    assert kept == []


def test_thumbs_down_need_a_reason() -> None:
    done, kept = rated({"turn": 1, "rating": "down", "comment": "bad"})
    assert (kept, done.problem, done.announced) == ([], True, "Choose what was wrong first.")


@pytest.mark.parametrize(
    "sent",
    [
        None, [], "down", {}, {"turn": 9, "rating": "up"}, {"turn": 1, "rating": "great"}, {"turn": 1},
        {**DOWN, "reason": "none of these"}, {**DOWN, "comment": "x" * (LONGEST_COMMENT + 1)}, {**DOWN, "more": 1},
    ],
)  # fmt: skip
def test_anything_else_is_not_kept(sent: object) -> None:
    done, kept = rated(sent)
    assert kept == []
    assert done.problem


def test_where_it_is_off_nothing_is_shown_and_nothing_kept() -> None:
    state = conversation()
    assert "feedback" not in render.conversation(state, desk())
    assert rate(state, DOWN, desk()).problem


def test_where_it_cannot_be_written_nobody_is_thanked() -> None:
    done, _ = rated(DOWN, works=False)
    assert done.problem
    assert done.announced.startswith("It could not be kept")
    assert done.conversation.turns[1].rated == ""


def test_while_an_answer_is_on_its_way_the_conversation_is_left_alone() -> None:
    state = begin(conversation(), "Next?", Filters(), "…")
    done, kept = rated(DOWN, state)
    assert len(kept) == 1
    assert done.conversation is state


def test_the_form_says_what_is_kept_and_for_how_long_and_ends_in_thanks() -> None:
    state = conversation()
    shown = render.conversation(state, with_feedback([]))
    assert shown.count("this is kept on the machine that runs Icarus for 30 days") == 4
    assert all(f'value="{reason}"' in shown for reason in Reason)
    done, _ = rated(DOWN, state)
    assert render.conversation(done.conversation, with_feedback([])).count("<form data-feedback") == 2


def test_every_reason_has_its_words() -> None:
    assert set(wording_of("en").texts["reasons"]) == {reason.value for reason in Reason}


def test_what_is_kept_is_what_the_evals_draft_cases_from(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "feedback.jsonl", 30)
    for sent in (DOWN, {"turn": 1, "rating": "up"}):
        _, (entry,) = rated(sent)
        journal.write(entry)
    (draft,) = draft_cases(journal.path)
    assert draft["turns"] == ["What is Calm Street?", "Who runs it?"]
    assert (
        "reader's reason: wrong_source; reader: page 80 has it; status was answered; cited was p. 65" in draft["note"]
    )


@pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'")
def test_over_http_only_one_s_own_answers_can_be_rated() -> None:
    kept: list[object] = []
    with serving(front=with_feedback(kept)) as address, browser(address) as one, browser(address) as other:
        victim, thief = Visitor(one, "same"), Visitor(other, "same")
        victim.ask("What is Calm Street?")
        sent = {"turn": 1, "rating": "down", "reason": "incomplete", "comment": "<script>"}
        assert "no longer here" in thief.act(thief.liking, [None, "en"], **sent)
        assert kept == []
        assert "Thank you" in victim.act(victim.liking, [None, "en"], **sent)
    (entry,) = kept
    assert isinstance(entry, dict)
    assert (entry["turns"], entry["comment"]) == (["What is Calm Street?"], "<script>")
