"""From a question as understood to a draft: chooses the way, decides, has it written."""

from collections.abc import Callable, Sequence

from icarus.answer.draft import Draft
from icarus.answer.verbatim import VerbatimWriter
from icarus.answerability import Judge
from icarus.catalogue import Catalogue, ThemeHit
from icarus.comparison import Sides
from icarus.evidence import best_first, choose, filled
from icarus.index import Index
from icarus.judged import Case, Verdict
from icarus.languages.frame import message
from icarus.question import Ask, Question
from icarus.records import Category, FocusArea, PassageKind, Status, ToolCard
from icarus.retrieval import Retriever
from icarus.selection import Selection, Selector
from icarus.topic import called, literally, theme_units
from icarus.wording import says

_NEAREST, _NEAREST_WORDS = 2, 70
_MENTIONED = 5  # tools from which on a maker or a group, such as the police, is rather mentioned than what is meant
_STORY = 5  # things from which on a question for a list tells a case: no tool has to do with all of them

GREETING = message(
    "Hello! I answer questions about urban security from the reports in this corpus, in their own words and with the "
    "page. Ask about a tool, a focus area, a city or a figure."
)
DECLINED = message(
    "That is outside what I can do: I only quote what the reports in this corpus say about urban security. I cannot "
    "judge a person or a case, give legal advice, or do other work. For a concrete concern, please turn to the "
    "services in charge where you are."
)


