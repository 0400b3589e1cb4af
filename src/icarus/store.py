"""Chroma, known to this file and `chroma_home` alone: the collections of a generation, records to and from rows.

They are in a folder of their own, or on a Chroma server, under names that begin with that of their generation.

Passages and tool cards are written as llama-index nodes (`icarus.nodes`), so that its `ChromaVectorStore` reads them as
they are.
"""

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial, wraps
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from icarus.chroma_home import Home, OnServer, client_of, failure_of, let_go, name_at
from icarus.errors import IndexUnusableError
from icarus.hnsw import when_served, when_written
from icarus.nodes import ASKED_FOR, DIGEST, LISTS, metadata_of, passage_of, row_of, sentence_id
from icarus.records import Page, Passage, ToolCard
from icarus.rows import Rows, as_array

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from llama_index.core.schema import TextNode
    from numpy.typing import NDArray

PASSAGES = "passages"
TOOLS = "tools"
PAGES = "pages"
SENTENCES = "sentences"
QUESTIONS = "questions"
COLLECTIONS = (PASSAGES, SENTENCES, QUESTIONS, TOOLS, PAGES)
_KEPT = (ASKED_FOR, DIGEST)  # of an expected question; of a sentence nothing: its id says whose it is
_NO_VECTOR = [1.0]  # pages are fetched, never searched; Chroma wants a vector of every row
_AT_ONCE, _AT_ONCE_HERE = 1_000, 2_500  # rows in one request: a server takes 40 MB
_P = ParamSpec("_P")
_T = TypeVar("_T")


