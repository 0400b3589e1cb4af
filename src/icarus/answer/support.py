"""Finds the words of passages that support a sentence: the fewest adjoining sentences that do."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from icarus.answer.grounding import Claim, claim_of, objection, words_in
from icarus.records import Passage, Sentence

SIMILAR = (
    0.4  # cosine of a sentence with the words it rests on: restatements had 0.45 and more, but for "It lasts a year."
)
SIMILAR_BUT_A_WORD = 0.8  # the same where it brings in a word: other people who do the same had 0.76
_LONGEST_RUN = 3  # adjoining sentences of a passage that are quoted for one sentence


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
    """The run that supports a sentence, or why there is none."""

    run: Run | None = None
    objection: str = ""


Encode = Callable[[str], Sequence[float]]


class Supporter:
    """Looks for support in passages; `encode` gives the vector of a text, `common` stems that are nobody's name."""

    def __init__(self, encode: Encode, common: frozenset[str] = frozenset()) -> None:
        self._common = common
        self._encode = lru_cache(maxsize=256)(lambda text: np.asarray(encode(text)))

    def support(self, text: str, sources: Sequence[Source], cited: Sequence[int]) -> Found:
        """The fewest words that support a sentence.

        Args:
            text: the sentence, without markers.
            sources: the passages that may support it; one of them must do so alone.
            cited: numbers of those that it names itself, from 1; they are looked at first, others after them: a marker
                says where a model claims to have it from, not where it stands.
        """
        claim = claim_of(text)
        named = [sources[n - 1] for n in cited if 0 < n <= len(sources)]
        against = ["there is no passage"]
        for source in (*named, *(source for source in sources if source not in named)):
            for run in _runs(source):
                objected = self._against(claim, run)
                if not objected:
                    return Found(run)
                against.append(objected)
        return Found(objection=min(against, key=_rank))

    def _against(self, claim: Claim, run: Run) -> str:
        """Why a run does not support a claim; one that brings in a word must be close to it in all else."""
        said, context = [words_in(sentence.text) for sentence in run.sentences], words_in(run.source.context)
        objected = objection(claim, said, context, self._common)
        if objected:
            return objected
        brings_in = objection(claim, said, context)
        cosine = float(self._encode(claim.text) @ self._encode(run.text))
        return "" if cosine >= (SIMILAR_BUT_A_WORD if brings_in else SIMILAR) else brings_in or "its meaning"


def _rank(told: str) -> int:
    """The objection that came nearest to support says most about a sentence."""
    order = ("its meaning", "how many", "what it denies", "the words", "the word", "the name", "the figure")
    return next((i for i, start in enumerate(order) if told.startswith(start)), len(order))


def _runs(source: Source) -> Iterator[Run]:
    """The runs of a source, the shortest first."""
    sentences = source.passage.sentences
    for length in range(1, min(_LONGEST_RUN, len(sentences)) + 1):
        for first in range(len(sentences) - length + 1):
            yield Run(source, sentences[first : first + length])
