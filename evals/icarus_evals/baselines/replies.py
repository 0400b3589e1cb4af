"""The reply of a baseline: its five best chunks as they stand, each cited. It shows no cards and never refuses."""

import time
from collections.abc import Sequence
from typing import Protocol

from icarus.records import Citation, Reply, Status
from icarus_evals.answerers import Candidate
from icarus_evals.baselines.chunks import Chunk

CITED = 5
Hit = tuple[Chunk, float]


class Search(Protocol):
    """Finds chunks for a text."""

    def __call__(self, query: str, k: int) -> list[Hit]:
        """At most k chunks with their scores, best first."""
        ...


class ShowsWhatItFinds:
    """An answerer that joins all turns to one query, searches, and shows what it finds."""

    def __init__(self, search: Search) -> None:
        self._search = search

    def ask(self, turns: Sequence[str]) -> Reply:
        """A reply that holds the five best chunks."""
        started = time.perf_counter()
        query = " ".join(turns)
        hits = self._search(query, CITED)
        answer = "\n".join(f"- {' '.join(chunk.text.split())} [{n}]" for n, (chunk, _) in enumerate(hits, 1))
        return Reply(
            question=turns[-1],
            standalone_question=query,
            status=Status.ANSWERED if hits else Status.NOT_IN_REPORT,
            answer=answer,
            citations=tuple(_citation(n, chunk) for n, (chunk, _) in enumerate(hits, 1)),
            elapsed_ms=(time.perf_counter() - started) * 1000,
        )

    def retrieve(self, turns: Sequence[str], k: int) -> list[Candidate]:
        """The k best chunks."""
        hits = self._search(" ".join(turns), k)
        return [Candidate(text=c.text, page=c.page, page_end=c.page, score=score) for c, score in hits]


def _citation(n: int, chunk: Chunk) -> Citation:
    return Citation(
        n=n,
        document=chunk.document,
        title=chunk.title,
        page=chunk.page,
        page_end=chunk.page,
        section="",
        quote=chunk.text,
        passage=chunk.text,
    )
