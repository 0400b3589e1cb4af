"""Kill -9 in the middle of a re-ingest: the index answers as before or as after, and verifies."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from icarus.index import Index
from icarus.settings import Settings
from icarus.verification import problems
from icarus_ingest.run import run
from tests.conftest import ROOT
from tests.ingest.small_model import SmallModel

ROUNDS = 50
VERSIONS = ("harbours", "parks")

# Loads everything first and waits for a word, so that the moments of killing fall into the run and not into imports.
CHILD = """
import sys
from rich.console import Console
import chromadb, bm25s, llama_index.core.ingestion
from icarus.settings import Settings
from icarus_ingest import pipeline, run as running
from tests.ingest.small_model import SmallModel
running.EmbeddingModel.load = lambda name: SmallModel()
print("ready", flush=True)
sys.stdin.readline()
running.run([], Settings(), console=Console(quiet=True))
"""


def write_corpus(corpus: Path, subject: str) -> None:
    for number in range(4):
        pages = [f"{p}. Part\n\nPage {p} of report {number} is about {subject}. It says more." for p in range(1, 30)]
        (corpus / f"report-{number}.txt").write_text("\n\n\n\n".join(pages), encoding="utf-8")


def killed_after(seconds: float, settings: Settings) -> bool:
    """Run ingestion in a process of its own and kill it after some seconds; whether it was still running."""
    env = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "ICARUS_CORPUS": str(settings.corpus),
        "ICARUS_INDEX": str(settings.index),
        "ICARUS_EMBEDDING_MODEL": "small",
    }
    command = [sys.executable, "-c", CHILD]
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout and child.stdin
        assert child.stdout.readline() == "ready\n"
        child.stdin.write("go\n")
        child.stdin.flush()
        time.sleep(seconds)
        running = child.poll() is None
        child.send_signal(signal.SIGKILL)
    return running


def subject(settings: Settings) -> str:
    """What the published index is about, all of it; it opens and verifies."""
    with closing(Index.open(settings.index, "small")) as index:
        assert list(problems(index)) == []
        texts = json.dumps([p.text for p in index.all_passages()])
    (found,) = [v for v in VERSIONS if v in texts]
    return found


@pytest.mark.slow
def test_fifty_kills_leave_the_index_as_before_or_as_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("icarus_ingest.run.EmbeddingModel.load", lambda _name: SmallModel())
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", embedding_model="small")
    settings.corpus.mkdir()
    write_corpus(settings.corpus, VERSIONS[0])
    run([], settings)
    started = time.monotonic()
    write_corpus(settings.corpus, VERSIONS[1])
    run([], settings)
    whole = time.monotonic() - started
    moments = random.Random(5)
    before, interrupted = VERSIONS[1], 0
    for _ in range(ROUNDS):
        after = VERSIONS[1 - VERSIONS.index(before)]
        write_corpus(settings.corpus, after)
        interrupted += killed_after(moments.uniform(0, 1.2 * whole), settings)
        now = subject(settings)
        assert now in {before, after}
        before = now
    assert interrupted >= ROUNDS // 2
    write_corpus(settings.corpus, VERSIONS[1 - VERSIONS.index(before)])
    run([], settings)
    assert subject(settings) != before
    assert len(list((settings.index / "generations").iterdir())) == 2
