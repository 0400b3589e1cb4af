"""Finds the words of passages that support a sentence: the fewest adjoining sentences that do."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from icarus.answer.grounding import Claim, Words, claim_of, objection, words_in
from icarus.records import Passage, Sentence

SIMILAR = 0.6  # cosine of a sentence with the words it rests on; see tests/icarus/test_support.py
_LONGEST_RUN = 4  # adjoining sentences of a passage that are quoted for one sentence
_PASSAGES = 2  # passages that one sentence may draw together


class Source(NamedTuple):
    """A passage that a model was given, the tool it is cited for, and the names that go with it."""

    passage: Passage
    tool: str | None
    context: str


class Run(NamedTuple):
    """Adjoining sentences of a source."""

    source: Source
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """Their words."""
        return " ".join(sentence.text for sentence in self.sentences)


class Found(NamedTuple):
    """The runs that support a sentence, or why there are none."""

    runs: tuple[Run, ...] = ()
    objection: str = ""


Encode = Callable[[str], Sequence[float]]


class Supporter:
    """Looks for support in passages; `encode` gives the vector of a text."""

    def __init__(self, encode: Encode) -> None:
        self._encode = lru_cache(maxsize=256)(lambda text: np.asarray(encode(text)))

    def support(self, text: str, sources: Sequence[Source], cited: Sequence[int]) -> Found:
        """The fewest words that support a sentence.

        Args:
            text: the sentence, without markers.
            sources: the passages that may support it.
            cited: numbers of those that it names itself, from 1; they are looked at first, others after them: a marker
                says where a model claims to have it from, not where it stands.
        """
        claim = claim_of(text)
        named = [sources[n - 1] for n in cited if 0 < n <= len(sources)]
        ordered = [*named, *(source for source in sources if source not in named)]
        told = "there is no passage"
        for runs in (*map(_runs, ordered), _joined(claim, named[:_PASSAGES])):
            found = self._first(claim, runs)
            if found.runs:
                return found
            told = min((told, found.objection), key=_rank) if found.objection else told
        return Found(objection=told)

    def _first(self, claim: Claim, candidates: Iterator[tuple[Run, ...]]) -> Found:
        told = ""
        for runs in candidates:
            said, context = _words_of(runs)
            against = objection(claim, said, context) or self._of_meaning(claim, runs)
            if not against:
                return Found(runs)
            told = min(told or against, against, key=_rank)
        return Found(objection=told)

    def _of_meaning(self, claim: Claim, runs: Sequence[Run]) -> str:
        cosine = float(self._encode(claim.text) @ self._encode(" ".join(run.text for run in runs)))
        return "" if cosine >= SIMILAR else "its meaning"


def _rank(told: str) -> int:
    """The reason that comes nearest to support says most about a sentence: the meaning last, the figures first."""
    order = ("its meaning", "how many", "what it denies", "too few", "the word", "the name", "the figure")
    return next((i for i, start in enumerate(order) if told.startswith(start)), len(order))


def _runs(source: Source) -> Iterator[tuple[Run, ...]]:
    """The runs of a source, the shortest first."""
    sentences = source.passage.sentences
    for length in range(1, min(_LONGEST_RUN, len(sentences)) + 1):
        for first in range(len(sentences) - length + 1):
            yield (Run(source, sentences[first : first + length]),)


def _joined(claim: Claim, named: Sequence[Source]) -> Iterator[tuple[Run, ...]]:
    """One run of each of several sources that a sentence names together: those that hold most of its words."""
    if len(named) == _PASSAGES:
        yield tuple(max(_runs(source), key=lambda runs: _share(claim, runs))[0] for source in named)


def _share(claim: Claim, runs: tuple[Run, ...]) -> tuple[int, int]:
    said = words_in(runs[0].text)
    figures = sum(figure in said.figures for figure, _ in claim.figures)
    return sum(s in said.stems for s in claim.stems) + figures, -len(runs[0].sentences)


def _words_of(runs: Sequence[Run]) -> tuple[Words, Words]:
    said = words_in("\n".join(run.text for run in runs))
    return said, words_in("\n".join(run.source.context for run in runs))
