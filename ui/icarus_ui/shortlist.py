"""The tools that a person has put aside in one session: a record, and the pure function that changes it."""

from typing import NamedTuple

from icarus.records import Record, ToolCard
from icarus_ui.desk import Desk


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


def change(state: Shortlist, wanted: object, desk: Desk) -> Changed:
    """The list with the tools of these ids, in their order; what is no list of ids changes nothing."""
    wording = desk.wording
    if not isinstance(wanted, list) or not all(isinstance(tool, str) for tool in wanted):
        return Changed(state, wording.say("tool", "gone"))
    after = Shortlist(tools=tuple(dict.fromkeys(tool for tool in wanted if desk.catalogue.get(tool))))
    if not set(wanted) <= set(after.tools):
        return Changed(after, wording.say("tool", "gone"))
    return Changed(after, _announcement(state, after, desk))


def _announcement(before: Shortlist, after: Shortlist, desk: Desk) -> str:
    """What has changed, where it is one tool, and how many are on the list now."""
    say, count_of = desk.wording.say, desk.wording.count_of
    if not after.tools:
        return say("shortlist", "emptied")
    holds = count_of("shortlist", "holds", len(after.tools))
    changed = [card for tool in set(before.tools) ^ set(after.tools) if (card := desk.catalogue.get(tool))]
    if len(changed) != 1:
        return holds
    name, put_on = changed[0].name, changed[0].id in after.tools
    done = say("shortlist", "put_on", name=name) if put_on else say("shortlist", "taken_off", name=name)
    return f"{done} {holds}"
