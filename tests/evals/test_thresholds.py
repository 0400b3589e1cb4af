"""What a run must reach."""

from pathlib import Path

import pytest

from icarus_evals.errors import EvalError
from icarus_evals.thresholds import failures, load_thresholds
from tests.conftest import ROOT
from tests.evals.builders import case, citation, reply
from tests.evals.runs import small_run

RUN = small_run(
    "new",
    (case(key_facts=[["40"], ["Bari"]]),),
    {"c": reply("It helped 40 families. [1]", citation(1, "It helped 40 families."))},
)


def bounds(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "thresholds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_outside_its_bound_is_said_in_words(tmp_path: Path) -> None:
    path = bounds(
        tmp_path,
        "[all]\nevidence = {min = 1.0}\nfacts = {min = 0.75}\nwords = {max = 3}\n"
        '["type=lookup"]\nfacts = {min = 0.5, max = 0.5}\n',
    )
    assert [f.sentence for f in failures(RUN, load_thresholds(path))] == [
        "facts of all is 0.5000, and must be at least 0.75",
        "words of all is 5.0000, and must be at most 3.0",
    ]


def test_what_a_run_does_not_have_is_passed_over(tmp_path: Path) -> None:
    path = bounds(tmp_path, '["type=list"]\nexact = {min = 1}\n["cases=other"]\nevidence = {min = 1}\n')
    assert failures(RUN, load_thresholds(path)) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[all]\nevidense = {min = 1}\n", "figures that there are not: evidense"),
        ("[all]\nevidence = {most = 1}\n", "breaks the format"),
        ("[all\n", "breaks the format"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(EvalError, match=said):
        load_thresholds(bounds(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvalError, match="cannot be read from"):
        load_thresholds(tmp_path / "none.toml")


def test_the_projects_own_thresholds_can_be_read() -> None:
    assert load_thresholds(ROOT / "evals/thresholds.toml")["all"]["verbatim"].min == 1.0
