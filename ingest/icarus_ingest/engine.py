"""Where files are read and texts encoded: on this machine, or on Ray. Which of them is chosen here and nowhere else."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, Protocol

from icarus.embedding import EmbeddingModel
from icarus.exported import Progress
from icarus_ingest.corpus import Source
from icarus_ingest.model import RawDocument
from icarus_ingest.reading import read_ahead

Reading = Callable[[], RawDocument]
"""Waits for what is read of a file; raises UnreadableFileError where it cannot be read."""


class Engine(Protocol):
    """What reads and encodes. Whichever it is, the same content comes out."""

    @property
    def streams(self) -> int:
        """How many documents are encoded at a time."""

    def read_ahead(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Reading]]:
        """The files in their order, some read while others are waited for, few held at a time."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[list[float]]:
        """The vectors of texts, in their order; `progress` is told (done, all) as it goes on."""


class EngineName(StrEnum):
    """The engines that there are."""

    LOCAL = "local"
    RAY = "ray"


class Where(NamedTuple):
    """Which engine, and for Ray the address of a cluster; without one it is started on this machine."""

    engine: EngineName = EngineName.LOCAL
    address: str | None = None


LOCALLY = Where()


class LocalEngine:
    """Reads in child processes, and encodes in this one."""

    streams = 1

    def __init__(self, model: EmbeddingModel) -> None:
        self._model = model

    def read_ahead(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Reading]]:
        """The files in their order, as many read at a time as there are processors."""
        return ((source, raw.result) for source, raw in read_ahead(sources))

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[list[float]]:
        """The vectors of texts, in their order."""
        return self._model.encode_passages(texts, progress)


@contextmanager
def engine_at(where: Where, model: EmbeddingModel, index: Path) -> Iterator[Engine]:
    """The engine that is asked for, let go of at the end.

    Raises:
        EngineError: Ray is not installed, cannot be started, or does not answer.
    """
    if where.engine is EngineName.LOCAL:
        yield LocalEngine(model)
        return
    from icarus_ingest.ray_engine import RayEngine, started, work_with

    with started(where.address):
        yield RayEngine(work_with(model, index))
