"""One run of ingestion: read, understand, build, publish, report."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from icarus.embedding import EmbeddingModel
from icarus.errors import CorpusError, UnreadableFileError
from icarus.settings import Settings
from icarus_ingest.changes import changes, published
from icarus_ingest.corpus import MANIFEST, Source, find_sources
from icarus_ingest.engine import LOCALLY, Engine, Reading, Where, engine_at
from icarus_ingest.generations import roll_back, writing
from icarus_ingest.proposal import propose, with_focus_areas
from icarus_ingest.publish import Build, generation_id, known_vectors, publish, published_report
from icarus_ingest.questions import add_questions
from icarus_ingest.report import Report, report_of, show, show_failures
from icarus_ingest.shelf import Shelf
from icarus_ingest.understand import Understood, understand
from icarus_ingest.vectors import Vectors


class _Run(NamedTuple):
    """What goes through a run from its beginning to its end."""

    settings: Settings
    model: EmbeddingModel
    where: Where
    console: Console

    def engine(self) -> AbstractContextManager[Engine]:
        """What reads and encodes; let go of before anything is published."""
        return engine_at(self.where, self.model, self.settings.index)


def run(
    paths: Sequence[Path],
    settings: Settings,
    *,
    dry_run: bool = False,
    console: Console | None = None,
    where: Where = LOCALLY,
) -> int:
    """Build and publish the index; gives the number of files that could not be read.

    Args:
        paths: files and folders to take in; the corpus folder where there is none.
        settings: where the corpus and the index are, and which model encodes.
        dry_run: show what would be found and changed, and write nothing.
        console: what it is told on.
        where: the engine that reads and encodes; the same comes out of each.

    Raises:
        CorpusError: there is nothing to read, the manifest is broken, or the index folder cannot be written.
        IndexBusyError: another process is writing the index.
        ModelError: the embedding model cannot be loaded.
        EngineError: Ray was asked for and cannot be used.
    """
    console = console or Console()
    given = list(paths) or [settings.corpus]
    sources = find_sources(given)
    model = EmbeddingModel.load(settings.embedding_model)
    if dry_run:
        return _rehearse(sources, _Run(settings, model, where, console))
    with writing(settings.index):
        generation = _generation(sources, model)
        if known := published_report(settings.index, generation, settings.chroma):
            report = Report.model_validate_json(known)
            console.print(f"Nothing changed: generation {generation} is up to date.")
            show_failures(report, console)
            _tell(Vectors(model).export(settings.index), console)
            return len(report.failures)
        return _build(given, sources, _Run(settings, model, where, console))


def go_back(settings: Settings, console: Console | None = None) -> None:
    """Let the generation that is kept back serve again.

    Raises:
        IndexMissingError: none is kept.
        IndexUnusableError: it cannot be trusted; the present one goes on serving.
        IndexBusyError: another process is writing the index.
    """
    manifest = roll_back(settings.index, settings.chroma)
    (console or Console()).print(
        f"Generation {manifest.generation}, built {manifest.built_at}, serves again: {manifest.passages} passages, "
        f"{manifest.tools} tools. The other one is kept: the same command goes back to it."
    )


def understand_all(readings: Iterable[tuple[Source, Reading]], model: EmbeddingModel) -> Iterator[Understood | str]:
    """What is understood of each file, in their order, or a sentence that says why it could not be read."""
    taken: list[str] = []
    for source, reading in readings:
        try:
            found = understand(reading(), model.count_pieces, model.max_pieces, taken)
            add_questions(found, source)
            if not source.listed:
                found.document = with_focus_areas(found)
        except UnreadableFileError as error:
            yield str(error)
        else:
            taken += [card.id for card in found.cards]
            yield found


def _rehearse(sources: Sequence[Source], this: _Run) -> int:
    """Show what would be found and changed, and write nothing."""
    with this.engine() as engine, _progress(this.console) as progress:
        readings = understand_all(engine.read_ahead(sources), this.model)
        shelf, failures = _parted(progress.track(readings, total=len(sources), description="Reading"))
    report = _reported(shelf, failures, this.settings)
    show(report, this.console)
    propose(sources, [u.document for u in shelf], (), this.console)
    return len(report.failures)


def _parted(found: Iterable[Understood | str], folder: Path | None = None) -> tuple[Shelf, list[str]]:
    """What was understood, on a shelf in a folder, and why the rest was not."""
    shelf, failures = Shelf(folder), []
    for understood in found:
        if isinstance(understood, Understood):
            shelf.put(understood)
        else:
            failures.append(understood)
    return shelf, failures


def _reported(understood: Collection[Understood], failures: Sequence[str], settings: Settings) -> Report:
    return report_of(understood, failures, changes(published(settings.index, settings.chroma), understood))


def _build(given: Sequence[Path], sources: Sequence[Source], this: _Run) -> int:
    settings, model, console = this.settings, this.model, this.console
    with this.engine() as engine, _progress(console) as progress:
        task = progress.add_task("Encoding", total=None)
        vectors = Vectors(
            model,
            known_vectors(settings.index, model, settings.chroma),
            lambda done, total: progress.update(task, completed=done, total=total),
            engine=engine,
        )
        with vectors.in_background():
            exported = vectors.prepare_model(settings.index)
            understood, failures = _parted(_read(sources, vectors, progress), settings.index)
            import icarus_ingest.pipeline  # noqa: F401  llama-index loads while sentences are encoded
    report = _reported(understood, failures, settings)
    if not understood:
        show(report, console)
        raise CorpusError("None of the files could be read: the index stays as it was.")
    homes = [p for p in given if p.is_dir() and (p == settings.corpus or (p / MANIFEST).is_file())]
    if propose(sources, [u.document for u in understood], homes, console):
        sources = find_sources(given)  # what was proposed is what the manifest says from now on
    build = Build(_generation(sources, model), understood, vectors, report.model_dump_json(indent=1))
    manifest = publish(settings.index, build, settings.chroma)
    show(report, console)
    console.print(f"Published generation {manifest.generation}: {manifest.passages} passages, {manifest.tools} tools.")
    console.print(f"It took {vectors.stopwatch}.")
    _tell(exported.result(), console)
    return len(report.failures)


def _tell(problem: str, console: Console) -> None:
    """Say what went wrong with the export of the model, if anything did."""
    if problem:
        console.print(f"{problem} Questions wait for torch to load.", markup=False)


def _read(sources: Sequence[Source], vectors: Vectors, progress: Progress) -> Iterator[Understood | str]:
    """What is understood of each file, which is encoded while the next ones are read."""
    reading = progress.add_task("Reading", total=len(sources))
    waiting = understand_all(vectors.engine.read_ahead(sources), vectors.model)
    for _ in sources:
        with vectors.stopwatch.measuring("reading"):
            found = next(waiting)
        if isinstance(found, Understood):
            vectors.prepare(found)
        progress.advance(reading)
        yield found


def _generation(sources: Sequence[Source], model: EmbeddingModel) -> str:
    return generation_id([s.document for s in sources], model.name, model.fingerprint)


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
