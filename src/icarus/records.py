"""The nouns that every part of the house shares: frozen records without logic.

Pages are counted from 1 and equal the printed number. Text is as printed, with the running header,
footnote marks, mark-up remnants and line-end hyphens set aside.
"""

from enum import StrEnum
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """Base of all records: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FocusArea(StrEnum):
    """The four focus areas of the IcARUS project (D2.2, chapter 1)."""

    JUVENILE_DELINQUENCY = "juvenile_delinquency"
    RADICALISATION = "radicalisation"
    ORGANISED_CRIME = "organised_crime"
    PUBLIC_SPACES = "public_spaces"


class Category(StrEnum):
    """The three categories of tools (D2.2, section 3.1)."""

    DIAGNOSTIC = "diagnostic"
    ACTIVITY = "activity"
    EVALUATION = "evaluation"


class Document(Record):
    """One deliverable of the corpus, as its manifest (`deliverables.toml`) describes it."""

    id: str
    title: str
    source: str = Field(description="file name inside the corpus folder")
    deliverable: str | None = None
    project: str | None = None
    date: str | None = None
    language: str | None = Field(default=None, description="ISO 639-1 code")
    licence: str | None = None
    dissemination: str | None = None
    focus_areas: tuple[FocusArea, ...] = Field(
        default=(), description="what all of it is about, where its own headings do not say"
    )
    inferred: tuple[str, ...] = Field(
        default=(), description="fields that were proposed from the text and that nobody has confirmed yet"
    )
    questions: str | None = Field(
        default=None, description="file beside it with the questions that people ask when they look for its tools"
    )
    running: tuple[str, ...] = Field(default=(), description="what stands at the edge of most of its pages")
    pages: int = 0
    sha256: str = ""
    questions_sha256: str = ""


class Page(Record):
    """One page of a document; `text` is what quotes are checked against and what the reader shows."""

    document: str
    number: int
    text: str


class Section(Record):
    """A heading of the outline; `path` is the titles from the chapter down, joined by ' > '."""

    document: str
    title: str
    number: str | None
    level: int
    page: int
    path: str
    focus_area: FocusArea | None = None
    category: Category | None = None


class PassageKind(StrEnum):
    """What a passage is cut from."""

    PROSE = "prose"
    LIST = "list"
    ROW = "row"
    TABLE = "table"
    FOOTNOTE = "footnote"


class Sentence(Record):
    """A sentence of a passage: `parts` is how it stands on its page or pages, in order."""

    parts: tuple[tuple[int, str], ...] = Field(description="(page, words on it), one pair unless it runs over")

    @cached_property
    def text(self) -> str:
        """The whole sentence; a word that the page end cut at its hyphen is joined."""
        text = "".join(words if words.endswith(("-", "\u00ad")) else words + " " for _, words in self.parts)
        return text.rstrip().replace("\u00ad", "")


class Passage(Record):
    """Whole sentences of one section, at most as long as the embedding model reads.

    A table row is one passage: `heading` holds its first cell. `tools` are ids of the tools it speaks of,
    by its place in the outline or by their names. `heading` is otherwise the section's own title.
    """

    id: str
    document: str
    text: str
    page: int
    page_end: int
    section: str
    heading: str
    kind: PassageKind
    sentences: tuple[Sentence, ...]
    focus_areas: tuple[FocusArea, ...] = ()
    categories: tuple[Category, ...] = ()
    tools: tuple[str, ...] = ()


class Quote(Record):
    """Words of the report and where they stand."""

    text: str
    page: int
    page_end: int
    passage: str = Field(description="id of the passage it is from")


class ToolCard(Record):
    """The report's own survey form (D2.2, section 3.1) for one tool, filled with the report's own words.

    A field without quotes is not stated in the report.
    """

    id: str
    document: str
    name: str
    aliases: tuple[str, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    categories: tuple[Category, ...] = ()
    page: int
    pages: tuple[int, ...]
    located: tuple[str, ...] = Field(
        default=(), description="cities, regions and countries the tool belongs to, by name; derived, not quoted"
    )
    places: tuple[Quote, ...] = ()
    organisations: tuple[Quote, ...] = ()
    project: tuple[Quote, ...] = ()
    summary: tuple[Quote, ...] = ()
    narrative: tuple[Quote, ...] = ()
    end_users: tuple[Quote, ...] = ()
    target_group: tuple[Quote, ...] = ()
    resources: tuple[Quote, ...] = ()
    results: tuple[Quote, ...] = ()
    evaluation: tuple[Quote, ...] = ()
    success_factors: tuple[Quote, ...] = ()
    barriers: tuple[Quote, ...] = ()
    gender: tuple[Quote, ...] = ()
    technology: tuple[Quote, ...] = ()
    partners: tuple[Quote, ...] = ()
    transnational: tuple[Quote, ...] = ()
    links: tuple[Quote, ...] = ()
    rows: tuple[str, ...] = Field(default=(), description="ids of the catalogue rows, one for each category")


class Filters(Record):
    """What a question restricts its answer to; `None` means not restricted."""

    focus_area: FocusArea | None = None
    category: Category | None = None
    place: str | None = None
    theme: str | None = None


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_REPORT = "not_in_report"
    OUT_OF_SCOPE = "out_of_scope"
    CLARIFY = "clarify"
    ERROR = "error"


class Citation(Record):
    """A numbered source: the quote stands word for word on its page."""

    n: int
    document: str
    title: str
    page: int
    page_end: int
    section: str
    quote: str
    passage: str
    tool: str | None = None


class ToolSummary(Record):
    """A tool as a reply shows it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    categories: tuple[Category, ...] = ()
    page: int


class Reply(Record):
    """The one shape of an answer for the Python API, command line, chat window and evals."""

    id: str | None = None
    question: str
    standalone_question: str
    status: Status
    answer: str
    mode: Literal["verbatim", "generated"] = "verbatim"
    citations: tuple[Citation, ...] = ()
    tools: tuple[ToolSummary, ...] = ()
    filters: Filters = Filters()
    suggestions: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
