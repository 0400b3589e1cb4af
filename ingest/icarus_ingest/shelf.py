"""What was understood of the documents of a run, kept in a file: a corpus may be larger than the memory."""

import pickle
from collections.abc import Collection, Iterable, Iterator
from os import SEEK_END
from pathlib import Path
from tempfile import TemporaryFile
from weakref import finalize

from icarus_ingest.understand import Understood


class Shelf(Collection[Understood]):
    """Documents in the order in which they were put in, one in memory at a time, gone when nobody holds the shelf.

    Raises:
        OSError: the folder cannot be written, or is full.
    """

    def __init__(self, folder: Path | None = None, documents: Iterable[Understood] = ()) -> None:
        """A shelf whose file is in a folder (that of the system for what passes, where none is given)."""
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115  it lives as long as the shelf
        finalize(self, self._file.close)
        self._places: dict[str, int] = {}
        for document in documents:
            self.put(document)

    def put(self, understood: Understood) -> None:
        """Add a document."""
        self._places[understood.document.id] = self._file.seek(0, SEEK_END)
        pickle.dump(understood, self._file)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._places)

    def __contains__(self, document: object) -> bool:
        """Whether there is a document of that id."""
        return document in self._places

    def __iter__(self) -> Iterator[Understood]:
        """The documents, each read when it is its turn."""
        for place in self._places.values():
            self._file.seek(place)
            yield pickle.load(self._file)  # noqa: S301  what this process has written, where no other can
