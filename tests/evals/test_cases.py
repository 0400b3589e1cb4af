"""The format of cases, and the cases that come with the project."""

import json
from pathlib import Path

import pytest

from icarus_evals.cases import Case, CaseType, dump_cases, load_cases
from icarus_evals.errors import CaseFileError
from icarus_evals.page_texts import PageTexts
from icarus_evals.slices import slices_of
from tests.conftest import ROOT

FILES = sorted((ROOT / "evals/cases").glob("*.jsonl"))
OF_QUESTIONS = [path for path in FILES if path.name not in {"cards.jsonl", "judge-sample.jsonl"}]
OF_OTHERS = sorted((ROOT / "evals/other_reports").glob("*.jsonl"))
GOOD = {"id": "x", "type": "lookup", "turns": ["What?"], "evidence": ["a b c"]}


def written(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_each_broken_line_is_named_with_what_is_wrong(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        GOOD,
        "{no json",
        GOOD | {"id": "y", "type": "riddle"},
        "",
        GOOD | {"id": "z", "turns": []},
        GOOD | {"id": "v", "colour": "red"},
        GOOD,
    )
    with pytest.raises(CaseFileError) as error:
        load_cases(path)
    sentence = str(error.value)
    assert sentence.startswith("some.jsonl breaks the format of cases: line 2: Invalid JSON")
    for part in ("line 3: type:", "line 5: turns:", "line 6: colour:", "line 7: the id 'x' stands twice"):
        assert part in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"turns": ["  "]}, "a turn is empty"),
        ({"answerable": False}, "neither evidence nor key_facts"),
        ({"evidence": []}, "an answerable case needs evidence, key_facts or tools"),
        ({"type": "unanswerable"}, "needs answerable: false"),
    ],
)
def test_a_case_that_contradicts_itself_is_refused(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    with pytest.raises(CaseFileError, match=said):
        load_cases(written(tmp_path, GOOD | changes))


def test_a_file_that_is_not_there_or_empty_is_named(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match=r"cannot be read from .*nothing\.jsonl"):
        load_cases(tmp_path / "nothing.jsonl")
    with pytest.raises(CaseFileError, match="holds no case"):
        load_cases(written(tmp_path, ""))


def test_many_errors_are_cut_short(tmp_path: Path) -> None:
    with pytest.raises(CaseFileError, match="and 5 more"):
        load_cases(written(tmp_path, *["{"] * 15))


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    cases = load_cases(ROOT / "evals/cases/own.jsonl")
    path = tmp_path / "again.jsonl"
    path.write_text(dump_cases(cases), encoding="utf-8")
    assert load_cases(path) == cases


@pytest.mark.parametrize("path", OF_OTHERS, ids=lambda p: p.stem)
def test_cases_on_other_reports_hold_many_near_misses(path: Path) -> None:
    cases = load_cases(path)
    assert sum(not case.answerable for case in cases) > len(cases) // 4


@pytest.mark.parametrize("path", OF_QUESTIONS, ids=lambda p: p.stem)
def test_gold_quotes_stand_word_for_word_in_the_report(path: Path, pages: PageTexts) -> None:
    document = pages.text("icarus-d2.2", 1, 81)
    whole = PageTexts({"all": {1: document}})
    for case in load_cases(path):
        for quote in (*case.evidence, *(q for group in case.evidence_any for q in group)):
            assert whole.holds_word_for_word("all", 1, 1, quote), (case.id, quote)


@pytest.mark.parametrize("path", OF_QUESTIONS, ids=lambda p: p.stem)
def test_gold_pages_hold_gold_evidence(path: Path, pages: PageTexts) -> None:
    for case in load_cases(path):
        for page in case.pages:
            near = (page - 1, page), (page, page), (page, page + 1)
            assert any(
                pages.holds_word_for_word("icarus-d2.2", *span, quote)
                for span in near
                for quote in (*case.evidence, *(q for group in case.evidence_any for q in group))
            ), (case.id, page)


def test_our_own_cases_cover_what_an_independent_measure_needs() -> None:
    cases = load_cases(ROOT / "evals/cases/own.jsonl")
    by_type = {kind: [c for c in cases if c.type is kind] for kind in CaseType}
    assert len(cases) >= 60
    assert len(by_type[CaseType.UNANSWERABLE]) >= 15
    assert len(by_type[CaseType.FOLLOWUP]) >= 8
    assert len(by_type[CaseType.PARAPHRASE]) >= 8
    assert all(by_type.values())
    assert sum(bool(c.rewordings) for c in cases) >= 15


def test_slices_of_a_case() -> None:
    case = Case.model_validate(GOOD | {"turns": ["a", "b", "c", "d"], "focus_area": "public_spaces", "language": "de"})
    assert slices_of(case, "dev") == (
        ("all", "all"),
        ("cases", "dev"),
        ("type", "lookup"),
        ("focus area", "public_spaces"),
        ("language", "de"),
        ("turns", "3 or more"),
        ("answerable", "yes"),
    )
