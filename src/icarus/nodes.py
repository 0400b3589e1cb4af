"""Records as llama-index nodes, as they are embedded and stored, and back."""

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from icarus.records import Passage, Sentence, ToolCard

if TYPE_CHECKING:
    from llama_index.core.schema import TextNode

SENTENCE, PASSAGE, ROWS = "sentence", "passage", "rows"  # metadata: position in its passage, id of it, ids of rows
ASKED_FOR = "asked_for"  # metadata of an expected question: id of the tool that it is after
DIGEST = "embedded"  # metadata of an expected question: the sum of its words, by which the next generation finds it
LISTS = ("focus_areas", "categories", "tools")  # metadata that hold several values
_FILTERED = ("document", "page", "kind", *LISTS)  # a row has these for itself, to be searched by
_WHOLE = "_node_content"  # where llama-index keeps the whole node, in JSON
_OF_LLAMA_INDEX = (_WHOLE, "_node_type", "document_id")


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
            id_=sentence_id(passage.id, i),
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


def row_of(node: "TextNode") -> dict[str, Any]:
    """The metadata that the row of a passage or card holds: the node as llama-index reads it, and what is searched by.

    Chroma keeps each field of each row a second time in an index, so the others are in the node alone.
    """
    from llama_index.core.vector_stores.utils import node_to_metadata_dict

    metadata = node_to_metadata_dict(node, remove_text=True)
    # Chroma takes lists, but neither empty ones nor None.
    return {k: metadata[k] for k in (*_FILTERED, *_OF_LLAMA_INDEX) if metadata.get(k) not in (None, [])}


def metadata_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The metadata of the node that a row holds."""
    metadata: dict[str, Any] = json.loads(row[_WHOLE])["metadata"]
    return metadata


def passage_of(identifier: str, text: str, row: Mapping[str, Any]) -> Passage:
    """The passage that a row holds."""
    metadata = metadata_of(row)
    fields = {name: metadata[name] for name in ("document", "page", "page_end", "section", "heading", "kind")}
    lists = {name: tuple(metadata.get(name) or ()) for name in LISTS}
    sentences = tuple(
        Sentence(parts=tuple((page, words) for page, words in parts)) for parts in json.loads(metadata["sentences"])
    )
    return Passage(id=identifier, text=text, sentences=sentences, **fields, **lists)


def sentence_id(passage: str, number: int) -> str:
    """The id of the row of a sentence, by its place in its passage."""
    return f"{passage}#{number}"
