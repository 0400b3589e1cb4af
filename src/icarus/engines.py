"""Icarus as llama-index knows such things: retrievers, a query engine, a chat engine, tools for agents.

They wrap an open assistant (`assistant = Assistant.open()`), answer from its index alone and never touch llama-index's
`Settings`: no other embedding model is asked, and no language model but that of `ICARUS_LLM_*`, which is off unless it
is set. Whoever hands the retriever to an engine of llama-index's own must give that engine its `llm`, which is OpenAI's
otherwise.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, Callable, Generator, Iterator, Sequence
from typing import Any, TypeVar

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.llms.types import ChatMessage, ChatResponse, MessageRole
from llama_index.core.base.response.schema import RESPONSE_TYPE, AsyncStreamingResponse, Response, StreamingResponse
from llama_index.core.callbacks import CallbackManager, CBEventType, EventPayload
from llama_index.core.chat_engine.types import AgentChatResponse, BaseChatEngine, StreamingAgentChatResponse
from llama_index.core.schema import NodeRelationship, NodeWithScore, QueryBundle, RelatedNodeInfo, TextNode

from icarus.agent_tools import agent_tools
from icarus.assistant import Assistant, Done, Step, Words
from icarus.records import Citation, Filters, Reply
from icarus.retrievers import IcarusRetriever, Mode, ToolNameRetriever

__all__ = [
    "IcarusChatEngine",
    "IcarusQueryEngine",
    "IcarusRetriever",
    "Mode",
    "ToolNameRetriever",
    "agent_tools",
    "source_nodes",
]

_T = TypeVar("_T")


class IcarusQueryEngine(BaseQueryEngine):
    """One question, one cited answer.

    The response's text is the reply's answer, its source nodes are the citations (the quote as text, page and number
    as metadata), its metadata is the whole reply.

    >>> response = IcarusQueryEngine(assistant).query("How many languages do the teams of SAM speak together?")
    >>> response.metadata["status"], response.source_nodes[0].node.metadata["page"]
    ('answered', 43)
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        filters: Filters | None = None,
        streaming: bool = False,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """Take an open assistant, filters that go before what the words of a question say, and whether to stream.

        A streamed response has its source nodes and metadata once its `response_gen` has been read to the end.
        """
        super().__init__(callback_manager)
        self._assistant = assistant
        self._filters = filters
        self._streaming = streaming

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        answer = self._streamed if self._streaming else self._answered
        with self.callback_manager.event(
            CBEventType.QUERY, payload={EventPayload.QUERY_STR: query_bundle.query_str}
        ) as event:
            response = answer(query_bundle)
            event.on_end(payload={EventPayload.RESPONSE: response})
        return response

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        response = await asyncio.to_thread(self._query, query_bundle)
        if not isinstance(response, StreamingResponse):
            return response
        awaited = AsyncStreamingResponse(_in_threads(response.response_gen))
        # One list and one dictionary: what the stream fills in at its end is seen in both.
        awaited.source_nodes, awaited.metadata = response.source_nodes, response.metadata
        return awaited

    def _answered(self, query_bundle: QueryBundle) -> Response:
        reply = self._assistant.ask(query_bundle.query_str, self._filters)
        return Response(reply.answer, source_nodes(reply), reply.model_dump(mode="json"))

    def _streamed(self, query_bundle: QueryBundle) -> StreamingResponse:
        nodes: list[NodeWithScore] = []
        metadata: dict[str, Any] = {}

        def finish(reply: Reply) -> None:
            nodes.extend(source_nodes(reply))
            metadata.update(reply.model_dump(mode="json"))

        deltas = _deltas(self._assistant.steps(query_bundle.query_str, self._filters), finish)
        return StreamingResponse((delta for _, delta in deltas), nodes, metadata)

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
        def finish(reply: Reply) -> None:
            response.source_nodes = source_nodes(reply)
            self._remember(message, reply)

        for text, delta in _deltas(self._assistant.steps(turns, self._filters), finish):
            yield ChatResponse(message=_said(text), delta=delta)


def source_nodes(reply: Reply) -> list[NodeWithScore]:
    """The citations of a reply as nodes, in their order: text is the quote, metadata the rest of the citation."""
    return [NodeWithScore(node=_citation_node(citation)) for citation in reply.citations]


def _citation_node(citation: Citation) -> TextNode:
    metadata = citation.model_dump(mode="json", exclude={"quote"})
    place = f"{citation.document}-p{citation.page:03}"
    return TextNode(
        id_=f"{place}-{hashlib.sha256(citation.quote.encode()).hexdigest()[:12]}",  # the same quote is the same node
        text=citation.quote,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=["passage", "tool"],
        relationships={NodeRelationship.SOURCE: RelatedNodeInfo(node_id=citation.document)},
    )


def _said(text: str, reply: Reply | None = None) -> ChatMessage:
    more = {"reply": reply.model_dump(mode="json")} if reply else {}
    return ChatMessage(role=MessageRole.ASSISTANT, content=text, additional_kwargs=more)


def _deltas(steps: Iterator[Step], finish: Callable[[Reply], None]) -> Iterator[tuple[str, str]]:
    """The answer as far as it is written and what was added, as it grows; `finish` gets the reply before its end."""
    said = ""
    for step in steps:
        if isinstance(step, Done):
            finish(step.reply)
        text = _text_of(step)
        if delta := text.removeprefix(said):
            yield text, delta
            said = text


def _text_of(step: Step) -> str:
    """The answer as far as a step knows it."""
    if isinstance(step, Done):
        return step.reply.answer
    return step.text if isinstance(step, Words) and step.settled else ""


async def _in_threads(stream: Iterator[_T]) -> AsyncGenerator[_T, None]:
    while (chunk := await asyncio.to_thread(next, stream, None)) is not None:
        yield chunk
