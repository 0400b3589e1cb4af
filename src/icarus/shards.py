"""One large collection as several of Chroma's, its shards: a row is in the one that its id says.

A graph of millions finds less of what is nearest, and takes ever longer to write. Each shard stays small enough for
both, and all of them are asked.
"""

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from zlib import crc32

from icarus.chroma_home import Home, telling
from icarus.hnsw import when_served
from icarus.rows import Rows, as_array

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_READ_AT_ONCE = 1_000  # rows of one answer: a server sends 40 MB


class Shards:
    """The shards of one collection, most often a single one.

    What goes wrong with a server while they are read or written is an IndexUnusableError.
    """

    def __init__(self, home: Home, collections: Sequence["Collection"], write_at_once: int) -> None:
        """Take up the collections, in their order; rows are written so many at a time."""
        self.collections = collections
        self._home = home
        self._waiting = [Rows(collection, write_at_once) for collection in collections]
        self._sizes: list[int] = []

    def add(
        self,
        ids: Sequence[str],
        vectors: Iterable[Sequence[float]],
        metadatas: Iterable[Mapping[str, Any] | None],
        documents: Iterable[str] | None = None,
    ) -> None:
        """Take rows; all of a collection have texts, or none has. Each collection is written by one thread."""
        with telling(self._home):
            if len(self._waiting) == 1:
                self._waiting[0].add(ids, vectors, metadatas, documents)
                return
            texts = documents if documents is not None else (None for _ in ids)
            for i, vector, metadata, text in zip(ids, vectors, metadatas, texts, strict=True):
                self._waiting[self._of(i)].add([i], [vector], [metadata], None if text is None else [text])

    def finish(self) -> None:
        """Write what waits; nothing more comes, and it will be searched."""
        with telling(self._home), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Chroma's, of a collection without embedding function
            for rows, collection in zip(self._waiting, self.collections, strict=True):
                rows.flush()
                collection.modify(configuration={"hnsw": when_served(collection.count())})  # type: ignore[arg-type]

    def count(self) -> int:
        """How many rows there are."""
        with telling(self._home):
            return sum(collection.count() for collection in self.collections)

    def rows(self, ids: Sequence[str], include: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The id and what else is included ('embeddings', 'documents', 'metadatas') of the rows of some ids."""
        wanted: list[list[str]] = [[] for _ in self.collections]
        for i in ids:
            wanted[self._of(i)].append(i)
        for collection, of_it in zip(self.collections, wanted, strict=True):
            for start in range(0, len(of_it), _READ_AT_ONCE):
                yield from self._read(collection, include, ids=of_it[start : start + _READ_AT_ONCE])

    def all_rows(self, include: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The same of all rows, read as many at a time as one answer should hold."""
        for collection in self.collections:
            with telling(self._home):
                count = collection.count()
            for start in range(0, count, _READ_AT_ONCE):
                yield from self._read(collection, include, limit=_READ_AT_ONCE, offset=start)

    def _read(self, collection: "Collection", include: Sequence[str], **which: object) -> Iterator[tuple[Any, ...]]:
        asked: dict[str, Any] = {"include": list(include), **which}
        with telling(self._home):
            found: Mapping[str, Any] = collection.get(**asked)
        return zip(found["ids"], *(found[name] for name in include), strict=True)

    def nearest(self, vector: Sequence[float], k: int, where: Mapping[str, Any] | None) -> list[tuple[str, float]]:
        """Ids of the rows nearest to a vector with their cosine, best first; `where` is a filter as Chroma takes it."""
        if not self._sizes:  # what is searched is not written any more
            with telling(self._home):
                self._sizes = [collection.count() for collection in self.collections]
        if k < 1:
            return []
        found = chain.from_iterable(
            self._nearest_of(collection, vector, min(k, size), where)
            for collection, size in zip(self.collections, self._sizes, strict=True)
            if size
        )
        return [(i, 1.0 - distance) for i, distance in nsmallest(k, found, key=itemgetter(1))]

    def _nearest_of(
        self, collection: "Collection", vector: Sequence[float], k: int, where: Mapping[str, Any] | None
    ) -> Iterator[tuple[str, float]]:
        with telling(self._home):
            found = collection.query(
                query_embeddings=as_array([vector]),
                n_results=k,
                where=where,  # type: ignore[arg-type]
                include=["distances"],
            )
        return zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True)

    def _of(self, row: str) -> int:
        """Which shard holds a row: the same for the same number of shards, everywhere and always."""
        return crc32(row.encode()) % len(self.collections)
