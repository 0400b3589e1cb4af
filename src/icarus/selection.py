"""Looks up a question and chooses the sentences that are to answer it."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from icarus.attributes import asked_attributes
from icarus.catalogue import Catalogue
from icarus.coordination import coordinated
from icarus.cues import gives_reason
from icarus.evidence import MAX_SOURCES, MAX_WORDS, Evidence, choose, in_reading_order, score_sentences
from icarus.index import Index
from icarus.languages.lexicon import ENGLISH
from icarus.narrowing import in_section, of_one_report, on_names, telling
from icarus.question import (
    Ask,
    Question,
    asks_about_strategies,
    asks_of_the_report,
    focus_areas_in,
    kind_of,
    parts_of_question,
)
from icarus.records import Filters, PassageKind, ToolCard
from icarus.remarks import Remark
from icarus.retrieval import Hit, Query, Retriever, ToolHit
from icarus.text import squash

_LOOKED_AT, _CANDIDATES = 60, 14
_REMEMBERED = 16  # filters set by hand
_POOL = 10
_TOOL_MARGIN = 0.25  # how far the best tool may score below other text and still be what is asked for
_EXPECTED = 0.5  # what an expected question counts for where a tool is weighed against other text
_CLOSE = 0.12  # a further tool is shown when it scores this close to the best
_SHOWN = 3
_KEEP = 0.72  # share of the best sentence's score that a further one must reach
_KEEP_ON_TOOL = 0.5  # the same for sentences on the tool asked about
_KEEP_REASON = 0.66  # and for reasons
_PARTS, _ANY = 3, 0.5  # parts of a question that are looked up apart, and the score below which none is met
_TOOL_SOURCES = 4


_TABLE = re.compile(r"\bTable \d+ (lists|shows|gives|presents|contains)\b", re.I)
_DENIAL = re.compile(r"\b[Nn]o (?!longer|one)\w+|\bnone\b")
_ABOUT_ITSELF = "This report gathers and presents; the aim of this deliverable; what this report is about"
_ITSELF = re.compile(
    r"\b(this|the present) (report|deliverable|document|review|inventory|study|paper|handbook)\b", re.I
)


class Selection(NamedTuple):
    """What was found for a question, from the looking up to the choice.

    `scored` are all sentences looked at, best first; `found` the tools that the question seems to be after; `pool` the
    sentences that may answer, on the `subject`, a tool, where there is one; `chosen` those to answer with.
    """

    query: Query
    scored: Sequence[Evidence]
    found: Sequence[ToolHit]
    pool: Sequence[Evidence]
    chosen: Sequence[Evidence]
    subject: str | None


class Selector:
    """Selects evidence from one index."""

    def __init__(self, index: Index, catalogue: Catalogue, retriever: Retriever) -> None:
        self._index = index
        self._catalogue = catalogue
        self._retriever = retriever
        self._within = lru_cache(_REMEMBERED)(self._uncached_within)

    def select(self, question: Question, tools: Sequence[str] = ()) -> Selection:
        """The evidence on a question.

        Args:
            question: as understood; where it names tools, only what is said of them is looked at.
            tools: ids of other tools to look at alone.
        """
        query = self._query(question)
        scored = self.scored(question, query, tools or question.tools)
        found = [] if question.tools or _asked_of_each(question) else self._tools_met(question, query, scored)
        if found:
            subject = found[0].card.id
            pool = self.scored(question, query, [subject])
            chosen = self._on_tools_found(question, query, scored, found, pool)
            return Selection(query, scored, found, pool, chosen, subject)
        named = next(iter(question.tools), None)
        chosen = self._choose(question, query, scored)
        return Selection(query, scored, found, scored if named else of_one_report(scored)[:_POOL], chosen, named)

    def _within_area(self, text: str) -> Sequence[str] | None:
        """The passages of the one focus area that a text names; None for all."""
        areas = focus_areas_in(text)
        return self._index.passage_ids(focus_area=areas[0]) if len(areas) == 1 else None

    def scored(
        self, question: Question, query: Query, tools: Sequence[str] = (), within: Sequence[str] | None = None
    ) -> list[Evidence]:
        """The sentences of the best passages, best first; of some tools only, or within some passages, if given."""
        if tools:
            within = [p for tool in tools for p in self._index.passage_ids(tool=tool)]
        if within is None and question.limits != Filters():
            within = self._within(question.limits)
        hits: Sequence[Hit] = self._retriever.search(query, _LOOKED_AT, within=within)
        if not (tools or question.filters.place):
            hits = on_names(question, in_section(question, hits), self._retriever.phrases_of)
        return score_sentences(question, query, hits[:_CANDIDATES])

    def _uncached_within(self, limits: Filters) -> list[str]:
        """The passages inside filters set by hand: of their focus area and category, and of tools in their place."""
        area, category, place = limits.focus_area, limits.category, limits.place
        if place is None:
            return self._index.passage_ids(focus_area=area, category=category)
        there = [card.id for card in self._catalogue.select(place=place)]
        found = [self._index.passage_ids(tool=tool, focus_area=area, category=category) for tool in there]
        return list(dict.fromkeys(passage for ids in found for passage in ids))

    def on_each(self, question: Question) -> list[tuple[ToolCard, list[Evidence]]]:
        """Evidence on each of the tools that a question compares, the budget shared among them."""
        query = self._retriever.query(question.focus)
        cards = [card for tool in question.tools[:4] if (card := self._catalogue.get(tool))]
        words, sources = MAX_WORDS // len(cards), max(1, MAX_SOURCES // len(cards))
        return [(c, self._on_tool(c, self.scored(question, query, [c.id]), words, sources)) for c in cards]

    def overview(self, question: Question) -> list[Evidence]:
        """What a report says of itself."""
        scored = self.scored(question, self._retriever.query(_ABOUT_ITSELF))
        own = [e for e in scored if _ITSELF.search(e.text)]
        return choose(own or scored)

    def denial(self, question: Question) -> list[Evidence]:
        """The report's own words on what a part of the catalogue lacks: the plainest denial, then the nearest."""
        scored = self.scored(question, self._query(question))
        denials = [e for e in scored if _DENIAL.search(e.text)]
        return choose([*denials[:1], *scored[:1]], keep=0.0)

    def nearest(self, question: Question) -> list[Evidence]:
        """The one sentence that is nearest to a question."""
        return choose(self.scored(question, self._query(question))[:1])

    def results(self, tool: str, scored: Sequence[Evidence]) -> list[Evidence]:
        """The sentences that tell of a tool's results or evaluation, as its card has them."""
        card = self._catalogue.get(tool)
        told = {squash(quote.text) for quote in (*card.results, *card.evaluation)} if card else set()
        return [e for e in scored if squash(e.text) in told]

    def caution(self, query: Query) -> list[Evidence]:
        """What the corpus says of how little it says of efficacy."""
        return self._remarked(Remark.CAUTION, query)

    def anonymity(self, query: Query) -> list[Evidence]:
        """What the corpus says of not naming those that it reviews."""
        return self._remarked(Remark.ANONYMITY, query)

    def _query(self, question: Question) -> Query:
        if question.tools:
            return self._retriever.query(question.focus)
        return self._retriever.query(question.standalone, question.focus)

    def _tools_met(self, question: Question, query: Query, scored: Sequence[Evidence]) -> list[ToolHit]:
        """The tools that a question seems to be after, best first; none where other text answers clearly better."""
        hits = {e.hit.passage.id: e.hit for e in scored}.values()
        ranked = [hit for hit in self._retriever.tools(query, hits) if hit.card.id not in question.excluded]
        if question.limits != Filters():
            inside = self._inside(question.limits)
            ranked = [hit for hit in ranked if hit.card.id in inside]
        other = max((hit.score for hit in hits if not hit.passage.tools), default=0.0)
        of_other = asks_about_strategies(question.standalone) or asks_of_the_report(question.standalone)
        if not ranked or of_other:
            return []
        margin = _TOOL_MARGIN if question.ask in {Ask.FACT, Ask.LIST, Ask.COUNT} else 0.0
        if question.ask is Ask.REASON and not self._gives_first_reason(question, scored, ranked[0]):
            return []
        if ranked[0].said + _EXPECTED * ranked[0].asked < other - margin:
            return []
        return [hit for hit in ranked if hit.score >= ranked[0].score - _CLOSE][:_SHOWN]

    def _inside(self, limits: Filters) -> set[str]:
        """The tools inside filters set by hand."""
        cards = self._catalogue.select(focus_area=limits.focus_area, category=limits.category, place=limits.place)
        return {card.id for card in cards}

    @staticmethod
    def _gives_first_reason(question: Question, scored: Sequence[Evidence], hit: ToolHit) -> bool:
        """Whether the best of all reasons given, if there is one, is given of this tool."""
        first = next((e for e in scored if gives_reason(question, e.text)), None)
        return first is None or hit.card.id in first.hit.passage.tools

    def _choose(self, question: Question, query: Query, scored: Sequence[Evidence]) -> list[Evidence]:
        """Evidence where no tool is searched for: on those that are named, or on anything."""
        scored = of_one_report(telling(scored) or scored)
        reasons = self._reasons(question, scored, near_best=not question.tools)
        if reasons:
            return choose(reasons, keep=_KEEP_REASON)
        if question.tools and (links := _links(question, scored)):
            return choose(links[:1])
        keep = _KEEP_ON_TOOL if question.tools else _KEEP
        return self._with_tables(query, choose(self._part_by_part(question, scored), keep=keep))

    @staticmethod
    def _reasons(question: Question, scored: Sequence[Evidence], *, near_best: bool) -> list[Evidence]:
        """The sentences that give reasons, where reasons are asked for and the first of them is near enough."""
        kinds = {kind_of(part) for part in parts_of_question(question.focus)}
        if question.ask is not Ask.REASON or len(kinds) > 1:
            return []
        reasons = [e for e in scored if gives_reason(question, e.text)]
        near = bool(reasons) and reasons[0].score >= _KEEP_ON_TOOL * scored[0].score
        return reasons if near or not near_best else []

    def _on_tools_found(
        self,
        question: Question,
        query: Query,
        scored: Sequence[Evidence],
        found: Sequence[ToolHit],
        best: Sequence[Evidence],
    ) -> list[Evidence]:
        """Most on the best tool, a sentence on each close one, and other text where it is nearer than all of these."""
        reasons = self._reasons(question, best, near_best=True)
        if reasons:
            return choose(reasons, keep=_KEEP_REASON)
        if links := _links(question, best):
            return choose(links[:1])
        rest = [e for hit in found[1:] for e in self.scored(question, query, [hit.card.id])[:1]]
        others = [e for e in scored if not e.hit.passage.tools and e.score >= best[0].score][:2]
        words = MAX_WORDS * 2 // 3 if rest or others else MAX_WORDS
        main = self._on_tool(found[0].card, best, words, _TOOL_SOURCES)
        left = MAX_WORDS - sum(len(e.text.split()) for e in main)
        more = choose([*rest, *others], keep=0.0, words=left, sources=MAX_SOURCES - len(main))
        return in_reading_order([*main, *more])

    @staticmethod
    def _on_tool(card: ToolCard, scored: Sequence[Evidence], words: int, sources: int) -> list[Evidence]:
        """Evidence on one tool, the first sentence of its row before all: it says what the tool is."""
        first = [e for e in scored if e.hit.passage.id in card.rows and e.first == 0][:1]
        led = [*(e._replace(score=scored[0].score) for e in first), *(e for e in scored if e not in first)]
        return choose(led, keep=_KEEP_ON_TOOL, words=words, sources=sources)

    def _part_by_part(self, question: Question, scored: Sequence[Evidence]) -> list[Evidence]:
        """The sentences with the best one for each part of a compound question moved up."""
        each = _asked_of_each(question)
        parts = each or parts_of_question(question.focus)
        if len(parts) < 2 or not scored:
            return list(scored)
        first: list[Evidence] = []
        near = {e.hit.passage.id for e in scored}
        for part in parts[:_PARTS]:
            asked = question.model_copy(update={"ask": kind_of(part), "standalone": part})
            query = self._retriever.query(part)
            if each:
                best = telling(self.scored(asked, query, within=self._within_area(part)))[:1]
            else:
                best = score_sentences(asked, query, self._retriever.search(query, _CANDIDATES, within=near))[:1]
            stated = [a.given for a in asked_attributes(part)]
            first += [
                e._replace(score=scored[0].score)
                for e in best
                if e.score > _ANY or any(given.search(e.text) for given in stated)
            ]
        return [scored[0], *first, *scored]

    def _with_tables(self, query: Query, chosen: Sequence[Evidence]) -> list[Evidence]:
        """The evidence with the tables that it points to: 'Table 1 lists the municipalities'."""
        pointing = [e for e in chosen if _TABLE.search(e.text)]
        tables = [
            passage
            for e in pointing[:1]
            for passage in self._index.find_passages(document=e.hit.passage.document, section=e.hit.passage.section)
            if passage.kind is PassageKind.TABLE
        ]
        hits = self._retriever.search(query, len(tables), within=[p.id for p in tables]) if tables else []
        whole = [Evidence(hit, first, last, pointing[0].score) for hit in hits for first, last in _by_page(hit)]
        return in_reading_order([*(pointing if whole else chosen), *whole])

    def _remarked(self, remark: Remark, query: Query) -> list[Evidence]:
        """The first sentence of the corpus that makes a remark."""
        found = self._index.register.first(remark)
        if found is None:
            return []
        passage, i = found
        return [Evidence(self._retriever.search(query, 1, within=[passage])[0], i, i, 0.0)]


def _asked_of_each(question: Question) -> list[str]:
    """The question asked of each of several things, where an English one asks of several and names no tool."""
    return coordinated(question.focus) if question.language == ENGLISH and not question.tools else []


def _links(question: Question, scored: Sequence[Evidence]) -> list[Evidence]:
    """The sentences with an address, where one is asked for."""
    return [e for e in scored if "://" in e.text or "www." in e.text] if question.ask is Ask.LINK else []


def _by_page(hit: Hit) -> list[tuple[int, int]]:
    """The rows of a table on each of its pages, first and last: a table head is printed anew between them."""
    pages = [sentence.parts[0][0] for sentence in hit.passage.sentences]
    return [(pages.index(page), len(pages) - 1 - pages[::-1].index(page)) for page in dict.fromkeys(pages)]
