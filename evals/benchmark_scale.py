"""How building and asking grow with the corpus, beside exact search, the bare encoder and stock llama-index.

    python evals/benchmark_scale.py [--sizes 100 1000 10000 100000] [--folder FOLDER] [--json FILE]

`python evals/plot_scale.py FILE FOLDER` draws the figures.

The corpus of the settings is taken in again and again, with other words and other vectors: see `enlarged_corpus.py`.
Building and asking run in processes of their own, so that the memory of each is its own; so does stock llama-index over
the same passages (see `benchmark_llama_index.py`). It needs a published index (for the vectors) and about 3 GB of disk
for each 100,000 passages.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from enlarged_corpus import enlarged
from icarus.assistant import Assistant
from icarus.chroma_home import Home
from icarus.embedding import EmbeddingModel
from icarus.generation import home_of
from icarus.index import Index
from icarus.settings import get_settings
from icarus.store import SENTENCES, Store
from icarus_evals.cases import load_cases
from icarus_evals.measure import median_ms, most_memory, timed
from icarus_ingest.corpus import find_sources
from icarus_ingest.engine import LocalEngine
from icarus_ingest.publish import Build, known_vectors, publish
from icarus_ingest.run import understand_all
from icarus_ingest.shelf import Shelf
from icarus_ingest.understand import Understood
from icarus_ingest.vectors import Vectors

CASES = Path(__file__).parent / "cases" / "dev.jsonl"
SIZES = (100, 1_000, 10_000, 100_000)
_ROUNDS = 3
_BLOCK = 200_000  # sentences that are compared at a time
_ROUNDING = 1e-5
_STOCK = Path(__file__).parent / "benchmark_llama_index.py"
_MOST_STOCK = 200_000
_WHY_LEFT_OUT = "a million would take 26 GB and 12 s a question in memory, and half an hour or more to write on Chroma."


def main() -> None:
    """Build and ask at each size, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument(
        "--folder", type=Path, help="where the indexes are kept and found again; a temporary one if not"
    )
    parser.add_argument("--json", type=Path, help="file that the figures are written to")
    parser.add_argument("--step", choices=["build", "ask"], help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        step = {"build": build, "ask": ask}[arguments.step]
        sys.stdout.write(json.dumps(step(arguments.sizes[0], arguments.folder)))
        return
    if not get_settings().index.is_dir():  # torch would answer where no index holds the export
        raise SystemExit("There is no index: run `icarus ingest` first, or name one with ICARUS_INDEX.")
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        figures = [_measured(size, folder / str(size)) for size in arguments.sizes]
    _show(figures)
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def build(size: int, root: Path) -> dict[str, float]:
    """Build an index of so many passages."""
    settings = get_settings()
    model = EmbeddingModel.load(settings.embedding_model)
    model.use_export(settings.index)
    known = known_vectors(settings.index, model, settings.chroma)
    originals = list(understand_all(LocalEngine(model).read_ahead(find_sources([settings.corpus])), model))
    root.mkdir(parents=True, exist_ok=True)
    understood = Shelf(root, enlarged([u for u in originals if isinstance(u, Understood)], size, known))
    vectors = Vectors(model, known)
    started = time.perf_counter()
    publish(root, Build(f"size{size}", understood, vectors, "{}"), settings.chroma)
    spent = {part: round(seconds, 2) for part, seconds in vectors.stopwatch.seconds.items()}
    return {
        "passages": sum(len(u.passages) for u in understood),
        "sentences": sum(len(p.sentences) for u in understood for p in u.passages),
        "build_s": round(time.perf_counter() - started, 1),
        **{f"{part}_s": seconds for part, seconds in spent.items()},
        "build_mb": most_memory(),
        "disk_mb": round(sum(f.stat().st_size for f in root.rglob("*") if f.is_file()) / 1e6),
    }


def ask(_size: int, root: Path) -> dict[str, float]:
    """Open an index and ask it the development cases: new ones, and the same ones again."""
    settings = get_settings()
    model = EmbeddingModel.load(settings.embedding_model, settings.query_threads, settings.index)
    questions = [case.turns[0] for case in load_cases(CASES) if len(case.turns) == 1]
    before = most_memory()
    started = time.perf_counter()
    index = Index.open(root, settings.embedding_model, settings.chroma)
    assistant = Assistant(index, model, settings)
    opened = time.perf_counter() - started
    asked = [timed(lambda q=q: _anew(assistant, q)) for _ in range(1 + _ROUNDS) for q in questions]  # type: ignore[misc]
    memory = most_memory()
    queries = [np.asarray(model.encode_query(q), dtype=np.float32) for q in questions]
    encoder = [timed(lambda q=q: model.encode_query(q)) for q in questions]  # type: ignore[misc]
    words = [timed(lambda q=q: index.lexical(q, 30)) for q in questions]  # type: ignore[misc]
    with closing(index):
        exact = _compared_with_all(index, queries)
    return {
        "open_s": round(opened, 2),
        "new_ask_ms": median_ms(asked[10 : len(questions)]),
        "warm_ask_ms": median_ms(asked[len(questions) :]),
        "warm_ask_p95_ms": round(statistics.quantiles(asked[len(questions) :], n=20)[-1] * 1e3, 1),
        "encoder_ms": median_ms(encoder),
        "words_ms": median_ms(words),
        "memory_mb": memory,
        "of_opening_and_asking_mb": memory - before,
        **_searched(home_of(index.manifest, index.folder, settings.chroma), queries, exact),
    }


def _compared_with_all(index: Index, queries: Sequence[NDArray[np.float32]]) -> "_Exact":
    """The exact search: the questions compared with all sentences."""
    exact = _Exact(queries)
    for document in index.documents:
        for vectors in index.sentence_vectors(index.passage_ids(document=document.id)).values():
            exact.add(vectors.astype(np.float32))
    return exact


def _searched(home: Home, queries: Sequence[NDArray[np.float32]], exact: "_Exact") -> dict[str, float]:
    """The approximate search of sentences against the exact one: how much of its first ten it finds, and how fast."""
    met, near = 0, []
    with closing(Store.open(home)) as store:
        store.nearest(SENTENCES, queries[0].tolist(), 10, {})  # the first has Chroma read the graphs
        for query, tenth in zip(queries, exact.tenth(), strict=True):
            started = time.perf_counter()
            found = store.nearest(SENTENCES, query.tolist(), 10, {})
            near.append(time.perf_counter() - started)
            met += sum(cosine >= tenth - _ROUNDING for _, cosine in found)
    return {
        "recall@10": round(met / (10 * len(queries)), 4),
        "search_ms": median_ms(near),
        "exact_numpy_ms": median_ms(exact.seconds),
    }


class _Exact:
    """How near the ten nearest of all sentences are to each question, by comparing all, a block at a time.

    The vectors of a million passages take 5 GB, beside the 8 GB that Chroma holds.
    """

    def __init__(self, queries: Sequence[NDArray[np.float32]]) -> None:
        self.seconds = [0.0] * len(queries)
        self._queries = queries
        self._best = [np.zeros(0, dtype=np.float32) for _ in queries]
        self._rows: list[NDArray[np.float32]] = []
        self._waiting = 0

    def add(self, vectors: NDArray[np.float32]) -> None:
        self._rows.append(vectors)
        self._waiting += len(vectors)
        if self._waiting >= _BLOCK:
            self._compare()

    def tenth(self) -> list[float]:
        """The cosine of the tenth nearest to each question: what is as near as that is one of the ten."""
        self._compare()
        return [float(best.min()) for best in self._best]

    def _compare(self) -> None:
        if not self._rows:
            return
        matrix = np.concatenate(self._rows)
        for number, query in enumerate(self._queries):
            started = time.perf_counter()
            cosines = matrix @ query
            ten = np.argpartition(-cosines, min(10, len(cosines) - 1))[:10]
            self.seconds[number] += time.perf_counter() - started
            self._best[number] = np.sort(np.concatenate([self._best[number], cosines[ten]]))[-10:]
        self._rows = []
        self._waiting = 0


def _anew(assistant: Assistant, question: str) -> None:
    assistant.forget()
    assistant.ask(question)


def _measured(size: int, root: Path) -> dict[str, float]:
    built = root.with_suffix(".json")
    if not built.is_file():
        built.parent.mkdir(parents=True, exist_ok=True)
        built.write_text(_child(__file__, "--step", "build", *_of(size, root)), encoding="utf-8")
    asked = json.loads(_child(__file__, "--step", "ask", *_of(size, root)))
    return {"size": size, **json.loads(built.read_text(encoding="utf-8")), **asked, **_yardstick(size, root)}


def _yardstick(size: int, root: Path) -> dict[str, float]:
    """Stock llama-index over the same passages; nothing where it would need too long, or too much memory."""
    if size > _MOST_STOCK:
        return {}
    found = {store: json.loads(_child(_STOCK, str(root), "--store", store)) for store in ("memory", "chroma")}
    return {f"stock_{store}_{name}": value for store, of in found.items() for name, value in of.items()}


def _of(size: int, root: Path) -> tuple[str, ...]:
    return ("--sizes", str(size), "--folder", str(root))


def _child(program: str | Path, *arguments: str) -> str:
    return subprocess.run([sys.executable, program, *arguments], stdout=subprocess.PIPE, text=True, check=True).stdout  # noqa: S603


def _show(figures: Sequence[dict[str, float]]) -> None:
    console = Console()
    console.print(_table(figures))
    if any(f["size"] > _MOST_STOCK for f in figures):
        console.print(f"Stock llama-index is left out above {_MOST_STOCK:,} passages: {_WHY_LEFT_OUT}")
    for name in ("warm_ask_ms", "new_ask_ms"):
        first = next((f for f in figures if f["size"] == 1_000), figures[0])
        console.print(
            f"{name} at {figures[-1]['size']:,} / at {first['size']:,}: {figures[-1][name] / first[name]:.2f}"
        )


def _table(figures: Sequence[dict[str, float]]) -> Table:
    """A row for each figure, whichever size has it."""
    table = Table("", *(f"{f['size']:,}" for f in figures))
    for name in dict.fromkeys(name for f in figures for name in f):
        table.add_row(name, *(str(f.get(name, "left out")) for f in figures))
    return table


if __name__ == "__main__":
    main()
