"""The language model behind an OpenAI-compatible server, through llama-index: one bounded stream of text a call.

The server is taken for one that may do anything: fail, stall, never end, send gigabytes or another page. What bounds
it stands here; what it says is judged elsewhere (`icarus.answer.grounding`).
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import aclosing, closing
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from icarus.budget import Budget
from icarus.errors import LanguageModelError
from icarus.settings import Settings
from icarus.usage import Usage

if TYPE_CHECKING:
    import httpx
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.llms.openai_like import OpenAILike

_log = logging.getLogger(__name__)
_CONNECT_SECONDS = 5.0
_GRACE = 0.5  # seconds for a cancelled call to say so
_MOST_BYTES = 4_000_000  # of one reply as it comes over the wire; 400 tokens take about 100,000
_CHARS_A_TOKEN = 4
_LONGEST_TOKEN = 12  # characters a token, from which on a reply is longer than it may be
_KEYLESS = "none"  # the client refuses to start without a key, and would look for one elsewhere
_FORGED = 8  # a count of tokens this many times what the text makes likely is not believed
_SAYS_TOO_MUCH = ("openai-", "x-stainless-")  # headers with the client's machine, and with what the shell has set
_STREAM = "text/event-stream"


class Message(NamedTuple):
    """One message of a prompt: 'system' or 'user', and its text."""

    role: str
    text: str


class _End(NamedTuple):
    """The end of a stream: why it failed, '' where it was whole; what the server says that it used."""

    problem: str = ""
    usage: tuple[int, int] | None = None


class LanguageModel:
    """Words a prompt through the server of the settings. Safe to call from several threads."""

    def __init__(self, settings: Settings) -> None:
        """Take settings in which `llm_on` holds. Nothing is loaded or called yet."""
        self.settings = settings
        self.budget = Budget(settings)

    def stream(
        self, prompt: Sequence[Message], seconds: float, most_tokens: int, spent: list[Usage]
    ) -> Generator[str, None, None]:
        """The model's text in pieces, as they come; to stop reading stops the call.

        Args:
            prompt: what is asked.
            seconds: how long the whole call may take, from the first byte to the last.
            most_tokens: the longest answer asked for.
            spent: takes what the call used, when it is over.

        Raises:
            LanguageModelError: the budget is spent, the server fails or is slow, or the stream breaks off.
        """
        _load()
        sent = sum(map(_tokens, (message.text for message in prompt)))
        reserved = self.budget.priced(sent, most_tokens)
        self.budget.reserve(reserved)
        started = time.monotonic()
        received: list[str] = []
        end = _End()
        try:
            with closing(_in_time(self._pump(prompt, seconds, most_tokens), seconds)) as pieces:
                for piece in pieces:
                    if isinstance(piece, _End):
                        end = piece
                        break
                    received.append(piece)
                    yield piece
        finally:
            told = end.usage or (sent, 0)
            tokens = (_believed(told[0], sent), _believed(told[1], _tokens("".join(received))))
            used = self.budget.priced(*tokens, round(time.monotonic() - started, 3))
            self.budget.settle(reserved, used)
            spent.append(used)
        if end.problem:
            raise LanguageModelError(end.problem)

    async def _pump(
        self, prompt: Sequence[Message], seconds: float, most_tokens: int
    ) -> AsyncGenerator[str | _End, None]:
        """The pieces of the reply, and last how it ended."""
        import httpx

        async with httpx.AsyncClient(
            timeout=httpx.Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds)),
            limits=httpx.Limits(max_keepalive_connections=0),  # a connection that was kept may be dead, and we ask once
            follow_redirects=False,  # what is sent goes to the address of the settings, or nowhere
            event_hooks={"request": [_without_traces], "response": [_bounded]},
        ) as client:
            model = self._model(client, most_tokens)
            try:
                async with asyncio.timeout(seconds):
                    async for piece in _pieces(model, prompt, most_tokens):
                        yield piece
            except Exception as error:  # whatever httpx, openai, json and llama-index raise at a server's nonsense
                yield _End(_reason(error, seconds))

    def _model(self, client: "httpx.AsyncClient", most_tokens: int) -> "OpenAILike":
        from llama_index.llms.openai_like import OpenAILike

        key = self.settings.llm_api_key
        return OpenAILike(
            model=self.settings.llm_model or "",
            api_base=self.settings.llm_base_url,
            api_key=key.get_secret_value() if key else _KEYLESS,
            is_chat_model=True,
            max_tokens=most_tokens,
            temperature=0.0,
            timeout=self.settings.llm_timeout,
            max_retries=0,  # retries of llama-index, openai and ours would multiply; the report's own words are at hand
            reuse_client=False,
            async_http_client=client,
            additional_kwargs={"stream_options": {"include_usage": True}},
        )


async def _pieces(model: "OpenAILike", prompt: Sequence[Message], most_tokens: int) -> AsyncGenerator[str | _End, None]:
    from llama_index.core.base.llms.types import ChatMessage, MessageRole

    messages = [ChatMessage(role=MessageRole(message.role), content=message.text) for message in prompt]
    left = most_tokens * _LONGEST_TOKEN
    usage, whole = None, False
    async with aclosing(await model.astream_chat(messages)) as replies:
        async for reply in replies:
            usage = _usage(reply) or usage
            whole = whole or _is_finished(reply)
            left -= len(reply.delta or "")
            if left < 0:
                yield _End("it does not come to an end", usage)
                return
            if reply.delta:
                yield reply.delta
    yield _End("" if whole else "its reply broke off", usage)


def _is_finished(reply: "ChatResponse") -> bool:
    """Whether the server says so: a stream that only stops may have been cut anywhere."""
    choices = getattr(reply.raw, "choices", None) or []
    return any(getattr(choice, "finish_reason", None) for choice in choices)


def _usage(reply: "ChatResponse") -> tuple[int, int] | None:
    used = getattr(reply.raw, "usage", None)
    told = (getattr(used, "prompt_tokens", None), getattr(used, "completion_tokens", None))
    return (told[0], told[1]) if isinstance(told[0], int) and isinstance(told[1], int) else None


def _believed(told: int, likely: int) -> int:
    """The server's own count of tokens, unless the text makes it impossible; then ours."""
    return told if likely / _FORGED <= told <= (likely + 100) * _FORGED else likely


