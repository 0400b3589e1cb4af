"""Serve the window: its own pages and files, safe headers, and the limits that Gradio does not set."""

import asyncio
import logging
import socket
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from icarus.operation import Operation
from icarus.stopping import Server
from icarus.web_requests import Requests
from icarus_ui.desk import Front
from icarus_ui.first_page import FirstPage
from icarus_ui.guard import Guard
from icarus_ui.sharing import watchers
from icarus_ui.sharing.access import Access
from icarus_ui.sharing.admission import Admission
from icarus_ui.sharing.login import add_login
from icarus_ui.sharing.proxies import Proxies
from icarus_ui.sharing.rates import Rates
from icarus_ui.sharing.readiness import readiness
from icarus_ui.sharing.sessions import Sessions
from icarus_ui.sharing.visits import Visits

_STATIC = Path(__file__).parent / "static"
# Linked, not given to Gradio as css: it would put its own prefix before every rule, and break some.
_HEAD = """<link rel="stylesheet" href="icarus/style.css">
<link rel="icon" href="icarus/icon.svg" type="image/svg+xml">"""


def create_app(front: Front, access: Access = Access(), operation: Operation | None = None) -> FastAPI:  # noqa: B008 (immutable)
    """The web application: the window at /, its files under /icarus, and what who watches over it asks for."""
    import gradio as gr

    from icarus_ui.theme import theme
    from icarus_ui.window import build

    operation = operation or Operation()
    app = FastAPI(title="Icarus", docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/icarus", StaticFiles(directory=_STATIC))
    app.add_api_route("/healthz", _healthy)
    app.add_api_route("/readyz", readiness(front), response_model=None)
    app.add_api_route(watchers.METRICS, watchers.Figures(operation.watch.metrics, access).answer, response_model=None)
    app.add_api_route("/favicon.ico", _favicon)
    visits, rates = Visits(), Rates(access.questions_per_minute)
    if access.accounts:
        add_login(app, access.accounts, visits)
    app.add_middleware(Sessions)  # the last that is added comes first
    app.add_middleware(Admission, access=access, visits=visits, rates=rates)
    app.add_middleware(FirstPage, front=front, log_out=access.accounts is not None)
    app.add_middleware(Guard, names=access.names)
    app.add_middleware(Proxies, trusted=access.proxies, user_header=access.user_header)
    app.add_middleware(Requests, operation=operation, kind_of=watchers.kind_of)
    blocks = build(front, rates, log_out=access.accounts is not None)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        theme=theme(),
        head=_HEAD,
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size="1kb",
        ssr_mode=False,
        mcp_server=False,
    )
    if operation.watch.metrics:
        operation.watch.metrics.tell_sessions(lambda: len(blocks.state_holder.session_data))
    return mounted


def serve(app: FastAPI, listening: socket.socket, operation: Operation | None = None) -> None:
    """Serve until told to stop, or interrupted."""
    server_for(app, operation).run(sockets=[listening])


def server_for(app: FastAPI, operation: Operation | None = None) -> Server:
    """What serves the application, not yet running."""
    operation = operation or Operation()
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    # What proxies say is believed by sharing/proxies.py alone: uvicorn's own trust includes this machine.
    config = uvicorn.Config(
        app,
        log_level="warning",
        log_config=operation.log_config,
        access_log=False,
        timeout_keep_alive=75,  # longer than proxies keep a connection, or they send into one that is just closed
        proxy_headers=False,
        server_header=False,
    )
    return Server(config, operation.stopping)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a log record is more than that a tab was still open at the end, or asked for a session that is no more.

    Gradio tells the browser of the latter, and raises all the same.
    """
    error = record.exc_info[1] if record.exc_info else None
    gone = isinstance(error, RuntimeError) and "response already started" in str(error)
    ended = isinstance(error, asyncio.CancelledError) or "timeout graceful shutdown exceeded" in record.getMessage()
    return not gone and not ended


async def _healthy() -> dict[str, str]:
    return {"status": "ok"}


async def _favicon() -> FileResponse:
    return FileResponse(_STATIC / "icon.svg", media_type="image/svg+xml")
