"""Believe what proxies say of a visitor, but only those that the settings trust."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_FORWARDED = (b"x-forwarded-", b"forwarded", b"x-real-ip")


class Proxies:
    """ASGI middleware, the outermost: behind it, the client's address, scheme and host are the visitor's own.

    From anybody but a trusted proxy, the headers that only a proxy may set are taken away, the one with the user's
    name (`user_header`, in small letters) among them.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[str], user_header: str) -> None:
        self._behind = ProxyHeadersMiddleware(app, list(trusted))  # type: ignore[arg-type]  # uvicorn's own ASGI types
        self._only_proxies = (*_FORWARDED, user_header.encode()) if user_header else _FORWARDED

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with what can be believed."""
        if scope["type"] != "lifespan":
            trusted = bool(scope.get("client")) and scope["client"][0] in self._behind.trusted_hosts
            headers = list(scope["headers"])
            scope["headers"] = _with_outer_host(headers) if trusted else self._own(headers)
        await self._behind(scope, receive, send)  # type: ignore[arg-type]

    def _own(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        return [(name, value) for name, value in headers if not name.lower().startswith(self._only_proxies)]


def _with_outer_host(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with the host that the visitor asked for, where the proxy hands it on."""
    outer = [value for name, value in headers if name == b"x-forwarded-host"]
    if not outer:
        return headers
    host = outer[-1].rsplit(b",", 1)[-1].strip()
    return [*((name, value) for name, value in headers if name != b"host"), (b"host", host)]
