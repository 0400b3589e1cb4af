"""For who watches over the window: its figures, to those who may log in, and how it stops."""

import asyncio
import base64
import binascii
from functools import partial

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from icarus.metrics import CONTENT_TYPE, Metrics
from icarus.stopping import LATER
from icarus.web_requests import Kind
from icarus_ui.preference import wording_for
from icarus_ui.sharing.access import Access
from icarus_ui.sharing.login import TRIES_PER_MINUTE
from icarus_ui.sharing.rates import Rate, address_of

METRICS = "/metrics"
_QUESTION = "/gradio_api/queue/join"
_BEGINNINGS = ("/", "/login", _QUESTION)
_HEARTBEAT = "/gradio_api/heartbeat/"  # open for as long as its tab is
_LOGGED = (*_BEGINNINGS, "/logout", "/gradio_api/run/predict")


class Figures:
    """What answers at /metrics: the figures, to who sends name and password of the window (basic authentication).

    Where a proxy logs people in, it has to name who asks; where nobody logs in, anybody may read.
    """

    def __init__(self, metrics: Metrics | None, access: Access) -> None:
        self._metrics = metrics
        self._access = access
        self._tries = Rate(TRIES_PER_MINUTE)

    async def answer(self, request: Request) -> Response:
        """The figures, or why not."""
        say = wording_for(request.scope).say
        if self._metrics is None:
            return PlainTextResponse(say("sharing", "closed"), 404)
        address = address_of(request.scope)
        wait = self._tries.wait(address) if self._access.accounts else 0
        if wait:
            return PlainTextResponse(say("login", "too_often", seconds=wait), 429, {"Retry-After": str(wait)})
        if not await self._may_read(request.headers):
            return PlainTextResponse(say("sharing", "stranger"), 401, {"WWW-Authenticate": 'Basic realm="Icarus"'})
        self._tries.give_back(address)
        return Response(self._metrics.text(), headers={"content-type": CONTENT_TYPE, "cache-control": "no-store"})

    async def _may_read(self, headers: Headers) -> bool:
        if self._access.user_header:
            return len(headers.getlist(self._access.user_header)) == 1
        if not self._access.accounts:
            return True
        name, password = _basic(headers.get("authorization", ""))
        return await asyncio.to_thread(partial(self._access.accounts.admits, name, password))


def kind_of(scope: Scope) -> Kind:
    """What a request is: the page, logins and clicks are logged; what begins something is refused at the end."""
    path = scope["path"]
    if path in {"/healthz", METRICS} or path.startswith(_HEARTBEAT):
        return Kind("", awaited=False)
    begins = path in {*_BEGINNINGS, "/readyz"}
    return Kind(path if path in _LOGGED else "", refusal=_refuse if begins else None)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    sentence = wording_for(scope).say("sharing", "stopping")
    await JSONResponse({"detail": sentence, "error": sentence}, 503, LATER)(scope, receive, send)


def _basic(authorization: str) -> tuple[str, str]:
    """Name and password of basic authentication, '' where there are none."""
    scheme, _, given = authorization.partition(" ")
    try:
        name, _, password = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return (name, password) if scheme.lower() == "basic" else ("", "")
