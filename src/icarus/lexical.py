"""The lexical side of an index: BM25 over stems, read as the share of a question's weight that a passage covers.

Raw BM25 grows with the length of the question, so that one stray word looks like a match. Divided by the most that the
question's words could earn (the sum of their idf, Lucene's variant; Kamphuis et al., ECIR 2020), it is 0 to 1 and can
be added to a cosine.
"""

import json
import math
from collections.abc import Collection, Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from icarus.errors import IndexUnusableError


class LexicalIndex:
    """BM25 over the passages of one generation, as bm25s weighted and saved them.

    Its files are read here: to load bm25s, and scipy with it, takes a fifteenth of a start and is of no use after.
    """

    def __init__(self, folder: Path) -> None:
        """Load what ingestion saved.

        Raises:
            IndexUnusableError: the files are not there or damaged.
        """
        try:
            self.ids: list[str] = json.loads((folder / "ids.json").read_text(encoding="utf-8"))
            self._column: dict[str, int] = json.loads((folder / "vocab.index.json").read_text(encoding="utf-8"))
            self._starts, self._passages, self._weights = (
                np.asarray(np.load(folder / f"{part}.csc.index.npy", mmap_mode="r"))
                for part in ("indptr", "indices", "data")
            )
        except (OSError, ValueError, EOFError) as error:
            raise IndexUnusableError(
                "The lexical part of the index is damaged: build it again with `icarus ingest`."
            ) from error
        held = np.diff(self._starts).tolist()
        # The vocabulary has one more entry, bm25s's own for an empty query.
        self._held: dict[str, int] = {w: held[i] for w, i in self._column.items() if i < len(held)}

    def passages_with(self, word: str) -> int:
        """In how many passages a stem occurs."""
        return self._held.get(word, 0)

    def stems(self) -> dict[str, int]:
        """Every stem of the corpus with the number of passages that hold it."""
        return dict(self._held)

    def idf(self, word: str) -> float:
        """Inverse document frequency of a stem; highest for one that the corpus does not have."""
        n, found = len(self.ids), self.passages_with(word)
        return math.log(1.0 + (n - found + 0.5) / (found + 0.5))

    def coverage(self, weights: Mapping[str, float]) -> NDArray[np.float64]:
        """For each passage, in the order of `ids`, the share of the weighted stems that it covers, 0 to 1."""
        total = sum(weight * self.idf(word) for word, weight in weights.items())
        scores = np.zeros(len(self.ids))
        for word, weight in weights.items():
            if word in self._held:
                column = self._column[word]
                of_word = slice(self._starts[column], self._starts[column + 1])
                scores[self._passages[of_word]] += weight * self._weights[of_word]
        return scores / total if total else scores

    def best(
        self, weights: Mapping[str, float], k: int, *, among: Collection[str] | None = None
    ) -> list[tuple[str, float]]:
        """The k passages that cover most of the weighted stems: (passage id, share), best first, none that covers none.

        Args:
            weights: stems and what each counts for.
            k: how many at most.
            among: ids of the only passages to look at.
        """
        scores = self.coverage(weights)
        if among is not None:
            scores = np.where(self._mask(among), scores, 0.0)
        found = np.flatnonzero(scores)
        if len(found) > k > 0:  # sorting all would take longer than all the rest
            found = found[scores[found] >= np.partition(scores[found], -k)[-k]]
        order = found[np.argsort(-scores[found], kind="stable")][:k]
        return [(self.ids[i], float(scores[i])) for i in order]

    def _mask(self, wanted: Collection[str]) -> NDArray[np.bool_]:
        mask = np.zeros(len(self.ids), dtype=bool)
        mask[[self._place[i] for i in wanted if i in self._place]] = True
        return mask

    @cached_property
    def _place(self) -> dict[str, int]:
        return {identifier: place for place, identifier in enumerate(self.ids)}
