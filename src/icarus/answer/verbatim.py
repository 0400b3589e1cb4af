"""Answers in the report's own words: sentences of the report with markers, in a thin frame of ours.

The frame never states a fact about the world: it names tools, counts them, and says what was looked for.
"""

from collections.abc import Sequence

from icarus.answer.draft import Draft, Form, plain
from icarus.catalogue import ThemeHit
from icarus.citation import Citations
from icarus.evidence import Evidence
from icarus.index import Index
from icarus.languages.frame import THIS, Message, message
from icarus.question import Question
from icarus.records import Category, Passage, PassageKind, Quote, Sentence, Status, ToolCard
from icarus.taxonomy import CATEGORY_LABELS, FOCUS_AREA_LABELS
from icarus.text import find_quote

_LONG_LIST = 12
_NOT_ANSWERED = message("The report does not answer this.")
_NEAREST = message("What it says that is nearest:")


class VerbatimWriter:
    """Writes drafts from evidence of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def sentences(self, evidence: Sequence[Evidence], tools: Sequence[ToolCard]) -> Draft:
        """An answer of the sentences chosen, in reading order; one paragraph for each passage."""
        citations = Citations(self._index)
        lines = [line for e in evidence if (line := self._line(e, citations, len(tools) > 1))]
        status = Status.ANSWERED if lines else Status.NOT_IN_REPORT
        return Draft(status, "\n\n".join(lines), citations.all(), tuple(tools))

    def compared(self, parts: Sequence[tuple[ToolCard, Sequence[Evidence]]]) -> Draft:
        """An answer with a paragraph of evidence for each tool."""
        citations = Citations(self._index)
        lines = []
        for card, evidence in parts:
            words = [line for e in evidence if (line := self._quoted(e, citations, card.id))]
            lines.append(f"**{plain(card.name)}**: " + " ".join(words) if words else f"**{plain(card.name)}**")
        cards = tuple(card for card, _ in parts)
        return Draft(Status.ANSWERED, "\n\n".join(lines), citations.all(), cards, Form.COMPARISON)

    def listed(self, question: Question, hits: Sequence[ThemeHit], *, counted: bool) -> Draft:
        """A list of tools, each with the place it stands in; for a count, the number first."""
        citations = Citations(self._index)
        lines = []
        for card, quote in hits:
            number, words = self._row(card, quote, citations)
            shown = f": {words}" if words and len(hits) <= _LONG_LIST else ""
            lines.append(
                f"- **{plain(card.name)}**{shown} [{number}]" if number else f"- **{plain(card.name)}**{shown}"
            )
        head = message("{number} {described}:", number=len(hits), described=_described(question, len(hits)))
        headed = counted or len(hits) > 1
        answer = "\n".join([head.said_in(question.language), "", *lines] if headed else lines)
        return Draft(Status.ANSWERED, answer, citations.all(), tuple(card for card, _ in hits), Form.LIST)

    def none_listed(self, question: Question, statement: Sequence[Evidence]) -> Draft:
        """The catalogue has none: a fact of its own, with the report's statement of it where there is one."""
        citations = Citations(self._index)
        words = [line for e in statement if (line := self._quoted(e, citations))]
        head = message("None: the catalogue lists 0 {described}.", described=_described(question, 0))
        answer = "\n\n".join([head.said_in(question.language), *words])
        return Draft(Status.ANSWERED, answer, citations.all(), form=Form.LIST)

    def not_said(
        self,
        question: Question,
        missing: Message,
        nearest: Sequence[Evidence],
        tools: Sequence[ToolCard] = (),
        why: Sequence[Evidence] = (),
    ) -> Draft:
        """The report does not say: what was looked for, why where the report gives the reason, and what is nearest."""
        citations = Citations(self._index)
        said = _NOT_ANSWERED if missing == THIS else message("The report does not say {missing}.", missing=missing)
        lines = [said.said_in(question.language)]
        lines += [line for e in why if (line := self._quoted(e, citations))]
        words = [line for e in nearest if (line := self._quoted(e, citations))]
        if words:
            lines += [_NEAREST.said_in(question.language), *words]
        return Draft(Status.NOT_IN_REPORT, "\n\n".join(lines), citations.all(), tuple(tools))

    def _line(self, evidence: Evidence, citations: Citations, name_tool: bool) -> str:
        words = self._quoted(evidence, citations)
        passage = evidence.hit.passage
        named = passage.kind is PassageKind.ROW or (name_tool and len(passage.tools) == 1)
        return f"**{plain(passage.heading)}**: {words}" if words and named else words

    def _quoted(self, evidence: Evidence, citations: Citations, tool: str | None = None) -> str:
        passage = evidence.hit.passage
        pieces = []
        for run in citations.runs(passage, evidence.sentences):
            number = citations.cite(passage, run, tool)
            if number is not None:
                pieces.append(f"{plain(_shown(passage, run, citations.all()[number - 1].quote))} [{number}]")
        return " ".join(pieces)

    def _row(self, card: ToolCard, quote: Quote | None, citations: Citations) -> tuple[int | None, str]:
        wanted = quote.passage if quote else (card.rows[0] if card.rows else "")
        passage = next(iter(self._index.passages([wanted])), None)
        if passage is None or not passage.sentences:
            return None, ""
        sentences = _sentences_of(passage, quote)
        number = citations.cite(passage, sentences, card.id)
        return number, plain(" ".join(s.text for s in sentences)) if number else ""


def _sentences_of(passage: Passage, quote: Quote | None) -> Sequence[Sentence]:
    """The one sentence of a passage to show in a list: the first, or the one that a theme is met in."""
    if quote and passage.kind is not PassageKind.ROW:
        inside = [s for s in passage.sentences if find_quote(quote.text, s.text)]
        return inside[:1] or passage.sentences[:1]
    return passage.sentences[:1]


def _shown(passage: Passage, run: Sequence[Sentence], quote: str) -> str:
    """What the answer prints: the quote itself, so that answer and source never differ."""
    if quote != " ".join(sentence.text for sentence in run):
        return quote
    if passage.kind is PassageKind.TABLE:
        return "; ".join(sentence.text.replace("\t", ", ") for sentence in run)
    return "\n".join(sentence.text for sentence in run)


def _described(question: Question, number: int) -> Message:
    """What a list lists: the kind of tools, and the filters that they meet."""
    filters = question.filters
    described = message(_kind(filters.category, number))
    if filters.focus_area:
        area = message(FOCUS_AREA_LABELS[filters.focus_area])
        described = message("{kind} in the focus area {area}", kind=described, area=area)
    if filters.place:
        described = message("{kind} located in {place}", kind=described, place=filters.place)
    return message("{kind} on this theme", kind=described) if filters.theme else described


def _kind(category: Category | None, number: int) -> str:
    if category is None:
        return "tool or practice" if number == 1 else "tools and practices"
    kind = CATEGORY_LABELS[category].lower()
    return kind.removesuffix("s") if number == 1 else kind
