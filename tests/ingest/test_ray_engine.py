"""Ingestion on a real Ray of two workers: the same content as in one process, whatever dies on the way."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from rich.console import Console

from icarus.errors import EngineError
from icarus.index import Index
from icarus.settings import Settings
from icarus.store import SENTENCES
from icarus_ingest.corpus import find_sources
from icarus_ingest.engine import LOCALLY, EngineName, Where
from icarus_ingest.ray_engine import RayEngine, Work, started
from icarus_ingest.run import run
from tests.conftest import ROOT, Run
from tests.ingest.pdf_maker import BODY, Words, lines, write_pdf
from tests.ingest.ray_work import SOUND, dying_of, dying_once
from tests.ingest.small_model import SmallModel

pytestmark = pytest.mark.slow
ON_RAY = Where(EngineName.RAY)


class Held(NamedTuple):
    """What an index holds."""

    passages: tuple[Any, ...]
    cards: tuple[Any, ...]
    sentences: list[str]
    vectors: Any


def held(root: Path, model: str = "small") -> Held:
    with closing(Index.open(root, model)) as index:
        rows = index.collection(SENTENCES).get(include=["embeddings"])
        order = sorted(range(len(rows["ids"])), key=rows["ids"].__getitem__)
        vectors = np.asarray(rows["embeddings"])[order]
        return Held(index.all_passages(), index.tools, sorted(rows["ids"]), vectors)


def assert_same(one: Held, other: Held) -> None:
    assert one.passages == other.passages
    assert one.cards == other.cards
    assert one.sentences == other.sentences
    assert np.abs(one.vectors - other.vectors).max() < 1e-6


@pytest.fixture(scope="module")
def two_workers() -> Iterator[None]:
    with started(processors=2):
        yield


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """D2.2 with its catalogue of tools, PDFs and texts of other matters, and a file that nobody can read."""
    folder = tmp_path_factory.mktemp("corpus")
    shutil.copytree(ROOT / "corpus", folder, dirs_exist_ok=True)
    for number in range(4):
        pages = [f"{p}. Part\n\nPage {p} of report {number} is about parks. It says more." for p in range(1, 9)]
        (folder / f"report-{number}.txt").write_text("\n\n\n\n".join(pages), encoding="utf-8")
        heading = Words(70, 740, f"{number}. Harbours", 16.0, bold=True)
        write_pdf(folder / f"paper-{number}.pdf", [[heading, *lines([*BODY, f"This is paper {number}."])]] * 3)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    return folder


def ingested(corpus: Path, root: Path, where: Where = LOCALLY) -> tuple[int, str]:
    console = Console(record=True, width=200, quiet=False, force_terminal=False)
    settings = Settings(corpus=corpus, index=root, embedding_model="small")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("icarus_ingest.run.EmbeddingModel.load", lambda _name: SmallModel())
        failed = run([], settings, console=console, where=where)
    return failed, console.export_text()


@pytest.fixture(scope="module")
def in_one_process(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Held:
    root = tmp_path_factory.mktemp("local") / "index"
    assert ingested(corpus, root)[0] == 1  # the broken one
    return held(root)


@pytest.fixture
def working(two_workers: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[Work], None]:
    """Lets the engine of a run do this work, on the Ray that all tests share."""

    def let(work: Work) -> None:
        @contextmanager
        def engine(*_: object) -> Iterator[RayEngine]:
            yield RayEngine(work)

        monkeypatch.setattr("icarus_ingest.run.engine_at", engine)

    return let


def test_two_workers_give_what_one_process_gives(
    corpus: Path, in_one_process: Held, working: Callable[[Work], None], tmp_path: Path
) -> None:
    working(SOUND)
    failed, shown = ingested(corpus, tmp_path / "index", ON_RAY)
    assert failed == 1
    assert "broken.pdf cannot be read" in shown
    assert len(in_one_process.cards) == 104
    assert_same(held(tmp_path / "index"), in_one_process)


def test_workers_that_are_killed_midway_change_nothing(
    corpus: Path, in_one_process: Held, working: Callable[[Work], None], tmp_path: Path
) -> None:
    working(dying_once(tmp_path))
    assert ingested(corpus, tmp_path / "index", ON_RAY)[0] == 1
    assert {path.name for path in tmp_path.iterdir()} >= {"read", "encoded"}  # each left its note, and died
    assert_same(held(tmp_path / "index"), in_one_process)


def test_a_file_that_kills_whoever_reads_it_is_named_and_the_others_go_in(
    corpus: Path, working: Callable[[Work], None], tmp_path: Path
) -> None:
    working(dying_of("paper-2.pdf", tmp_path))
    failed, shown = ingested(corpus, tmp_path / "index", ON_RAY)
    assert failed == 2
    assert "paper-2.pdf cannot be read: The processes that worked on it ended, 4 one after the other." in shown
    documents = {passage.document for passage in held(tmp_path / "index").passages}
    assert {"paper-1", "paper-3"} <= documents
    assert "paper-2" not in documents


def test_files_are_read_no_further_ahead_than_workers_need(corpus: Path, two_workers: None) -> None:
    taken: list[str] = []
    sources = (taken.append(source.path.name) or source for source in find_sources([corpus]))  # type: ignore[func-returns-value]
    reading = RayEngine(SOUND).read_ahead(sources)
    next(reading)
    assert len(taken) == 5  # two at work, two that wait, and the one that was handed out
    reading.close()  # type: ignore[attr-defined]


def test_it_says_how_far_it_is(two_workers: None) -> None:
    told: list[tuple[int, int]] = []
    vectors = RayEngine(SOUND).encode([f"Text {n}." for n in range(300)], lambda *so_far: told.append(so_far))
    assert len(vectors) == 300
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert len(told) == 3
    assert told[-1] == (300, 300)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="this system does not tell who listens")
def test_it_listens_on_this_machine_alone(two_workers: None) -> None:
    addresses = {address for address, inode in listening() if inode in sockets_of(descendants(os.getpid()))}
    assert addresses
    assert addresses <= {"0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000"}


def listening() -> Iterator[tuple[str, str]]:
    """The address, in hexadecimal, and the inode of each socket that listens."""
    for table in ("tcp", "tcp6"):
        for row in Path(f"/proc/net/{table}").read_text(encoding="utf-8").splitlines()[1:]:
            _, local, _, state, *_, inode = row.split()[:10]
            if state == "0A":
                yield local.partition(":")[0], inode


def descendants(pid: int) -> set[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def sockets_of(pids: set[int]) -> set[str]:
    found = set()
    for pid in pids:
        try:
            links = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
        except OSError:
            continue
        found |= {link[8:-1] for link in links if link.startswith("socket:[")}
    return found


def test_without_ray_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with (
        pytest.raises(EngineError, match=r"Ray is not installed: .* -m pip install 'icarus-assistant\[ray\]'\."),
        started(),
    ):
        pass


@pytest.mark.parametrize("address", ["127.0.0.1:9", "nowhere", "ray://127.0.0.1:9"])
def test_a_cluster_that_does_not_answer_is_named_at_once(address: str) -> None:
    with pytest.raises(EngineError, match=f"No Ray cluster answers at {address}: give HOST:PORT"), started(address):
        pass


def test_the_command_gives_the_same_index(built_index: Path, run_icarus: Run, tmp_path: Path) -> None:
    done = run_icarus("ingest", "--engine", "ray", env={"ICARUS_INDEX": str(tmp_path / "index")}, timeout=600)
    assert (done.returncode, done.stderr) == (0, "")
    assert_same(held(tmp_path / "index", "all-MiniLM-L6-v2"), held(built_index, "all-MiniLM-L6-v2"))


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--engine", "spark"), "--engine is one of local, ray"),
        (("--ray-address", "head:6379"), "--ray-address is for --engine ray"),
    ],
)
def test_wrong_usage_is_told(run_icarus: Run, arguments: tuple[str, ...], told: str) -> None:
    done = run_icarus("ingest", *arguments)
    assert done.returncode == 2
    assert told in " ".join(done.stderr.replace("│", " ").split())
