"""Finds passages and tools for a question: nearest sentences and words covered, fused, with every signal kept.

A passage is scored by its best sentence, by the mean of its sentences, and by the share of the question's weighted
words that it covers; the words are the asker's own and, for everyday ones, those that reports use instead. A tool is
scored in the same way over everything that the report says of it.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from icarus.catalogue import Catalogue
from icarus.index import Index
from icarus.records import Passage, ToolCard
from icarus.text import content_stems
from icarus.vocabulary import report_words

_REPORT_WORD = 0.5
_COVERED = 2.0
_POOL = 60
_LENGTH = 0.05  # a tool of many sentences has more chances of a near one


class Query(NamedTuple):
    """A question ready to be looked up: its unit-length vector and its weighted stems."""

    text: str
    vector: NDArray[np.float64]
    weights: Mapping[str, float]


class Hit(NamedTuple):
    """A passage with its signals: cosine of each sentence and of their mean, share of words covered, their fusion."""

    passage: Passage
    score: float
    sentences: NDArray[np.float64]
    mean: float
    covered: float

    @property
    def best_sentence(self) -> float:
        """Cosine of the sentence that is nearest."""
        return float(self.sentences.max(initial=0.0))


class ToolHit(NamedTuple):
    """A tool with its score, comparable with that of a passage."""

    card: ToolCard
    score: float


def query_of(text: str, encode: Callable[[str], Sequence[float]]) -> Query:
    """Encode a question once, and weigh its words and those that reports use for them."""
    weights = dict.fromkeys(content_stems(text), 1.0)
    for word in content_stems(" ".join(report_words(text))):
        weights.setdefault(word, _REPORT_WORD)
    return Query(text, np.asarray(encode(text)), weights)


class Retriever:
    """Retrieves from one index."""

    def __init__(self, index: Index, catalogue: Catalogue) -> None:
        self._index = index
        self._catalogue = catalogue

    def search(self, query: Query, k: int, *, within: Collection[str] | None = None) -> list[Hit]:
        """The k best passages, best first.

        Args:
            query: from `query_of`.
            k: how many at most.
            within: ids of the only passages to look at; all of them are then scored.
        """
        passages = self._index.passages(list(within) if within is not None else self._pool(query))
        vectors = self._index.sentence_vectors([p.id for p in passages])
        shares = self.shares(query)
        hits = [self._hit(p, vectors[p.id], query, shares) for p in passages]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))[:k]

    def tools(self, query: Query, hits: Iterable[Hit]) -> list[ToolHit]:
        """The tools that some passages speak of, best first, scored over all that is said of each."""
        ids = dict.fromkeys(tool for hit in hits for tool in hit.passage.tools)
        cards = [card for tool in ids if (card := self._catalogue.get(tool))]
        shares = self.shares(query)
        return sorted((self._tool_hit(c, query, shares) for c in cards), key=lambda hit: (-hit.score, hit.card.id))

    def shares(self, query: Query) -> dict[str, float]:
        """What share of the question's weight each of its stems has: by its weight and its rarity."""
        idf = self._index.lexical_index.idf
        total = sum(weight * idf(word) for word, weight in query.weights.items()) or 1.0
        return {word: weight * idf(word) / total for word, weight in query.weights.items()}

    def stems_of(self, passage: Passage) -> frozenset[str]:
        """The stems of a passage and its heading, remembered."""
        if passage.id not in self._stems:
            self._stems[passage.id] = frozenset(content_stems(f"{passage.heading} {passage.text}"))
        return self._stems[passage.id]

    def _pool(self, query: Query) -> list[str]:
        near = [passage for passage, _ in self._index.nearest_sentences(query.vector, _POOL)]
        lexical = self._index.lexical_index
        coverage = lexical.coverage(query.weights)
        worded = [lexical.ids[i] for i in np.argsort(-coverage, kind="stable")[:_POOL] if coverage[i] > 0]
        return list(dict.fromkeys([*near, *worded]))

    def _hit(self, passage: Passage, vectors: NDArray[np.float64], query: Query, shares: Mapping[str, float]) -> Hit:
        cosines = vectors @ query.vector
        mean = _mean_cosine(vectors, query.vector)
        covered = sum(share for word, share in shares.items() if word in self.stems_of(passage))
        return Hit(passage, float(cosines.max(initial=0.0)) + mean + _COVERED * covered, cosines, mean, covered)

    def _tool_hit(self, card: ToolCard, query: Query, shares: Mapping[str, float]) -> ToolHit:
        vectors, stems = self._said_of(card)
        covered = sum(share for word, share in shares.items() if word in stems)
        best = float((vectors @ query.vector).max(initial=0.0))
        score = best + _mean_cosine(vectors, query.vector) + _COVERED * covered - _LENGTH * math.log(len(vectors) or 1)
        return ToolHit(card, score)

    def _said_of(self, card: ToolCard) -> tuple[NDArray[np.float64], frozenset[str]]:
        """The sentences' vectors and the stems of everything said of a tool, remembered."""
        if card.id not in self._tools:
            passages = [p for p in self._index.find_passages(tool=card.id) if len(p.tools) <= 2]
            vectors = self._index.sentence_vectors([p.id for p in passages])
            names = frozenset(content_stems(" ".join([card.name, *card.aliases])))
            stems = names.union(*(self.stems_of(p) for p in passages))
            self._tools[card.id] = (np.vstack([vectors[p.id] for p in passages]), stems)
        return self._tools[card.id]

    @cached_property
    def _stems(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _tools(self) -> dict[str, tuple[NDArray[np.float64], frozenset[str]]]:
        return {}


def _mean_cosine(vectors: NDArray[np.float64], query: NDArray[np.float64]) -> float:
    mean = vectors.sum(axis=0)
    return float(mean @ query / (np.linalg.norm(mean) or 1.0))
