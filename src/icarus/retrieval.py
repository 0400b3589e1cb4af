"""Finds passages for a question: nearest sentences and lexical coverage, fused, with every signal kept.

A passage is scored by its best sentence, by the mean of its sentences, and by the share of the question's weighted
words that it covers; the words are the asker's own and, for everyday ones, those that reports use instead.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from icarus.index import Index
from icarus.records import Passage
from icarus.text import content_stems
from icarus.vocabulary import report_words

_REPORT_WORD = 0.5
_LEXICAL = 2.0
_POOL = 60


class Query(NamedTuple):
    """A question ready to be looked up: its unit-length vector and its weighted stems."""

    text: str
    vector: NDArray[np.float64]
    weights: Mapping[str, float]


class Hit(NamedTuple):
    """A passage with its signals: cosine of the best sentence and of the mean, lexical coverage, and their fusion."""

    passage: Passage
    score: float
    best_sentence: float
    mean: float
    lexical: float
    sentences: NDArray[np.float64]


def query_of(text: str, encode: Callable[[str], Sequence[float]]) -> Query:
    """Encode a question once, and weigh its words and those that reports use for them."""
    weights = dict.fromkeys(content_stems(text), 1.0)
    for word in content_stems(" ".join(report_words(text))):
        weights.setdefault(word, _REPORT_WORD)
    return Query(text, np.asarray(encode(text)), weights)


class Retriever:
    """Retrieves from one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def search(self, query: Query, k: int, *, within: Collection[str] | None = None) -> list[Hit]:
        """The k best passages, best first.

        Args:
            query: from `query_of`.
            k: how many at most.
            within: ids of the only passages to look at; all of them are then scored.
        """
        lexical = self._index.lexical_index.coverage(query.weights)
        places = self._index.lexical_places
        ids = list(within) if within is not None else self._pool(query, lexical)
        passages = self._index.passages(ids)
        vectors = self._index.sentence_vectors([p.id for p in passages])
        hits = [self._hit(p, vectors[p.id], query, float(lexical[places[p.id]])) for p in passages]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))[:k]

    def _pool(self, query: Query, lexical: NDArray[np.float64]) -> list[str]:
        near = [passage for passage, _ in self._index.nearest_sentences(query.vector, _POOL)]
        ids = self._index.lexical_index.ids
        worded = [ids[i] for i in np.argsort(-lexical, kind="stable")[:_POOL] if lexical[i] > 0]
        return list(dict.fromkeys([*near, *worded]))

    @staticmethod
    def _hit(passage: Passage, vectors: NDArray[np.float64], query: Query, lexical: float) -> Hit:
        cosines = vectors @ query.vector
        mean = vectors.sum(axis=0)
        mean_cosine = float(mean @ query.vector / (np.linalg.norm(mean) or 1.0))
        best = float(cosines.max(initial=0.0))
        return Hit(passage, best + mean_cosine + _LEXICAL * lexical, best, mean_cosine, lexical, cosines)
