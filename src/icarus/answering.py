"""From a question as understood to a draft: looks up, chooses evidence, decides, writes."""

import re
from collections.abc import Callable, Sequence

from icarus.answer.draft import Draft
from icarus.answer.verbatim import VerbatimWriter
from icarus.answerability import Case, Judge, Verdict
from icarus.catalogue import Catalogue, ThemeHit
from icarus.cues import gives_reason
from icarus.evidence import MAX_WORDS, Evidence, choose, in_reading_order, score_sentences
from icarus.index import Index
from icarus.question import Ask, Question, asks_about_strategies, kind_of, parts_of_question
from icarus.records import Passage, PassageKind, Status, ToolCard
from icarus.retrieval import Hit, Query, Retriever, ToolHit
from icarus.topic import topic_units

_CANDIDATES = 14
_NEAREST = 2
_POOL = 10
_TOOL_MARGIN = 0.25  # how far the best tool may score below other text and still be what is asked for
_CLOSE = 0.12  # a further tool is shown when it scores this close to the best
_SHOWN = 3
_KEEP = 0.72
_PARTS, _ANY = 3, 0.5  # parts of a question that are looked up apart, and the score below which none is met
_KEEP_REASON = 0.66
_KEEP_ON_TOOL = 0.5  # of the best score, for a further sentence on the tool asked about

_CAUTION = re.compile(r"\b(not|no)\b.{0,60}\b(efficacy|effectiveness|systematic evaluation)\b", re.I)
_ANONYMITY = re.compile(r"\b(abstain\w*|refrain\w*|without|avoid\w*)\b.{0,20}\bnaming\b|\banonymi[sz]\w*", re.I)

_ABOUT_ITSELF = "This report gathers and presents; the aim of this deliverable; what this report is about"
_ITSELF = re.compile(
    r"\b(this|the present) (report|deliverable|document|review|inventory|study|paper|handbook)\b", re.I
)

GREETING = (
    "Hello! I answer questions about urban security from the reports in this corpus, in their own words and with the "
    "page. Ask about a tool, a focus area, a city or a figure."
)
DECLINED = (
    "That is outside what I can do: I only quote what the reports in this corpus say about urban security. I cannot "
    "judge a person or a case, give legal advice, or do other work. For a concrete concern, please turn to the "
    "services in charge where you are."
)


