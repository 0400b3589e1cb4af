"""Where a click in the window leads: addresses that the page carries and the server checks."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from icarus.records import Category, FocusArea, Record
from icarus_ui.comparing import MOST

Text = Annotated[str, Field(max_length=200)]
Number = Annotated[int, Field(ge=0, le=1_000_000)]
# In the page's own address the ids stand in one text, parted by commas.
Tools = Annotated[
    tuple[Text, ...],
    BeforeValidator(lambda sent: sent.split(",") if isinstance(sent, str) else sent),
    Field(max_length=MOST),
]


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
    """The card of a tool."""

    to: Literal["tool"] = "tool"
    tool: Text


class ToolsAddress(Record):
    """All tools that meet the filters; `stated` is a field that the report states, `text` words on the card."""

    to: Literal["tools"] = "tools"
    focus_area: FocusArea | None = None
    category: Category | None = None
    place: Text | None = None
    theme: Text | None = None
    stated: Text | None = None
    text: Text | None = None


class ShortlistAddress(Record):
    """The tools that this session has put aside."""

    to: Literal["shortlist"] = "shortlist"


class CompareAddress(Record):
    """Two to four tools side by side."""

    to: Literal["compare"] = "compare"
    tools: Tools


class AccessAddress(Record):
    """The accessibility statement."""

    to: Literal["access"] = "access"


class NoAddress(Record):
    """Nothing: the panel is closed."""

    to: Literal["nothing"] = "nothing"


Address = (
    SourceAddress
    | PageAddress
    | ToolAddress
    | ToolsAddress
    | ShortlistAddress
    | CompareAddress
    | AccessAddress
    | NoAddress
)
_adapter: TypeAdapter[Address] = TypeAdapter(Annotated[Address, Field(discriminator="to")])


def parse(data: object) -> Address | None:
    """The address in what the browser sent, or None where it is not one: anybody can send anything."""
    try:
        return _adapter.validate_json(data) if isinstance(data, str) else None
    except ValidationError:
        return None
