"""`icarus serve` and `icarus mcp`: Icarus for other programs, over HTTP and over standard input and output."""

from contextlib import closing
from typing import Annotated

import typer
from rich.console import Console

from icarus.errors import IcarusError
from icarus.listening import is_loopback, listen, url_of
from icarus.logs import tell
from icarus.settings import Settings, get_settings

_console = Console(stderr=True)


def serve(
    host: Annotated[
        str | None,
        typer.Option(help="Address to listen on: 127.0.0.1 (this machine only) unless ICARUS_HOST says else."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on: 7861 unless ICARUS_API_PORT says else.")
    ] = None,
) -> None:
    """Serve the HTTP API and MCP to other programs, without the chat window."""
    settings = get_settings()
    where = (host or settings.host, port or settings.api_port)
    token = settings.api_token.get_secret_value() if settings.api_token else None
    if not token and not is_loopback(where[0]):
        raise IcarusError(
            f"Others can reach {where[0]}: set ICARUS_API_TOKEN to a secret that they must send, or leave out --host."
        )
    from icarus.stopping import leave_when_told

    leave_when_told()
    with closing(listen(*where)) as listening:
        with _console.status("Opening the report ..."):
            from icarus.live import LiveAssistant
            from icarus.operation import begin_operation
            from icarus_api.app import create_app
            from icarus_api.server import run

            operation = begin_operation(settings)
            live = LiveAssistant(settings, operation.watch)
            app = create_app(live.current, where[0], token or None, operation)
        live.warm_up()
        _show(url_of(*where), settings)
        run(app, listening, operation)


def _show(address: str, settings: Settings) -> None:
    """Say where it is served, in the form that the log has."""
    if settings.log_format == "json":
        tell("ready", address=address)
        return
    _say(f"HTTP API: {address}/v1  (described in {address}/openapi.json)")
    _say(f"MCP:      {address}/mcp  (Ctrl+C stops both)")


def serve_standard_streams() -> None:
    """Speak the Model Context Protocol over standard input and output, for a program that starts this one."""
    from icarus.live import LiveAssistant
    from icarus.model_tools import ModelTools
    from icarus_api.mcp_server import mcp_server

    live = LiveAssistant(get_settings())
    live.warm_up()
    mcp_server(ModelTools(live.current)).run("stdio")


def _say(line: str) -> None:
    _console.print(line, highlight=False, soft_wrap=True)
