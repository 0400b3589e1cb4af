"""Whether a question is after several tools: by words that no rule knows."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from icarus.asking import LONGEST, WEIGHTS, asks_for_several, tokens

TRAINING = Path(__file__).parents[2] / "ingest" / "training" / "asking.py"


@pytest.fixture(scope="module")
def training() -> ModuleType:
    spec = importlib.util.spec_from_file_location("training_of_asking", TRAINING)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_runs_of_words_know_the_beginning_and_the_marks() -> None:
    assert tokens("Anyone? Ask") == [
        *("^", "anyone", "?", "ask"),
        *("^ anyone", "anyone ?", "? ask"),
        *("^ anyone ?", "anyone ? ask"),
    ]
    assert LONGEST == 3


@pytest.mark.parametrize(
    "question",
    [
        "tower blocks: who did something for the people living in them?",
        "What have Danish towns contributed?",
        "anything for fathers, whatever the topic?",
        "which towns used theatre",
    ],
)
def test_all_that_meet_a_condition(question: str) -> None:
    assert asks_for_several(question) > 0.7


@pytest.mark.parametrize(
    "question",
    [
        "When did the Harbour Lights project start?",
        "Why do cities not evaluate their strategies?",
        "What is meant by urban security?",
        "Who wrote the handbook and in which languages is it available?",
        "",
    ],
)
def test_one_thing_a_reason_or_a_definition(question: str) -> None:
    assert asks_for_several(question) < 0.7


def test_the_weights_are_what_training_yields(training: ModuleType) -> None:
    """The same runs, and weights that differ by rounding at most: another processor adds in another order."""
    made, shipped = json.loads(training.trained()), json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert made["bias"] == pytest.approx(shipped["bias"], abs=0.01)
    runs = made["runs"].keys() | shipped["runs"].keys()
    assert all(abs(made["runs"].get(run, 0.0) - shipped["runs"].get(run, 0.0)) < 0.01 for run in runs)


def test_questions_left_out_are_told_apart(training: ModuleType) -> None:
    assert float(training.checked().split("curve ")[1].split(",")[0]) > 0.92
