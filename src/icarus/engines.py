"""Icarus as llama-index knows such things: retrievers, a query engine, a chat engine.

They wrap an open assistant (`assistant = Assistant.open()`), answer from its index alone and never touch llama-index's
`Settings`: no language model and no other embedding model is asked for, so nothing can call out. Whoever hands the
retriever to an engine of llama-index's own must give that engine its `llm`, which is OpenAI's otherwise.
"""

import asyncio
from collections.abc import AsyncGenerator, Generator, Iterator, Sequence
from enum import StrEnum
from typing import Any

import numpy as np
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.base.response.schema import Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from icarus import store
from icarus.assistant import Assistant, Done, Step, Words
from icarus.records import Category, Citation, Filters, FocusArea, Reply
from icarus.retrieval import Retriever


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


class IcarusQueryEngine(BaseQueryEngine):
    """One question, one cited answer.

    The response's text is the reply's answer, its source nodes are the citations (the quote as text, page and number
    as metadata), its metadata is the whole reply.

    >>> response = IcarusQueryEngine(assistant).query("How many languages do the teams of SAM speak together?")
    >>> response.metadata["status"], response.source_nodes[0].node.metadata["page"]
    ('answered', 43)
    """

    def __init__(
        self, assistant: Assistant, *, filters: Filters | None = None, callback_manager: CallbackManager | None = None
    ) -> None:
        """Take an open assistant, and filters that go before what the words of a question say."""
        super().__init__(callback_manager)
        self._assistant = assistant
        self._filters = filters

    def _query(self, query_bundle: QueryBundle) -> Response:
        reply = self._assistant.ask(query_bundle.query_str, self._filters)
        return Response(reply.answer, source_nodes(reply), reply.model_dump(mode="json"))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}


class IcarusChatEngine(BaseChatEngine):
    """A conversation: each message is understood in the light of those before it, by Icarus itself.

    The assistant's messages in the history carry their whole reply in `additional_kwargs["reply"]`.

    >>> chat = IcarusChatEngine(assistant)
    >>> _ = chat.chat("What is Safetipin?")
    >>> chat.chat("In which country was it first launched?").metadata["tools"][0]["name"]
    'Safetipin.com'
    """

    def __init__(self, assistant: Assistant, *, filters: Filters | None = None) -> None:
        """Take an open assistant, and filters that go before what the words of a message say."""
        self._assistant = assistant
        self._filters = filters
        self._history: list[ChatMessage] = []

    @property
    def chat_history(self) -> list[ChatMessage]:
        """The messages so far."""
        return list(self._history)

    def reset(self) -> None:
        """Forget the conversation."""
        self._history.clear()

    def chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """Answer a message; a history that is given takes the place of the one kept."""
        reply = self._assistant.ask(self._turns(message, chat_history), self._filters)
        self._remember(message, reply)
        return AgentChatResponse(
            response=reply.answer, source_nodes=source_nodes(reply), metadata=reply.model_dump(mode="json")
        )

    async def achat(self, message: str, chat_history: list[ChatMessage] | None = None) -> AgentChatResponse:
        """The same as `chat`, in a thread of its own."""
        return await asyncio.to_thread(self.chat, message, chat_history)

    def stream_chat(self, message: str, chat_history: list[ChatMessage] | None = None) -> StreamingAgentChatResponse:
        """Answer a message as it is written: iterate over `response_gen`.

        Source nodes and history are complete when the stream has been read to its end.
        """
        response = StreamingAgentChatResponse(is_writing_to_memory=False)
        response.chat_stream = self._stream(message, self._turns(message, chat_history), response)
        return response

    async def astream_chat(
        self, message: str, chat_history: list[ChatMessage] | None = None
    ) -> StreamingAgentChatResponse:
        """The same as `stream_chat`, each step in a thread of its own: iterate over `async_response_gen()`."""
        response = StreamingAgentChatResponse(is_writing_to_memory=False)
        turns = self._turns(message, chat_history)
        response.achat_stream = _in_threads(self._stream(message, turns, response))
        return response

    def _turns(self, message: str, given: Sequence[ChatMessage] | None) -> list[str]:
        if given is not None:
            self._history = list(given)
        return [m.content or "" for m in self._history if m.role == MessageRole.USER] + [message]

    def _remember(self, message: str, reply: Reply) -> None:
        self._history += [ChatMessage(role=MessageRole.USER, content=message), _said(reply.answer, reply)]

    def _stream(
        self, message: str, turns: Sequence[str], response: StreamingAgentChatResponse
    ) -> Generator[ChatResponse, None, None]:
        said = ""
        for step in self._assistant.steps(turns, self._filters):
            if isinstance(step, Done):
                response.source_nodes = source_nodes(step.reply)
                self._remember(message, step.reply)
            text = _text_of(step)
            if text.removeprefix(said):
                yield ChatResponse(message=_said(text), delta=text.removeprefix(said))
                said = text


def source_nodes(reply: Reply) -> list[NodeWithScore]:
    """The citations of a reply as nodes, in their order: text is the quote, metadata the rest of the citation."""
    return [NodeWithScore(node=_citation_node(citation)) for citation in reply.citations]


def _citation_node(citation: Citation) -> TextNode:
    metadata = citation.model_dump(mode="json", exclude={"quote"})
    return TextNode(
        text=citation.quote,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=["passage", "tool"],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=citation.document)},
    )


def _said(text: str, reply: Reply | None = None) -> ChatMessage:
    more = {"reply": reply.model_dump(mode="json")} if reply else {}
    return ChatMessage(role=MessageRole.ASSISTANT, content=text, additional_kwargs=more)


def _text_of(step: Step) -> str:
    """The answer as far as a step knows it."""
    if isinstance(step, Done):
        return step.reply.answer
    return step.text if isinstance(step, Words) else ""


def _stored(assistant: Assistant, collection: str, ranked: Sequence[tuple[str, float]]) -> list[NodeWithScore]:
    """The nodes of a Chroma collection, as llama-index reads them, with these scores and in this order."""
    if not ranked:
        return []
    vectors = ChromaVectorStore(chroma_collection=assistant.index.collection(collection))
    nodes = {node.node_id: node for node in vectors.get_nodes([node_id for node_id, _ in ranked])}
    return [NodeWithScore(node=nodes[node_id], score=score) for node_id, score in ranked]


async def _in_threads(stream: Iterator[ChatResponse]) -> AsyncGenerator[ChatResponse, None]:
    while (chunk := await asyncio.to_thread(next, stream, None)) is not None:
        yield chunk
