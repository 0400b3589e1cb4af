"""What an answer is before it becomes a reply."""

from enum import StrEnum
from typing import Literal, NamedTuple

from icarus.records import Citation, Record, Status, ToolCard
from icarus.usage import Usage


class Form(StrEnum):
    """How an answer is made up: of sentences, of all tools that are meant, or of a paragraph for each tool."""

    SENTENCES = "sentences"
    LIST = "list"
    COMPARISON = "comparison"


class Draft(NamedTuple):
    """Status, Markdown with markers, the citations they name, the tools to show in order, and who worded it how."""

    status: Status
    answer: str
    citations: tuple[Citation, ...] = ()
    tools: tuple[ToolCard, ...] = ()
    form: Form = Form.SENTENCES
    mode: Literal["verbatim", "generated"] = "verbatim"


class RefusedSentence(Record):
    """A sentence that was taken out, and why."""

    text: str
    why: str


class Wording(Record):
    """How a model's wording of one answer came out; `why` says why the report is quoted instead, '' where it is not."""

    why: str = ""
    supported: int = 0
    refused: tuple[RefusedSentence, ...] = ()
    used: Usage = Usage()


def plain(text: str) -> str:
    """Text made safe as Markdown: nothing in it is mark-up."""
    for sign in "\\`*_[]<>":
        text = text.replace(sign, f"\\{sign}") if sign in text else text
    return text
