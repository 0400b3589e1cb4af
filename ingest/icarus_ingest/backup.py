"""Keep a published generation in one file, and publish it again from there.

The file is a compressed tar archive: first a list of what is in it, with the sum of each file, then the files. What a
file says of itself is believed only as far as it can be checked: an archive holds what its list names and nothing else.
"""

import hashlib
import io
import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import IO

from pydantic import Field, ValidationError

from icarus.errors import CorpusError, IndexUnusableError
from icarus.generation import CHROMA, IndexManifest, published_generation, read_manifest
from icarus.records import Record
from icarus_ingest.checking import check
from icarus_ingest.generations import fresh_folder, switch_to, writing

LIST = "icarus-backup.json"
_LONGEST_LIST = 8 * 1024 * 1024
_GENERATION = r"[0-9a-z]{1,64}"
_BLOCK = 1024 * 1024
_FOREIGN = "is no backup of Icarus, or a damaged one: name a file that `icarus backup` wrote."


class BackupError(CorpusError):
    """A backup cannot be written or read."""


class Kept(Record):
    """One file of a generation."""

    name: str
    size: int = Field(ge=0)
    sha256: str


class Contents(Record):
    """What an archive holds."""

    icarus_backup: int = Field(ge=1, le=1)
    generation: str = Field(pattern=f"^{_GENERATION}$")
    files: tuple[Kept, ...] = Field(min_length=1)


def back_up(root: Path, file: Path) -> IndexManifest:
    """Write the generation that serves to a file, once it has passed the check that it was published by.

    The file appears whole or not at all.

    Raises:
        BackupError: the file is there already, or cannot be written, or the vectors are not in the index folder.
        IndexMissingError: nothing is published.
        IndexUnusableError: what is published cannot be trusted.
        IndexBusyError: the index is being written.
    """
    if file.exists():
        raise BackupError(f"{file} is there already: name another file, or remove it first.")
    folder = published_generation(root)
    with writing(root):
        manifest = read_manifest(folder)
        if not (folder / CHROMA).is_dir():
            raise BackupError(
                "The vectors are on a Chroma server: back up that server, and the index folder beside it."
            )
        copy = fresh_folder(root)
        try:
            # Chroma writes parts of a folder anew when somebody opens it: what is checked is what goes into the file.
            shutil.copytree(folder, copy, dirs_exist_ok=True)
            check(copy)
            _write(copy, manifest.generation, file)
        except OSError as error:
            raise BackupError(f"{file} cannot be written: {error.strerror or error}.") from error
        finally:
            shutil.rmtree(copy, ignore_errors=True)
    return manifest


def restore(root: Path, file: Path, embedding_model: str) -> IndexManifest:
    """Publish the generation that a file holds, once it has passed the check; the one that serves is kept back.

    Raises:
        BackupError: the file cannot be read, or is no backup, or a damaged one.
        IndexUnusableError: what it holds cannot be trusted, or is of another format or embedding model.
        IndexBusyError: the index is being written.
    """
    with writing(root):
        building = fresh_folder(root)
        try:
            contents = _unpack(file, building)
            manifest = read_manifest(building)
            _fits(manifest, contents, embedding_model)
            check(building)
            switch_to(root, building, contents.generation)
        except IndexUnusableError as error:
            raise IndexUnusableError(f"{file} is not restored, and what is published goes on: {error}") from error
        finally:
            shutil.rmtree(building, ignore_errors=True)
    return manifest


def _fits(manifest: IndexManifest, contents: Contents, embedding_model: str) -> None:
    if manifest.model != embedding_model:
        raise IndexUnusableError(
            f"it was built with the embedding model {manifest.model!r}, the settings ask for {embedding_model!r}."
        )
    if manifest.generation != contents.generation:
        raise IndexUnusableError("its list and its manifest name different generations.")


def _write(folder: Path, generation: str, file: Path) -> None:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    contents = Contents(icarus_backup=1, generation=generation, files=tuple(_kept(path, folder) for path in paths))
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as fresh:
        try:
            with tarfile.open(fileobj=fresh, mode="w:gz", format=tarfile.PAX_FORMAT, compresslevel=6) as archive:
                _add(archive, LIST, io.BytesIO(contents.model_dump_json(indent=1).encode()))
                for path, kept in zip(paths, contents.files, strict=True):
                    with path.open("rb") as content:
                        _add(archive, kept.name, content)
            Path(fresh.name).replace(file)
        except BaseException:
            Path(fresh.name).unlink(missing_ok=True)
            raise


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = content.seek(0, io.SEEK_END)
    content.seek(0)
    archive.addfile(entry, content)


def _kept(path: Path, folder: Path) -> Kept:
    with path.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return Kept(name=path.relative_to(folder).as_posix(), size=path.stat().st_size, sha256=digest)


def _unpack(file: Path, folder: Path) -> Contents:
    """Write what an archive holds into an empty folder; nothing outside is touched, nothing but plain files is made."""
    with _opened(file) as archive:
        contents = _contents(archive)
        _has_room(contents, folder)
        expected = {kept.name: kept for kept in contents.files}
        while entry := archive.next():  # iterating would begin with the list again
            if not entry.isreg() or entry.name not in expected:
                raise BackupError(f"{file} {_FOREIGN}")
            _take(archive, entry, expected.pop(entry.name), folder)
        if expected:
            raise BackupError(f"{file} {_FOREIGN}")
        return contents


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    """The archive, read from its beginning to its end; whatever is wrong with it is told in one sentence."""
    try:
        with tarfile.open(file, "r|gz") as archive:
            yield archive
    except (tarfile.TarError, EOFError, ValueError, ValidationError) as error:
        raise BackupError(f"{file} {_FOREIGN}") from error
    except OSError as error:
        reason = f"cannot be read: {error.strerror}." if error.strerror else _FOREIGN
        raise BackupError(f"{file} {reason}") from error


def _contents(archive: tarfile.TarFile) -> Contents:
    """The list, which comes first; every name on it stays below the folder.

    Raises:
        ValueError: there is none, or it is not one of ours.
    """
    entry = archive.next()
    content = archive.extractfile(entry) if entry and entry.isreg() and entry.name == LIST else None
    if entry is None or content is None or entry.size > _LONGEST_LIST:
        raise ValueError("no list")
    contents = Contents.model_validate_json(content.read())
    if not all(_is_below(kept.name) for kept in contents.files):
        raise ValueError("a name leads out of the folder")
    return contents


def _is_below(name: str) -> bool:
    return bool(re.fullmatch(r"[\w.-]+(/[\w.-]+)*", name, re.ASCII)) and not {".", ".."} & {*PurePosixPath(name).parts}


def _has_room(contents: Contents, folder: Path) -> None:
    wanted, free = sum(kept.size for kept in contents.files), shutil.disk_usage(folder).free
    if wanted > free:
        raise BackupError(f"There is no room for the backup: it takes {wanted:,} bytes, and {free:,} are free.")


def _take(archive: tarfile.TarFile, entry: tarfile.TarInfo, kept: Kept, folder: Path) -> None:
    """Write one file, as long as its size and its sum are what the list says.

    Raises:
        ValueError: they are not.
    """
    content = archive.extractfile(entry)
    if content is None or entry.size != kept.size:
        raise ValueError("another size")
    path, digest = folder / kept.name, hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as written:
        while block := content.read(_BLOCK):
            digest.update(block)
            written.write(block)
    if digest.hexdigest() != kept.sha256:
        raise ValueError("another sum")
