"""Run the web application until it is told to stop."""

import socket

import uvicorn
from starlette.types import ASGIApp

from icarus.operation import Operation
from icarus.stopping import Server


def server_of(app: ASGIApp, operation: Operation | None = None) -> Server:
    """The server of an application, not yet running."""
    operation = operation or Operation()
    config = uvicorn.Config(
        app,
        log_level="warning",
        log_config=operation.log_config,
        access_log=False,  # addresses of the catalogue hold what somebody looked for
        server_header=False,
        ws="none",
    )
    return Server(config, operation.stopping)


def run(app: ASGIApp, listening: socket.socket, operation: Operation) -> None:
    """Serve until told to stop, or interrupted."""
    server_of(app, operation).run(sockets=[listening])
