"""Rows on their way to a Chroma collection, written many at a time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.models.Collection import Collection
    from numpy.typing import NDArray


class Rows:
    """Rows of one collection that wait until a request is full; `flush` writes those that are left.

    With each request Chroma reads its log again, as far as its files do not hold it: up to half a second, whether it
    brings one row or thousands.
    """

    def __init__(self, collection: "Collection", at_once: int) -> None:
        """None yet, for requests of so many."""
        self._collection = collection
        self._at_once = at_once
        self._ids: list[str] = []
        self._vectors: list[NDArray[np.float32]] = []
        self._metadatas: list[Mapping[str, Any] | None] = []
        self._documents: list[str] = []

    def add(
        self,
        ids: Iterable[str],
        vectors: Iterable[Sequence[float]],
        metadatas: Iterable[Mapping[str, Any] | None],
        documents: Iterable[str] | None = None,
    ) -> None:
        """Take rows; all of a collection have texts, or none has."""
        self._ids += ids
        self._vectors += [as_array([vector])[0] for vector in vectors]  # a fifth of the memory of lists
        self._metadatas += metadatas
        self._documents += documents or ()
        while len(self._ids) >= self._at_once:
            self._write(self._at_once)

    def flush(self) -> None:
        """Write what waits."""
        if self._ids:
            self._write(len(self._ids))

    def _write(self, count: int) -> None:
        import numpy as np

        self._collection.add(
            ids=self._ids[:count],
            embeddings=np.stack(self._vectors[:count]),
            metadatas=self._metadatas[:count] if any(self._metadatas[:count]) else None,  # type: ignore[arg-type]
            documents=self._documents[:count] or None,
        )
        for waiting in (self._ids, self._vectors, self._metadatas, self._documents):
            del waiting[:count]


def as_array(vectors: Iterable[Sequence[float]]) -> "NDArray[np.float32]":
    """Vectors as Chroma takes them, a row each."""
    import numpy as np

    return np.asarray([list(vector) for vector in vectors], dtype=np.float32)