def _told(call: Callable[Concatenate["Store", _P], _T]) -> Callable[Concatenate["Store", _P], _T]:
    """Say in a sentence what goes wrong with a server."""

    @wraps(call)
    def told(store: "Store", /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        try:
            return call(store, *args, **kwargs)
        except Exception as error:
            if isinstance(store.home, Path):
                raise
            raise failure_of(store.home.server, error) from error

    return told


class Store:
    """The Chroma collections of one generation.

    `create` makes them for writing, until `finish`, `open` takes them up for reading; they have one writer, ever. What
    goes wrong with a server while they are read or written is an IndexUnusableError.
    """

    def __init__(self, home: Home, client: "ClientAPI", collections: Mapping[str, "Collection"]) -> None:
        self.home = home
        self._client = client
        self._collections = collections
        self._sizes: dict[str, int] = {}
        self._waiting: dict[str, Rows] = {}

    @classmethod
    def create(cls, home: Home, passages: int = 0) -> "Store":
        """Empty collections in a new folder, or under a new prefix, for about so many passages.

        Raises:
            IndexUnusableError: the server does not answer, or refuses.
        """
        try:
            return cls._with_client(home, partial(_created, passages=passages))
        except Exception as error:
            if isinstance(home, Path):
                raise
            raise failure_of(home.server, error) from error

    @classmethod
    def open(cls, home: Home) -> "Store":
        """The collections that are there.

        Raises:
            IndexUnusableError: there are none, Chroma cannot read them, or the server does not answer.
        """
        try:
            return cls._with_client(home, _found)
        except Exception as error:  # Chroma raises its own kinds, sqlite's and Rust's
            if not isinstance(home, Path):
                raise failure_of(home.server, error) from error
            raise IndexUnusableError("The index is damaged: build it again with `icarus ingest`.") from error

    @classmethod
    def _with_client(cls, home: Home, collection: "Callable[[ClientAPI, str], Collection]") -> "Store":
        client = client_of(home)
        try:
            return cls(home, client, {name: collection(client, name_at(home, name)) for name in COLLECTIONS})
        except Exception:
            let_go(client)
            raise

    @staticmethod
    def drop(home: OnServer) -> None:
        """Delete the collections of a generation from a server, those that are there.

        Raises:
            IndexUnusableError: the server does not answer, or refuses.
        """
        from chromadb.errors import NotFoundError

        try:
            client = client_of(home)
            for name in COLLECTIONS:
                with suppress(NotFoundError):
                    client.delete_collection(name_at(home, name))
            let_go(client)
        except Exception as error:
            raise failure_of(home.server, error) from error

    @_told
    def add_nodes(self, collection: str, nodes: Sequence["TextNode"]) -> None:
        """Write llama-index nodes that carry their vectors."""
        self._rows_of(collection).add(
            ids=[n.node_id for n in nodes],
            vectors=(n.get_embedding() for n in nodes),
            metadatas=(row_of(n) for n in nodes),
            documents=[n.text for n in nodes],
        )

    @_told
    def add_vectors(self, collection: str, nodes: Sequence["TextNode"]) -> None:
        """Write the vectors of sentences or expected questions; ids say whose they are, and words are not kept."""
        self._rows_of(collection).add(
            ids=[n.node_id for n in nodes],
            vectors=(n.get_embedding() for n in nodes),
            metadatas=({k: n.metadata[k] for k in _KEPT if k in n.metadata} or None for n in nodes),
        )

    @_told
    def add_pages(self, pages: Sequence[Page]) -> None:
        """Write the texts of pages."""
        self._rows_of(PAGES).add(
            ids=[page_id(p.document, p.number) for p in pages],
            vectors=(_NO_VECTOR for _ in pages),
            metadatas=({"document": p.document, "number": p.number} for p in pages),
            documents=[p.text for p in pages],
        )

    @_told
    def finish(self) -> None:
        """Nothing more is written: whoever first searches a collection has Chroma write what only its log holds."""
        for rows in self._waiting.values():
            rows.flush()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Chroma's, of a collection without embedding function
            for collection in self._collections.values():
                collection.modify(configuration={"hnsw": when_served(collection.count())})  # type: ignore[arg-type]

    @_told
    def count(self, collection: str) -> int:
        """How many rows a collection has."""
        return self._collections[collection].count()

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages of some ids, those that are there."""
        rows = self._rows(PASSAGES, ids)
        return {i: passage_of(i, text, meta) for i, text, meta in rows}

    def tools(self) -> list[ToolCard]:
        """All tool cards, in the order of the documents."""
        rows = self._all(TOOLS, ["metadatas"])
        found = sorted((metadata_of(row) for page in rows for row in page["metadatas"]), key=itemgetter("order"))
        return [ToolCard.model_validate_json(metadata["card"]) for metadata in found]

    def pages(self, document: str, numbers: Sequence[int]) -> dict[int, Page]:
        """The pages of some numbers, those that are there."""
        rows = self._rows(PAGES, [page_id(document, number) for number in numbers])
        found = [Page(document=document, number=int(meta["number"]), text=text) for _, text, meta in rows]
        return {page.number: page for page in found}

    def question_vectors(self) -> "Iterator[tuple[list[str], NDArray[np.float32]]]":
        """The sum and the vector of every expected question, some at a time."""
        import numpy as np

        for page in self._all(QUESTIONS, ["embeddings", "metadatas"]):
            yield [str(meta[DIGEST]) for meta in page["metadatas"]], np.asarray(page["embeddings"], dtype=np.float32)

    def passages_and_vectors(self) -> "Iterator[tuple[Passage, NDArray[np.float64]]]":
        """Every passage, with the vectors of its sentences, a row each."""
        for page in self._all(PASSAGES, ["documents", "metadatas"]):
            rows = zip(page["ids"], page["documents"], page["metadatas"], strict=True)
            passages = [passage_of(i, text, row) for i, text, row in rows]
            vectors = self.sentence_vectors({p.id: len(p.sentences) for p in passages})
            yield from ((passage, vectors[passage.id]) for passage in passages)

    @_told
    def sentence_vectors(self, sentences: Mapping[str, int]) -> "dict[str, NDArray[np.float64]]":
        """The vectors of the sentences of passages, a row each, by the number of sentences that each passage has.

        They are asked for by id: a search by metadata goes through the whole collection.
        """
        import numpy as np

        ids = [sentence_id(passage, i) for passage, count in sentences.items() for i in range(count)]
        vectors: dict[str, Any] = {}
        for batch in _batches(ids, _AT_ONCE):
            found = self._collections[SENTENCES].get(ids=list(batch), include=["embeddings"])
            vectors |= zip(found["ids"], found["embeddings"], strict=True)  # type: ignore[arg-type]
        return {
            passage: np.asarray([vectors[sentence_id(passage, i)] for i in range(count)], dtype=np.float64)
            for passage, count in sentences.items()
        }

    def all_vectors(self, collection: str) -> "tuple[list[str], NDArray[np.float32]]":
        """The ids of all rows of a collection, and their vectors, a row each."""
        import numpy as np

        pages = list(self._all(collection, ["embeddings"]))
        vectors = [np.asarray(page["embeddings"], dtype=np.float32) for page in pages]
        empty = np.empty((0, 0), dtype=np.float32)
        return [i for page in pages for i in page["ids"]], np.concatenate(vectors) if vectors else empty

    def questions(self) -> list[tuple[str, Any]]:
        """The (tool, vector) of all expected questions."""
        return [
            (str(meta[ASKED_FOR]), vector)
            for page in self._all(QUESTIONS, ["embeddings", "metadatas"])
            for meta, vector in zip(page["metadatas"], page["embeddings"], strict=True)
        ]

    @_told
    def nearest(
        self, collection: str, vector: Sequence[float], k: int, where: Mapping[str, str]
    ) -> list[tuple[str, float]]:
        """Ids of the rows nearest to a vector with their cosine, best first; `where` holds field and value wanted."""
        if collection not in self._sizes:  # a folder that is searched is not written any more
            self._sizes[collection] = self.count(collection)
        size = self._sizes[collection]
        if not size or k < 1:
            return []
        found = self._collections[collection].query(
            query_embeddings=as_array([vector]), n_results=min(k, size), where=_where(where), include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def collection(self, name: str) -> "Collection":
        """The Chroma collection itself, for llama-index's `ChromaVectorStore`."""
        return self._collections[name]

    def close(self) -> None:
        """Let go of the files, or of the server."""
        let_go(self._client)

    def _rows_of(self, collection: str) -> Rows:
        """The rows of a collection that wait to be written; each collection is written by one thread."""
        if collection not in self._waiting:
            most = self._client.get_max_batch_size()
            at_once = min(most, _AT_ONCE_HERE if isinstance(self.home, Path) else _AT_ONCE)
            self._waiting[collection] = Rows(self._collections[collection], at_once)
        return self._waiting[collection]

    @_told
    def _rows(self, collection: str, ids: Sequence[str]) -> list[tuple[str, str, Mapping[str, Any]]]:
        rows: list[tuple[str, str, Mapping[str, Any]]] = []
        for batch in _batches(ids, _AT_ONCE):
            found = self._collections[collection].get(ids=list(batch), include=["documents", "metadatas"])
            rows += zip(found["ids"], found["documents"] or [], found["metadatas"] or [], strict=True)
        return rows

    def _all(self, collection: str, include: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """All rows of a collection, as many at a time as one answer should hold."""
        for start in range(0, self.count(collection), _AT_ONCE):
            yield self._some(collection, start, include)

    @_told
    def _some(self, collection: str, start: int, include: Sequence[str]) -> Mapping[str, Any]:
        found = self._collections[collection].get(limit=_AT_ONCE, offset=start, include=list(include))  # type: ignore[arg-type]
        return {name: found[name] for name in ("ids", *include)}  # type: ignore[literal-required]


def _created(client: "ClientAPI", name: str, passages: int) -> "Collection":
    settings = {"hnsw": when_written(passages)}
    return client.create_collection(name, configuration=settings, embedding_function=None)  # type: ignore[arg-type]


def _found(client: "ClientAPI", name: str) -> "Collection":
    return client.get_collection(name, embedding_function=None)


def page_id(document: str, number: int) -> str:
    """The id of a page's row."""
    return f"{document}#{number}"


def _where(wanted: Mapping[str, str]) -> dict[str, Any] | None:
    clauses: list[dict[str, Any]] = [
        {field: {"$contains": value} if field in LISTS else {"$eq": value}} for field, value in wanted.items()
    ]
    if not clauses:
        return None
    return clauses[0] if len(clauses) == 1 else {"$and": clauses}


def _batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
