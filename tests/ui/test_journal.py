import json
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from icarus.settings import Settings
from icarus_ui.journal import Journal
from icarus_ui.keeping import journals, keep, question_entry
from tests.ui.material import reply

START = datetime(2026, 11, 1, 12, tzinfo=UTC)


class Days:
    def __init__(self) -> None:
        self.passed = 0.0

    def __call__(self) -> datetime:
        return START + timedelta(days=self.passed)


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_lines_are_json_with_a_time_and_for_their_owner_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "kept" / "a.jsonl", 30, Days())
    assert journal.write({"question": "Où est\n« Calm Street » ?"})
    assert rows(journal.path) == [{"time": "2026-11-01T12:00:00+00:00", "question": "Où est\n« Calm Street » ?"}]
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.path.parent.stat().st_mode) == 0o700


def test_lines_go_when_their_time_is_over_and_the_rest_stays(tmp_path: Path) -> None:
    days = Days()
    journal = Journal(tmp_path / "a.jsonl", 10, days)
    for day in range(4):
        days.passed = day * 4.0
        journal.write({"day": day})
    assert journal.prune() == 1
    assert [row["day"] for row in rows(journal.path)] == [1, 2, 3]
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600
    days.passed = 100
    assert journal.prune() == 3
    assert journal.path.read_text() == ""


def test_a_line_whose_time_cannot_be_told_goes(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "a.jsonl", 10, Days())
    journal.path.write_text('{"question": "old"}\nno json\n[1]\n{"time": 3}\n', encoding="utf-8")
    journal.write({"day": 0})
    assert journal.prune() == 4
    assert len(rows(journal.path)) == 1


def test_what_is_not_there_is_no_matter(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "none" / "a.jsonl", 10)
    assert journal.prune() == 0
    journal.forget()
    assert not journal.path.parent.exists()


def test_what_cannot_be_written_is_logged_and_fails_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    assert not Journal(tmp_path / "file" / "a.jsonl", 10).write({"question": "secret"})
    assert "cannot be written" in caplog.text
    assert "secret" not in caplog.text


def test_nothing_is_kept_unless_switched_on(tmp_path: Path) -> None:
    assert keep(Settings(_env_file=None, kept=tmp_path)) == (None, None, 30)
    kept = keep(Settings(_env_file=None, kept=tmp_path, keep_feedback=True))
    assert kept.questions is None
    assert kept.feedback
    assert kept.feedback.path == tmp_path / "feedback.jsonl"


def test_all_of_it_can_be_deleted_while_a_window_writes(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, kept=tmp_path, keep_questions=True)
    writing = journals(settings)[0]
    writing.write({"question": "one"})
    for journal in journals(settings):
        journal.forget()
    assert not writing.path.exists()
    writing.write({"question": "two"})
    assert [row["question"] for row in rows(writing.path)] == ["two"]


def test_a_question_s_line_says_nothing_of_who_asked() -> None:
    assert question_entry(reply(), "aaa") == {
        "question": "What is Calm Street?",
        "understood": "What is Calm Street?",
        "status": "answered",
        "cited": [["icarus-d2.2", 65], ["icarus-d2.2", 65]],
        "elapsed_ms": 0.0,
        "generation": "aaa",
    }
