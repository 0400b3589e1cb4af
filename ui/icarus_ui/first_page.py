"""The page as it is sent: already in the language of whoever opens it, and of the reports as they are now."""

import json
import re

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icarus_ui import render
from icarus_ui.conversation import Conversation
from icarus_ui.desk import Desk, Front
from icarus_ui.faces import faces
from icarus_ui.preference import COOKIE, asked_in_address, language_of

_ONE_YEAR = 365 * 24 * 3600  # seconds
_PAGES = ("/", "/login")
# It runs before Gradio shows anything: else a click could come before anything listens to it.
_SCRIPT = '<script src="icarus/window.js"></script>'
# Gradio writes what its components show into the page, with every '<' escaped.
_CONFIG = re.compile(r"(window\.gradio_config = )(\{.*?\})(;</script>)", re.DOTALL)


class FirstPage:
    """ASGI middleware: puts the words of the visitor's language into the page, and keeps one that the address names.

    Gradio makes the page once, when the window is built.
    """

    def __init__(self, app: ASGIApp, front: Front, log_out: bool) -> None:
        self.app = app
        self.front = front
        self.log_out = log_out

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is no page; answer a page with its words changed."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"] not in _PAGES:
            await self.app(scope, receive, send)
            return
        sending = _remembering(send, asked_in_address(scope))
        if scope["path"] == "/":
            desk = self.front().speaking(language_of(scope))
            plain = {**scope, "headers": [h for h in scope["headers"] if h[0] != b"accept-encoding"]}
            await self.app(plain, receive, _Rewriting(sending, desk, self.log_out))
        else:
            await self.app(scope, receive, sending)


class _Rewriting:
    """Sends a response on when it is there as a whole, the page among them rewritten."""

    def __init__(self, send: Send, desk: Desk, log_out: bool) -> None:
        self._send = send
        self._desk = desk
        self._log_out = log_out
        self._start: Message = {}
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = self._body
        if self._start["status"] == 200:
            body = spoken(body.decode(), self._desk, self._log_out).encode()
        MutableHeaders(scope=self._start)["content-length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def spoken(page: str, desk: Desk, log_out: bool) -> str:
    """Gradio's page with the window's script, and what its components say in the language of the desk."""
    said = faces(desk, log_out) | {"conversation": {"value": render.conversation(Conversation(), desk)}}

    def with_words(found: re.Match[str]) -> str:
        config = json.loads(found[2])
        for component in config["components"]:
            component["props"].update(said.get(component["props"].get("elem_id"), {}))
        return found[1] + _for_script(json.dumps(config)) + found[3]

    worded = _CONFIG.sub(with_words, page, count=1).replace('lang="en"', f'lang="{desk.wording.language}"', 1)
    return worded.replace("</body>", f"{_SCRIPT}</body>", 1)


def _for_script(text: str) -> str:
    for sign in "<>&'":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _remembering(send: Send, language: str) -> Send:
    """Sends, and where the address names a language, lets the browser keep it."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and language:
            carrier = Response()
            carrier.set_cookie(COOKIE, language, max_age=_ONE_YEAR, samesite="lax")
            message = {
                **message,
                "headers": [*message["headers"], (b"set-cookie", carrier.headers["set-cookie"].encode())],
            }
        await send(message)

    return sending
