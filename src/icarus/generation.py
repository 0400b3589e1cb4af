"""The generations of an index folder: which one is published, what built it, and where its collections are."""

import json
from pathlib import Path

from pydantic import Field, ValidationError

from icarus.chroma_home import Home, OnServer
from icarus.errors import IndexMissingError, IndexUnusableError
from icarus.records import Document, Record
from icarus.settings import ChromaServer

FORMAT = 6
POINTER = "current"
GENERATIONS = "generations"
MANIFEST = "manifest.json"
CHROMA = "chroma"
LEXICAL = "lexical"
REGISTER = "register.sqlite"
REBUILD = "build it again with `icarus ingest`."


class IndexManifest(Record):
    """What built an index, and what it must hold to be whole."""

    format: int
    generation: str
    built_at: str
    icarus_version: str
    model: str
    model_fingerprint: str
    dimension: int
    max_pieces: int
    versions: dict[str, str]
    documents: tuple[Document, ...]
    pages: int
    passages: int
    tools: int
    corpus_hash: str
    collections: str | None = Field(
        default=None, description="what the names of its collections on a Chroma server begin with; None: not on one"
    )


def home_of(manifest: IndexManifest, folder: Path, server: ChromaServer | None) -> Home:
    """Where the collections of a generation are.

    Raises:
        IndexUnusableError: they are on a Chroma server, and the settings name none.
    """
    if manifest.collections is None:
        return folder / CHROMA
    if server is None:
        raise IndexUnusableError(
            f"The vectors of this index are on a Chroma server: set ICARUS_CHROMA_URL to its address, or {REBUILD}"
        )
    return OnServer(server, manifest.collections)


def current_generation(root: Path) -> Path | None:
    """The folder of the published generation, or None where nothing is published."""
    return next(iter(named_generations(root)), None)


def named_generations(root: Path) -> list[Path]:
    """The folders that the pointer names, a line each: the generation that serves, then the one that is kept back.

    Raises:
        IndexUnusableError: the pointer cannot be read.
    """
    try:
        names = (root / POINTER).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnusableError(f"The index at {root} cannot be read: {REBUILD}") from error
    if not names:
        raise IndexUnusableError(f"The index at {root} is damaged: {REBUILD}")
    return [root / GENERATIONS / Path(name).name for name in names]


def published_generation(root: Path) -> Path:
    """The folder of the published generation.

    Raises:
        IndexMissingError: nothing is published there.
    """
    folder = current_generation(root)
    if folder is None:
        raise IndexMissingError("There is no index yet: build it with `icarus ingest`.")
    return folder


def collections_of(folder: Path) -> str | None:
    """What the names of a generation's collections on a server begin with, of whatever format; None: not on one."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("collections")
    except (OSError, ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None


def read_manifest(folder: Path) -> IndexManifest:
    """What built a generation.

    Raises:
        IndexUnusableError: the manifest is not there or damaged, or of another format.
    """
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content.get("format") != FORMAT:
            raise IndexUnusableError(f"The index is of another format than this version reads: {REBUILD}")
        return IndexManifest.model_validate(content)
    except (OSError, ValueError, AttributeError, ValidationError) as error:
        raise IndexUnusableError(f"The index is damaged: {REBUILD}") from error
