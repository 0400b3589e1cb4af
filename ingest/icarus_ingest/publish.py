"""Build a generation beside the published one, and switch to it in one write.

Layout under the index folder: `generations/<id>/` each whole in itself, and `current`, which names the one that
serves. A crash at any moment leaves `current` as it was.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from filelock import FileLock, Timeout

from icarus.embedding import EmbeddingModel, Progress
from icarus.errors import CorpusError, IndexBusyError, IndexUnusableError
from icarus.index import (
    CHROMA,
    FORMAT,
    GENERATIONS,
    LEXICAL,
    MANIFEST,
    POINTER,
    Index,
    IndexManifest,
    current_generation,
    read_manifest,
)
from icarus.records import Document
from icarus.store import ASKED_FOR, PASSAGES, QUESTIONS, SENTENCE, SENTENCES, TOOLS, Store
from icarus.text import content_stems
from icarus_ingest.corpus import corpus_hash
from icarus_ingest.understand import Understood

REPORT = "report.json"
_LOCK, _WRITER = "writer.lock", "writer.pid"
_BUILDING = ".building"
_SAMPLE = 20
_ITSELF = 0.999  # cosine of a sentence with itself, but for rounding
_PACKAGES = ("icarus-assistant", "llama-index-core", "chromadb", "sentence-transformers", "torch", "bm25s", "pypdf")


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


def generation_id(documents: Sequence[Document], model_name: str, model_fingerprint: str) -> str:
    """The id of what would be built: of corpus, model, and the code that builds."""
    parts = [str(FORMAT), _code_hash(), model_name, model_fingerprint, corpus_hash(documents)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def published_report(root: Path, generation: str) -> str | None:
    """The report (JSON) of the generation that serves, if it is this very one and whole."""
    try:
        folder = current_generation(root)
        if folder is None or read_manifest(folder).generation != generation:
            return None
        _verify(folder)
        return (folder / REPORT).read_text(encoding="utf-8")
    except (IndexUnusableError, OSError):
        return None


def known_vectors(root: Path, model: EmbeddingModel) -> dict[str, list[float]]:
    """Vectors of the published generation by the sum of the text they are of, if the same model made them."""
    from icarus_ingest.pipeline import DIGEST

    try:
        folder = current_generation(root)
        if folder is None or read_manifest(folder).model_fingerprint != model.fingerprint:
            return {}
        with closing(Store.open(folder / CHROMA)) as store:
            return store.vectors_by(SENTENCES, DIGEST) | store.vectors_by(QUESTIONS, DIGEST)
    except Exception:  # a damaged store is no help, and no hindrance: everything is encoded anew
        return {}


@dataclass(frozen=True, slots=True)
class Build:
    """What a generation is built from; `report` is kept beside it, `progress` is told of the encoding."""

    generation: str
    understood: Sequence[Understood]
    model: EmbeddingModel
    report: str
    progress: Progress | None = None


def publish(root: Path, build: Build) -> IndexManifest:
    """Build a generation, check it, and make it the one that serves; the one before it is kept.

    Raises:
        CorpusError: the folder cannot be written.
        IndexUnusableError: the new generation fails its check; the one before still serves.
    """
    try:
        return _publish(root, build)
    except OSError as error:
        raise CorpusError(f"The index folder {root} cannot be written: {error.strerror or error}.") from error


def _publish(root: Path, build: Build) -> IndexManifest:
    building = root / GENERATIONS / f"{_BUILDING}-{os.getpid()}"
    _sweep(root)
    building.mkdir(parents=True)
    manifest = _manifest(build)
    _write(building, build, known_vectors(root, build.model))
    (building / REPORT).write_text(build.report, encoding="utf-8")
    (building / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    _verify(building)
    folder = _free_name(root / GENERATIONS / build.generation)
    building.rename(folder)
    _point(root, folder.name)
    return manifest


def _write(folder: Path, build: Build, known: Mapping[str, list[float]]) -> None:
    from icarus_ingest.pipeline import is_encoded, run_pipeline

    nodes = run_pipeline(build.understood, build.model, known, build.progress)
    cards = {c.id for u in build.understood for c in u.cards}
    passages = [n for n in nodes if n.node_id not in cards and not is_encoded(n)]
    store = Store.create(folder / CHROMA)
    store.add_nodes(PASSAGES, passages)
    store.add_vectors(SENTENCES, [n for n in nodes if SENTENCE in n.metadata])
    store.add_vectors(QUESTIONS, [n for n in nodes if ASKED_FOR in n.metadata])
    store.add_nodes(TOOLS, [n for n in nodes if n.node_id in cards])
    store.add_pages([p for u in build.understood for p in u.pages])
    store.close()
    _write_lexical(folder / LEXICAL, {n.node_id: f"{n.metadata['context']}\n{n.text}" for n in passages})


def _verify(folder: Path) -> None:
    """Check a generation: counts, words and vectors agree, and sentences are found by their own vectors.

    Raises:
        IndexUnusableError: it cannot be trusted.
    """
    with closing(Index(read_manifest(folder), folder)) as index:
        passages = index.all_passages()
        sample = [p.id for p in passages[:: max(1, len(passages) // _SAMPLE)]]
        first = [vectors[0] for vectors in index.sentence_vectors(sample).values()]
        found = [index.nearest_sentences(vector, 1) for vector in first]
        if index.lexical_index.ids != [p.id for p in passages] or any(not f or f[0][1] < _ITSELF for f in found):
            raise IndexUnusableError("The index fails its check: its parts do not agree.")


def _write_lexical(folder: Path, texts: Mapping[str, str]) -> None:
    import bm25s

    retriever = bm25s.BM25()
    retriever.index([content_stems(text) for text in texts.values()], show_progress=False)
    retriever.save(str(folder))
    (folder / "ids.json").write_text(json.dumps(list(texts)), encoding="utf-8")


def _manifest(build: Build) -> IndexManifest:
    understood, model = build.understood, build.model
    documents = tuple(u.document for u in understood)
    return IndexManifest(
        format=FORMAT,
        generation=build.generation,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        icarus_version=_version(_PACKAGES[0]),
        model=model.name,
        model_fingerprint=model.fingerprint,
        dimension=model.dimension,
        max_pieces=model.max_pieces,
        versions={name: _version(name) for name in _PACKAGES},
        documents=documents,
        pages=sum(len(u.pages) for u in understood),
        passages=sum(len(u.passages) for u in understood),
        tools=sum(len(u.cards) for u in understood),
        corpus_hash=corpus_hash(documents),
    )


def _point(root: Path, name: str) -> None:
    """Name the generation that serves, in one write; keep it and the one before, drop the rest."""
    before = current_generation(root)
    fresh = root / f"{POINTER}.new"
    fresh.write_text(name, encoding="utf-8")
    with fresh.open("rb") as file:
        os.fsync(file.fileno())
    fresh.replace(root / POINTER)
    kept = {name, before.name if before else name}
    for folder in (root / GENERATIONS).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(root: Path) -> None:
    """Remove what crashed builds left behind."""
    for folder in (root / GENERATIONS).glob(f"{_BUILDING}*"):
        shutil.rmtree(folder, ignore_errors=True)


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


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _code_hash() -> str:
    """The sum of the code that builds, so that a changed program rebuilds."""
    import icarus

    folders = [Path(__file__).parent, Path(icarus.__file__).parent]
    names = {
        "records.py",
        "taxonomy.py",
        "text.py",
        "store.py",
        "index.py",
        "embedding.py",
        "places.py",
        "data/places.toml",
    }
    files = [*sorted(folders[0].glob("*.py")), *sorted(folders[0].glob("*.toml"))]
    files += [folders[1] / n for n in sorted(names)]
    return hashlib.sha256(b"\0".join(p.read_bytes() for p in files)).hexdigest()
