"""One run of ingestion: read, understand, build, publish, report."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from icarus.embedding import EmbeddingModel
from icarus.errors import CorpusError, UnreadableFileError
from icarus.settings import Settings
from icarus_ingest.corpus import Source, find_sources
from icarus_ingest.publish import Build, generation_id, publish, published_report, writing
from icarus_ingest.questions import add_questions
from icarus_ingest.reading import read
from icarus_ingest.report import Report, report_of, show, show_failures
from icarus_ingest.understand import Understood, understand


def run(paths: Sequence[Path], settings: Settings, *, dry_run: bool = False, console: Console | None = None) -> int:
    """Build and publish the index; gives the number of files that could not be read.

    Raises:
        CorpusError: there is nothing to read, the manifest is broken, or the index folder cannot be written.
        IndexBusyError: another process is writing the index.
        ModelError: the embedding model cannot be loaded.
    """
    console = console or Console()
    sources = find_sources(list(paths) or [settings.corpus])
    model = EmbeddingModel.load(settings.embedding_model)
    if dry_run:
        understood, failures = understand_all(sources, model, console)
        show(report_of(understood, failures), console)
        return len(failures)
    with writing(settings.index):
        generation = generation_id([s.document for s in sources], model.name, model.fingerprint)
        if known := published_report(settings.index, generation):
            report = Report.model_validate_json(known)
            console.print(f"Nothing changed: generation {generation} is up to date.")
            show_failures(report, console)
            return len(report.failures)
        return _build(sources, generation, model, settings.index, console)


def understand_all(
    sources: Sequence[Source], model: EmbeddingModel, console: Console
) -> tuple[list[Understood], list[str]]:
    """What was understood of each file, and a sentence for each that could not be read."""
    understood: list[Understood] = []
    failures: list[str] = []
    with _progress(console) as progress:
        task = progress.add_task("Reading", total=len(sources))
        for source in sources:
            taken = [card.id for u in understood for card in u.cards]
            try:
                found = understand(read(source), model.count_pieces, model.max_pieces, taken)
                add_questions(found, source)
                understood.append(found)
            except UnreadableFileError as error:
                failures.append(str(error))
            progress.advance(task)
    return understood, failures


def _build(sources: Sequence[Source], generation: str, model: EmbeddingModel, root: Path, console: Console) -> int:
    understood, failures = understand_all(sources, model, console)
    report = report_of(understood, failures)
    if not understood:
        show(report, console)
        raise CorpusError("None of the files could be read: the index stays as it was.")
    with _progress(console) as progress:
        task = progress.add_task("Encoding", total=None)
        build = Build(
            generation,
            understood,
            model,
            report.model_dump_json(indent=1),
            lambda done, total: progress.update(task, completed=done, total=total),
        )
        manifest = publish(root, build)
    show(report, console)
    console.print(f"Published generation {manifest.generation}: {manifest.passages} passages, {manifest.tools} tools.")
    return len(failures)


def _progress(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=not console.is_terminal,
    )
