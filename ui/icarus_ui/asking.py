"""Ask a question in the window: from a state and an input to the states and sentences that follow."""

import logging
import time
from collections.abc import Iterator
from typing import NamedTuple

from icarus.assistant import Done, Found, Searching, Step, Words
from icarus.errors import IcarusError
from icarus.records import Filters, FocusArea, Reply, Status
from icarus_ui.conversation import Conversation, begin, drop_last, questions, update_last
from icarus_ui.desk import Desk
from icarus_ui.keeping import question_entry

_log = logging.getLogger(__name__)
_SECONDS_BETWEEN_UPDATES = 0.1


class Asked(NamedTuple):
    """What the window shows next: the conversation, what is announced, what the question box now holds.

    None leaves the box as it is: the next question may have been typed into it.
    """

    conversation: Conversation
    announced: str
    box: str | None = None
    problem: bool = False


def ask(state: Conversation, question: str, limits: Filters, desk: Desk, again: bool = False) -> Iterator[Asked]:
    """The stages of one answer, the last with its reply; with `again` it takes the place of the last turn.

    A question that cannot be taken stays in the box, with one sentence that says why.
    """
    text = question.strip()
    problem = _problem(text, desk)
    if problem:
        yield Asked(state, problem, question, problem=True)
        return
    earlier = drop_last(state)[0] if again else state
    waiting = begin(earlier, text, limits, desk.wording.say("turn", "searching"), desk.generation)
    yield Asked(waiting, desk.wording.say("announce", "searching"), "")
    yield from _answering(waiting, desk)


def too_soon(state: Conversation, question: str, seconds: int, desk: Desk) -> Asked:
    """Instead of an answer, where this visitor has asked too often: the question kept, and when to ask it again."""
    return Asked(state, desk.wording.say("composer", "too_soon", seconds=seconds), question, problem=True)


def area_limit(value: object) -> Filters:
    """The limit to the focus area that the browser sent; none for all of them (and for anything that is none)."""
    area = next((area for area in FocusArea if area.value == value), None)
    return Filters(focus_area=area) if area else Filters()


def _problem(text: str, desk: Desk) -> str:
    if not text:
        return desk.wording.say("composer", "empty")
    limit = desk.max_question_chars
    return desk.wording.say("composer", "too_long", limit=limit, count=len(text)) if len(text) > limit else ""


def _answering(waiting: Conversation, desk: Desk) -> Iterator[Asked]:
    """The stages after the question is on the page; short ones are passed over, so that nothing flickers."""
    turn = waiting.turns[-1]
    shown = time.monotonic()
    state = waiting
    for step in _steps(waiting, desk):
        state = _after(state, step, desk)
        if isinstance(step, Done):
            if desk.keep_question:
                desk.keep_question(question_entry(step.reply, turn.generation))
            failed = step.reply.status is Status.ERROR
            yield Asked(state, _ready(step.reply, desk), turn.question if failed else None)
        elif time.monotonic() - shown >= _SECONDS_BETWEEN_UPDATES:
            yield Asked(state, desk.wording.say("announce", "searching"))
            shown = time.monotonic()  # after it: what it takes to send one is no reason to send another


def _steps(waiting: Conversation, desk: Desk) -> Iterator[Step]:
    """The assistant's steps; a failure becomes a reply that says so, and the log has the rest."""
    turn = waiting.turns[-1]
    try:
        yield from desk.ask(questions(waiting), turn.filters)
    except IcarusError as error:
        yield _failed(turn.question, str(error))
    except Exception:
        _log.exception("A question could not be answered.")
        yield _failed(turn.question, desk.wording.say("errors", "unexpected"))


def _failed(question: str, sentence: str) -> Done:
    reply = Reply(question=question, standalone_question=question, status=Status.ERROR, answer=sentence)
    return Done(reply=reply)


def _after(state: Conversation, step: Step, desk: Desk) -> Conversation:
    match step:
        case Searching(question=question):
            return update_last(state, language=question.language)
        case Found(passages=passages):
            return update_last(state, note=desk.wording.say("turn", "reading", count=len(passages)))
        case Words(text=text):
            return update_last(state, words=text)
        case Done(reply=reply):
            return update_last(state, reply=reply, note="", words="")


def _ready(reply: Reply, desk: Desk) -> str:
    status = desk.wording.say("status", reply.status.value)
    return desk.wording.count_of("announce", "ready", len(reply.citations), status=status)
