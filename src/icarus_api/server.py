"""Run the web application until it is told to stop."""

import socket

import uvicorn
from fastapi import FastAPI

_SECONDS_TO_FINISH = 5


def run(app: FastAPI, listening: socket.socket) -> None:
    """Serve until interrupted; what is being answered then is finished first, for some seconds."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,  # addresses of the catalogue hold what somebody looked for
        server_header=False,
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    uvicorn.Server(config).run(sockets=[listening])
