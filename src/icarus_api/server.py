"""Run the web application until it is told to stop."""

import socket

import uvicorn
from starlette.types import ASGIApp

_SECONDS_TO_FINISH = 5


def server_of(app: ASGIApp) -> uvicorn.Server:
    """The server of an application; what is being answered when it stops is finished first, for some seconds."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses of the catalogue hold what somebody looked for
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    return uvicorn.Server(config)


def run(app: ASGIApp, listening: socket.socket) -> None:
    """Serve until interrupted."""
    server_of(app).run(sockets=[listening])
