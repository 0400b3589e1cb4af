"""The generations of an index: one writer at a time, the one that serves, and the one before it, which is kept.

Layout under the index folder: `generations/<id>/` each whole in itself, and `current`, which names the one that
serves and the one that is kept, a line each. A crash at any moment leaves `current` as it was. Where the collections
are on a Chroma server, the manifest in the folder of each generation names them.
"""

import logging
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from icarus.chroma_home import OnServer
from icarus.errors import CorpusError, IndexBusyError, IndexMissingError, IndexUnusableError
from icarus.generation import GENERATIONS, POINTER, IndexManifest, collections_of, named_generations, read_manifest
from icarus.settings import ChromaServer
from icarus.store import Store
from icarus_ingest.checking import check

_LOCK, _WRITER = "writer.lock", "writer.pid"
_BUILDING = ".building"
_log = logging.getLogger(__name__)


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Be the one writer of an index folder.

    Raises:
        IndexBusyError: another process is writing.
        CorpusError: the folder cannot be written.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / _LOCK, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise IndexBusyError(
            f"Another process ({_writer(root)}) is writing the index: wait until it is done."
        ) from error
    except OSError as error:
        raise CorpusError(f"The index folder {root} cannot be written: {error.strerror or error}.") from error
    try:
        (root / _WRITER).write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        (root / _WRITER).unlink(missing_ok=True)
        lock.release()


def fresh_folder(root: Path, server: ChromaServer | None = None) -> Path:
    """An empty folder to build a generation in; what crashed builds left behind goes."""
    for folder in (root / GENERATIONS).glob(f"{_BUILDING}*"):
        _drop(folder, server)
    building = root / GENERATIONS / f"{_BUILDING}-{secrets.token_hex(4)}"
    building.mkdir(parents=True)
    return building


def switch_to(root: Path, building: Path, generation: str, server: ChromaServer | None = None) -> None:
    """Make what was built the generation that serves; keep the one before, drop the rest."""
    folder = _free_name(root / GENERATIONS / generation)
    building.rename(folder)
    kept = _serving(root)
    _point(root, [folder, *kept])
    for other in (root / GENERATIONS).iterdir():
        if other not in {folder, *kept}:
            _drop(other, server)


def roll_back(root: Path, server: ChromaServer | None = None) -> IndexManifest:
    """Make the generation that is kept back serve again; the one that served until now is kept in its place.

    Raises:
        IndexMissingError: none is kept.
        IndexUnusableError: the one that is kept cannot be trusted; the other goes on serving.
        IndexBusyError: another process is writing.
        CorpusError: the folder cannot be written.
    """
    with writing(root):
        kept = kept_generation(root)
        if kept is None:
            raise IndexMissingError("There is no earlier generation to go back to.")
        try:
            check(kept, server)
            manifest = read_manifest(kept)
        except IndexUnusableError as error:
            raise IndexUnusableError("The earlier generation cannot be trusted: the present one goes on.") from error
        _point(root, [kept, *_serving(root)])
        return manifest


def kept_generation(root: Path) -> Path | None:
    """The folder of the generation that served before the present one, or None where none is kept."""
    return next((folder for folder in named_generations(root)[1:] if folder.is_dir()), None)


def _drop(folder: Path, server: ChromaServer | None) -> None:
    """Drop a generation, its collections on a server first: as long as they are there, a folder names them.

    Where the server cannot be reached the folder stays, and the next run tries again.
    """
    prefix = collections_of(folder)
    if prefix:
        if server is None:
            return
        try:
            Store.drop(OnServer(server, prefix))
        except IndexUnusableError as error:
            _log.warning("An old generation is not dropped yet: %s", error)
            return
    shutil.rmtree(folder, ignore_errors=True)


def _serving(root: Path) -> list[Path]:
    """The generation that serves, in a list; a damaged pointer names none, and is no hindrance to a new one."""
    try:
        return [folder for folder in named_generations(root)[:1] if folder.is_dir()]
    except IndexUnusableError:
        return []


def _point(root: Path, folders: Sequence[Path]) -> None:
    """Name the generation that serves and the one that is kept, in one write."""
    fresh = root / f"{POINTER}.new"
    fresh.write_text("\n".join(folder.name for folder in folders), encoding="utf-8")
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(root / POINTER)


def _free_name(folder: Path) -> Path:
    number, free = 1, folder
    while free.exists():
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free


def _writer(root: Path) -> str:
    try:
        return f"process {(root / _WRITER).read_text(encoding='utf-8').strip()}"
    except OSError:
        return "its number is not known yet"
