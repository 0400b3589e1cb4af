"""From the start of the process to the answer on the screen: `icarus ask`, against stock llama-index.

    python evals/benchmark_cold.py [--question TEXT] [--rounds N]

The yardstick loads an index that llama-index built of the same pages and stored as its users do, opens the same
embedding model and prints what it retrieves; no language model. Both start cold, in turn, in processes of their own;
resident memory is each process's peak. The ratio is what to quote; it exits 1 above a quarter.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from icarus.embedding import EmbeddingModel
from icarus.index import Index
from icarus.settings import get_settings

MOST = 0.25
QUESTION = "How does Vienna deal with conflicts in public spaces?"
_OPEN = """
import sys
from llama_index.core import Document, StorageContext, VectorStoreIndex, load_index_from_storage
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from pathlib import Path
pages, stored, model, question = sys.argv[1:]
embedding = HuggingFaceEmbedding(model_name=model, device="cpu")
"""
_BUILD = (
    _OPEN
    + """
documents = [Document(text=text) for text in Path(pages).read_text(encoding="utf-8").split("\\f")]
VectorStoreIndex.from_documents(documents, embed_model=embedding).storage_context.persist(stored)
"""
)
_ASK = (
    _OPEN
    + """
index = load_index_from_storage(StorageContext.from_defaults(persist_dir=stored), embed_model=embedding)
for found in index.as_retriever(similarity_top_k=5).retrieve(question):
    print(found.score, found.node.get_content())
"""
)


class Spent(NamedTuple):
    """Seconds by the clock, and peak resident memory in MB."""

    seconds: float
    memory: float


def main() -> int:
    """Measure, print, and give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    settings = get_settings()
    index = Index.open(settings.index, settings.embedding_model, settings.chroma)
    ours = [sys.executable, "-m", "icarus", "ask", arguments.question]
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages.txt"
        pages.write_text("\f".join(passage.text for passage in index.all_passages()), encoding="utf-8")
        model = str(EmbeddingModel.load(settings.embedding_model).folder)
        given = [str(pages), str(Path(folder) / "stock"), model, arguments.question]
        _run([sys.executable, "-c", _BUILD, *given])
        rounds = [(_run(ours), _run([sys.executable, "-c", _ASK, *given])) for _ in range(arguments.rounds)]
    console = Console()
    for name, spent in {"icarus ask": [r[0] for r in rounds], "llama-index": [r[1] for r in rounds]}.items():
        seconds, memory = (statistics.median(values) for values in zip(*spent, strict=True))
        console.print(f"{name}: {seconds:.1f} s, {memory:.0f} MB (medians of {len(spent)})")
    ratio = statistics.median(one.seconds / other.seconds for one, other in rounds)
    console.print(f"icarus ask / llama-index: {ratio:.2f}, of {MOST}")
    return int(ratio > MOST)


def _run(command: list[str]) -> Spent:
    started = time.perf_counter()
    with subprocess.Popen(  # noqa: S603
        command, env=os.environ | {"HF_HUB_OFFLINE": "1"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[1:3]} ended with {process.returncode}.")
    return Spent(time.perf_counter() - started, _megabytes(used))


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


if __name__ == "__main__":
    sys.exit(main())
