"""Build a generation beside the published one, check it, and switch to it in one write."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from icarus.embedding import EmbeddingModel
from icarus.errors import CorpusError, IndexUnusableError
from icarus.index import CHROMA, FORMAT, LEXICAL, MANIFEST, IndexManifest, current_generation, read_manifest
from icarus.records import Document
from icarus.store import ASKED_FOR, PASSAGES, QUESTIONS, SENTENCE, SENTENCES, TOOLS, Store
from icarus.text import content_stems
from icarus_ingest.checking import check
from icarus_ingest.code_version import code_hash
from icarus_ingest.corpus import corpus_hash
from icarus_ingest.generations import fresh_folder, switch_to
from icarus_ingest.understand import Understood
from icarus_ingest.vectors import Vectors

REPORT = "report.json"
_PACKAGES = ("icarus-assistant", "llama-index-core", "chromadb", "sentence-transformers", "torch", "bm25s", "pypdf")


def generation_id(documents: Sequence[Document], model_name: str, model_fingerprint: str) -> str:
    """The id of what would be built: of corpus, model, and the code that builds."""
    parts = [str(FORMAT), code_hash(), model_name, model_fingerprint, corpus_hash(documents)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def published_report(root: Path, generation: str) -> str | None:
    """The report (JSON) of the generation that serves, if it is this very one and whole."""
    try:
        folder = current_generation(root)
        if folder is None or read_manifest(folder).generation != generation:
            return None
        check(folder)
        return (folder / REPORT).read_text(encoding="utf-8")
    except (IndexUnusableError, OSError):
        return None


def known_vectors(root: Path, model: EmbeddingModel) -> dict[str, list[float]]:
    """Vectors of the published generation by the sum of the text they are of, if the same model made them."""
    try:
        folder = current_generation(root)
        if folder is None or read_manifest(folder).model_fingerprint != model.fingerprint:
            return {}
        from icarus_ingest.pipeline import DIGEST

        with closing(Store.open(folder / CHROMA)) as store:
            return store.vectors_by(SENTENCES, DIGEST) | store.vectors_by(QUESTIONS, DIGEST)
    except Exception:  # a damaged store is no help, and no hindrance: everything is encoded anew
        return {}


@dataclass(frozen=True, slots=True)
class Build:
    """What a generation is built from; `report` is kept beside it."""

    generation: str
    understood: Sequence[Understood]
    vectors: Vectors
    report: str


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
    building = fresh_folder(root)
    manifest = _manifest(build)
    _write(building, build)
    (building / REPORT).write_text(build.report, encoding="utf-8")
    (building / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    with build.vectors.stopwatch.measuring("checking"):
        check(building)
    switch_to(root, building, build.generation)
    return manifest


def _write(folder: Path, build: Build) -> None:
    from icarus_ingest.pipeline import is_encoded, run_pipeline

    nodes = run_pipeline(build.understood, build.vectors)
    cards = {c.id for u in build.understood for c in u.cards}
    passages = [n for n in nodes if n.node_id not in cards and not is_encoded(n)]
    with build.vectors.stopwatch.measuring("writing"):
        store = Store.create(folder / CHROMA)
        store.add_nodes(PASSAGES, passages)
        store.add_vectors(SENTENCES, [n for n in nodes if SENTENCE in n.metadata])
        store.add_vectors(QUESTIONS, [n for n in nodes if ASKED_FOR in n.metadata])
        store.add_nodes(TOOLS, [n for n in nodes if n.node_id in cards])
        store.add_pages([p for u in build.understood for p in u.pages])
        store.close()
        _write_lexical(folder / LEXICAL, {n.node_id: f"{n.metadata['context']}\n{n.text}" for n in passages})


def _write_lexical(folder: Path, texts: Mapping[str, str]) -> None:
    import bm25s

    retriever = bm25s.BM25()
    retriever.index([content_stems(text) for text in texts.values()], show_progress=False)
    retriever.save(str(folder))
    (folder / "ids.json").write_text(json.dumps(list(texts)), encoding="utf-8")


def _manifest(build: Build) -> IndexManifest:
    understood, model = build.understood, build.vectors.model
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


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
