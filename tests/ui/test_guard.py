import asyncio
from collections.abc import Iterable

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send

from icarus_ui.guard import MAX_BODY_BYTES, Guard
from icarus_ui.sharing.access import LOOPBACK


async def whole_body(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads all it is sent, as Gradio does."""
    body = b""
    while (message := await receive())["type"] == "http.request":
        body += message["body"]
        if not message.get("more_body"):
            await PlainTextResponse(str(len(body)))(scope, receive, send)
            return


def ask(
    path: str = "/",
    host: str = "127.0.0.1:7860",
    bodies: Iterable[bytes] = (b"",),
    names: frozenset[str] = LOOPBACK,
    **rest: str,
) -> tuple[int | None, dict[str, str]]:
    """Status (None where the server hung up) and headers of one request; `rest` is method, scheme and its headers."""
    chunks = list(bodies)
    scope: Scope = {
        "type": "http",
        "path": path,
        "method": rest.pop("method", "POST"),
        "scheme": rest.pop("scheme", "http"),
    }
    sent_along = [(name.replace("_", "-").encode(), value.encode()) for name, value in rest.items()]
    scope["headers"] = [(b"host", host.encode()), *sent_along]
    waiting: list[Message] = [
        {"type": "http.request", "body": chunk, "more_body": i + 1 < len(chunks)} for i, chunk in enumerate(chunks)
    ]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Guard(whole_body, names)(scope, receive, send))
    found = {key.decode(): value.decode() for key, value in sent[0]["headers"]} if sent else {}
    return (sent[0]["status"] if sent else None), found


def test_answers_carry_a_policy_that_keeps_the_browser_at_home() -> None:
    status, headers = ask()
    assert status == 200
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers
    assert "strict-transport-security" in ask(scheme="https")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://x",
        "/file=x",
        "/monitoring",
        "/gradio_api/call/x/1",
        "/gradio_api/queue/data/",
        "/config",
        "/gradio_api/run/predict/",
    ],
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
    assert ask(host="icarus.example", names=frozenset())[0] == 200


def test_a_body_that_says_it_is_too_long_is_refused() -> None:
    assert ask(content_length=str(MAX_BODY_BYTES + 1))[0] == 413
    assert ask(content_length="10")[0] == 200


def test_a_body_that_does_not_say_so_is_cut_off() -> None:
    assert ask(bodies=[b"x" * 1000] * 200)[0] is None
    assert ask(bodies=[b"x" * 1000] * 100)[0] == 200


@pytest.mark.parametrize(
    ("headers", "method", "status"),
    [
        ({"sec_fetch_site": "same-origin"}, "POST", 200),
        ({"sec_fetch_site": "cross-site"}, "POST", 403),
        ({"sec_fetch_site": "same-site"}, "POST", 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, "POST", 403),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate"}, "GET", 200),
        ({"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors"}, "GET", 403),
        ({"origin": "http://127.0.0.1:7860"}, "POST", 200),
        ({"origin": "http://evil.test"}, "POST", 403),
        ({"origin": "http://127.0.0.1:9999"}, "POST", 403),
        ({"origin": "null"}, "POST", 403),
        ({}, "POST", 200),
    ],
)
def test_a_page_of_another_origin_sends_nothing(headers: dict[str, str], method: str, status: int) -> None:
    assert ask("/", "127.0.0.1:7860", (b"",), LOOPBACK, method=method, **headers)[0] == status


def test_no_other_origin_is_invited() -> None:
    async def inviting(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {"Access-Control-Allow-Origin": "http://evil.test", "Access-Control-Allow-Credentials": "true"}
        await PlainTextResponse("", headers=headers)(scope, receive, send)

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "headers": [(b"host", b"localhost")],
        "scheme": "http",
    }
    asyncio.run(Guard(inviting, LOOPBACK)(scope, receive, send))
    assert not [name for name, _ in sent[0]["headers"] if name.lower().startswith(b"access-control")]
