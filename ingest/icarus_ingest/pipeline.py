"""The llama-index pipeline: documents in, embedded nodes of passages and tool cards out.

Its document store is left unused: ids are made of place and content, and a generation is always built whole.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from llama_index.core import Document as LlamaDocument
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import BaseNode, MetadataMode, TextNode, TransformComponent
from pydantic import PrivateAttr

from icarus.records import Document
from icarus.store import ASKED_FOR, PASSAGE, ROWS, SENTENCE, card_node, passage_node, question_nodes, sentence_nodes
from icarus_ingest.context import context_of
from icarus_ingest.understand import Understood
from icarus_ingest.vectors import Vectors, digest_of

DIGEST = "embedded"  # the sum of what was embedded, by which the next generation finds its vector


class MakeNodes(TransformComponent):
    """Turns documents into nodes, one for each passage, sentence, question and card that was understood of them."""

    _understood: Mapping[str, Understood] = PrivateAttr()

    def __init__(self, understood: Mapping[str, Understood]) -> None:
        super().__init__()
        self._understood = understood

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: object) -> Sequence[BaseNode]:
        """The nodes of each document, in reading order."""
        documents = [self._understood[node.node_id] for node in nodes]
        passages = [p for d in documents for p in d.passages]
        cards = [c for d in documents for c in d.cards]
        made = [passage_node(p, order, context_of(p)) for order, p in enumerate(passages)]
        sentences = [node for p in passages for node in sentence_nodes(p)]
        asked = [node for d in documents for tool, texts in d.questions.items() for node in question_nodes(tool, texts)]
        return [*made, *sentences, *asked, *(card_node(c, order) for order, c in enumerate(cards))]


class EmbedSentences(TransformComponent):
    """Gives each sentence and question its vector: that of an earlier generation for the same words, or a new one.

    Sentences find colloquial questions far better than passages do (top 1: 0.50 against 0.22 on the paraphrases of the
    development cases), and all the encoding there is to do is that of the text, once.
    """

    _vectors: Vectors = PrivateAttr()

    def __init__(self, vectors: Vectors) -> None:
        super().__init__()
        self._vectors = vectors

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: object) -> Sequence[BaseNode]:
        """The same nodes, those of sentences and questions with vectors of unit length."""
        sentences = [node for node in nodes if is_encoded(node)]
        texts = [node.get_content(metadata_mode=MetadataMode.NONE) for node in sentences]
        for node, text, vector in zip(sentences, texts, self._vectors.of(texts), strict=True):
            node.metadata[DIGEST] = digest_of(text)
            node.embedding = vector
        return nodes


class AverageSentences(TransformComponent):
    """Gives each passage the direction of the mean of its sentences' vectors, and each card that of its rows'."""

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: object) -> Sequence[BaseNode]:
        """The same nodes, all with vectors of unit length."""
        parts: dict[str, list[list[float]]] = {}
        for node in nodes:
            if SENTENCE in node.metadata:
                parts.setdefault(node.metadata[PASSAGE], []).append(node.get_embedding())
        for node in nodes:
            if not is_encoded(node):
                passages = node.metadata.get(ROWS) or [node.node_id]
                node.embedding = _direction([vector for passage in passages for vector in parts[passage]])
        return nodes


def is_encoded(node: BaseNode) -> bool:
    """Whether a node is a sentence or a question: the vectors of all others are means of these."""
    return SENTENCE in node.metadata or ASKED_FOR in node.metadata


def _direction(vectors: Sequence[Sequence[float]]) -> list[float]:
    total = np.sum(np.asarray(vectors), axis=0)
    return [float(x) for x in total / (np.linalg.norm(total) or 1.0)]


def run_pipeline(understood: Sequence[Understood], vectors: Vectors) -> list[TextNode]:
    """The embedded nodes of all documents."""
    by_id = {u.document.id: u for u in understood}
    pipeline = IngestionPipeline(
        transformations=[MakeNodes(by_id), EmbedSentences(vectors), AverageSentences()], disable_cache=True
    )
    documents = [_llama_document(u.document) for u in understood]
    return [node for node in pipeline.run(documents=documents) if isinstance(node, TextNode)]


def _llama_document(document: Document) -> LlamaDocument:
    return LlamaDocument(id_=document.id, text=document.title, metadata={"source": document.source})
