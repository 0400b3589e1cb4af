"""The only file that knows Chroma: the collections of one generation, and records to and from their rows.

Passages and tool cards are written as llama-index nodes, so that its `ChromaVectorStore` reads them as they are.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from icarus.errors import IndexUnusableError
from icarus.records import Page, Passage, Record, Sentence, ToolCard

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
SENTENCE, PASSAGE, ROWS = "sentence", "passage", "rows"  # metadata: position in its passage, id of it, ids of rows
ASKED_FOR = "asked_for"  # metadata of an expected question: id of the tool that it is after
_COSINE = {"hnsw": {"space": "cosine", "ef_search": 200}}
_NO_VECTOR = [1.0]  # pages are fetched, never searched; Chroma wants a vector of every row
_LISTS = ("focus_areas", "categories", "tools")
_R = TypeVar("_R", bound=Record)


class Store:
    """The Chroma collections under one folder.

    `create` makes them for writing, `open` takes them up for reading; a folder has one writer, ever.
    """

    def __init__(self, client: "ClientAPI", collections: Mapping[str, "Collection"]) -> None:
        self._client = client
        self._collections = collections
        self._sizes: dict[str, int] = {}

    @classmethod
    def create(cls, folder: Path) -> "Store":
        """Empty collections in a new folder."""
        client = _client(folder)
        return cls(
            client,
            {n: client.create_collection(n, configuration=_COSINE, embedding_function=None) for n in COLLECTIONS},  # type: ignore[arg-type]
        )

    @classmethod
    def open(cls, folder: Path) -> "Store":
        """The collections of a folder.

        Raises:
            IndexUnusableError: there are none, or Chroma cannot read them.
        """
        try:
            client = _client(folder)
            return cls(client, {n: client.get_collection(n, embedding_function=None) for n in COLLECTIONS})
        except Exception as error:  # Chroma raises its own kinds, sqlite's and Rust's
            raise IndexUnusableError("The index is damaged: build it again with `icarus ingest`.") from error

    def add_nodes(self, collection: str, nodes: Sequence["TextNode"]) -> None:
        """Write llama-index nodes that carry their vectors."""
        from llama_index.core.vector_stores.utils import node_to_metadata_dict

        for batch in _batches(nodes, self._client.get_max_batch_size()):
            self._collections[collection].add(
                ids=[n.node_id for n in batch],
                embeddings=_vectors(n.get_embedding() for n in batch),
                # Chroma takes lists, but neither empty ones nor None.
                metadatas=[
                    {k: v for k, v in node_to_metadata_dict(n, remove_text=True).items() if v not in (None, [])}
                    for n in batch
                ],
                documents=[n.text for n in batch],
            )

    def add_vectors(self, collection: str, nodes: Sequence["TextNode"]) -> None:
        """Write the vectors of sentences or expected questions and whose they are; their words are not kept."""
        for batch in _batches(nodes, self._client.get_max_batch_size()):
            self._collections[collection].add(
                ids=[n.node_id for n in batch],
                embeddings=_vectors([n.get_embedding() for n in batch]),
                metadatas=[dict(n.metadata) for n in batch],
            )

    def add_pages(self, pages: Sequence[Page]) -> None:
        """Write the texts of pages."""
        for batch in _batches(pages, self._client.get_max_batch_size()):
            self._collections[PAGES].add(
                ids=[page_id(p.document, p.number) for p in batch],
                embeddings=_vectors(_NO_VECTOR for _ in batch),
                metadatas=[{"document": p.document, "number": p.number} for p in batch],
                documents=[p.text for p in batch],
            )

    def count(self, collection: str) -> int:
        """How many rows a collection has."""
        return self._collections[collection].count()

    def passages(self, ids: Sequence[str] | None = None) -> list[Passage]:
        """Passages of these ids, or all, in reading order."""
        rows = self._rows(PASSAGES, ids)
        return [passage_of(i, text, meta) for i, text, meta in rows]

    def tools(self) -> list[ToolCard]:
        """All tool cards, in the order of the documents."""
        return [ToolCard.model_validate_json(str(meta["card"])) for _, _, meta in self._rows(TOOLS, None)]

    def page(self, document: str, number: int) -> Page | None:
        """One page, if there is one of that number."""
        found = self._rows(PAGES, [page_id(document, number)])
        return Page(document=document, number=number, text=found[0][1]) if found else None

    def vectors_by(self, collection: str, field: str) -> dict[str, list[float]]:
        """The vector of every row, by the value of one of its metadata fields."""
        rows = self._collections[collection].get(include=["embeddings", "metadatas"])
        vectors, metadatas = rows["embeddings"], rows["metadatas"]
        if vectors is None or metadatas is None:
            return {}
        return {str(m.get(field)): [float(x) for x in v] for m, v in zip(metadatas, vectors, strict=True)}

    def sentence_vectors(self, passages: Sequence[str]) -> dict[str, list[tuple[int, Any]]]:
        """For each passage the (position, vector) of its sentences."""
        found: dict[str, list[tuple[int, Any]]] = {passage: [] for passage in passages}
        rows = self._collections[SENTENCES].get(
            where={PASSAGE: {"$in": list(passages)}},  # type: ignore[dict-item]
            include=["embeddings", "metadatas"],
        )
        for meta, vector in zip(rows["metadatas"] or [], rows["embeddings"], strict=True):  # type: ignore[arg-type]
            found[str(meta[PASSAGE])].append((int(meta[SENTENCE]), vector))  # type: ignore[arg-type]
        return found

    def all_vectors(self, collection: str) -> "tuple[list[str], NDArray[np.float32]]":
        """The ids of all rows of a collection, and their vectors, a row each."""
        import numpy as np

        rows = self._collections[collection].get(include=["embeddings"])
        return rows["ids"], np.asarray(rows["embeddings"], dtype=np.float32)

    def questions(self) -> list[tuple[str, Any]]:
        """The (tool, vector) of all expected questions."""
        rows = self._collections[QUESTIONS].get(include=["embeddings", "metadatas"])
        metadatas, vectors = rows["metadatas"] or [], rows["embeddings"]
        return [(str(meta[ASKED_FOR]), v) for meta, v in zip(metadatas, vectors, strict=True)]  # type: ignore[arg-type]

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
            query_embeddings=_vectors([vector]), n_results=min(k, size), where=_where(where), include=["distances"]
        )
        distances = found["distances"] or [[]]
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def collection(self, name: str) -> "Collection":
        """The Chroma collection itself, for llama-index's `ChromaVectorStore`."""
        return self._collections[name]

    def close(self) -> None:
        """Let go of the files."""
        self._client.close()  # type: ignore[attr-defined]

    def _rows(self, collection: str, ids: Sequence[str] | None) -> list[tuple[str, str, Mapping[str, Any]]]:
        found = self._collections[collection].get(
            ids=list(ids) if ids is not None else None, include=["documents", "metadatas"]
        )
        documents, metadatas = found["documents"] or [], found["metadatas"] or []
        rows = list(zip(found["ids"], documents, metadatas, strict=True))
        return sorted(rows, key=lambda row: int(row[2].get("order", 0)))


