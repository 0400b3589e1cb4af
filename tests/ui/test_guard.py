import asyncio
from collections.abc import Iterable

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from icarus_ui.guard import MAX_BODY_BYTES, Guard


async def whole_body(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads all it is sent, as Gradio does."""
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message["body"]
        if not message.get("more_body"):
            await PlainTextResponse(str(len(body)))(scope, receive, send)
            return


def ask(path: str = "/", host: str = "127.0.0.1:7860", bodies: Iterable[bytes] = (b"",), length: int | None = None,
        serving: str = "127.0.0.1") -> tuple[int | None, dict[str, str]]:  # fmt: skip
    """Status (None where the server hung up) and headers of one request."""
    chunks = list(bodies)
    headers = [(b"host", host.encode())]
    headers += [(b"content-length", str(length).encode())] if length is not None else []
    waiting: list[Message] = [
        {"type": "http.request", "body": chunk, "more_body": i + 1 < len(chunks)} for i, chunk in enumerate(chunks)
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": path, "headers": headers}
    asyncio.run(Guard(whole_body, host=serving)(scope, receive, send))
    found = {key.decode(): value.decode() for key, value in sent[0]["headers"]} if sent else {}
    return (sent[0]["status"] if sent else None), found


def test_answers_carry_a_policy_that_keeps_the_browser_at_home() -> None:
    status, headers = ask()
    assert status == 200
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://x", "/file=x"]
)
def test_what_the_window_does_not_use_is_closed(path: str) -> None:
    assert ask(path)[0] == 404


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "localhost:80", "[::1]:7860", "[::1]"])
def test_this_machine_may_ask(host: str) -> None:
    assert ask(host=host)[0] == 200


@pytest.mark.parametrize("host", ["evil.test", "evil.test:7860", "127.0.0.1.evil.test", ""])
def test_another_name_for_this_machine_may_not(host: str) -> None:
    assert ask(host=host)[0] == 421


def test_served_to_others_any_name_may_ask() -> None:
    assert ask(host="icarus.example", serving="0.0.0.0")[0] == 200  # noqa: S104


def test_a_body_that_says_it_is_too_long_is_refused() -> None:
    assert ask(length=MAX_BODY_BYTES + 1)[0] == 413
    assert ask(length=10)[0] == 200


def test_a_body_that_does_not_say_so_is_cut_off() -> None:
    assert ask(bodies=[b"x" * 1000] * 200)[0] is None
    assert ask(bodies=[b"x" * 1000] * 100)[0] == 200
