"""A program that runs while the index is built anew."""

import logging
import threading
from pathlib import Path

import pytest

from icarus.errors import IndexMissingError
from icarus.generation import POINTER
from icarus.live import LiveAssistant
from icarus.settings import Settings
from icarus_ingest.generations import roll_back
from tests.ingest.small_model import SmallModel
from tests.small_index import ASKED, publish_small


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("icarus.assistant.EmbeddingModel.load", lambda _name, _threads, _index: SmallModel())
    return Settings(index=tmp_path / "index", embedding_model="small")


def answer(live: LiveAssistant) -> str:
    return live.current().ask(ASKED).answer


def test_the_next_question_is_answered_from_the_new_generation(settings: Settings) -> None:
    publish_small(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    assert "1995" in answer(live)
    publish_small(settings, "bbb", 2001)
    assert "2001" in answer(live)
    roll_back(settings.index)
    assert "1995" in answer(live)


def test_nothing_is_opened_anew_while_nothing_changes(settings: Settings) -> None:
    publish_small(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    assert live.current() is live.current()


def test_the_model_is_loaded_once(settings: Settings) -> None:
    publish_small(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    model = live.current().model
    publish_small(settings, "bbb", 2001)
    assert live.current().model is model


def test_a_question_is_answered_from_one_generation_to_its_end(settings: Settings) -> None:
    publish_small(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    before = live.current()
    steps = before.steps(ASKED)
    next(steps)
    publish_small(settings, "bbb", 2001)  # the folder of the one before stays for a rollback
    assert live.current() is not before
    *_, done = steps
    assert "1995" in str(done)


def test_a_generation_that_cannot_be_opened_is_told_of_once_and_the_one_before_goes_on(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    publish_small(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    (settings.index / "generations" / "bad").mkdir()
    (settings.index / POINTER).write_text("bad\naaa", encoding="utf-8")
    with caplog.at_level(logging.WARNING, "icarus.live"):
        assert "1995" in answer(live)
        assert "1995" in answer(live)
    assert [record.message for record in caplog.records if record.name == "icarus.live"] == [
        "A new generation was published and is not taken up: The index is damaged: build it again with `icarus ingest`."
    ]
    publish_small(settings, "ccc", 2001)
    assert "2001" in answer(live)


def test_without_a_pointer_the_open_generation_goes_on(settings: Settings) -> None:
    publish_small(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    (settings.index / POINTER).unlink()
    assert "1995" in answer(live)


def test_many_askers_get_one_new_assistant(settings: Settings) -> None:
    publish_small(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    publish_small(settings, "bbb", 2001)
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


def test_a_warm_up_answers_a_question_beside_everything_else(settings: Settings) -> None:
    publish_small(settings, "aaa", 1995)
    live = LiveAssistant(settings)
    before = {thread.ident for thread in threading.enumerate()}
    live.warm_up()
    for thread in threading.enumerate():
        if thread.ident not in before:
            thread.join(30)
    assert live.current()._read.cache_info().currsize == 1
