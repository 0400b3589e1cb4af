"""What the window needs of the assistant, and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from icarus.catalogue import Catalogue
from icarus.records import Document, Filters, Page
from icarus_ui.keeping import Kept
from icarus_ui.wording import ENGLISH, Wording, wording_of

if TYPE_CHECKING:
    from icarus.assistant import Assistant, Step

Front = Callable[[], "Desk"]  # the desk of the generation that is published when an event comes
Ask = Callable[[Sequence[str], Filters | None], "Iterator[Step]"]
Keep = Callable[[Mapping[str, Any]], bool]  # whether it was kept


def _nothing_to_prepare() -> None:
    pass


@dataclass(frozen=True)
class Desk:
    """The open reports: ask them, read a page and the headings on it (by document id and number), look up tools.

    A desk is of one generation of the index, `built_at` in ISO 8601; what serves an event takes it once. `worded_by` is
    the language model that words answers, and where it is; '' where they are quoted. `prepare` loads what the first
    question needs, or raises. What `keep_question` and `keep_feedback` are given is kept for `keep_days`; None: it is
    not. `wording` holds the words of the window in the language of who is served.
    """

    ask: Ask
    page: Callable[[str, int], Page | None]
    headings: Callable[[str, int], frozenset[str]]
    catalogue: Catalogue
    documents: tuple[Document, ...]
    max_question_chars: int
    generation: str
    built_at: str
    worded_by: str = ""
    wording: Wording = field(default_factory=partial(wording_of, ENGLISH))
    prepare: Callable[[], None] = _nothing_to_prepare
    keep_question: Keep | None = None
    keep_feedback: Keep | None = None
    keep_days: int = 0

    def document(self, document_id: str) -> Document | None:
        """The document with that id, or None."""
        return next((document for document in self.documents if document.id == document_id), None)

    def language_of(self, document_id: str) -> str:
        """The code of the language that a document is in; '' where it is not known."""
        document = self.document(document_id)
        return (document.language if document else None) or ""

    def speaking(self, language: object) -> Desk:
        """The same desk, with the words of the window in a language (by its code, English for what is none)."""
        return replace(self, wording=wording_of(language))


def desk_of(assistant: Assistant, max_question_chars: int, kept: Kept = Kept()) -> Desk:  # noqa: B008 (immutable)
    """The desk that stands in front of an assistant."""

    def headings(document: str, page: int) -> frozenset[str]:
        return frozenset(passage.heading for passage in assistant.index.find_passages(document=document, page=page))

    return Desk(
        ask=assistant.steps,
        page=assistant.index.page,
        headings=headings,
        catalogue=assistant.catalogue,
        documents=assistant.index.documents,
        max_question_chars=max_question_chars,
        generation=assistant.index.folder.name,
        built_at=assistant.index.manifest.built_at,
        worded_by=assistant.worded_by,
        prepare=assistant.prepare,
        keep_question=kept.questions.write if kept.questions else None,
        keep_feedback=kept.feedback.write if kept.feedback else None,
        keep_days=kept.days,
    )
