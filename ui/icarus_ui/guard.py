"""The guard at the door: safe headers on every response, and no more taken in than a question needs."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icarus.origins import host_of, is_from_another_site
from icarus_ui.preference import wording_for

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
    # Not 'no-referrer': browsers then name no origin with a form, and the login could not be told from a forged one.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_ONE_YEAR = "max-age=31536000"

# Of Gradio's interface, what the window uses. The rest takes files in, gives files out, asks other servers on a
# visitor's behalf, or tells of other visitors.
_OPEN_API = frozenset(
    f"/gradio_api/{name}" for name in ("queue/join", "queue/data", "run/predict", "cancel", "reset", "app_id")
)
_HEARTBEAT = "/gradio_api/heartbeat/"
_CLOSED = ("/gradio_api", "/proxy=", "/file=", "/config", "/monitoring", "/run/", "/api/", "/queue", "/upload")
_FOR_WATCHERS = ("/healthz", "/readyz")


class Guard:
    """ASGI middleware; answers to certain host `names` only, against DNS rebinding, or to any where there are none."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the headers set, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            target = self._refusal(scope) or self.app
            await target(scope, _limited(receive), _with_headers(send, scope))
        # Nothing here speaks over web sockets: left unanswered, uvicorn refuses them.

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        path = scope["path"]
        if self.names and path not in _FOR_WATCHERS and host_of(headers) not in self.names:
            return PlainTextResponse(wording_for(scope).say("sharing", "other_name"), 421)
        if is_from_another_site(scope):
            return PlainTextResponse(wording_for(scope).say("sharing", "other_page"), 403)
        if path.startswith(_CLOSED) and path not in _OPEN_API and not path.startswith(_HEARTBEAT):
            return PlainTextResponse(wording_for(scope).say("sharing", "closed"), 404)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            return PlainTextResponse(wording_for(scope).say("sharing", "too_long"), 413)
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


def _with_headers(send: Send, scope: Scope) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name in [name for name in headers if name.startswith("access-control-")]:
                del headers[name]  # Gradio invites pages of any origin
            headers.update(HEADERS)
            if scope["path"] == "/":
                headers["Cache-Control"] = "no-store"
            if scope["scheme"] == "https":  # which only a trusted proxy can say
                headers["Strict-Transport-Security"] = _ONE_YEAR
        await send(message)

    return sending
