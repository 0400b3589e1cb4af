"""Questions that people ask for a tool: read beside a deliverable, encoded, and found by questions alike."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from icarus.errors import CorpusError
from icarus_ingest.corpus import find_sources
from icarus_ingest.questions import add_questions
from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus.assistant import Assistant
    from icarus_ingest.understand import Understood

MANIFEST = """
[[document]]
id = "report"
source = "report.txt"
title = "A report"
questions = "report.questions.toml"
"""


@pytest.fixture
def fresh(d22: "Understood") -> "Understood":
    """What was understood of D2.2, without its questions."""
    return replace(d22, questions={}, warnings=[])


def corpus(folder: Path, questions: str) -> Path:
    (folder / "deliverables.toml").write_text(MANIFEST, encoding="utf-8")
    (folder / "report.txt").write_text("A report.", encoding="utf-8")
    (folder / "report.questions.toml").write_text(questions, encoding="utf-8")
    return folder


def test_a_tool_is_meant_by_its_name_an_alias_or_its_id(tmp_path: Path, fresh: "Understood") -> None:
    text = 'calm-street = ["One?"]\n"CALM STREET" = ["Two?"]\nCOPKIT = ["Three?"]\n'
    add_questions(fresh, find_sources([corpus(tmp_path, text)])[0])
    assert fresh.questions == {"calm-street": ("One?", "Two?"), "copkit": ("Three?",)}
    assert fresh.warnings == []


def test_a_tool_that_is_not_there_is_warned_of(tmp_path: Path, fresh: "Understood") -> None:
    add_questions(fresh, find_sources([corpus(tmp_path, 'lighthouse = ["Who shines?"]')])[0])
    assert fresh.questions == {}
    assert "'lighthouse'" in fresh.warnings[0].message


@pytest.mark.parametrize("broken", ["calm-street = 3", 'calm-street = ["", "x"]', "calm-street = [1]", "= ="])
def test_a_broken_file_is_named(tmp_path: Path, fresh: "Understood", broken: str) -> None:
    with pytest.raises(CorpusError, match=r"report\.questions\.toml is broken"):
        add_questions(fresh, find_sources([corpus(tmp_path, broken)])[0])


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    folder = corpus(tmp_path, "")
    (folder / "report.questions.toml").unlink()
    with pytest.raises(CorpusError, match=r"report\.questions\.toml cannot be read"):
        find_sources([folder])


def test_other_questions_make_another_corpus(tmp_path: Path) -> None:
    one = find_sources([corpus(tmp_path, 'calm-street = ["One?"]')])[0].document
    two = find_sources([corpus(tmp_path, 'calm-street = ["Two?"]')])[0].document
    assert one.sha256 == two.sha256
    assert one.questions_sha256 != two.questions_sha256


def test_those_of_d22_are_all_of_its_tools(assistant: "Assistant") -> None:
    [source] = find_sources([ROOT / "corpus"])
    assert source.document.questions
    found = assistant.index.nearest_questions(assistant.model.encode_query("kids loitering in the metro"), 5)
    assert max(found, key=lambda tool: found[tool]) == "calm-street"


def test_a_question_alike_finds_the_tool_and_is_never_shown(assistant: "Assistant") -> None:
    asked = "Does any town give women with a hard past work in a guest house that it took from the mob?"
    reply = assistant.ask(asked)
    assert reply.tools[0].name.startswith("City of Maranello")
    assert "guest house" not in reply.answer
