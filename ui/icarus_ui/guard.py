"""The guard at the door: safe headers on every response, and no more taken in than a question needs."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 128 * 1024

# Gradio's page needs inline scripts and eval; nothing may come from, or go to, another host.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

# Routes of Gradio's that the window does not use: files in and out, and requests made on a visitor's behalf.
_CLOSED = ("/gradio_api/upload", "/gradio_api/file", "/gradio_api/proxy", "/gradio_api/stream", "/proxy=", "/file=")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})


class Guard:
    """ASGI middleware; on a loopback `host` it answers to loopback names only, against DNS rebinding."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        self.app = app
        self.names = _LOOPBACK if host in _LOOPBACK else frozenset()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the headers set, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        target = refusal or self.app
        await target(scope, _limited(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        name = headers.get("host", "").rsplit(":", 1)[0] if not headers.get("host", "").endswith("]") else "[::1]"
        if self.names and name not in self.names:
            return PlainTextResponse("Icarus answers on this machine only.", 421)
        if scope["path"].startswith(_CLOSED):
            return PlainTextResponse("Not here.", 404)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return PlainTextResponse("Too long.", 413)
        return None


def _limited(receive: Receive) -> Receive:
    """A receiver that hangs up on a body longer than allowed, whatever length it announced."""
    taken = 0

    async def limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return message if taken <= MAX_BODY_BYTES else {"type": "http.disconnect"}

    return limited


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sending