def _tokens(text: str) -> int:
    return -(-len(text) // _CHARS_A_TOKEN)


async def _without_traces(request: "httpx.Request") -> None:
    """Only what the server needs: not the machine's description, not an organisation that OPENAI_ORG_ID names."""
    for name in [name for name in request.headers if name.lower().startswith(_SAYS_TOO_MUCH)]:
        del request.headers[name]
    request.headers["User-Agent"] = "icarus"
    request.headers["Accept-Encoding"] = "identity"  # a few packed bytes can unfold to gigabytes


async def _bounded(response: "httpx.Response") -> None:
    """Refuse what is no stream of the protocol, and stop one that is too long."""
    if response.is_success:
        kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != _STREAM or response.headers.get("content-encoding", "identity") != "identity":
            raise LanguageModelError("it does not speak the OpenAI protocol for chats")
    response.stream = _limited(response.stream)


def _limited(stream: Any) -> Any:  # noqa: ANN401  httpx gives its own streams no one type
    from httpx import AsyncByteStream

    class Limited(AsyncByteStream):
        async def __aiter__(self) -> AsyncGenerator[bytes, None]:
            left = _MOST_BYTES
            async for chunk in stream:
                left -= len(chunk)
                if left < 0:
                    raise LanguageModelError("it does not come to an end")
                yield chunk

        async def aclose(self) -> None:
            await stream.aclose()

    return Limited()


def _reason(error: BaseException, seconds: float) -> str:
    """Why a call failed, in our words: a server's own may repeat the question or the key."""
    from httpx import TimeoutException
    from openai import APIStatusError, APITimeoutError

    causes = []
    while error and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    for cause in causes:
        if isinstance(cause, LanguageModelError):
            return str(cause)
        if isinstance(cause, APIStatusError):
            return status_sentence(cause.status_code)
        if isinstance(cause, TimeoutError | TimeoutException | APITimeoutError):
            return f"it was not done within {seconds:.3g} seconds"
    return f"it cannot be reached, or breaks off ({type(causes[0]).__name__})"


def status_sentence(code: int) -> str:
    """What an HTTP status of the server means here."""
    known = {401: "it refuses the key", 403: "it refuses the key", 404: "it does not know the address or the model"}
    return f"{known.get(code, 'it answers with an error')} (HTTP {code})"


def _in_time(pieces: AsyncGenerator[str | _End, None], seconds: float) -> Generator[str | _End, None, None]:
    """An asynchronous stream, read from a thread of its own, until it ends or its time is over."""
    waiting: queue.Queue[str | _End] = queue.Queue()
    task = asyncio.run_coroutine_threadsafe(_forward(pieces, waiting), _loop())
    until = time.monotonic() + seconds + _GRACE
    try:
        while True:
            try:
                piece = waiting.get(timeout=max(until - time.monotonic(), 0.0))
            except queue.Empty:
                piece = _End(f"it was not done within {seconds:.3g} seconds")
            yield piece
            if isinstance(piece, _End):
                return
    finally:
        task.cancel()


async def _forward(pieces: AsyncGenerator[str | _End, None], waiting: "queue.Queue[str | _End]") -> None:
    async with aclosing(pieces) as stream:
        try:
            async for piece in stream:
                waiting.put(piece)
        except Exception as error:  # of the client's own start or end
            waiting.put(_End(f"it cannot be called ({type(error).__name__})"))


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One event loop for all calls: reading in it can be broken off, which a thread that waits cannot."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="icarus-language-model", daemon=True).start()
    return loop


@cache
def _load() -> None:
    """The client takes seconds to import: before the clock of a call starts."""
    import llama_index.llms.openai_like  # noqa: F401

    logging.getLogger("openai").setLevel(logging.INFO)  # at DEBUG it logs whole requests, questions and all
