"""The Chroma collections of a generation, records to and from rows; `shards` and `chroma_home` know Chroma as well.

They are in a folder of their own, or on a Chroma server, under names that begin with that of their generation.

Passages and tool cards are written as llama-index nodes (`icarus.nodes`), so that its `ChromaVectorStore` reads them as
they are.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from icarus.chroma_home import Home, OnServer, client_of, let_go, name_at, telling
from icarus.errors import IndexUnusableError
from icarus.hnsw import shards_for, when_written
from icarus.nodes import ASKED_FOR, DIGEST, LISTS, metadata_of, passage_of, row_of, sentence_id
from icarus.records import Page, Passage, ToolCard
from icarus.shards import Shards

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
_SHARDS = "shards"
_NO_VECTOR = [1.0]  # pages are fetched, never searched; Chroma wants a vector of every row
_TOGETHER = 1_000  # passages whose vectors are read together
_AT_ONCE, _AT_ONCE_HERE = 1_000, 2_500  # rows written in one request: a server takes 40 MB


class ExpectedQuestion(NamedTuple):
    """The tool that a question is expected to be answered with, the sum of its words, and its vector."""

    tool: str
    digest: str
    vector: "NDArray[np.float32]"


class Store:
    """The Chroma collections of one generation.

    `create` makes them for writing, until `finish`, `open` takes them up for reading; they have one writer, ever. What
    goes wrong with a server while they are read or written is an IndexUnusableError.
    """

    def __init__(self, home: Home, client: "ClientAPI", collections: Mapping[str, Sequence["Collection"]]) -> None:
        self.home = home
        self._client = client
        at_once = min(client.get_max_batch_size(), _AT_ONCE_HERE if isinstance(home, Path) else _AT_ONCE)
        self._of = {name: Shards(home, shards, at_once) for name, shards in collections.items()}

    @classmethod
    def create(cls, home: Home, passages: int = 0) -> "Store":
        """Empty collections in a new folder, or under a new prefix, for about so many passages.

        Raises:
            IndexUnusableError: the server does not answer, or refuses.
        """
        with telling(home):
            return cls._with_client(home, partial(_created, passages=passages))

    @classmethod
    def open(cls, home: Home) -> "Store":
        """The collections that are there.

        Raises:
            IndexUnusableError: there are none, Chroma cannot read them, or the server does not answer.
        """
        try:
            with telling(home):
                return cls._with_client(home, _found)
        except IndexUnusableError:
            raise
        except Exception as error:  # Chroma raises its own kinds, sqlite's and Rust's
            raise IndexUnusableError("The index is damaged: build it again with `icarus ingest`.") from error

    @classmethod
    def _with_client(cls, home: Home, shards: "Callable[[ClientAPI, Home, str], list[Collection]]") -> "Store":
        client = client_of(home)
        try:
            return cls(home, client, {name: shards(client, home, name) for name in COLLECTIONS})
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

        with telling(home):
            client = client_of(home)
            for name in COLLECTIONS:
                with suppress(NotFoundError):
                    for shard in reversed(_names(client, home, name)):  # the first, which says how many, goes last
                        with suppress(NotFoundError):
                            client.delete_collection(shard)
            let_go(client)

    def add_nodes(self, collection: str, nodes: Sequence["TextNode"]) -> None:
        """Write llama-index nodes that carry their vectors."""
        self._of[collection].add(
            ids=[n.node_id for n in nodes],
            vectors=(n.get_embedding() for n in nodes),
            metadatas=(row_of(n) for n in nodes),
            documents=[n.text for n in nodes],
        )

    def add_vectors(self, collection: str, nodes: Sequence["TextNode"]) -> None:
        """Write the vectors of sentences or expected questions; ids say whose they are, and words are not kept."""
        self._of[collection].add(
            ids=[n.node_id for n in nodes],
            vectors=(n.get_embedding() for n in nodes),
            metadatas=({k: n.metadata[k] for k in _KEPT if k in n.metadata} or None for n in nodes),
        )

    def add_pages(self, pages: Sequence[Page]) -> None:
        """Write the texts of pages."""
        self._of[PAGES].add(
            ids=[page_id(p.document, p.number) for p in pages],
            vectors=(_NO_VECTOR for _ in pages),
            metadatas=({"document": p.document, "number": p.number} for p in pages),
            documents=[p.text for p in pages],
        )

    def finish(self) -> None:
        """Nothing more is written: whoever first searches a collection has Chroma write what only its log holds."""
        for shards in self._of.values():
            shards.finish()

    def count(self, collection: str) -> int:
        """How many rows a collection has."""
        return self._of[collection].count()

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """The passages of some ids, those that are there."""
        rows = self._of[PASSAGES].rows(ids, ["documents", "metadatas"])
        return {i: passage_of(i, text, meta) for i, text, meta in rows}

    def tools(self) -> list[ToolCard]:
        """All tool cards, in the order of the documents."""
        rows = self._of[TOOLS].all_rows(["metadatas"])
        found = sorted((metadata_of(row) for _, row in rows), key=itemgetter("order"))
        return [ToolCard.model_validate_json(metadata["card"]) for metadata in found]

    def pages(self, document: str, numbers: Sequence[int]) -> dict[int, Page]:
        """The pages of some numbers, those that are there."""
        rows = self._of[PAGES].rows([page_id(document, number) for number in numbers], ["documents", "metadatas"])
        found = [Page(document=document, number=int(meta["number"]), text=text) for _, text, meta in rows]
        return {page.number: page for page in found}

    def passages_and_vectors(self) -> "Iterator[tuple[Passage, NDArray[np.float64]]]":
        """Every passage, with the vectors of its sentences, a row each."""
        rows = self._of[PASSAGES].all_rows(["documents", "metadatas"])
        while some := list(islice(rows, _TOGETHER)):
            passages = [passage_of(i, text, row) for i, text, row in some]
            vectors = self.sentence_vectors({p.id: len(p.sentences) for p in passages})
            yield from ((passage, vectors[passage.id]) for passage in passages)

    def sentence_vectors(self, sentences: Mapping[str, int]) -> "dict[str, NDArray[np.float64]]":
        """The vectors of the sentences of passages, a row each, by the number of sentences that each passage has.

        They are asked for by id: a search by metadata goes through the whole collection.
        """
        import numpy as np

        ids = [sentence_id(passage, i) for passage, count in sentences.items() for i in range(count)]
        vectors = dict(self._of[SENTENCES].rows(ids, ["embeddings"]))
        return {
            passage: np.asarray([vectors[sentence_id(passage, i)] for i in range(count)], dtype=np.float64)
            for passage, count in sentences.items()
        }

    def all_vectors(self, collection: str) -> "tuple[list[str], NDArray[np.float32]]":
        """The ids of all rows of a collection, and their vectors, a row each."""
        import numpy as np

        rows = list(self._of[collection].all_rows(["embeddings"]))
        return [i for i, _ in rows], np.asarray([vector for _, vector in rows], dtype=np.float32)

    def questions(self) -> "Iterator[ExpectedQuestion]":
        """All expected questions."""
        for _, vector, meta in self._of[QUESTIONS].all_rows(["embeddings", "metadatas"]):
            yield ExpectedQuestion(str(meta[ASKED_FOR]), str(meta[DIGEST]), vector)

    def nearest(
        self, collection: str, vector: Sequence[float], k: int, where: Mapping[str, str]
    ) -> list[tuple[str, float]]:
        """Ids of the rows nearest to a vector with their cosine, best first; `where` holds field and value wanted."""
        return self._of[collection].nearest(vector, k, _where(where))

    def collection(self, name: str) -> "Collection":
        """The Chroma collection itself, for llama-index's `ChromaVectorStore`; of several shards the first."""
        return self._of[name].collections[0]

    def close(self) -> None:
        """Let go of the files, or of the server."""
        let_go(self._client)


def _created(client: "ClientAPI", home: Home, name: str, passages: int) -> list["Collection"]:
    """New collections for one; the first says how many there are."""
    count = shards_for(passages) if name == SENTENCES else 1
    return [
        client.create_collection(
            _shard_at(home, name, number),
            configuration={"hnsw": when_written(passages)},  # type: ignore[arg-type]
            metadata={_SHARDS: count} if number == 0 else None,
            embedding_function=None,
        )
        for number in range(count)
    ]


def _found(client: "ClientAPI", home: Home, name: str) -> list["Collection"]:
    return [client.get_collection(shard, embedding_function=None) for shard in _names(client, home, name)]


def _names(client: "ClientAPI", home: Home, name: str) -> list[str]:
    """What the shards of a collection are called on its server or in its folder."""
    first = client.get_collection(_shard_at(home, name, 0), embedding_function=None)
    return [_shard_at(home, name, number) for number in range(int((first.metadata or {}).get(_SHARDS, 1)))]


def _shard_at(home: Home, name: str, number: int) -> str:
    return name_at(home, f"{name}-{number}" if number else name)


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
