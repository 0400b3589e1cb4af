"""The commands `icarus ingest`, `icarus backup` and `icarus restore`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from icarus.generation import IndexManifest


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


def back_up(file: Annotated[Path, typer.Argument(help="The file to write.", show_default=False)]) -> None:
    """Write the published index to one file, once it is checked."""
    from icarus.settings import get_settings
    from icarus_ingest import backup

    manifest = backup.back_up(get_settings().index, file)
    typer.echo(f"{file} holds generation {manifest.generation}: {_what(manifest)}.")


def restore(file: Annotated[Path, typer.Argument(help="A file of `icarus backup`.", show_default=False)]) -> None:
    """Publish the index that a backup holds, once it is checked; `icarus ingest --rollback` goes back."""
    from icarus.settings import get_settings
    from icarus_ingest import backup

    settings = get_settings()
    manifest = backup.restore(settings.index, file, settings.embedding_model)
    typer.echo(f"Published generation {manifest.generation} of {manifest.built_at}: {_what(manifest)}.")


def _what(manifest: "IndexManifest") -> str:
    return f"{len(manifest.documents)} reports, {manifest.passages} passages, {manifest.tools} tools"
