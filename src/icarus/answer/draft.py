"""What an answer is before it becomes a reply."""

from typing import NamedTuple

from icarus.records import Citation, Status, ToolCard


class Draft(NamedTuple):
    """Status, Markdown with markers, the citations they name, and the tools to show, in order."""

    status: Status
    answer: str
    citations: tuple[Citation, ...] = ()
    tools: tuple[ToolCard, ...] = ()
