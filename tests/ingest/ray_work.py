"""What workers of Ray do in tests: the usual work, except that a process dies of it now and then."""

import os
import signal
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from icarus_ingest.corpus import Source
from icarus_ingest.model import RawDocument
from icarus_ingest.ray_engine import Work
from icarus_ingest.reading import read
from tests.ingest.small_model import SmallModel


def encode(texts: Sequence[str]) -> list[list[float]]:
    return SmallModel().encode_passages(texts)


SOUND = Work(read, encode)


def dying_once(notes: Path) -> Work:
    """Work at which a process is killed in the middle of a file, and another in the middle of encoding; once each."""
    return Work(partial(_read_or_die, notes, ""), partial(_encode_or_die, notes))


def dying_of(name: str, notes: Path) -> Work:
    """Work at which every process is killed that reads the file of that name."""
    return Work(partial(_read_or_die, notes, name), encode)


def _read_or_die(notes: Path, name: str, source: Source) -> RawDocument:
    if source.path.name == name:
        _die()
    raw = read(source)
    if not name:
        _die_once(notes / "read")
    return raw


def _encode_or_die(notes: Path, texts: Sequence[str]) -> list[list[float]]:
    vectors = encode(texts)
    _die_once(notes / "encoded")
    return vectors


def _die_once(note: Path) -> None:
    try:
        note.touch(exist_ok=False)
    except FileExistsError:
        return
    _die()


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)
