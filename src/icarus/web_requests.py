"""What every request to a program passes first: it gets an id, is counted and logged, or refused at the end."""

import re
import time
from collections.abc import Callable
from typing import NamedTuple

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from icarus.logs import REQUEST, tell
from icarus.operation import Operation
from icarus.watching import new_request_id

_HEADER = "x-request-id"
# As proxies and tracers make them. Words cannot be spelt with these letters alone, so none gets into the log.
_AN_ID = re.compile(r"[0-9a-f-]{8,64}")


class Kind(NamedTuple):
    """What a request is to its program.

    Args:
        route: what the log calls it, words of the program's own; '' where it is not logged.
        awaited: whether a program that stops waits until it is answered.
        refusal: the answer to it when the program is being stopped, None where it is answered all the same.
    """

    route: str
    awaited: bool = True
    refusal: ASGIApp | None = None


class Requests:
    """ASGI middleware, the outermost.

    `kind_of` is asked twice, since only at the end it is known which route a request took.
    """

    def __init__(self, app: ASGIApp, operation: Operation, kind_of: Callable[[Scope], Kind]) -> None:
        self.app = app
        self._operation = operation
        self._kind_of = kind_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its id on the response, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(_HEADER, "")
        request = given if _AN_ID.fullmatch(given) else new_request_id()
        token = REQUEST.set(request)
        try:
            await self._answer(_Answer(self._kind_of(scope), request), scope, receive, send)
        finally:
            REQUEST.reset(token)

    async def _answer(self, answer: "_Answer", scope: Scope, receive: Receive, send: Send) -> None:
        refusal = answer.kind.refusal if self._operation.stopping.begun else None
        counted = answer.kind.awaited and not refusal
        self._operation.requests += counted
        try:
            await (refusal or self.app)(scope, receive, answer.noting(send))
        finally:
            self._operation.requests -= counted
            self._tell(answer, scope)

    def _tell(self, answer: "_Answer", scope: Scope) -> None:
        if self._operation.watch.metrics:
            self._operation.watch.metrics.responses.labels(code=f"{answer.status // 100}xx").inc()
        route = self._kind_of(scope).route
        if route:
            address = {"address": (scope.get("client") or ("",))[0]} if self._operation.log_addresses else {}
            tell("request", route=route, status=answer.status, duration_ms=answer.milliseconds(), **address)


class _Answer:
    """One request while it is answered; 499 is one that was given up before."""

    def __init__(self, kind: Kind, request: str) -> None:
        self.kind = kind
        self.status = 499
        self._request = request
        self._started = time.perf_counter()

    def noting(self, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                MutableHeaders(scope=message)[_HEADER] = self._request
            await send(message)

        return sending

    def milliseconds(self) -> float:
        return round((time.perf_counter() - self._started) * 1000, 1)
