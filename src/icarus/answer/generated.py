"""Answers worded by a language model from the evidence of a verbatim answer, each sentence checked before it is shown.

The model numbers nothing and decides nothing: code finds the words of the report that support a sentence, cites them,
and takes out what nothing supports. Where too little is left, or the model fails, the verbatim answer stands.
"""

import logging
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import cached_property
from typing import NamedTuple

from icarus.answer.draft import Draft, Form, RefusedSentence, Wording, plain
from icarus.answer.grounding import claim_of, common_stems
from icarus.answer.prompt import answer_prompt
from icarus.answer.sentences import Sentences, Worded
from icarus.answer.support import Encode, Run, Source, Supporter
from icarus.catalogue import Catalogue
from icarus.citation import Citations
from icarus.errors import LanguageModelError
from icarus.evidence import MAX_SOURCES, MAX_WORDS
from icarus.index import Index
from icarus.language_model import LanguageModel
from icarus.question import Ask, Question
from icarus.records import Citation, Passage, Status
from icarus.text import squash
from icarus.usage import Usage

_log = logging.getLogger(__name__)
_ENOUGH = 0.6  # share of the model's sentences that must be supported
_FEWEST_WORDS = 5
_MOST_REFUSED = 6  # sentences without support after which the rest is not waited for


class Generated(NamedTuple):
    """A draft, worded by the model or as it was, and how that came about."""

    draft: Draft
    wording: Wording


class GeneratedWriter:
    """Words drafts through a language model."""

    def __init__(self, index: Index, catalogue: Catalogue, encode: Encode, model: LanguageModel) -> None:
        self._index = index
        self._catalogue = catalogue
        self._model = model
        self._encode = encode

    @cached_property
    def _supporter(self) -> Supporter:
        return Supporter(self._encode, common_stems(passage.text for passage in self._index.all_passages()))

    def write(self, question: Question, draft: Draft, seconds: float) -> Iterator[str | Generated]:
        """The answer so far after each sentence that is supported, and last the draft to show.

        Args:
            question: as understood.
            draft: the verbatim answer; what it cites is all that the model sees. Lists and counts, which are complete
                by the catalogue, and whatever is no answer are left as they are.
            seconds: how long the model may take.
        """
        why = _left_alone(draft)
        sources = [] if why else self._sources(draft)
        if not sources:
            yield Generated(draft, Wording(why=why or "there is no passage"))
            return
        page = _Page(self._index, self._supporter, sources)
        spent: list[Usage] = []
        try:
            yield from self._worded(question, draft, page, seconds, spent)
            why = page.objection(question, draft)
        except LanguageModelError as error:
            why = str(error)
        wording = page.wording(why, spent[-1] if spent else Usage())
        if why:
            _log.warning("An answer is quoted and not worded by the language model: %s.", why)
        yield Generated(draft if why else page.draft(draft), wording)

    def _worded(
        self, question: Question, draft: Draft, page: "_Page", seconds: float, spent: list[Usage]
    ) -> Generator[str, None, None]:
        """Read the model sentence by sentence, and stop as soon as no further one is wanted."""
        passages = [source.passage for source in page.sources]
        prompt = answer_prompt(question.standalone, passages, each=draft.form is Form.COMPARISON)
        sentences = Sentences()
        with closing(self._model.stream(prompt, seconds, self._model.settings.llm_max_tokens, spent)) as stream:
            for piece in stream:
                for sentence in sentences.feed(piece):
                    if page.take(sentence):
                        yield page.answer
                    if page.is_full:
                        return
        for sentence in sentences.last():
            if page.take(sentence):
                yield page.answer

    def _sources(self, draft: Draft) -> list[Source]:
        """The passages that a draft cites, each once, with the names that go with them."""
        cited: dict[str, Source] = {}
        for citation in draft.citations:
            there = self._index.find_passages(document=citation.document, page=citation.page)
            passage = next((p for p in there if p.text == citation.passage), None)
            if passage:
                source = Source(passage, citation.tool, self._context(passage, citation.title, citation.tool))
                cited.setdefault(passage.id, source)
        return list(cited.values())

    def _context(self, passage: Passage, title: str, tool: str | None) -> str:
        ids = (tool,) if tool else passage.tools
        cards = [card for name in ids if (card := self._catalogue.get(name))]
        return "\n".join([title, passage.heading, passage.section, *(n for c in cards for n in (c.name, *c.aliases))])


