"""The llama-index pipeline: documents in, embedded nodes of passages and tool cards out.

Its document store is left unused: ids are made of place and content, and a generation is always built whole.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from llama_index.core import Document as LlamaDocument
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import BaseNode, MetadataMode, TextNode, TransformComponent
from pydantic import PrivateAttr

from icarus.embedding import EmbeddingModel, Progress
from icarus.records import Document
from icarus.store import card_node, passage_node
from icarus_ingest.context import context_of
from icarus_ingest.understand import Understood

DIGEST = "embedded"  # the sum of what was embedded, by which the next generation finds its vector
COLLECTION = "collection"


class MakeNodes(TransformComponent):
    """Turns documents into nodes, one for each passage and tool card that was understood of them."""

    _understood: Mapping[str, Understood] = PrivateAttr()

    def __init__(self, understood: Mapping[str, Understood]) -> None:
        super().__init__()
        self._understood = understood

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """The nodes of each document, in reading order."""
        documents = [self._understood[node.node_id] for node in nodes]
        passages = [p for d in documents for p in d.passages]
        cards = [c for d in documents for c in d.cards]
        made = [passage_node(p, order, context_of(p)) for order, p in enumerate(passages)]
        return [*made, *(card_node(c, order) for order, c in enumerate(cards))]


class Embed(TransformComponent):
    """Gives each node its vector: the one of an earlier generation where the same text was embedded, else a new one."""

    _model: EmbeddingModel = PrivateAttr()
    _known: Mapping[str, list[float]] = PrivateAttr()
    _progress: Progress | None = PrivateAttr()

    def __init__(
        self, model: EmbeddingModel, known: Mapping[str, list[float]], progress: Progress | None = None
    ) -> None:
        super().__init__()
        self._model, self._known, self._progress = model, known, progress

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: Any) -> Sequence[BaseNode]:
        """The same nodes with vectors of unit length."""
        for node in nodes:
            node.metadata[DIGEST] = digest_of(node)
            node.excluded_embed_metadata_keys.append(DIGEST)
            node.excluded_llm_metadata_keys.append(DIGEST)
            node.embedding = self._known.get(node.metadata[DIGEST])
        new = [node for node in nodes if node.embedding is None]
        texts = [node.get_content(metadata_mode=MetadataMode.EMBED) for node in new]
        for node, vector in zip(new, self._model.encode_passages(texts, self._progress) if texts else [], strict=True):
            node.embedding = vector
        return nodes


def digest_of(node: BaseNode) -> str:
    """The sum of the text that a node is embedded by."""
    return hashlib.sha256(node.get_content(metadata_mode=MetadataMode.EMBED).encode()).hexdigest()


def run_pipeline(
    understood: Sequence[Understood],
    model: EmbeddingModel,
    known: Mapping[str, list[float]],
    progress: Callable[[int, int], None] | None = None,
) -> list[TextNode]:
    """The embedded nodes of all documents."""
    by_id = {u.document.id: u for u in understood}
    pipeline = IngestionPipeline(transformations=[MakeNodes(by_id), Embed(model, known, progress)], disable_cache=True)
    documents = [_llama_document(u.document) for u in understood]
    return [node for node in pipeline.run(documents=documents) if isinstance(node, TextNode)]


def _llama_document(document: Document) -> LlamaDocument:
    return LlamaDocument(id_=document.id, text=document.title, metadata={"source": document.source})
