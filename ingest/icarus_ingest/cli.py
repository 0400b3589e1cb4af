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
) -> None:
    """Build the index from the corpus, and report what was found in it and what was not."""
    from icarus.errors import IcarusError
    from icarus.settings import get_settings
    from icarus_ingest.run import go_back, run

    if rollback and (paths or dry_run):
        raise typer.BadParameter("Give --rollback alone: it takes nothing in.")
    try:
        if rollback:
            go_back(get_settings())
            return
        failed = run(paths or [], get_settings(), dry_run=dry_run)
    except IcarusError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    if failed:
        raise typer.Exit(1)
