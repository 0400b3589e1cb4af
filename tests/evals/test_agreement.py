"""Figures of the same name agree with the small scorer that the dev cases came with, to the last digit."""

import json
from pathlib import Path
from typing import Any

import pytest

from icarus.records import Reply
from icarus_evals.runner import Evaluation, score_replies
from tests.evals.freeze import GOLDEN, load_scorer, scored
from tests.evals.mutants import MUTANTS, Mutant, broken

NOT_FIGURES = {"id", "type"}


def compare_rows(rows: list[dict[str, Any]], evaluation: Evaluation, replies: dict[str, Reply]) -> None:
    """Every figure of the scorer is ours, and every figure of ours that it knows is its."""
    ours = {result.case.id: result.figures for result in score_replies(evaluation, replies)}
    known = {name for row in rows for name in row} - NOT_FIGURES
    assert {row["id"] for row in rows} == set(ours)
    for row in rows:
        theirs = {name: value for name, value in row.items() if name not in NOT_FIGURES}
        mine = {name: value for name, value in ours[row["id"]].items() if name in known}
        assert mine == theirs, row["id"]


def test_on_frozen_replies(dev: Evaluation, golden: dict[str, Reply]) -> None:
    rows = json.loads((GOLDEN / "score.json").read_text(encoding="utf-8"))
    assert len(rows) == 110
    compare_rows(rows, dev, golden)


@pytest.mark.parametrize("mutant", [None, *MUTANTS], ids=lambda m: m.name if m else "as they were")
def test_on_frozen_and_broken_replies_with_the_scorer_itself(
    dev: Evaluation, golden: dict[str, Reply], shared_dir: Path, mutant: Mutant | None
) -> None:
    replies = broken(golden, dev, mutant) if mutant else golden
    as_json = {i: json.loads(reply.model_dump_json()) for i, reply in replies.items()}
    compare_rows(scored(load_scorer(shared_dir / "cases/score.py"), as_json), dev, replies)


def test_on_missing_replies_with_the_scorer_itself(dev: Evaluation, golden: dict[str, Reply], shared_dir: Path) -> None:
    some = dict(list(golden.items())[::2])
    as_json = {i: json.loads(reply.model_dump_json()) for i, reply in some.items()}
    compare_rows(scored(load_scorer(shared_dir / "cases/score.py"), as_json), dev, some)
