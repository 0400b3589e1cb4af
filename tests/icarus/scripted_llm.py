"""Language models that say what a test has written down, through llama-index's own interfaces."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from llama_index.core.base.llms.types import (
    ChatMessage,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
    ToolCallBlock,
)
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.mock import MockFunctionCallingLLM
from pydantic import PrivateAttr

Turn = tuple[str, dict[str, Any]] | str


class LinesLLM(CustomLLM):
    """Completes each prompt with the next of its lines, and keeps the prompts."""

    lines: list[str]
    _prompts: list[str] = PrivateAttr(default_factory=list)

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata()

    @property
    def prompts(self) -> list[str]:
        """What it was asked, in order."""
        return self._prompts

    def complete(self, prompt: str, formatted: bool = False, **_: object) -> CompletionResponse:
        self._prompts.append(prompt)
        return CompletionResponse(text=self.lines[len(self._prompts) - 1])

    def stream_complete(self, prompt: str, formatted: bool = False, **_: object) -> CompletionResponseGen:
        response = self.complete(prompt)
        yield CompletionResponse(text=response.text, delta=response.text)


def calling(*turns: Turn) -> MockFunctionCallingLLM:
    """A model that calls functions: each turn is a tool with its arguments, or what it says at the end.

    What it says may hold `{0}`, `{1}`...: the results of the tools, as the model was given them.
    """

    def next_turn(messages: Sequence[ChatMessage], **_: object) -> ChatMessage:
        results = [message.content or "" for message in messages if message.role == MessageRole.TOOL]
        turn = turns[len(results)]
        if isinstance(turn, str):
            return ChatMessage(role=MessageRole.ASSISTANT, content=turn.format(*results))
        name, arguments = turn
        block = ToolCallBlock(tool_call_id=uuid4().hex, tool_name=name, tool_kwargs=arguments)
        return ChatMessage(role=MessageRole.ASSISTANT, blocks=[block])

    return MockFunctionCallingLLM(response_generator=next_turn)
