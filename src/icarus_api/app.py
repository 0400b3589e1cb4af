"""The web application: the HTTP API under /v1, MCP at /mcp, and what who watches over it asks for."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import metadata
from typing import Any

from fastapi import FastAPI
from mcp.server import MCPServer
from starlette.routing import Route

from icarus.listening import is_loopback
from icarus.model_tools import ModelTools
from icarus.operation import Operation
from icarus.web_requests import Requests
from icarus_api import watchers
from icarus_api.guard import Guard
from icarus_api.mcp_server import mcp_server
from icarus_api.messages import MAX_BODY_BYTES
from icarus_api.problems import handle_problems
from icarus_api.routes import Current, router

_DESCRIPTION = (
    "Answers about urban security from public reports, in the reports' own words, each with its page. What goes wrong "
    "is told as `application/problem+json`."
)


def create_app(current: Current, host: str, token: str | None = None, operation: Operation | None = None) -> Requests:
    """The application that answers from whatever assistant is current.

    Args:
        current: the assistant to answer one request with, such as `LiveAssistant.current`.
        host: the address that it will listen on; on loopback it answers to loopback names only.
        token: what every request but one for health must bear, if anything.
        operation: the running program that it belongs to.
    """
    operation = operation or Operation()
    server = mcp_server(ModelTools(current))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    app = FastAPI(
        title="Icarus",
        version=metadata.version("icarus-assistant"),
        description=_DESCRIPTION,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        max_body_size=MAX_BODY_BYTES,
        telemetry={"auto_configure": False},
        lifespan=lifespan,
    )
    app.state.current = current
    app.include_router(router)
    app.include_router(watchers.router)
    app.router.routes.append(_speaking(server, host))
    if operation.watch.metrics:
        app.router.routes.append(watchers.metrics_route(operation.watch.metrics))
    handle_problems(app)
    return Requests(Guard(app, host, token), operation, watchers.kind_of)


def _speaking(server: MCPServer[Any], host: str) -> Route:
    """MCP at /mcp: each request is answered by itself and at once, so there are no streams to open and no sessions."""
    application = server.streamable_http_app(
        stateless_http=True,
        json_response=True,
        max_request_body_size=MAX_BODY_BYTES,
        host="127.0.0.1" if is_loopback(host) else host,
    )
    (route,) = (route for route in application.routes if isinstance(route, Route))
    return Route("/mcp", route.endpoint, methods=["POST"])
