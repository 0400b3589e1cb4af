"""What programs send, and what they get beside the library's own records."""

from typing import Annotated, Literal

from pydantic import Field

from icarus.records import Category, Document, Filters, FocusArea, Record

MAX_TURNS, MAX_TURN_CHARS = 20, 5_000
MAX_BODY_BYTES = 1024 * 1024  # as many turns, each as long as it may be, with every letter as \uXXXX
_WORD = Annotated[str, Field(max_length=200)]


class Conversation(Record):
    """What a user wrote, one text a turn; the last is answered in the light of the others."""

    turns: tuple[Annotated[str, Field(max_length=MAX_TURN_CHARS)], ...] = Field(
        min_length=1, max_length=MAX_TURNS, examples=[["What is Safetipin?", "In which country was it first launched?"]]
    )
    filters: Filters = Field(
        default=Filters(), description="what a person has set by hand: it goes before what the words say, null included"
    )


class ToolFilters(Record):
    """Restricts the catalogue; a tool meets all that is given."""

    focus_area: FocusArea | None = None
    category: Category | None = None
    place: _WORD | None = Field(default=None, description="a city, region, country, or group of countries")
    theme: _WORD | None = Field(default=None, description="what it deals with, such as gender or technology")
    text: _WORD | None = Field(default=None, description="words that its card holds")


class PassagePlace(Record):
    """Where a passage stands."""

    document: str
    page: int
    page_end: int
    section: str


class SearchingEvent(Record):
    """The question is understood and being looked up."""

    standalone_question: str
    filters: Filters


class FoundEvent(Record):
    """Where the answer comes from."""

    passages: tuple[PassagePlace, ...]


class WordsEvent(Record):
    """The answer so far, whole: each takes the place of the one before; what is not `settled` may yet be taken back."""

    text: str
    settled: bool


class Served(Record):
    """What is served, and what built it."""

    icarus_version: str
    generation: str
    built_at: str
    model: str
    documents: tuple[Document, ...]
    pages: int
    passages: int
    tools: int


class Health(Record):
    """The server is there."""

    status: Literal["ok"] = "ok"
