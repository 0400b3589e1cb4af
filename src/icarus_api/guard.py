"""The guard at the door: who may ask, how much, and safe headers on every response."""

import secrets
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icarus.listening import is_loopback
from icarus.origins import host_of, is_from_another_site
from icarus_api.messages import MAX_BODY_BYTES
from icarus_api.problems import TOO_LONG, ProblemResponse

HEALTH, READY = "/healthz", "/readyz"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware that asks for the token, and turns away pages of other sites.

    Where it listens on loopback only, it answers to loopback names only: a page whose name was made to point at this
    machine (DNS rebinding) is turned away as well.
    """

    def __init__(self, app: ASGIApp, host: str, token: str | None) -> None:
        self.app = app
        self._local = is_loopback(host)
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the headers set, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        target = self._refusal(scope) or self.app
        await target(scope, receive, _with_headers(send, HEADERS))

    def _refusal(self, scope: Scope) -> ProblemResponse | None:
        headers = Headers(scope=scope)
        if self._local and not is_loopback(host_of(headers)):
            return ProblemResponse(421, "Icarus answers on this machine only.")
        if is_from_another_site(scope):
            return ProblemResponse(403, "Icarus does not answer to web pages of other sites.")
        if scope["path"] not in {HEALTH, READY} and not self._may_ask(headers.get("authorization", "")):
            return ProblemResponse(
                401, "Send the token of ICARUS_API_TOKEN as a bearer token.", {"WWW-Authenticate": "Bearer"}
            )
        if int(headers.get("content-length", "0")) > MAX_BODY_BYTES:
            return ProblemResponse(413, TOO_LONG)
        return None

    def _may_ask(self, authorization: str) -> bool:
        scheme, _, given = authorization.partition(" ")
        return self._token is None or (
            scheme.lower() == "bearer" and secrets.compare_digest(given.strip().encode(), self._token.encode())
        )


def _with_headers(send: Send, headers: Mapping[str, str]) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(headers)
        await send(message)

    return sending
