"""Finds passages and tools for a question: nearest sentences and words covered, fused, with every signal kept.

Candidates are the passages of the nearest sentences and those that cover most of the question's words; the words are
the asker's own and, for everyday ones, those that reports use instead. A passage is scored by its best sentence, by
the mean of its sentences, and by the share of the things asked about that it speaks of; a tool in the same way, over
everything that the report says of it.
"""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from icarus.catalogue import Catalogue
from icarus.coverage import Weighted, covered, weighted_units
from icarus.index import Index
from icarus.records import Document, Passage, ToolCard
from icarus.text import content_stems
from icarus.topic import PhraseSet, phrases_in
from icarus.vocabulary import report_words

_REPORT_WORD = 0.5
_COVERED = 2.0
_POOL = 30
_LENGTH = 0.05  # a tool of many sentences has more chances of a near one
_FEW = 500  # passages up to which all that are allowed are scored, and not only candidates among them
_SIFTED = 600  # nearest sentences among which those allowed are looked for
_REMEMBERED = 4_096
_QUESTIONS = 30  # expected questions that are looked at
_ASKED, _ALIKE = 2.0, 0.4  # what a tool gains by an expected question, from this cosine on


class Query(NamedTuple):
    """A question ready to be looked up: its unit-length vector, its weighted stems, the things it is about."""

    text: str
    vector: NDArray[np.float64]
    stems: Mapping[str, float]
    wanted: Sequence[Weighted]


class Hit(NamedTuple):
    """A passage with its signals: cosine of each sentence and of their mean, share of the question covered, fusion.

    `report` are the names of its document, which all of it speaks of.
    """

    passage: Passage
    score: float
    sentences: NDArray[np.float64]
    mean: float
    covered: float
    report: str = ""

    @property
    def best_sentence(self) -> float:
        """Cosine of the sentence that is nearest."""
        return float(self.sentences.max(initial=0.0))


class ToolHit(NamedTuple):
    """A tool with its score over all that is said of it, comparable with that of a passage, and what is added to it.

    `asked` is what it gains over other tools by a question expected for it.
    """

    card: ToolCard
    said: float
    asked: float = 0.0

    @property
    def score(self) -> float:
        """What tools are ranked by."""
        return self.said + self.asked


class Retriever:
    """Retrieves from one index."""

    def __init__(self, index: Index, catalogue: Catalogue, encode: Callable[[str], Sequence[float]]) -> None:
        self._index = index
        self._catalogue = catalogue
        self._encode = encode
        self._said_of = lru_cache(_REMEMBERED)(self._uncached_said_of)

    def query(self, text: str, emphasis: str = "") -> Query:
        """A question encoded once, with its words weighed and those added that reports use for them.

        Args:
            text: the question, standing alone.
            emphasis: the part of it that is new in a conversation; what that names weighs more.
        """
        stems = dict.fromkeys(content_stems(text), 1.0)
        for word in content_stems(" ".join(report_words(text))):
            stems.setdefault(word, _REPORT_WORD)
        return Query(
            text, np.asarray(self._encode(text)), stems, weighted_units(text, self._index.lexical_index, emphasis)
        )

    def search(self, query: Query, k: int, *, within: Collection[str] | None = None) -> list[Hit]:
        """The k best passages, best first.

        Args:
            query: from `query`.
            k: how many at most.
            within: ids of the only passages to look at; all of them are then scored, unless they are very many.
        """
        passages = self._index.passages(self._pool(query, within))
        vectors = self._index.sentence_vectors([p.id for p in passages])
        hits = [self._hit(p, vectors[p.id], query) for p in passages]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))[:k]

    def tools(self, query: Query, hits: Iterable[Hit]) -> list[ToolHit]:
        """The tools that some passages speak of or that people ask for alike, best first.

        Each is scored over all that is said of it, and by the nearest of the questions that the corpus expects for it.
        """
        alike = self._index.nearest_questions(query.vector, _QUESTIONS)
        asked = {tool: _ASKED * (cosine - _ALIKE) for tool, cosine in alike.items() if cosine > _ALIKE}
        ids = dict.fromkeys([*(tool for hit in hits for tool in hit.passage.tools), *asked])
        cards = [card for tool in ids if (card := self._catalogue.get(tool))]
        found = [self._tool_hit(card, query, asked.get(card.id, 0.0)) for card in cards]
        return sorted(found, key=lambda hit: (-hit.score, hit.card.id))

    def phrases_of(self, passage: Passage) -> PhraseSet:
        """The words of a passage, of the headings above it, and of its document's names, remembered."""
        return phrases_in(self._names[passage.document], passage.section, passage.heading, passage.text)

    def rankings(
        self, query: Query, within: Collection[str] | None = None
    ) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
        """The candidates of each retriever, best first: (passage id, cosine) and (passage id, share of words)."""
        lexical = self._index.lexical_index
        worded = lexical.best(query.stems, _POOL, among=within)
        if within is None:
            return self._index.nearest_sentences(query.vector, _POOL), worded
        near = self._index.nearest_sentences(query.vector, _SIFTED)
        return [(passage, cosine) for passage, cosine in near if passage in within][:_POOL], worded

    def _pool(self, query: Query, within: Collection[str] | None) -> list[str]:
        """The passages to score: the candidates of both retrievers, or all that are allowed where these are few."""
        if within is not None and len(within) <= _FEW:
            return list(within)
        near, worded = self.rankings(query, None if within is None else set(within))
        return list(dict.fromkeys(passage for passage, _ in [*near, *worded]))

    def _hit(self, passage: Passage, vectors: NDArray[np.float64], query: Query) -> Hit:
        cosines = vectors @ query.vector
        mean = _mean_cosine(vectors, query.vector)
        share = covered(query.wanted, self.phrases_of(passage))
        score = float(cosines.max(initial=0.0)) + mean + _COVERED * share
        return Hit(passage, score, cosines, mean, share, self._names[passage.document])

    def _tool_hit(self, card: ToolCard, query: Query, asked: float) -> ToolHit:
        vectors, phrases = self._said_of(card.id)
        best = float((vectors @ query.vector).max(initial=0.0))
        score = best + _mean_cosine(vectors, query.vector) + _COVERED * covered(query.wanted, phrases)
        return ToolHit(card, score - _LENGTH * math.log(len(vectors) or 1), asked)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {d.id: names_of(d) for d in self._index.documents}

    def _uncached_said_of(self, tool: str) -> tuple[NDArray[np.float64], PhraseSet]:
        """The sentences' vectors and the words of what is said of a tool, of the first passages if these are many."""
        card = self._catalogue.get(tool)
        ids = dict.fromkeys([*(card.rows if card else ()), *self._index.passage_ids(tool=tool)])
        passages = [p for p in self._index.passages(list(ids)[:_FEW]) if len(p.tools) <= 2]
        vectors = self._index.sentence_vectors([p.id for p in passages])
        texts = [text for p in passages for text in (p.heading, p.text)]
        names = (card.name, *card.aliases) if card else ()
        return np.vstack([vectors[p.id] for p in passages]), PhraseSet([*names, *texts])


def names_of(document: Document) -> str:
    """What people call a document by: its title, deliverable and project, its file's name, its running headers."""
    called = (document.title, document.deliverable, document.project, document.id.replace("-", " "))
    named = (*called, *document.running)
    return "; ".join(name for name in named if name)


def _mean_cosine(vectors: NDArray[np.float64], query: NDArray[np.float64]) -> float:
    mean = vectors.sum(axis=0)
    return float(mean @ query / (np.linalg.norm(mean) or 1.0))
