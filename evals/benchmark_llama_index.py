"""What stock llama-index takes to search the passages of an index: the yardstick of `benchmark_scale.py`.

    python evals/benchmark_llama_index.py INDEX [--store memory|chroma]

As its users do: a `VectorStoreIndex` over the texts and vectors of the passages, in its own memory or on a Chroma
folder, the embedding model through sentence-transformers, and a retriever of the ten nearest. The passages are taken
out of the index once, and a Chroma folder is built once, each in a process of its own, beside the index folder.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from icarus.embedding import EmbeddingModel
from icarus.index import Index
from icarus.settings import get_settings
from icarus_evals.cases import load_cases
from icarus_evals.measure import median_ms, most_memory, timed

if TYPE_CHECKING:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

CASES = Path(__file__).parent / "cases" / "dev.jsonl"
K = 10
_AT_ONCE = 1_000
_PATIENCE = 40.0  # seconds of asking, after which a slow store has shown enough
_FEWEST = 10

Figures = dict[str, float]


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="folder of an index, as benchmark_scale.py builds them")
    parser.add_argument("--store", choices=["memory", "chroma"], default="memory")
    parser.add_argument("--step", choices=["take", "build", "ask"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    steps = {"take": take, "build": build_on_chroma, "ask": in_memory if arguments.store == "memory" else on_chroma}
    step = steps[arguments.step] if arguments.step else lambda root: measured(root, arguments.store)
    sys.stdout.write(json.dumps(step(arguments.index)))


def measured(root: Path, store: str) -> Figures:
    """Make what is not there yet, and ask."""
    if not _taken(root).is_file():
        _child("take", root, store)
    built = {}
    if store == "chroma":
        figures = root.with_suffix(".chroma.json")
        if not figures.is_file():
            figures.write_text(_child("build", root, store), encoding="utf-8")
        built = json.loads(figures.read_text(encoding="utf-8"))
    return {**built, **json.loads(_child("ask", root, store))}


def take(root: Path) -> Figures:
    """Write the texts and vectors of all passages beside the index."""
    settings = get_settings()
    passages = Index.open(root, settings.embedding_model, settings.chroma).collection()
    starts = range(0, passages.count(), _AT_ONCE)
    rows = [passages.get(limit=_AT_ONCE, offset=i, include=["documents", "embeddings"]) for i in starts]
    texts = [text for row in rows for text in row["documents"] or []]
    vectors = np.concatenate([np.asarray(row["embeddings"], dtype=np.float32) for row in rows])
    np.save(_vectors(root), vectors)
    _taken(root).write_text(json.dumps(texts), encoding="utf-8")
    return {"passages": len(texts)}


def in_memory(root: Path) -> Figures:
    """Build an index in memory, which is also how it is opened, and ask it."""
    from llama_index.core import VectorStoreIndex

    model = _model()
    before = most_memory()
    nodes = list(_nodes(root))
    started = time.perf_counter()
    index = VectorStoreIndex(nodes, embed_model=model.llama_index_model)
    return {"build_s": round(time.perf_counter() - started, 2), **_asked(index, model, before)}


def build_on_chroma(root: Path) -> Figures:
    """Build an index in a Chroma folder beside the index."""
    from llama_index.core import StorageContext, VectorStoreIndex

    shutil.rmtree(root.with_suffix(".chroma"), ignore_errors=True)  # what a run that was stopped left
    nodes = list(_nodes(root))
    storage = StorageContext.from_defaults(vector_store=_chroma(root))
    model = _model().llama_index_model
    seconds = timed(lambda: VectorStoreIndex(nodes, storage_context=storage, embed_model=model))
    return {"build_s": round(seconds, 2)}


def on_chroma(root: Path) -> Figures:
    """Open the Chroma folder, and ask it."""
    from llama_index.core import VectorStoreIndex

    model = _model()
    before = most_memory()
    return _asked(VectorStoreIndex.from_vector_store(_chroma(root), model.llama_index_model), model, before)


def _asked(index: "VectorStoreIndex", model: EmbeddingModel, before: int) -> Figures:
    """The times of warm questions, whole and with their vectors given, and memory, of which `before` is no index."""
    from llama_index.core.schema import QueryBundle

    retriever = index.as_retriever(similarity_top_k=K)
    questions = [case.turns[0] for case in load_cases(CASES) if len(case.turns) == 1]
    retriever.retrieve(questions[0])
    whole = list(_for_a_while([partial(retriever.retrieve, question) for question in questions]))
    encoded = [QueryBundle(question, embedding=model.encode_query(question)) for question in questions]
    search = list(_for_a_while([partial(retriever.retrieve, bundle) for bundle in encoded]))
    memory = most_memory()
    return {
        "ask_ms": median_ms(whole),
        "search_ms": median_ms(search),
        "memory_mb": memory,
        "of_index_mb": memory - before,
    }


def _for_a_while(calls: Sequence[Callable[[], object]]) -> Iterator[float]:
    begun = time.perf_counter()
    for number, call in enumerate(calls):
        if number >= _FEWEST and time.perf_counter() - begun > _PATIENCE:
            return
        yield timed(call)


def _model() -> EmbeddingModel:
    """The model through sentence-transformers, as warm and on as many threads as Icarus has for a question."""
    import torch

    settings = get_settings()
    model = EmbeddingModel.load(settings.embedding_model, settings.query_threads)
    model.encode_query("warm")
    torch.set_num_threads(settings.query_threads)
    return model


def _nodes(root: Path) -> "Iterator[TextNode]":
    from llama_index.core.schema import TextNode

    texts = json.loads(_taken(root).read_text(encoding="utf-8"))
    for number, (text, vector) in enumerate(zip(texts, np.load(_vectors(root)), strict=True)):
        yield TextNode(id_=str(number), text=text, embedding=vector.tolist())


def _chroma(root: Path) -> "ChromaVectorStore":
    import chromadb
    from chromadb.config import Settings
    from llama_index.vector_stores.chroma import ChromaVectorStore

    client = chromadb.PersistentClient(str(root.with_suffix(".chroma")), Settings(anonymized_telemetry=False))
    collection = client.get_or_create_collection("stock", metadata={"hnsw:space": "cosine"}, embedding_function=None)
    return ChromaVectorStore(chroma_collection=collection)


def _taken(root: Path) -> Path:
    return root.with_suffix(".texts.json")


def _vectors(root: Path) -> Path:
    return root.with_suffix(".npy")


def _child(step: str, root: Path, store: str) -> str:
    command = [sys.executable, __file__, str(root), "--store", store, "--step", step]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603


if __name__ == "__main__":
    main()
