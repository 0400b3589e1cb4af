"""A program that runs while the index is built anew."""

import logging
import threading
from pathlib import Path

import pytest

from icarus.errors import IndexMissingError
from icarus.index import POINTER
from icarus.live import LiveAssistant
from icarus.records import Document
from icarus.settings import Settings
from icarus_ingest.generations import roll_back
from icarus_ingest.publish import Build, publish
from icarus_ingest.text_file import read_text
from icarus_ingest.understand import understand
from icarus_ingest.vectors import Vectors
from tests.ingest.small_model import SmallModel


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("icarus.assistant.EmbeddingModel.load", lambda _name, _threads, _index: SmallModel())
    return Settings(index=tmp_path / "index", embedding_model="small")


def published(settings: Settings, generation: str, began: int) -> None:
    """Publish a generation that says when Calm Street began."""
    path = settings.index.parent / "report.txt"
    path.write_text(f"1. Streets\n\nThe Calm Street project began in the year {began}.", encoding="utf-8")
    model = SmallModel()
    raw = read_text(path, Document(id="report", title="A report", source=path.name))
    publish(
        settings.index, Build(generation, [understand(raw, model.count_pieces, model.max_pieces)], Vectors(model), "{}")
    )


def answer(live: LiveAssistant) -> str:
    return live.current().ask("In which year did the Calm Street project begin?").answer


def test_the_next_question_is_answered_from_the_new_generation(settings: Settings) -> None:
    published(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    assert "1995" in answer(live)
    published(settings, "bbb", 2001)
    assert "2001" in answer(live)
    roll_back(settings.index)
    assert "1995" in answer(live)


def test_nothing_is_opened_anew_while_nothing_changes(settings: Settings) -> None:
    published(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    assert live.current() is live.current()


def test_the_model_is_loaded_once(settings: Settings) -> None:
    published(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    model = live.current().model
    published(settings, "bbb", 2001)
    assert live.current().model is model


def test_a_question_is_answered_from_one_generation_to_its_end(settings: Settings) -> None:
    published(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    before = live.current()
    steps = before.steps("In which year did the Calm Street project begin?")
    next(steps)
    published(settings, "bbb", 2001)  # the folder of the one before stays for a rollback
    assert live.current() is not before
    *_, done = steps
    assert "1995" in str(done)


def test_a_generation_that_cannot_be_opened_is_told_of_once_and_the_one_before_goes_on(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    published(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    (settings.index / "generations" / "bad").mkdir()
    (settings.index / POINTER).write_text("bad\naaa", encoding="utf-8")
    with caplog.at_level(logging.WARNING, "icarus.live"):
        assert "1995" in answer(live)
        assert "1995" in answer(live)
    assert [record.message for record in caplog.records if record.name == "icarus.live"] == [
        "A new generation was published and is not taken up: The index is damaged: build it again with `icarus ingest`."
    ]
    published(settings, "ccc", 2001)
    assert "2001" in answer(live)


def test_without_a_pointer_the_open_generation_goes_on(settings: Settings) -> None:
    published(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    (settings.index / POINTER).unlink()
    assert "1995" in answer(live)


def test_many_askers_get_one_new_assistant(settings: Settings) -> None:
    published(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    published(settings, "bbb", 2001)
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(live.current())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


def test_without_an_index_it_says_so(settings: Settings) -> None:
    with pytest.raises(IndexMissingError):
        LiveAssistant(settings)
