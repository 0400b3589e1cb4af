"""Serve the window: its own pages and files, safe headers, and the limits that Gradio does not set."""

import asyncio
import logging
import socket
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from icarus_ui.desk import Front
from icarus_ui.first_page import FirstPage
from icarus_ui.guard import Guard
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


def create_app(front: Front, access: Access = Access()) -> FastAPI:  # noqa: B008 (immutable)
    """The web application: the window at /, its files under /icarus, /healthz and /readyz for who watches over it."""
    import gradio as gr

    from icarus_ui.theme import theme
    from icarus_ui.window import build

    app = FastAPI(title="Icarus", docs_url=None, redoc_url=None, openapi_url=None)
    app.mount("/icarus", StaticFiles(directory=_STATIC))
    app.add_api_route("/healthz", _healthy)
    app.add_api_route("/readyz", readiness(front), response_model=None)
    app.add_api_route("/favicon.ico", _favicon)
    visits, rates = Visits(), Rates(access.questions_per_minute)
    if access.accounts:
        add_login(app, access.accounts, visits)
    app.add_middleware(Sessions)  # the last that is added comes first
    app.add_middleware(Admission, access=access, visits=visits, rates=rates)
    app.add_middleware(FirstPage, front=front, log_out=access.accounts is not None)
    app.add_middleware(Guard, names=access.names)
    app.add_middleware(Proxies, trusted=access.proxies, user_header=access.user_header)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build(front, rates, log_out=access.accounts is not None),
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
    return mounted


def serve(app: FastAPI, listening: socket.socket) -> None:
    """Serve until interrupted."""
    server_for(app).run(sockets=[listening])


def server_for(app: FastAPI) -> uvicorn.Server:
    """What serves the application, not yet running."""
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    # What proxies say is believed by sharing/proxies.py alone: uvicorn's own trust includes this machine.
    config = uvicorn.Config(
        app,
        log_level="warning",
        timeout_graceful_shutdown=2,
        timeout_keep_alive=75,  # longer than proxies keep a connection, or they send into one that is just closed
        proxy_headers=False,
        server_header=False,
    )
    return uvicorn.Server(config)


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
