"""The llama-index pipeline: documents in, embedded nodes of passages and tool cards out.

Its document store is left unused: ids are made of place and content, and a generation is always built whole.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from llama_index.core import Document as LlamaDocument
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.schema import BaseNode, MetadataMode, TextNode, TransformComponent
from pydantic import PrivateAttr

from icarus.nodes import (
    ASKED_FOR,
    DIGEST,
    PASSAGE,
    ROWS,
    SENTENCE,
    card_node,
    passage_node,
    question_nodes,
    sentence_nodes,
)
from icarus.records import Document
from icarus_ingest.context import context_of
from icarus_ingest.understand import Understood
from icarus_ingest.vectors import Vectors, digest_of


class MakeNodes(TransformComponent):
    """Turns a document into nodes, one for each passage, sentence, question and card that was understood of it."""

    _understood: Understood = PrivateAttr()
    _passages: int = PrivateAttr()
    _cards: int = PrivateAttr()

    def __init__(self, understood: Understood, passages: int, cards: int) -> None:
        super().__init__()
        self._understood, self._passages, self._cards = understood, passages, cards

    def __call__(self, nodes: Sequence[BaseNode], **kwargs: object) -> Sequence[BaseNode]:
        """The nodes of the document, in reading order, numbered on from those of the documents before."""
        it = self._understood
        made = [passage_node(p, order, context_of(p)) for order, p in enumerate(it.passages, self._passages)]
        sentences = [node for p in it.passages for node in sentence_nodes(p)]
        asked = [node for tool, texts in it.questions.items() for node in question_nodes(tool, texts)]
        return [*made, *sentences, *asked, *(card_node(c, order) for order, c in enumerate(it.cards, self._cards))]


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
            if ASKED_FOR in node.metadata:
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


class Nodes(NamedTuple):
    """The embedded nodes of a document, by the collection that they are for."""

    passages: list[TextNode]
    sentences: list[TextNode]
    questions: list[TextNode]
    cards: list[TextNode]


def run_pipeline(understood: Understood, vectors: Vectors, passages: int = 0, cards: int = 0) -> Nodes:
    """The embedded nodes of a document, before which so many passages and cards come in the corpus."""
    make = MakeNodes(understood, passages, cards)
    pipeline = IngestionPipeline(
        transformations=[make, EmbedSentences(vectors), AverageSentences()], disable_cache=True
    )
    found = pipeline.run(documents=[_llama_document(understood.document)])
    nodes = [node for node in found if isinstance(node, TextNode)]
    of_cards = {card.id for card in understood.cards}
    return Nodes(
        passages=[n for n in nodes if n.node_id not in of_cards and not is_encoded(n)],
        sentences=[n for n in nodes if SENTENCE in n.metadata],
        questions=[n for n in nodes if ASKED_FOR in n.metadata],
        cards=[n for n in nodes if n.node_id in of_cards],
    )


def _llama_document(document: Document) -> LlamaDocument:
    return LlamaDocument(id_=document.id, text=document.title, metadata={"source": document.source})
