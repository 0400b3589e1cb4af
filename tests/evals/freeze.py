"""Freeze real replies and what the small scorer makes of them: python -m tests.evals.freeze RUN.json SCORER.py

RUN.json is a run of `icarus eval --cases evals/cases/dev.jsonl --out DIR`. Writes golden/replies.jsonl and
golden/score.json, which let everyone test the agreement of figures without the scorer.
"""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

GOLDEN = Path(__file__).parent / "golden"
CASES = Path(__file__).parents[2] / "evals/cases/dev.jsonl"


def load_scorer(path: Path) -> ModuleType:
    """The small scorer as a module, whatever folder it lies in."""
    spec = importlib.util.spec_from_file_location("small_scorer", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scored(scorer: ModuleType, replies: dict[str, Any]) -> list[dict[str, Any]]:
    """What the small scorer finds, a row a case."""
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    rows: list[dict[str, Any]] = scorer.score(cases, replies)
    return rows


def main(run: Path, scorer: Path) -> None:
    """Write both files."""
    replies = [result["reply"] for result in json.loads(run.read_text(encoding="utf-8"))["results"]]
    GOLDEN.mkdir(exist_ok=True)
    lines = "".join(json.dumps(reply, ensure_ascii=False) + "\n" for reply in replies)
    (GOLDEN / "replies.jsonl").write_text(lines, encoding="utf-8")
    rows = scored(load_scorer(scorer), {reply["id"]: reply for reply in replies})
    (GOLDEN / "score.json").write_text(json.dumps(rows, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
