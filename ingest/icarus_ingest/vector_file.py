"""Vectors in a file, found by a key: those of a large corpus need ten times the memory of its words."""

import threading
from collections.abc import Iterable, Sequence
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryFile
from weakref import finalize

import numpy as np
from numpy.typing import NDArray


class VectorFile:
    """Vectors of one length, each under a key; gone when nobody holds them. Several threads may write and read.

    Raises:
        OSError: the folder cannot be written, or is full.
    """

    def __init__(self, dimension: int, folder: Path | None = None) -> None:
        """No vectors yet; their file is in a folder (that of the system for what passes, where none is given)."""
        self._row = np.dtype((np.float32, dimension))
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  it lives as long as the vectors
        finalize(self, self._file.close)
        self._places: dict[str, int] = {}
        self._lock = threading.Lock()

    def __contains__(self, key: str) -> bool:
        """Whether there is a vector under a key."""
        return key in self._places

    def put(self, keys: Iterable[str], vectors: Sequence[Sequence[float]] | NDArray[np.floating]) -> None:
        """Write vectors, one for each key; one that has a vector gets the new one."""
        rows = np.asarray(vectors, dtype=np.float32)
        with self._lock:
            at = self._file.seek(0, SEEK_END)
            self._file.write(rows.tobytes())
            step = self._row.itemsize
            self._places |= {key: at + step * i for i, key in zip(range(len(rows)), keys, strict=True)}

    def of(self, keys: Sequence[str]) -> list[list[float]]:
        """The vectors of some keys, in their order.

        Raises:
            KeyError: one of them has none.
        """
        with self._lock:
            read = b"".join(self._read(self._places[key]) for key in keys)
        found: list[list[float]] = np.frombuffer(read, dtype=self._row).tolist()
        return found

    def _read(self, place: int) -> bytes:
        self._file.seek(place)
        return self._file.read(self._row.itemsize)
