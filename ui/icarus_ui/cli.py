"""`icarus chat`: open the chat window, building the index first where there is none."""

import os
import sys
import webbrowser
from contextlib import closing
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from icarus.errors import IndexMissingError
from icarus.listening import listen, url_of
from icarus.logs import tell
from icarus.settings import Settings, get_settings

if TYPE_CHECKING:
    from icarus.live import LiveAssistant
    from icarus.operation import Operation

_console = Console(stderr=True)


def chat(
    host: Annotated[
        str | None,
        typer.Option(help="Address to listen on: 127.0.0.1 (this machine only) unless ICARUS_HOST says else."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="Port to listen on: 7860 unless ICARUS_PORT says else.")
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete the questions and the feedback that were kept, and stop.")
    ] = False,
) -> None:
    """Open the chat window; builds the index first if there is none."""
    settings = get_settings()
    if forget:
        _forget(settings)
        return
    from icarus.stopping import leave_when_told
    from icarus_ui.sharing.access import access_of

    leave_when_told()
    where = (host or settings.host, port or settings.port)
    access = access_of(settings, where[0])
    with closing(listen(*where)) as listening:
        live, operation = _open_assistant(settings)
        with _console.status("Opening the window ..."):
            from icarus_ui.desk import desk_of
            from icarus_ui.keeping import keep
            from icarus_ui.server import create_app, serve

            kept = keep(settings)
            app = create_app(lambda: desk_of(live.current(), settings.max_question_chars, kept), access, operation)
        live.warm_up()
        _show(settings, url_of(_seen_from_here(where[0]), where[1]))
        serve(app, listening, operation)


def _forget(settings: Settings) -> None:
    """Delete what was kept; a window that is open goes on, and keeps anew."""
    from icarus_ui.keeping import journals

    for journal in journals(settings):
        journal.forget()
        _console.print(f"Nothing is kept any more in {journal.path}.", highlight=False)


def _open_assistant(settings: Settings) -> "tuple[LiveAssistant, Operation]":
    """The assistant, which takes up new generations; without an index, the published ingest command builds it first."""
    with _console.status("Opening the report ..."):
        from icarus.live import LiveAssistant
        from icarus.operation import begin_operation

        operation = begin_operation(settings)
        try:
            return LiveAssistant(settings, operation.watch), operation
        except IndexMissingError:
            pass
    _console.print("There is no index yet: building it now.")
    (ingest,) = entry_points(group="icarus.commands", name="ingest")
    ingest.load()()
    return LiveAssistant(settings, operation.watch), operation


def _show(settings: Settings, url: str) -> None:
    """Say where the window is, and open it in a browser where somebody sits in front of one."""
    if settings.log_format == "json":
        tell("ready", address=url)
        return
    _console.print(f"Icarus is ready: [bold]{url}[/bold]  (Ctrl+C stops it)", highlight=False)
    desktop = sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if desktop and sys.stdout.isatty():
        webbrowser.open(url)


def _seen_from_here(host: str) -> str:
    """The address to open on this machine: where all of its addresses are listened on, its own."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 (not bound here)
