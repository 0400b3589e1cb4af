"""Take back, edit or clear what was asked."""

from typing import NamedTuple

from icarus_ui.conversation import Conversation, drop_last, settle
from icarus_ui.desk import Desk


class Revised(NamedTuple):
    """The conversation, what the question box holds (None: as it was), what is announced; `closed` shuts the panel."""

    conversation: Conversation
    box: str | None
    announced: str
    closed: bool


def revise(state: Conversation, action: object, desk: Desk) -> Revised:
    """The conversation after 'undo', 'edit', 'stop' or 'clear'; anything else changes nothing."""
    say = desk.wording.say
    match action:
        case "undo":
            return Revised(drop_last(state)[0], None, say("announce", "removed"), closed=True)
        case "edit":
            earlier, question = drop_last(state)
            return Revised(earlier, question, say("announce", "editing"), closed=True)
        case "stop":
            return Revised(settle(state), None, say("turn", "stopped"), closed=False)
        case "clear":
            return Revised(Conversation(next_id=state.next_id), "", say("announce", "cleared"), closed=True)
        case _:
            return Revised(state, None, "", closed=False)
