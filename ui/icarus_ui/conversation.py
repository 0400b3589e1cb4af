"""What one session of the window remembers: records, and pure functions from one state to the next."""

from typing import Literal

from icarus.records import Filters, Record, Reply, Status


class Turn(Record):
    """One question and, once it is there, its reply. Until then `note` or `words` stand in its place.

    `generation` is that of the index which answers it, `language` the code of the language that it is asked in.
    """

    id: int
    question: str
    filters: Filters = Filters()
    generation: str = ""
    language: str = ""
    note: str = ""
    words: str = ""
    reply: Reply | None = None
    stopped: bool = False
    rated: Literal["", "up", "down"] = ""


class Conversation(Record):
    """The turns of one session, oldest first. Ids are never used twice, so an old link opens nothing else."""

    turns: tuple[Turn, ...] = ()
    next_id: int = 1

    def turn(self, turn_id: int) -> Turn | None:
        """The turn with that id, or None when it is not (or no longer) here."""
        return next((turn for turn in self.turns if turn.id == turn_id), None)


def begin(conversation: Conversation, question: str, limits: Filters, note: str, generation: str = "") -> Conversation:
    """The conversation with a new turn at its end; an earlier one without a reply is marked stopped."""
    turn = Turn(id=conversation.next_id, question=question, filters=limits, note=note, generation=generation)
    return Conversation(turns=(*settle(conversation).turns, turn), next_id=turn.id + 1)


def settle(conversation: Conversation) -> Conversation:
    """The conversation with every turn that waits for a reply marked as stopped."""
    turns = tuple(t if t.reply else t.model_copy(update={"stopped": True}) for t in conversation.turns)
    return conversation.model_copy(update={"turns": turns})


def update(conversation: Conversation, turn_id: int, **changes: object) -> Conversation:
    """The conversation with fields of one turn changed."""
    turns = tuple(t.model_copy(update=changes) if t.id == turn_id else t for t in conversation.turns)
    return conversation.model_copy(update={"turns": turns})


def update_last(conversation: Conversation, **changes: object) -> Conversation:
    """The conversation with fields of its last turn changed."""
    *earlier, last = conversation.turns
    return conversation.model_copy(update={"turns": (*earlier, last.model_copy(update=changes))})


def drop_last(conversation: Conversation) -> tuple[Conversation, str]:
    """The conversation without its last turn, and the question of that turn ('' where there was none)."""
    if not conversation.turns:
        return conversation, ""
    *earlier, last = conversation.turns
    return conversation.model_copy(update={"turns": tuple(earlier)}), last.question


def questions(conversation: Conversation) -> list[str]:
    """What the assistant is given: the questions so far that could be taken, the one to answer last."""
    *earlier, last = conversation.turns
    taken = [t.question for t in earlier if t.reply and t.reply.status is not Status.ERROR]
    return [*taken, last.question]
