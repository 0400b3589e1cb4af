"""Two runs over the same cases."""

from pathlib import Path

import pytest

from icarus.records import Status
from icarus_evals.compare import compare
from icarus_evals.errors import EvalError
from icarus_evals.run_record import read_run
from tests.evals.builders import case, citation, reply, unanswerable
from tests.evals.runs import small_run

GOOD = reply("It helped 40 families. [1]", citation(1, "It helped 40 families."))
BAD = reply("The project ran in Bari. [1]", citation(1, "The project ran in Bari."))
REFUSED = reply("No.", status=Status.NOT_IN_REPORT)
CASES = (*(case(id=f"c{i}", key_facts=[["40"]]) for i in range(8)), unanswerable(id="u"))


def test_a_clear_difference_is_named_with_its_cases() -> None:
    before = small_run("old", CASES, {c.id: BAD for c in CASES})
    after = small_run("new", CASES, {c.id: REFUSED if c.id == "u" else GOOD for c in CASES})
    found = compare(after, before)
    evidence = next(d for d in found.differences if d.figure == "evidence")
    assert (evidence.before, evidence.after, evidence.change, evidence.n) == (0.0, 1.0, 1.0, 8)
    assert evidence.verdict == "better"
    assert evidence.p < 0.05
    assert {move.case for move in found.better} == {c.id for c in CASES}
    assert not found.worse
    assert found.verdict.startswith("It is better in evidence, facts")
    assert "9 cases got better, 0 worse" in found.verdict


def test_the_other_way_round_it_is_worse() -> None:
    before = small_run("old", CASES, dict.fromkeys((c.id for c in CASES), GOOD))
    after = small_run("new", CASES, dict.fromkeys((c.id for c in CASES), BAD))
    assert compare(after, before).verdict.startswith("It is worse in evidence, facts")


def test_one_case_more_is_within_what_chance_does() -> None:
    replies = dict.fromkeys((c.id for c in CASES), BAD)
    found = compare(small_run("new", CASES, replies | {"c1": GOOD}), small_run("old", CASES, replies))
    evidence = next(d for d in found.differences if d.figure == "evidence")
    assert evidence.change == pytest.approx(1 / 8)
    assert evidence.verdict == "better, but within what chance does"
    assert found.verdict == "No figure differs by more than chance does (1 cases got better, 0 worse, 0 both)."


def test_a_case_that_gains_here_and_loses_there_is_both() -> None:
    of = (case(key_facts=[["40"]]),)
    facts_only = reply("It was 40. [1]", citation(1, "The project ran in Bari."))
    evidence_only = reply("It helped. [1]", citation(1, "It helped 40 families."))
    found = compare(small_run("new", of, {"c": facts_only}), small_run("old", of, {"c": evidence_only}))
    assert [move.case for move in found.mixed] == ["c"]


def test_only_cases_with_the_same_question_are_paired() -> None:
    new = small_run("new", (case(), case(id="d", turns=["asked anew"])), {"c": GOOD, "d": GOOD})
    old = small_run("old", (case(), case(id="d"), case(id="e")), {"c": GOOD, "d": BAD, "e": BAD})
    found = compare(new, old)
    assert (found.shared, found.only_here, found.only_there) == (1, 1, 2)


def test_a_run_is_read_again_and_keeps_its_fingerprint(tmp_path: Path) -> None:
    run = small_run("new", CASES, {c.id: GOOD for c in CASES})
    path = tmp_path / "run.json"
    path.write_text(run.model_dump_json(), encoding="utf-8")
    again = read_run(path)
    assert again == run
    assert len(run.fingerprint) == 64
    assert small_run("other", CASES, {c.id: GOOD for c in CASES}).fingerprint == run.fingerprint
    assert small_run("new", CASES, {c.id: BAD for c in CASES}).fingerprint != run.fingerprint


def test_a_file_that_is_no_run_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(EvalError, match=r"x\.json is no run"):
        read_run(path)
    with pytest.raises(EvalError, match="cannot be read: No such file"):
        read_run(tmp_path / "nothing.json")
