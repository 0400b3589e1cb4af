"""Readers' feedback becomes drafts of cases."""

import json
from pathlib import Path

import pytest

from icarus_evals.cases import load_cases
from icarus_evals.errors import CaseFileError, EvalError
from icarus_evals.feedback import draft_cases


def written(tmp_path: Path, *rows: object) -> Path:
    path = tmp_path / "feedback.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows), encoding="utf-8")
    return path


REPLY = {"question": "Who?", "status": "answered", "citations": [{"page": 3, "quote": "as it stands"}]}


def test_discontent_becomes_a_draft_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        {"turns": ["Hi", "Who?"], "rating": "down", "comment": "wrong city", "reply": REPLY},
        {"question": "All good?", "rating": "up"},
        {"turns": ["Hi", "Who?"], "rating": "down"},
        {"reply": REPLY, "rating": "down"},
    )
    drafts = draft_cases(path)
    assert [(d["id"], d["type"], d["turns"]) for d in drafts] == [
        ("feedback-001", "followup", ["Hi", "Who?"]),
        ("feedback-002", "lookup", ["Who?"]),
    ]
    assert "reader: wrong city" in drafts[0]["note"]
    assert "p. 3: as it stands" in drafts[0]["note"]


def test_the_reader_s_reason_is_noted(tmp_path: Path) -> None:
    path = written(tmp_path, {"turns": ["Its budget?"], "rating": "down", "reason": "unfounded"})
    assert "reader's reason: unfounded" in draft_cases(path)[0]["note"]


def test_a_draft_is_no_case_until_a_person_completes_it(tmp_path: Path) -> None:
    draft = draft_cases(written(tmp_path, {"question": "Who?"}))[0]
    path = tmp_path / "drafts.jsonl"
    path.write_text(json.dumps(draft), encoding="utf-8")
    with pytest.raises(CaseFileError, match="line 1: an answerable case needs evidence"):
        load_cases(path)
    path.write_text(json.dumps(draft | {"evidence": ["word for word"]}), encoding="utf-8")
    assert load_cases(path)[0].turns == ("Who?",)


def test_lines_that_are_no_feedback_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, {"question": "Who?"}, "{", "[1]", {"rating": "down"}, {"turns": [1]})
    with pytest.raises(EvalError, match=r"line 2 is no feedback; line 3 is no feedback; line 4 .*; line 5 "):
        draft_cases(path)
    with pytest.raises(EvalError, match="cannot be read"):
        draft_cases(tmp_path / "none.jsonl")
