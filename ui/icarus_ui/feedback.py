"""What a reader thinks of an answer: kept, where the maintainer has switched that on, for `icarus eval`."""

from enum import StrEnum
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, ValidationError

from icarus.records import Record
from icarus_ui.conversation import Conversation, Turn, questions, update
from icarus_ui.desk import Desk

LONGEST_COMMENT = 1000


class Reason(StrEnum):
    """Why an answer was no help."""

    WRONG_SOURCE = "wrong_source"
    INCOMPLETE = "incomplete"
    MISSED = "missed"
    UNFOUNDED = "unfounded"
    OTHER = "other"


class Sent(Record):
    """What the browser sends with thumbs up or down."""

    turn: int
    rating: Literal["up", "down"]
    reason: Reason | None = None
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] = ""


class Rated(NamedTuple):
    """The conversation, the one sentence to announce, and whether it is a problem."""

    conversation: Conversation
    announced: str
    problem: bool = False


def rate(state: Conversation, sent: object, desk: Desk) -> Rated:
    """Keep what a reader thinks of one answer of theirs, once."""
    feedback, say = _parse(sent), desk.wording.say
    turn = state.turn(feedback.turn) if feedback else None
    if not feedback or not turn or not turn.reply or not desk.keep_feedback:
        return Rated(state, say("feedback", "gone"), problem=True)
    if feedback.rating == "down" and not feedback.reason:
        return Rated(state, say("feedback", "no_reason"), problem=True)
    if not turn.rated and not desk.keep_feedback(_entry(state, turn, feedback)):
        return Rated(state, say("feedback", "failed"), problem=True)
    # While an answer is on its way the conversation is its; the thumbs are then asked for once more.
    after = state if _waiting(state) else update(state, turn.id, rated=feedback.rating)
    return Rated(after, say("feedback", "thanks"))


def _waiting(state: Conversation) -> bool:
    last = state.turns[-1]
    return not last.reply and not last.stopped


def _parse(sent: object) -> Sent | None:
    try:
        return Sent.model_validate(sent)
    except ValidationError:
        return None


def _entry(state: Conversation, turn: Turn, feedback: Sent) -> dict[str, Any]:
    """A line as `icarus eval --add-from-feedback` reads it."""
    asked = questions(Conversation(turns=state.turns[: state.turns.index(turn) + 1]))
    said = feedback.model_dump(mode="json", include={"rating", "reason", "comment"}, exclude_defaults=True)
    reply = turn.reply.model_dump(mode="json", exclude_none=True) if turn.reply else {}
    return {"turns": asked, **said, "generation": turn.generation, "reply": reply}