def passage_node(passage: Passage, order: int, prefix: str = "") -> "TextNode":
    """A passage as a llama-index node; `prefix` is context that is embedded with the text but not part of it."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    metadata: dict[str, Any] = passage.model_dump(mode="json", exclude={"id", "text", "sentences"})
    metadata["sentences"] = json.dumps([s.parts for s in passage.sentences], ensure_ascii=False)
    metadata["order"] = order
    metadata["context"] = prefix
    return TextNode(
        id_=passage.id,
        text=passage.text,
        metadata=metadata,
        metadata_template="{value}",
        excluded_embed_metadata_keys=[k for k in metadata if k != "context"],
        excluded_llm_metadata_keys=[k for k in metadata if k not in {"document", "page", "section"}],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.document)},
    )


def sentence_nodes(passage: Passage) -> list["TextNode"]:
    """The sentences of a passage as llama-index nodes, each naming its passage and its place in it."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    return [
        TextNode(
            id_=f"{passage.id}#{i}",
            text=sentence.text,
            metadata={PASSAGE: passage.id, SENTENCE: i, "document": passage.document, "page": sentence.parts[0][0]},
            excluded_embed_metadata_keys=[PASSAGE, SENTENCE, "document", "page"],
            relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=passage.id)},
        )
        for i, sentence in enumerate(passage.sentences)
    ]


def question_nodes(tool: str, questions: Sequence[str]) -> list["TextNode"]:
    """The questions that people ask when they look for a tool as llama-index nodes, each naming the tool."""
    from llama_index.core.schema import TextNode

    return [
        TextNode(id_=f"{tool}?{i}", text=text, metadata={ASKED_FOR: tool}, excluded_embed_metadata_keys=[ASKED_FOR])
        for i, text in enumerate(questions)
    ]


def card_node(card: ToolCard, order: int) -> "TextNode":
    """A tool card as a llama-index node: its name and summary are what is embedded."""
    from llama_index.core.schema import NodeRelationship, RelatedNodeInfo, TextNode

    metadata: dict[str, Any] = {
        "document": card.document,
        "name": card.name,
        "page": card.page,
        "focus_areas": list(card.focus_areas),
        "categories": list(card.categories),
        "order": order,
        ROWS: list(card.rows),
        "card": card.model_dump_json(),
    }
    return TextNode(
        id_=card.id,
        text="\n".join([card.name, *(quote.text for quote in card.summary)]),
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=["card", "order"],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=card.document)},
    )


def passage_of(identifier: str, text: str, metadata: Mapping[str, Any]) -> Passage:
    """The passage that a row holds."""
    fields = {name: metadata[name] for name in ("document", "page", "page_end", "section", "heading", "kind")}
    lists = {name: tuple(metadata.get(name) or ()) for name in _LISTS}
    sentences = tuple(
        Sentence(parts=tuple((page, words) for page, words in parts)) for parts in json.loads(metadata["sentences"])
    )
    return Passage(id=identifier, text=text, sentences=sentences, **fields, **lists)


def page_id(document: str, number: int) -> str:
    """The id of a page's row."""
    return f"{document}#{number}"


def _client(folder: Path) -> "ClientAPI":
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))


def _vectors(vectors: Iterable[Sequence[float]]) -> "NDArray[np.float32]":
    import numpy as np

    return np.asarray([list(vector) for vector in vectors], dtype=np.float32)


def _where(wanted: Mapping[str, str]) -> dict[str, Any] | None:
    clauses: list[dict[str, Any]] = [
        {field: {"$contains": value} if field in _LISTS else {"$eq": value}} for field, value in wanted.items()
    ]
    if not clauses:
        return None
    return clauses[0] if len(clauses) == 1 else {"$and": clauses}


def _batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
