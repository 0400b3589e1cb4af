"""Sessions apart: what a browser calls its session means something only together with its cookie."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icarus_ui.preference import wording_for
from icarus_ui.sharing.visits import visit_of

_API = "/gradio_api/"
_HEARTBEAT = f"{_API}heartbeat/"
_KEY = "session_hash"


class Sessions:
    """ASGI middleware: Gradio gets each session's name mixed with the secret number of the visit it belongs to.

    Gradio lets browsers name their sessions themselves and asks no more of whoever knows such a name: they could
    continue the conversation, be shown it, and hear its events. Mixed like this, the same name sent by another browser
    is another session; nothing has to be remembered for it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with the session's name mixed, wherever the request carries one."""
        if scope["type"] != "http" or not scope["path"].startswith(_API):
            await self.app(scope, receive, send)
            return
        visit = visit_of(scope)
        secret = visit.id if visit else ""
        if scope["method"] == "POST":
            await self._with_body(secret, scope, receive, send)
        else:
            await self.app(_with_address(secret, scope), receive, send)

    async def _with_body(self, secret: str, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            sent = json.loads(await Request(scope, receive).body())
        except ClientDisconnect:
            return
        except (ValueError, RecursionError):
            sent = None
        if not isinstance(sent, dict) or not isinstance(sent.get(_KEY, ""), str):
            await JSONResponse({"detail": wording_for(scope).say("sharing", "no_request")}, 400)(scope, receive, send)
            return
        body = json.dumps(_mixed_in(sent, secret)).encode()
        headers = [(n, v) for n, v in scope["headers"] if n not in (b"content-length", b"transfer-encoding")]
        scope = {**scope, "headers": [*headers, (b"content-length", str(len(body)).encode())]}
        await self.app(_with_address(secret, scope), _once(body, receive), send)


def mixed(name: str, secret: str) -> str:
    """A session's name as Gradio gets it."""
    return hmac.new(secret.encode(), name.encode(), hashlib.sha256).hexdigest()[:32]


def _mixed_in(sent: dict[str, Any], secret: str) -> dict[str, Any]:
    return {**sent, _KEY: mixed(sent[_KEY], secret)} if _KEY in sent else sent


def _with_address(secret: str, scope: Scope) -> Scope:
    query = [
        (key, mixed(value, secret) if key == _KEY else value)
        for key, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    ]
    path = scope["path"]
    if path.startswith(_HEARTBEAT):
        path = _HEARTBEAT + mixed(path.removeprefix(_HEARTBEAT), secret)
    return {**scope, "path": path, "raw_path": path.encode(), "query_string": urlencode(query).encode()}


def _once(body: bytes, receive: Receive) -> Receive:
    """A receiver that gives a body that was read already, then whatever else comes."""
    given = False

    async def receiving() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
