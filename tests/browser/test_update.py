"""The reports are taken in anew while the window is open."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import serving
from tests.browser.window import Window
from tests.conftest import Run

DATE = "2026-01-31T08:00:00+00:00"


@pytest.fixture
def own_index(built_index: Path, tmp_path: Path) -> Path:
    """A copy of the index, as if it had been built on an earlier day."""
    index = tmp_path / "index"
    shutil.copytree(built_index, index)
    (manifest,) = index.glob("generations/*/manifest.json")
    text = manifest.read_text(encoding="utf-8")
    start = text.index('"built_at": "') + len('"built_at": "')
    manifest.write_text(text[:start] + DATE + text[text.index('"', start) :], encoding="utf-8")
    return index


def test_the_window_takes_up_a_new_generation_by_itself(
    tab: Page, own_index: Path, tmp_path: Path, run_icarus: Run
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    said = "Harbour Watch is a night patrol of volunteers in the harbour of Bergen. It began in the year 2014."
    (corpus / "harbours.txt").write_text(f"Safe harbours\n\n1. Patrols\n\n{said}", encoding="utf-8")
    env = {"ICARUS_INDEX": str(own_index), "ICARUS_CORPUS": str(corpus)}
    with serving("icarus", "chat", "--port", log=tmp_path / "log.txt", env=env) as address:
        window = Window(tab).open(address)
        notice = tab.locator(".notice")
        expect(notice).to_contain_text("Answers from 1 report, taken in on 31 January 2026.")
        expect(window.ask("What is Calm Street?")).to_contain_text("Lugna Gatan")

        assert run_icarus("ingest", env=env).returncode == 0

        expect(window.ask("When did Harbour Watch begin?")).to_contain_text("2014")
        expect(notice).not_to_contain_text("31 January")
        expect(tab.locator(".updated")).to_have_text(
            "The reports were updated here. The answers above stand as they were given."
        )
        expect(window.turns.first).to_contain_text("Lugna Gatan")

        fresh = Window(tab).open(address)
        expect(fresh.tab.locator(".documents")).to_contain_text("Safe harbours")
        assert not window.errors
