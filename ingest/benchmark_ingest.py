"""How long an index takes, against the bare encoding of the same sentences in the same run.

Run by hand, on a machine that does little else: `python ingest/benchmark_ingest.py [FOLDER]`. It prints the seconds of
the yardstick (sentence-transformers' own `encode`, batches of like length, all cores) and of a first ingest with the
model loaded, and their ratio: by the clock, and of computing, which other programs on the machine disturb less. It
exits 1 where the latter is above 1.25.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from icarus.embedding import EmbeddingModel
from icarus_ingest.corpus import find_sources
from icarus_ingest.publish import Build, generation_id, publish
from icarus_ingest.questions import add_questions
from icarus_ingest.reading import read
from icarus_ingest.understand import Understood, understand
from icarus_ingest.vectors import Vectors

MOST = 1.25
ROUNDS = 3


class Spent(NamedTuple):
    """Seconds by the clock, and seconds of computing by all threads of this process."""

    clock: float
    computing: float


def main(folder: Path) -> int:
    """Measure, print, and give the exit code."""
    console = Console()
    model = EmbeddingModel.load("all-MiniLM-L6-v2")
    model.encode_passages(["The model and its libraries are loaded."])
    understood = _understood(folder, model)
    _publish(understood, model)  # Chroma and llama-index are loaded by the first
    best = Spent(float("inf"), float("inf"))
    for number in range(1, ROUNDS + 1):
        read = _timed(lambda: _understood(folder, model))
        built = _timed(lambda: _publish(understood, model))
        bare = _timed(lambda: _encode(model, _sentences(understood)))
        ratio = Spent(*((r + b) / e for r, b, e in zip(read, built, bare, strict=True)))
        best = Spent(*map(min, best, ratio))
        console.print(
            f"round {number}: encoding {bare.clock:.1f} s, reading {read.clock:.1f} s, building {built.clock:.1f} s: "
            f"ratio {ratio.clock:.2f} by the clock, {ratio.computing:.2f} of computing"
        )
    console.print(f"{len(_sentences(understood))} sentences; best {best.clock:.2f} and {best.computing:.2f}, of {MOST}")
    return int(best.computing > MOST)


def _timed(work: Callable[[], object]) -> Spent:
    clock, computing = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - clock, time.process_time() - computing)


def _understood(folder: Path, model: EmbeddingModel) -> list[Understood]:
    found = []
    for source in find_sources([folder]):
        found.append(understand(read(source), model.count_pieces, model.max_pieces))
        add_questions(found[-1], source)
    return found


def _publish(understood: Sequence[Understood], model: EmbeddingModel) -> None:
    with tempfile.TemporaryDirectory() as root:
        generation = generation_id([u.document for u in understood], model.name, model.fingerprint)
        publish(Path(root), Build(generation, understood, Vectors(model), "{}"))


def _encode(model: EmbeddingModel, sentences: Sequence[str]) -> None:
    model.llama_index_model._model.encode(list(sentences), batch_size=32, normalize_embeddings=True)


def _sentences(understood: Sequence[Understood]) -> list[str]:
    sentences = [s.text for u in understood for p in u.passages for s in p.sentences]
    questions = [text for u in understood for texts in u.questions.values() for text in texts]
    return list(dict.fromkeys([*sentences, *questions]))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path("corpus")))
