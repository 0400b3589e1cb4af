"""`icarus eval` as a user calls it."""

import json
from pathlib import Path

import pytest
from rich.console import Console

from icarus.settings import Settings
from icarus_evals.carry_out import carry_out, write
from icarus_evals.cases import dump_cases, load_cases
from icarus_evals.plan import Plan
from icarus_evals.run_record import read_run
from tests.conftest import ROOT, Run
from tests.evals.freeze import CASES

SMOKE = ("a-001", "a-005", "a-032", "a-037", "a-047", "a-051", "a-063", "a-085", "a-089", "a-099", "a-105", "a-107")
"""A case of nearly every type; small, so that every change is measured. The whole is `icarus eval`."""


@pytest.fixture(scope="module")
def smoke_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases = {case.id: case for case in load_cases(CASES)}
    path = tmp_path_factory.mktemp("cases") / "smoke.jsonl"
    path.write_text(dump_cases(tuple(cases[i] for i in SMOKE)), encoding="utf-8")
    return path


def test_smoke_without_a_defect_and_the_same_twice(smoke_file: Path, index_settings: Settings, tmp_path: Path) -> None:
    plan = Plan.of([smoke_file], baselines=["bm25"], thresholds=ROOT / "evals/thresholds.toml", out=tmp_path / "out")
    quiet = Console(quiet=True)
    findings = carry_out(plan, index_settings, quiet)
    assert [failure.sentence for failure in findings.missed] == []
    mine, bm25 = findings.run.overall(), findings.baselines[0].overall()
    assert mine["evidence"].mean >= 0.75
    assert mine["truthfulness"].mean > bm25["truthfulness"].mean
    written = write(findings, plan)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(written)
    assert read_run(tmp_path / "out/run.json") == findings.run
    again = carry_out(Plan.of([smoke_file], baselines=[str(tmp_path / "out/run.json")]), index_settings, quiet)
    assert again.run.fingerprint == findings.run.fingerprint
    assert again.comparisons[0].verdict.startswith("No figure differs by more than chance does (0 cases got better")


def test_a_run_below_a_threshold_exits_1_and_says_why(
    run_icarus: Run, smoke_file: Path, index_env: dict[str, str], tmp_path: Path
) -> None:
    bounds = tmp_path / "bounds.toml"
    bounds.write_text("[all]\nwords = {max = 1}\n", encoding="utf-8")
    given = ["--cases", smoke_file, "--thresholds", bounds, "--no-robustness", "--out", tmp_path / "o"]
    done = run_icarus("eval", *map(str, given), env=index_env)
    assert done.returncode == 1, done.stderr
    assert "1 threshold is not reached" in done.stdout
    assert "words of all is" in done.stdout
    assert read_run(tmp_path / "o/run.json").identity.cases.keys() == {"smoke"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--cases", "nothing.jsonl"], "The cases cannot be read from nothing.jsonl"),
        ([], "There are no cases in evals/cases: name a file with --cases."),
        (["--baseline", "haystack", "--cases", "{cases}"], "There is no baseline 'haystack'"),
        (["--cases", "{cases}", "--thresholds", "nothing.toml"], "The thresholds cannot be read"),
        (["--cases", "{cases}", "--out", "{cases}"], "is not a folder"),
        (["--cases", "{cases}", "--cases", "{again}"], "The same id stands in two files of cases: a-001"),
        (["--cases", "{cases}"], "There is no index yet"),
        (["--cases", "{cases}", "--judge"], "No judge is set up: set ICARUS_JUDGE_API_BASE"),
        (["--add-from-feedback", "nothing.jsonl"], "The feedback cannot be read"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_exit_1(
    run_icarus: Run, smoke_file: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    again = tmp_path / "again.jsonl"
    again.write_bytes(smoke_file.read_bytes())
    given = [a.format(cases=smoke_file, again=again) for a in arguments]
    done = run_icarus("eval", *given, cwd=tmp_path, env={"ICARUS_INDEX": str(tmp_path / "none")})
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.strip().count("\n") == 0
    assert "Traceback" not in done.stderr


def test_feedback_becomes_drafts(run_icarus: Run, tmp_path: Path) -> None:
    (tmp_path / "f.jsonl").write_text(json.dumps({"question": "Who?", "rating": "down"}), encoding="utf-8")
    done = run_icarus("eval", "--add-from-feedback", "f.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["turns"] == ["Who?"]
    done = run_icarus("eval", "--add-from-feedback", "f.jsonl", "--out", "drafts", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "drafts/drafts.jsonl").is_file()