class Answerer:
    """Answers understood questions from one index."""

    def __init__(self, index: Index, catalogue: Catalogue, encode: Callable[[str], Sequence[float]]) -> None:
        self._index = index
        self._catalogue = catalogue
        self._retriever = Retriever(index, catalogue, encode)
        self._judge = Judge(catalogue, index.lexical_index)
        self._write = VerbatimWriter(index)

    def answer(self, question: Question) -> Draft:
        """The draft of the answer to a question."""
        if question.ask is Ask.SMALL_TALK:
            return Draft(Status.CLARIFY, GREETING)
        if question.ask is Ask.OUT_OF_SCOPE:
            return Draft(Status.OUT_OF_SCOPE, DECLINED)
        if question.ask in {Ask.LIST, Ask.COUNT}:
            return self._from_catalogue(question)
        if question.ask is Ask.OVERVIEW:
            return self._overview(question)
        if question.ask is Ask.COMPARE and len(question.tools) > 1:
            return self._comparison(question)
        return self._from_sentences(question)

    # --- catalogue ---

    def _from_catalogue(self, question: Question) -> Draft:
        filters = question.filters
        unknown = self._judge.unknown_names(question.standalone)
        cards = self._among(question) or self._catalogue.select(
            focus_area=filters.focus_area, category=filters.category, place=filters.place
        )
        if question.among:
            chosen = self._catalogue.select(
                focus_area=filters.focus_area, category=filters.category, place=filters.place
            )
            cards = [card for card in cards if card in chosen]
        if question.categories:
            cards = [c for c in cards if set(question.categories) <= set(c.categories)]
        units = topic_units(filters.theme or "")
        if not units and not unknown:
            if not cards and filters.place and question.ask is Ask.LIST:
                return self._nothing_there(question)
            if not cards:
                return self._write.none_listed(question, self._statement(question))
            hits = [ThemeHit(c, self._catalogue.placing(c, filters.place)) for c in cards]
            return self._write.listed(question, hits, counted=question.ask is Ask.COUNT)
        hits = self._catalogue.about(units, cards) if units and not unknown else []
        if hits:
            return self._write.listed(question, hits, counted=question.ask is Ask.COUNT)
        return self._from_sentences(question, [c.id for c in cards] if question.among else ())

    def _among(self, question: Question) -> list[ToolCard]:
        return [card for tool in question.among if (card := self._catalogue.get(tool))]

    def _statement(self, question: Question) -> list[Evidence]:
        """The report's own words on what a part of the catalogue lacks: the plainest denial, then the nearest."""
        scored = self._scored(question, self._retriever.query(question.standalone))
        denials = [e for e in scored if re.search(r"\b[Nn]o (?!longer|one)\w+|\bnone\b", e.text)]
        return choose([*denials[:1], *scored[:1]], keep=0.0)

    def _nothing_there(self, question: Question) -> Draft:
        query = self._retriever.query(question.standalone)
        missing = f"anything about tools or practices in {question.filters.place}"
        return self._write.not_said(missing, choose(self._scored(question, query)[:1]))

    # --- sentences ---

    def _scored(self, question: Question, query: Query, tools: Sequence[str] = ()) -> list[Evidence]:
        within = [p.id for tool in tools for p in self._index.find_passages(tool=tool)] if tools else None
        hits = self._retriever.search(query, _CANDIDATES, within=within)
        return score_sentences(question, query, hits)

    def _query(self, question: Question) -> Query:
        if question.tools:
            return self._retriever.query(question.focus)
        return self._retriever.query(question.standalone, question.focus)

    def _from_sentences(self, question: Question, tools: Sequence[str] = ()) -> Draft:
        query = self._query(question)
        scored = self._scored(question, query, tools or question.tools)
        found = [] if question.tools else self._tools_met(question, query, scored)
        chosen = self._evidence(question, query, scored, found)
        subject = question.tools[0] if question.tools else found[0].card.id if found else None
        pool = self._scored(question, query, [found[0].card.id]) if found else scored if subject else scored[:_POOL]
        verdict = self._judge.verdict(Case(question, pool, chosen, subject, found[0].score if found else 0.0))
        if not verdict.answered:
            return self._refusal(question, query, scored, verdict)
        named = [card for tool in question.tools if (card := self._catalogue.get(tool))]
        cited = {tool for e in chosen for tool in e.hit.passage.tools}
        return self._write.sentences(chosen, named or [hit.card for hit in found if hit.card.id in cited])

    def _tools_met(self, question: Question, query: Query, scored: Sequence[Evidence]) -> list[ToolHit]:
        """The tools that a question seems to be after, best first; none where other text answers clearly better."""
        hits = {e.hit.passage.id: e.hit for e in scored}.values()
        ranked = self._retriever.tools(query, hits)
        other = max((hit.score for hit in hits if not hit.passage.tools), default=0.0)
        margin = _TOOL_MARGIN if question.ask in {Ask.FACT, Ask.LIST, Ask.COUNT} else 0.0
        if not ranked or asks_about_strategies(question.standalone) or ranked[0].score < other - margin:
            return []
        return [hit for hit in ranked if hit.score >= ranked[0].score - _CLOSE][:_SHOWN]

    def _evidence(
        self, question: Question, query: Query, scored: Sequence[Evidence], found: Sequence[ToolHit]
    ) -> list[Evidence]:
        """The sentences to answer with: on the tools met, best tool first, and on nothing else where one is met."""
        if question.ask is Ask.REASON:
            about = {found[0].card.id} if found else set()
            reasons = [e for e in scored if gives_reason(question, e.text) and about <= set(e.hit.passage.tools)]
            if reasons and (question.tools or reasons[0].score >= _KEEP_ON_TOOL * scored[0].score):
                return choose(reasons, keep=_KEEP_REASON)
        if not found:
            keep = _KEEP_ON_TOOL if question.tools else _KEEP
            return choose(self._part_by_part(question, scored), keep=keep)
        best = self._introduced(found[0].card, self._scored(question, query, [found[0].card.id]))
        rest = [e for hit in found[1:] for e in self._scored(question, query, [hit.card.id])[:1]]
        others = [e for e in scored if not e.hit.passage.tools and e.score >= best[0].score][:2]
        main = choose(
            best, keep=_KEEP_ON_TOOL, words=MAX_WORDS if not rest and not others else MAX_WORDS * 2 // 3, sources=4
        )
        left = MAX_WORDS - sum(len(e.text.split()) for e in main)
        return in_reading_order([*main, *choose([*others, *rest], keep=0.0, words=left, sources=6 - len(main))])

    def _overview(self, question: Question) -> Draft:
        """What a report says of itself."""
        scored = self._scored(question, self._retriever.query(_ABOUT_ITSELF))
        own = [e for e in scored if _ITSELF.search(e.text)]
        return self._write.sentences(choose(own or scored), [])

    def _part_by_part(self, question: Question, scored: Sequence[Evidence]) -> list[Evidence]:
        """The sentences with the best one for each part of a compound question moved up."""
        parts = parts_of_question(question.focus)
        if len(parts) < 2 or not scored:
            return list(scored)
        first: list[Evidence] = []
        for part in parts[:_PARTS]:
            asked = question.model_copy(update={"ask": kind_of(part), "standalone": part})
            best = self._scored(asked, self._retriever.query(part), question.tools)[:1]
            first += [e._replace(score=scored[0].score) for e in best if e.score > _ANY]
        return [*first, *scored]

    @staticmethod
    def _introduced(card: ToolCard, scored: Sequence[Evidence]) -> list[Evidence]:
        """The sentences on a tool with the first of its row moved up: it says what the tool is."""
        first = [e for e in scored if e.hit.passage.id in card.rows and e.first == 0][:1]
        others = [e for e in scored if e not in first]
        return [*(e._replace(score=others[0].score) for e in first), *others] if others else first

    def _comparison(self, question: Question) -> Draft:
        parts = []
        query = self._retriever.query(question.focus)
        budget = 110 // len(question.tools)
        for tool in question.tools[:4]:
            card = self._catalogue.get(tool)
            if card:
                scored = self._introduced(card, self._scored(question, query, [tool]))
                parts.append(
                    (card, choose(scored, keep=_KEEP_ON_TOOL, words=budget, sources=max(1, 6 // len(question.tools))))
                )
        return self._write.compared(parts)

    def _refusal(self, question: Question, query: Query, scored: Sequence[Evidence], verdict: Verdict) -> Draft:
        why: list[Evidence] = []
        if verdict.rule == "ranking":
            why = self._saying(_CAUTION, query)
        elif verdict.rule == "anonymous":
            why = self._saying(_ANONYMITY, query)
        tools = [card for tool in question.tools if (card := self._catalogue.get(tool))]
        return self._write.not_said(verdict.missing, choose(scored[:_NEAREST], words=70), tools, why)

    def _saying(self, pattern: re.Pattern[str], query: Query) -> list[Evidence]:
        """The first sentence of the corpus of a kind: its caution on efficacy, its word on anonymity."""
        for passage in self._index.all_passages():
            if passage.kind in {PassageKind.ROW, PassageKind.FOOTNOTE}:
                continue
            for i, sentence in enumerate(passage.sentences):
                if pattern.search(sentence.text):
                    return [Evidence(self._hit(passage, query), i, i, 0.0)]
        return []

    def _hit(self, passage: Passage, query: Query) -> Hit:
        return self._retriever.search(query, 1, within=[passage.id])[0]
