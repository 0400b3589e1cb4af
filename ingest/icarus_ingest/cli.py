"""The command `icarus ingest`."""

from pathlib import Path
from typing import Annotated

import typer


def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files or folders to take in; the corpus folder if none is given.")
    ] = None,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be found and changed, and write nothing.")
    ] = False,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Go back to the generation before this one, which is kept.")
    ] = False,
    engine: Annotated[
        str, typer.Option(help="What reads and encodes: local, or ray for many machines; the same comes out.")
    ] = "local",
    ray_address: Annotated[
        str | None, typer.Option(help="Address of a Ray cluster; without one Ray is started on this machine.")
    ] = None,
) -> None:
    """Build the index from the corpus, and report what was found in it and what was not."""
    from icarus.errors import IcarusError
    from icarus.settings import get_settings
    from icarus_ingest.engine import EngineName, Where
    from icarus_ingest.run import go_back, run

    if rollback and (paths or dry_run):
        raise typer.BadParameter("Give --rollback alone: it takes nothing in.")
    if engine not in set(EngineName):
        raise typer.BadParameter(f"--engine is one of {', '.join(EngineName)}, not {engine!r}.")
    if ray_address and engine != EngineName.RAY:
        raise typer.BadParameter("--ray-address is for --engine ray.")
    try:
        if rollback:
            go_back(get_settings())
            return
        where = Where(EngineName(engine), ray_address)
        failed = run(paths or [], get_settings(), dry_run=dry_run, where=where)
    except IcarusError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if failed:
        raise typer.Exit(1)
