"""The façade: a conversation goes in, a reply with checked citations comes out."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Self

from icarus.answer.draft import Draft
from icarus.answering import Answerer
from icarus.catalogue import Catalogue
from icarus.conversation import Context
from icarus.embedding import EmbeddingModel
from icarus.errors import QuestionError
from icarus.explanation import Explanation, explain
from icarus.hearing import heard
from icarus.index import Index
from icarus.question import Question
from icarus.records import Filters, Passage, Reply, Status, ToolCard, ToolSummary
from icarus.settings import Settings, get_settings
from icarus.spelling import Spelling
from icarus.suggestions import suggestions_for
from icarus.understanding import ByHand, Understanding, fields_set

if TYPE_CHECKING:
    from icarus.wordsmith import Wordsmith

_REMEMBERED = 256


class Searching(NamedTuple):
    """The question is understood and being looked up."""

    question: Question


class Found(NamedTuple):
    """Passages that the answer rests on."""

    passages: tuple[Passage, ...]


class Words(NamedTuple):
    """The answer so far; what is not `settled` may still give way to another text, as a whole."""

    text: str
    settled: bool = True


class Done(NamedTuple):
    """The whole reply."""

    reply: Reply


Step = Searching | Found | Words | Done


class Assistant:
    """Answers questions from one index. It keeps no state of a conversation: all its turns come with each question."""

    def __init__(self, index: Index, model: EmbeddingModel, settings: Settings) -> None:
        self.index = index
        self.model = model
        self.settings = settings
        self.catalogue = Catalogue(index.tools, index.lexical_index.stems())
        self._understanding = Understanding(self.catalogue, Spelling(index.register.words()))
        self._answerer = Answerer(index, self.catalogue, model.encode_query)
        self._read = lru_cache(maxsize=_REMEMBERED)(self._understanding.read)
        self._turn = lru_cache(maxsize=_REMEMBERED)(self._uncached_turn)
        self._wordsmith = self._hired() if settings.llm_on else None

    @classmethod
    def open(cls, settings: Settings | None = None) -> Self:
        """An assistant on the published index.

        Raises:
            IndexMissingError: there is no index yet.
            IndexUnusableError: the index is damaged, or of another model or format.
            ModelError: the embedding model cannot be loaded.
        """
        settings = settings or get_settings()
        with ThreadPoolExecutor(1) as pool:  # the model loads while the index opens
            model = pool.submit(EmbeddingModel.load, settings.embedding_model, settings.query_threads, settings.index)
            return cls(Index.open(settings.index, settings.embedding_model, settings.chroma), model.result(), settings)

    def ask(self, turns: str | Sequence[str], filters: Filters | None = None) -> Reply:
        """Answer the last turn of a conversation in the light of the others.

        Args:
            turns: what the user wrote, one text a turn; the last is answered.
            filters: what a person has set by hand; each field that is set, be it to None, goes before what the words
                say, and nothing outside is looked at.

        Returns:
            The reply; its status is `error`, with one sentence, where there is no question that can be taken.
        """
        return next(step.reply for step in self.steps(turns, filters) if isinstance(step, Done))

    def steps(self, turns: str | Sequence[str], filters: Filters | None = None) -> Iterator[Step]:
        """The same as typed steps: `Searching`, `Found`, `Words`, `Done`."""
        started = time.perf_counter()
        asked = [turns] if isinstance(turns, str) else list(turns)
        try:
            texts = self._heard(asked)
        except QuestionError as error:
            yield Done(_error(asked[-1] if asked else "", str(error), started))
            return
        *earlier, last = texts
        context = self._context_after(earlier)
        by_hand = fields_set(filters)
        question = self._read(last, context, by_hand)
        yield Searching(question)
        carried = question.carried
        restated = self._wordsmith.restated(earlier, last, question) if self._wordsmith else ""
        if restated:
            last, context = restated, Context(home=context.home)
        question, draft, _ = self._turn(last, context, by_hand)
        yield Found(tuple(self._cited_passages(draft)))
        for made in self._wordsmith.word(question, draft, restated=carried) if self._wordsmith else ():
            if isinstance(made, str):
                yield Words(made, settled=False)
            else:
                draft = made.draft
        yield Words(draft.answer)
        yield Done(_reply(asked[-1], question, draft, suggestions_for(question, draft, self.catalogue), started))

    def explain(
        self, turns: str | Sequence[str], filters: Filters | None = None, *, worded: bool = False
    ) -> Explanation:
        """How the answer to the last turn comes about, stage by stage, as the rules read it.

        Args:
            turns, filters: as for `ask`.
            worded: let the language model, where one is set, word the answer, and tell what came of it.

        Raises:
            QuestionError: there is no question that can be taken.
        """
        asked = [turns] if isinstance(turns, str) else list(turns)
        *earlier, last = self._heard(asked)
        context, by_hand = self._context_after(earlier), fields_set(filters)
        explanation = explain(self._read(last, context, by_hand), self._answerer)
        if not worded or not self._wordsmith:
            return explanation
        question, draft, _ = self._turn(last, context, by_hand)
        *_, made = self._wordsmith.word(question, draft)
        return explanation if isinstance(made, str) else explanation.model_copy(update={"wording": made.wording})

    def _heard(self, turns: Sequence[str]) -> tuple[str, ...]:
        """What is heard of some turns; an earlier one that cannot be taken was refused then, and is left out now."""
        if not turns:
            raise QuestionError("There is no question: type one.")
        texts = []
        for turn in turns[:-1]:
            with suppress(QuestionError):
                texts.append(heard(turn, self.settings.max_question_chars))
        return (*texts, heard(turns[-1], self.settings.max_question_chars))

    def _context_after(self, texts: Sequence[str]) -> Context:
        """What the earlier turns of a conversation leave for the next; filters set by hand count for the last alone."""
        context = Context()
        for text in texts:
            context = self._turn(text, context, ())[2]
        return context

    def prepare(self) -> None:
        """See that questions can be answered: load the model, and ask the index for something.

        Raises:
            ModelError: the model cannot be loaded.
            IndexUnusableError: the collections of the index cannot be asked, as where their server is gone.
        """
        self.model.encode_query("ready")
        self.index.touch()

    @property
    def worded_by(self) -> str:
        """The language model that words answers, and the address that questions are sent to; '' where there is none."""
        return f"{self.settings.llm_model} at {self.settings.llm_base_url}" if self._wordsmith else ""

    def forget(self) -> None:
        """Drop the turns that are remembered to answer the next ones quickly."""
        self._read.cache_clear()
        self._turn.cache_clear()
        self._understanding.forget()
        if self._wordsmith:
            self._wordsmith.forget()

    def _hired(self) -> "Wordsmith":
        from icarus.wordsmith import Wordsmith  # what words answers is loaded only where the settings ask for it

        return Wordsmith(self.index, self.catalogue, self.model.encode_query, self.settings)

    def _uncached_turn(self, text: str, context: Context, by_hand: ByHand) -> tuple[Question, Draft, Context]:
        question = self._read(text, context, by_hand)
        draft = self._answerer.answer(question)
        home = self._understanding.home_of(question) or context.home
        shown = tuple(card.id for card in draft.tools) or (context.shown if question.tools else ())
        return question, draft, Context(question, shown, home)

    def _cited_passages(self, draft: Draft) -> list[Passage]:
        pages = {(c.document, c.page) for c in draft.citations}
        texts = {c.passage for c in draft.citations}
        found = [p for document, page in sorted(pages) for p in self.index.find_passages(document=document, page=page)]
        return [p for p in found if p.text in texts]


def _reply(asked: str, question: Question, draft: Draft, suggestions: tuple[str, ...], started: float) -> Reply:
    return Reply(
        question=asked,
        standalone_question=question.standalone,
        status=draft.status,
        answer=draft.answer,
        mode=draft.mode,
        citations=draft.citations,
        tools=tuple(summary_of(card) for card in draft.tools),
        filters=question.filters,
        suggestions=suggestions,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def _error(asked: str, sentence: str, started: float) -> Reply:
    return Reply(
        question=asked,
        standalone_question=asked,
        status=Status.ERROR,
        answer=sentence,
        elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
    )


def summary_of(card: ToolCard) -> ToolSummary:
    """A tool as a reply shows it."""
    return ToolSummary(
        id=card.id,
        name=card.name,
        aliases=card.aliases,
        focus_areas=card.focus_areas,
        categories=card.categories,
        page=card.page,
    )