class Answerer:
    """Answers understood questions from one index."""

    def __init__(self, index: Index, catalogue: Catalogue, encode: Callable[[str], Sequence[float]]) -> None:
        self._catalogue = catalogue
        self.retriever = Retriever(index, catalogue, encode)
        self.selector = Selector(index, catalogue, self.retriever)
        self._sides = Sides(index, catalogue, self.retriever)
        self.judge = Judge(catalogue, index.lexical_index, index.documents)
        self._write = VerbatimWriter(index)

    def answer(self, question: Question) -> Draft:
        """The draft of the answer to a question."""
        if question.ask is Ask.SMALL_TALK:
            return Draft(Status.CLARIFY, GREETING.said_in(question.language))
        if question.ask is Ask.OUT_OF_SCOPE:
            return Draft(Status.OUT_OF_SCOPE, DECLINED.said_in(question.language))
        if question.ask in {Ask.LIST, Ask.COUNT}:
            return self._from_catalogue(question)
        if question.ask is Ask.OVERVIEW:
            return self._write.sentences(self.selector.overview(question), [])
        if question.ask is Ask.COMPARE:
            return self._compared(question)
        return self._of_the_report(question) or self._from_sentences(question)

    def verdict(self, question: Question, selection: Selection) -> Verdict:
        """Whether what was selected answers the question."""
        match = selection.found[0].score if selection.found else 0.0
        return self.judge.verdict(Case(question, selection.pool, selection.chosen, selection.subject, match))

    def _compared(self, question: Question) -> Draft:
        question = question if len(question.tools) > 1 else self._sides.of(question)
        if len(question.tools) < 2 or says("ranking").search(question.standalone):
            return self._from_sentences(question)
        return self._write.compared(self.selector.on_each(question))

    def _of_the_report(self, question: Question) -> Draft | None:
        """What the report says of its own way: whether tools are rated, why places have no names; None for the rest."""
        rated = question.ask is Ask.FACT and says("rated").search(question.standalone)
        if question.tools or not (rated or says("why_unnamed").search(question.standalone)):
            return None
        query = self.retriever.query(question.standalone)
        told = self.selector.caution(query) if rated else self.selector.anonymity(query)
        return self._write.sentences(told, []) if told else None

    def _from_catalogue(self, question: Question) -> Draft:
        cards = self._within_filters(question)
        units = theme_units(question.filters.theme or "")
        if says("named_after_a_place").search(question.standalone):
            placed = [card for card in cards if self._catalogue.is_named_after_its_place(card)]
            return self._listed(question, [ThemeHit(card, None) for card in placed])
        if town := says("of_one_town").search(question.standalone):
            there = self._catalogue.of_one_town(cards, or_region="region" in town[0])
            cards = [card for card in cards if card not in there] if says("not_of").search(town[0]) else there
        if in_name := says("in_name").search(question.standalone):
            named = self._catalogue.named_with(in_name[in_name.lastindex or 0], cards)
            return self._listed(question, [ThemeHit(card, None) for card in named])
        if self.judge.unknown_in(question):
            return self._from_sentences(question)
        if not units:
            place = question.filters.place
            return self._listed(question, [ThemeHit(card, self._catalogue.placing(card, place)) for card in cards])
        in_rows = False
        if says("literally").search(question.standalone):
            units = [literally(unit) for unit in units]
            in_rows = bool(says("in_rows").search(question.standalone))
        hits = self._catalogue.about(units, cards, in_rows=in_rows) or self._catalogue.about(called(units), cards)
        if says("made_by").search(question.standalone) and len(hits) > _MENTIONED:
            hits = self._catalogue.made_by(units, cards) or hits
        if says("aimed_at").search(question.standalone) and len(hits) > _MENTIONED:
            hits = self._catalogue.about(units, cards, in_rows=True) or hits
        if says("relation").search(question.standalone):
            hits = self._catalogue.between(units, cards) or hits
        if hits:
            return self._listed(question, hits)
        if len(units) >= _STORY:
            question = question.model_copy(update={"ask": Ask.FACT})
        return self._from_sentences(question, [card.id for card in cards] if question.among else ())

    def _within_filters(self, question: Question) -> list[ToolCard]:
        filters = question.filters
        cards = self._catalogue.select(focus_area=filters.focus_area, category=filters.category, place=filters.place)
        if question.among:
            cards = [card for tool in question.among if (card := self._catalogue.get(tool)) in cards and card]
        if filters.place and says("placed_in_name").search(question.standalone):
            cards = self._catalogue.named_after(filters.place, cards)
        elif filters.place and says("literally").search(question.standalone):
            cards = [card for card in cards if self._catalogue.prints(card, filters.place)]
        cards = [card for card in cards if card.id not in question.excluded]
        return [card for card in cards if set(question.categories) <= set(card.categories) and _is_in(card, question)]

    def _listed(self, question: Question, hits: Sequence[ThemeHit]) -> Draft:
        """The list; where it is empty, that there are none, or for a place that the report does not speak of it."""
        if hits:
            return self._write.listed(question, hits, counted=question.ask is Ask.COUNT)
        if question.filters.place and question.ask is Ask.LIST:
            missing = message("anything about tools or practices in {place}", place=question.filters.place)
            return self._write.not_said(question, missing, self.selector.nearest(question))
        return self._write.none_listed(question, self.selector.denial(question))

    def _from_sentences(self, question: Question, tools: Sequence[str] = ()) -> Draft:
        selection = self.selector.select(question, tools)
        verdict = self.verdict(question, selection)
        if not verdict.answered:
            return self._refused(question, selection, verdict)
        cited = {tool for e in selection.chosen for tool in e.hit.passage.tools}
        shown = self._named(question) or [hit.card for hit in selection.found if hit.card.id in cited]
        return self._write.sentences(best_first(filled(selection.chosen, selection.pool)), shown)

    def _refused(self, question: Question, selection: Selection, verdict: Verdict) -> Draft:
        reasons = {"ranking": self.selector.caution, "anonymous": self.selector.anonymity}
        why = reasons[verdict.rule](selection.query) if verdict.rule in reasons else []
        told = [e for e in selection.scored if e.hit.passage.kind is not PassageKind.TABLE] or selection.scored
        if verdict.rule == "ranking" and question.tools:
            told = self.selector.results(question.tools[0], told) or told
        nearest = choose(told[:_NEAREST], words=_NEAREST_WORDS // 2 if why else _NEAREST_WORDS)
        return self._write.not_said(question, verdict.missing, nearest, self._named(question), why)

    def _named(self, question: Question) -> list[ToolCard]:
        return [card for tool in question.tools if (card := self._catalogue.get(tool))]


def _is_in(card: ToolCard, question: Question) -> bool:
    """Whether a tool is in one of the areas, and in one of the categories, of a list that names several."""
    areas = {one for one in question.either if isinstance(one, FocusArea)}
    categories = {one for one in question.either if isinstance(one, Category)}
    in_area = not areas or not areas.isdisjoint(card.focus_areas)
    return in_area and (not categories or not categories.isdisjoint(card.categories))
