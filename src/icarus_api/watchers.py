"""For who watches over the server: whether it is there, whether it can answer, its figures, and how it stops."""

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from icarus.assistant import Assistant
from icarus.metrics import CONTENT_TYPE, Metrics
from icarus.records import Record
from icarus.stopping import LATER
from icarus.web_requests import Kind
from icarus_api.guard import HEALTH, READY
from icarus_api.messages import Health
from icarus_api.problems import ProblemResponse, described

_METRICS = "/metrics"
_STOPPING = "Icarus is being stopped: ask again in a moment."

router = APIRouter()


class Ready(Record):
    """The server can answer."""

    status: Literal["ready"] = "ready"
    generation: str = Field(description="of the index, as `icarus status` calls it")


@router.get(HEALTH, responses=described(403, 421))
def healthy() -> Health:
    """Whether the server is there; needs no token."""
    return Health()


@router.get(READY, responses=described(403, 421, 503))
def ready(request: Request) -> Ready:
    """Whether questions can be answered now, the model loaded and the index there; needs no token."""
    current: Callable[[], Assistant] = request.app.state.current
    assistant = current()
    assistant.prepare()
    return Ready(generation=assistant.index.folder.name)


def metrics_route(metrics: Metrics) -> Route:
    """The figures at /metrics."""

    def figures(_: Request) -> Response:
        return Response(metrics.text(), headers={"content-type": CONTENT_TYPE})

    return Route(_METRICS, figures, methods=["GET"])


def kind_of(scope: Scope) -> Kind:
    """What a request is: probes are not logged, and are answered to the end, /readyz with no."""
    path = scope["path"]
    if path in {HEALTH, _METRICS}:
        return Kind("", awaited=False)
    route = getattr(scope.get("route"), "path", "other")
    return Kind("" if path == READY else route, refusal=_refuse)


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    await ProblemResponse(503, _STOPPING, LATER)(scope, receive, send)
