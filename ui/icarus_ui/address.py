"""Where a click in the window leads: addresses that the page carries and the server checks."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from icarus.records import Category, FocusArea, Record

Text = Annotated[str, Field(max_length=200)]
Number = Annotated[int, Field(ge=0, le=1_000_000)]


class SourceAddress(Record):
    """Source `n` of the answer of turn `turn`; n = 0 is all its sources."""

    to: Literal["source"] = "source"
    turn: Number
    n: Number = 0


class PageAddress(Record):
    """A page of a document; with `turn` and `n`, that source's quote is marked on it."""

    to: Literal["page"] = "page"
    document: Text
    page: Number
    turn: Number = 0
    n: Number = 0


class ToolAddress(Record):
    """The card of a tool; `turn` is the answer to go back to."""

    to: Literal["tool"] = "tool"
    tool: Text
    turn: Number = 0


class ToolsAddress(Record):
    """All tools that meet the filters; `stated` is a field that the report states, `text` words on the card."""

    to: Literal["tools"] = "tools"
    focus_area: FocusArea | None = None
    category: Category | None = None
    place: Text | None = None
    stated: Text | None = None
    text: Text | None = None


class NoAddress(Record):
    """Nothing: the panel is closed."""

    to: Literal["nothing"] = "nothing"


Address = SourceAddress | PageAddress | ToolAddress | ToolsAddress | NoAddress
_adapter: TypeAdapter[Address] = TypeAdapter(Annotated[Address, Field(discriminator="to")])


def parse(data: object) -> Address | None:
    """The address in what the browser sent, or None where it is not one: anybody can send anything."""
    try:
        return _adapter.validate_json(data) if isinstance(data, str) else None
    except ValidationError:
        return None
