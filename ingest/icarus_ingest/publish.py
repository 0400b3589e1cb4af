"""Build a generation beside the published one, check it, and switch to it in one write."""

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np

from icarus.embedding import EmbeddingModel
from icarus.errors import CorpusError, IndexUnusableError
from icarus.generation import (
    FORMAT,
    LEXICAL,
    MANIFEST,
    REGISTER,
    IndexManifest,
    current_generation,
    home_of,
    read_manifest,
)
from icarus.records import Document, Passage
from icarus.register import write_register
from icarus.settings import ChromaServer
from icarus.store import PASSAGES, QUESTIONS, SENTENCES, TOOLS, Store
from icarus.text import content_stems
from icarus_ingest.checking import check
from icarus_ingest.code_version import code_hash
from icarus_ingest.context import context_of
from icarus_ingest.corpus import corpus_hash
from icarus_ingest.generations import fresh_folder, switch_to
from icarus_ingest.understand import Understood
from icarus_ingest.vector_file import VectorFile
from icarus_ingest.vectors import Vectors, digest_of

REPORT = "report.json"
_PACKAGES = ("icarus-assistant", "llama-index-core", "chromadb", "sentence-transformers", "torch", "bm25s", "pypdf")


def generation_id(documents: Sequence[Document], model_name: str, model_fingerprint: str) -> str:
    """The id of what would be built: of corpus, model, and the code that builds."""
    parts = [str(FORMAT), code_hash(), model_name, model_fingerprint, corpus_hash(documents)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def published_report(root: Path, generation: str, server: ChromaServer | None = None) -> str | None:
    """The report (JSON) of the generation that serves, if it is this very one, whole, and where it should be."""
    try:
        folder = current_generation(root)
        if folder is None:
            return None
        manifest = read_manifest(folder)
        if manifest.generation != generation or bool(manifest.collections) != bool(server):
            return None
        check(folder, server)
        return (folder / REPORT).read_text(encoding="utf-8")
    except (IndexUnusableError, OSError):
        return None


def known_vectors(root: Path, model: EmbeddingModel, server: ChromaServer | None = None) -> VectorFile:
    """Vectors of the published generation by the sum of the text they are of, if the same model made them."""
    known = VectorFile(model.dimension, root if root.is_dir() else None)
    try:
        folder = current_generation(root)
        if folder is None:
            return known
        manifest = read_manifest(folder)
        if manifest.model_fingerprint == model.fingerprint:
            with closing(Store.open(home_of(manifest, folder, server))) as store:
                for passage, vectors in store.passages_and_vectors():
                    known.put((digest_of(s.text) for s in passage.sentences), vectors)
                questions = list(store.questions())
                known.put((q.digest for q in questions), np.asarray([q.vector for q in questions], dtype=np.float32))
    except Exception:  # a damaged store is no help, and no hindrance: what is not known is encoded anew
        return known
    return known


@dataclass(frozen=True, slots=True)
class Build:
    """What a generation is built from, document by document, several times over; `report` is kept beside it."""

    generation: str
    understood: Collection[Understood]
    vectors: Vectors
    report: str


def publish(root: Path, build: Build, server: ChromaServer | None = None) -> IndexManifest:
    """Build a generation, check it, and make it the one that serves; the one before it is kept.

    Args:
        root: the index folder.
        build: what it is built from.
        server: a Chroma server for its collections; without one they are in its folder.

    Raises:
        CorpusError: the folder cannot be written.
        IndexUnusableError: the new generation fails its check, or the server; the one before still serves.
    """
    try:
        return _publish(root, build, server)
    except OSError as error:
        raise CorpusError(f"The index folder {root} cannot be written: {error.strerror or error}.") from error


def _publish(root: Path, build: Build, server: ChromaServer | None) -> IndexManifest:
    building = fresh_folder(root, server)
    # A name of its own: another index folder may have built the same generation on the same server.
    prefix = f"icarus-{build.generation}-{secrets.token_hex(4)}" if server else None
    manifest = _manifest(build, prefix)
    (building / MANIFEST).write_text(
        manifest.model_dump_json(indent=1), encoding="utf-8"
    )  # names what may need dropping
    (building / REPORT).write_text(build.report, encoding="utf-8")
    with build.vectors.stopwatch.measuring("writing"):
        home = home_of(manifest, building, server)
        with closing(Store.create(home, manifest.passages)) as store:
            _write(store, build)
            store.finish()
        with closing(Store.open(home)) as store:
            for collection in (PASSAGES, SENTENCES):
                store.nearest(collection, [1.0] * manifest.dimension, 1, {})  # or the first question would wait
        write_register(building / REGISTER, _passages(build))
        _write_lexical(building / LEXICAL, _passages(build))
    with build.vectors.stopwatch.measuring("checking"):
        check(building, server)
    switch_to(root, building, build.generation, server)
    return manifest


def _write(store: Store, build: Build) -> None:
    """Write the collections a document at a time, the sentences of one while the nodes of the next are made.

    The vectors of all documents would take ten times the memory of their words.
    """
    from icarus_ingest.pipeline import run_pipeline

    passages = cards = 0
    with ThreadPoolExecutor(1) as beside:
        writing: Future[None] | None = None
        for understood in build.understood:
            nodes = run_pipeline(understood, build.vectors, passages, cards)
            if writing:
                writing.result()
            writing = beside.submit(store.add_vectors, SENTENCES, nodes.sentences)
            store.add_nodes(PASSAGES, nodes.passages)
            store.add_vectors(QUESTIONS, nodes.questions)
            store.add_nodes(TOOLS, nodes.cards)
            store.add_pages(understood.pages)
            passages, cards = passages + len(understood.passages), cards + len(understood.cards)
        if writing:
            writing.result()


def _passages(build: Build) -> Iterator[Passage]:
    return (passage for understood in build.understood for passage in understood.passages)


def _write_lexical(folder: Path, passages: Iterable[Passage]) -> None:
    """Write the words of passages; they are held as numbers, each word once."""
    import bm25s

    numbers: dict[str, int] = {}
    held: dict[str, list[int]] = {}
    for passage in passages:
        stems = content_stems(f"{context_of(passage)}\n{passage.text}")
        held[passage.id] = [numbers.setdefault(stem, len(numbers)) for stem in stems]
    retriever = bm25s.BM25()
    retriever.index((list(held.values()), numbers), show_progress=False)
    retriever.save(str(folder))
    (folder / "ids.json").write_text(json.dumps(list(held)), encoding="utf-8")


def _manifest(build: Build, collections: str | None) -> IndexManifest:
    model = build.vectors.model
    counts = [(u.document, len(u.pages), len(u.passages), len(u.cards)) for u in build.understood]
    documents = tuple(document for document, *_ in counts)
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
        pages=sum(pages for _, pages, *_ in counts),
        passages=sum(passages for *_, passages, _ in counts),
        tools=sum(tools for *_, tools in counts),
        corpus_hash=corpus_hash(documents),
        collections=collections,
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
