"""The tools that a person has put aside in one session: a record, and the pure function that changes it."""

from typing import NamedTuple

from icarus.records import Record, ToolCard
from icarus_ui.desk import Desk

EMPTY = "empty"
"""What the browser sends to take off all tools; an id puts a tool on the list or takes it off."""


class Shortlist(Record):
    """Ids of tools in the order in which they were put on the list."""

    tools: tuple[str, ...] = ()

    def cards(self, desk: Desk) -> list[ToolCard]:
        """The cards of the list; a tool that the reports no longer have is left out."""
        return [card for tool in self.tools if (card := desk.catalogue.get(tool))]


class Changed(NamedTuple):
    """The list after a change, and the sentence that announces it."""

    shortlist: Shortlist
    announced: str


def change(state: Shortlist, action: object, desk: Desk) -> Changed:
    """The list emptied, or with one tool put on or taken off; anything else changes nothing."""
    say = desk.wording.say
    if action == EMPTY:
        return Changed(Shortlist(), say("shortlist", "emptied"))
    card = desk.catalogue.get(action) if isinstance(action, str) else None
    if not card:
        return Changed(state, say("tool", "gone"))
    off = card.id in state.tools
    others = tuple(tool for tool in state.tools if tool != card.id)
    after = Shortlist(tools=others if off else (*others, card.id))
    told = say("shortlist", "taken_off", name=card.name) if off else say("shortlist", "put_on", name=card.name)
    return Changed(after, f"{told} {desk.wording.count_of('shortlist', 'holds', len(after.tools))}")
