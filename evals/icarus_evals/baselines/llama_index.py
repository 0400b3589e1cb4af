"""Stock llama-index over the same embedding model: in memory, on Chroma, and its reciprocal-rank fusion with BM25."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from icarus_evals.baselines.chunks import Chunk
from icarus_evals.baselines.replies import Hit, Search

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.schema import BaseNode


def in_memory_search(chunks: Sequence[Chunk], model: "BaseEmbedding") -> Search:
    """`VectorStoreIndex` with its own in-memory store."""
    from llama_index.core import VectorStoreIndex

    index = VectorStoreIndex(_nodes(chunks), embed_model=model, insert_batch_size=len(chunks))
    return _searching(chunks, lambda k: index.as_retriever(similarity_top_k=k))


def chroma_search(chunks: Sequence[Chunk], model: "BaseEmbedding") -> Search:
    """`VectorStoreIndex` on an ephemeral Chroma collection."""
    import chromadb
    from chromadb.config import Settings
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.EphemeralClient(Settings(anonymized_telemetry=False, allow_reset=True))
    collection = client.get_or_create_collection("baseline", metadata={"hnsw:space": "cosine"})
    storage = StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection))
    index = VectorStoreIndex(_nodes(chunks), storage_context=storage, embed_model=model)
    return _searching(chunks, lambda k: index.as_retriever(similarity_top_k=k))


def fusion_search(chunks: Sequence[Chunk], model: "BaseEmbedding") -> Search:
    """`QueryFusionRetriever` over vectors and BM25, reciprocal rank, without generated queries."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.llms import MockLLM
    from llama_index.core.retrievers import QueryFusionRetriever
    from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
    from llama_index.retrievers.bm25 import BM25Retriever

    nodes = _nodes(chunks)
    index = VectorStoreIndex(nodes, embed_model=model, insert_batch_size=len(chunks))

    def fused(k: int) -> "BaseRetriever":
        words = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=k, language="en", verbose=False)
        return QueryFusionRetriever(
            [index.as_retriever(similarity_top_k=k), words],
            llm=MockLLM(),
            mode=FUSION_MODES.RECIPROCAL_RANK,
            similarity_top_k=k,
            num_queries=1,
            use_async=False,
        )

    return _searching(chunks, fused)


def _nodes(chunks: Sequence[Chunk]) -> "list[BaseNode]":
    from llama_index.core.schema import TextNode

    return [TextNode(id_=chunk.id, text=chunk.text) for chunk in chunks]


def _searching(chunks: Sequence[Chunk], retriever_for: "Callable[[int], BaseRetriever]") -> Search:
    """A search that keeps one retriever for each depth asked."""
    by_id = {chunk.id: chunk for chunk in chunks}
    retrievers: dict[int, BaseRetriever] = {}

    def search(query: str, k: int) -> list[Hit]:
        depth = min(k, len(chunks))
        if depth not in retrievers:
            retrievers[depth] = retriever_for(depth)
        return [(by_id[hit.node.node_id], float(hit.score or 0.0)) for hit in retrievers[depth].retrieve(query)]

    return search
