import asyncio

from starlette.types import Message, Receive, Scope, Send

from icarus_ui.sharing.proxies import Proxies

FORWARDED = [
    (b"host", b"127.0.0.1:7860"),
    (b"x-forwarded-for", b"198.51.100.4, 192.0.2.9"),
    (b"x-forwarded-proto", b"https"),
    (b"x-forwarded-host", b"icarus.example"),
    (b"x-user", b"ada"),
    (b"accept", b"*/*"),
]


def seen(peer: str) -> Scope:
    """A request with those headers as it is seen behind the proxies."""
    found: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        found.append(scope)

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        pass

    scope: Scope = {"type": "http", "client": (peer, 1), "scheme": "http", "headers": list(FORWARDED)}
    asyncio.run(Proxies(app, ["192.0.2.0/24"], "x-user")(scope, receive, send))
    return found[0]


def test_a_trusted_proxy_is_believed() -> None:
    scope = seen("192.0.2.1")
    assert (scope["client"][0], scope["scheme"]) == ("198.51.100.4", "https")
    assert [value for name, value in scope["headers"] if name == b"host"] == [b"icarus.example"]
    assert (b"x-user", b"ada") in scope["headers"]


def test_anybody_else_is_not_not_even_this_machine() -> None:
    for peer in ("203.0.113.5", "127.0.0.1", "::1"):
        scope = seen(peer)
        assert (scope["client"][0], scope["scheme"]) == (peer, "http")
        assert scope["headers"] == [(b"host", b"127.0.0.1:7860"), (b"accept", b"*/*")]
