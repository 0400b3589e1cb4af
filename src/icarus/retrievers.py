"""Icarus's passages and tools as llama-index retrievers find them."""

import asyncio
from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.callbacks import CallbackManager
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from icarus import store
from icarus.assistant import Assistant
from icarus.records import Category, FocusArea
from icarus.retrieval import Retriever

_LABELLED = "{key}: {value}"  # a model that reads a node is told that 43 is a page; what was embedded bears no labels


class Mode(StrEnum):
    """How passages are looked up: by the vector of the passage, by its words, or by both and its sentences."""

    DENSE = "dense"
    LEXICAL = "lexical"
    FUSED = "fused"


class IcarusRetriever(BaseRetriever):
    """Passages of the corpus for a question; the nodes are those of the Chroma collection `passages`.

    The score is the cosine in mode `dense`, the share of the question's weight that the words cover (0 to 1) in mode
    `lexical`, and the two together in mode `fused`, comparable within one question only.

    >>> retriever = IcarusRetriever(assistant, mode="lexical", similarity_top_k=1, focus_area="public_spaces")
    >>> [found] = retriever.retrieve("Which parameters does the safety audit of Safetipin have?")
    >>> found.node.metadata["page"], found.node.metadata["page_end"], found.node.metadata["tools"]
    (41, 42, ['safetipin-com'])
    """

    def __init__(  # noqa: PLR0913  each filter is one word of the question
        self,
        assistant: Assistant,
        *,
        mode: Mode | str = Mode.FUSED,
        similarity_top_k: int = 10,
        focus_area: FocusArea | str | None = None,
        category: Category | str | None = None,
        document: str | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """Take an open assistant, how to look up, how many passages to return, and what to restrict them to.

        Raises:
            ValueError: there is no such mode, focus area or category.
        """
        super().__init__(callback_manager)
        self._assistant = assistant
        self._mode = Mode(mode)
        self._k = similarity_top_k
        self._focus_area = FocusArea(focus_area) if focus_area else None
        self._category = Category(category) if category else None
        self._document = document
        self._fused_retriever = Retriever(assistant.index, assistant.catalogue, assistant.model.encode_query)

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        look_up = {Mode.DENSE: self._dense, Mode.LEXICAL: self._lexical, Mode.FUSED: self._fused}[self._mode]
        return _stored(self._assistant, store.PASSAGES, look_up(query_bundle))

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)

    def _dense(self, bundle: QueryBundle) -> list[tuple[str, float]]:
        return self._assistant.index.nearest(
            self._vector(bundle),
            self._k,
            focus_area=self._focus_area,
            category=self._category,
            document=self._document,
        )

    def _lexical(self, bundle: QueryBundle) -> list[tuple[str, float]]:
        index = self._assistant.index
        return index.lexical(bundle.query_str, self._k, among=self._wanted())

    def _fused(self, bundle: QueryBundle) -> list[tuple[str, float]]:
        query = self._fused_retriever.query(bundle.query_str)
        if bundle.embedding:
            query = query._replace(vector=np.asarray(bundle.embedding))
        hits = self._fused_retriever.search(query, self._k, within=self._wanted())
        return [(hit.passage.id, hit.score) for hit in hits]

    def _vector(self, bundle: QueryBundle) -> list[float]:
        return bundle.embedding or self._assistant.model.encode_query(bundle.query_str)

    def _wanted(self) -> list[str] | None:
        """The passages that it is restricted to; None where it is not."""
        area, category, document = self._focus_area, self._category, self._document
        if area is None and category is None and document is None:
            return None
        return self._assistant.index.passage_ids(focus_area=area, category=category, document=document)


class ToolNameRetriever(BaseRetriever):
    """The tools that a text names, under any of their spellings; the nodes are those of the collection `tools`.

    The score is 1 for a whole name, less for a part or a misspelling; a text that names no tool gets no node.

    >>> [found] = ToolNameRetriever(assistant).retrieve("Who is behind Wegweiser?")
    >>> found.node.metadata["name"]
    'Signpost (Wegweiser)'
    """

    def __init__(self, assistant: Assistant, *, callback_manager: CallbackManager | None = None) -> None:
        super().__init__(callback_manager)
        self._assistant = assistant

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        matches = self._assistant.catalogue.names.find(query_bundle.query_str)
        ranked = sorted(((match.tool, match.strength) for match in matches), key=lambda pair: -pair[1])
        return _stored(self._assistant, store.TOOLS, ranked)

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


def _stored(assistant: Assistant, collection: str, ranked: Sequence[tuple[str, float]]) -> list[NodeWithScore]:
    """The nodes of a Chroma collection, as llama-index reads them, with these scores and in this order."""
    if not ranked:
        return []
    vectors = ChromaVectorStore(chroma_collection=assistant.index.collection(collection))
    nodes = {node.node_id: node for node in vectors.get_nodes([node_id for node_id, _ in ranked])}
    for node in nodes.values():
        if isinstance(node, TextNode):
            node.metadata_template = _LABELLED
    return [NodeWithScore(node=nodes[node_id], score=score) for node_id, score in ranked]
