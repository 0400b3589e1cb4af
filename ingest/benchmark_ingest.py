"""How long `icarus ingest` takes from a cold start, against encoding alone by sentence-transformers, in the same run.

Run by hand, on a machine that does little else: `python ingest/benchmark_ingest.py [FOLDER] [--rounds N]`. Each line is
a process of its own, by the clock from its start to its end: the yardstick (load sentence-transformers, `encode` the
corpus' sentences, all cores), a first ingest (which exports the model), and one that finds the model exported. Where
the whole takes less than 1.25 times the yardstick's encoding, what is not encoding is less than a fifth of that.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from icarus.embedding import BUILT_IN, EmbeddingModel
from icarus_ingest.corpus import find_sources
from icarus_ingest.engine import LocalEngine
from icarus_ingest.run import understand_all
from icarus_ingest.understand import Understood

_YARDSTICK = """
import sys, time
from pathlib import Path
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1], device="cpu")
sentences = Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()
started = time.perf_counter()
model.encode(sentences, batch_size=32, normalize_embeddings=True)
print(time.perf_counter() - started)
"""


class Round(NamedTuple):
    """Seconds by the clock of each process, and of the encoding inside the yardstick's."""

    stock: float
    encoding: float
    first: float
    again: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("corpus"))
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    console = Console()
    model = EmbeddingModel.load(BUILT_IN)
    with tempfile.TemporaryDirectory() as folder:
        sentences = Path(folder) / "sentences.txt"
        sentences.write_text("\n".join(_sentences(arguments.folder, model)), encoding="utf-8")
        rounds = [_round(arguments.folder, model, sentences, Path(folder) / "index") for _ in range(arguments.rounds)]
    for number, one in enumerate(rounds, start=1):
        console.print(
            f"round {number}: sentence-transformers {one.stock:.1f} s, of which encoding {one.encoding:.1f} s; "
            f"first ingest {one.first:.1f} s, with the model exported {one.again:.1f} s"
        )
    for name, ratio in {
        "first ingest / encoding": [r.first / r.encoding for r in rounds],
        "with the model exported / encoding": [r.again / r.encoding for r in rounds],
        "first ingest / sentence-transformers from a cold start": [r.first / r.stock for r in rounds],
    }.items():
        console.print(f"{name}: {statistics.median(ratio):.2f} (median)")


def _round(folder: Path, model: EmbeddingModel, sentences: Path, index: Path) -> Round:
    started = time.perf_counter()
    told = _run([sys.executable, "-c", _YARDSTICK, str(model.folder), str(sentences)], index)
    stock = time.perf_counter() - started
    shutil.rmtree(index, ignore_errors=True)
    first = _ingest(folder, index)
    shutil.rmtree(index / "generations")
    (index / "current").unlink()
    return Round(stock, float(told), first, _ingest(folder, index))


def _ingest(folder: Path, index: Path) -> float:
    started = time.perf_counter()
    _run([sys.executable, "-m", "icarus", "ingest", str(folder)], index)
    return time.perf_counter() - started


def _run(command: list[str], index: Path) -> str:
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "ICARUS_INDEX": str(index)}
    return subprocess.run(  # noqa: S603
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
    ).stdout


def _sentences(folder: Path, model: EmbeddingModel) -> list[str]:
    """Every text that an ingest of a folder encodes, once."""
    understood = [
        u
        for u in understand_all(LocalEngine(model).read_ahead(find_sources([folder])), model)
        if isinstance(u, Understood)
    ]
    sentences = [s.text for u in understood for p in u.passages for s in p.sentences]
    questions = [text for u in understood for texts in u.questions.values() for text in texts]
    return [" ".join(text.split()) for text in dict.fromkeys([*sentences, *questions])]


if __name__ == "__main__":
    main()