def _left_alone(draft: Draft) -> str:
    """Why a model is not asked at all, '' where it is."""
    if draft.status not in {Status.ANSWERED, Status.PARTIAL}:
        return "there is no answer to word"
    return "a list is complete by the catalogue" if draft.form is Form.LIST else ""


class _Page:
    """The answer as it grows: sentences that are supported, each with the words that support it."""

    def __init__(self, index: Index, supporter: Supporter, sources: Sequence[Source]) -> None:
        self.sources = sources
        self.answer = ""
        self.citations: tuple[Citation, ...] = ()
        self.is_full = False
        self._index = index
        self._supporter = supporter
        self._kept: list[tuple[str, Run]] = []
        self._seen: set[str] = set()
        self._refused: list[RefusedSentence] = []

    def take(self, sentence: Worded) -> bool:
        """Whether a sentence goes into the answer: it is supported, says something new, and there is room."""
        if squash(sentence.text) in self._seen or self.is_full:
            return False
        self._seen.add(squash(sentence.text))
        found = self._supporter.support(sentence.text, self.sources, sentence.cited)
        kept = [*self._kept, (sentence.text, found.run)] if found.run else []
        laid_out = _laid_out(self._index, kept)
        if laid_out is None:
            self._refused.append(RefusedSentence(text=sentence.text, why=found.objection or "its page"))
            self.is_full = len(self._refused) >= _MOST_REFUSED
            return False
        if _length(kept) > MAX_WORDS or len(laid_out[1]) > MAX_SOURCES:
            self.is_full = True
            return False
        self._kept = kept
        self.answer, self.citations = laid_out
        return True

    def objection(self, question: Question, draft: Draft) -> str:
        """Why what is left is not to be shown, '' where it is."""
        if not self._kept:
            return "it says nothing that the passages support"
        share = len(self._kept) / (len(self._kept) + len(self._refused))
        if share < _ENOUGH or _length(self._kept) < _FEWEST_WORDS:
            return "too little of what it says is supported"
        wanted = question.ask is Ask.FIGURE and _has_figure(c.quote for c in draft.citations)
        if wanted and not _has_figure(text for text, _ in self._kept):
            return "it leaves out the figure"
        shown = {card.id for card in draft.tools}
        if {c.tool for c in draft.citations if c.tool in shown} - {c.tool for c in self.citations}:
            return "it leaves out a tool"
        missing = {c.passage for c in draft.citations} - {c.passage for c in self.citations}
        return "it leaves out a part of the comparison" if draft.form is Form.COMPARISON and missing else ""

    def wording(self, why: str, used: Usage) -> Wording:
        """What became of the sentences."""
        return Wording(why=why, supported=len(self._kept), refused=tuple(self._refused), used=used)

    def draft(self, draft: Draft) -> Draft:
        """A draft with this answer in the place of its own."""
        return draft._replace(answer=self.answer, citations=self.citations, mode="generated")


def _laid_out(index: Index, kept: Sequence[tuple[str, Run]]) -> tuple[str, tuple[Citation, ...]] | None:
    """Sentences with markers, and the citations; None where there are none, or words that support one have no page."""
    citations = Citations(index)
    lines = []
    for text, run in kept:
        passage, tool = run.source.passage, run.source.tool
        numbers = [citations.cite(passage, part, tool) for part in citations.runs(passage, run.sentences)]
        if None in numbers:
            return None
        lines.append(f"{plain(text)} " + "".join(f"[{n}]" for n in dict.fromkeys(numbers)))
    return (" ".join(lines), citations.all()) if lines else None


def _length(kept: Sequence[tuple[str, Run]]) -> int:
    return sum(len(text.split()) for text, _ in kept)


def _has_figure(texts: Iterable[str]) -> bool:
    return any(claim_of(text).figures for text in texts)
