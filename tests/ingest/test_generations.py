import multiprocessing
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from icarus.errors import CorpusError, IndexBusyError, IndexMissingError, IndexUnusableError
from icarus.generation import current_generation
from icarus.index import Index
from icarus_ingest.generations import kept_generation, roll_back, writing
from icarus_ingest.model import RawDocument
from icarus_ingest.publish import Build, publish
from icarus_ingest.understand import understand
from icarus_ingest.vectors import Vectors
from tests.ingest.small_model import SmallModel

Make = Callable[..., RawDocument]


@pytest.fixture
def two(tmp_path: Path, raw_of: Make) -> Path:
    """An index folder with two generations: 'aaa' about harbours is kept, 'bbb' about towns serves."""
    model = SmallModel()
    for generation, subject in (("aaa", "harbours"), ("bbb", "towns")):
        understood = understand(raw_of(f"1. One\n\nThis is about {subject}."), model.count_pieces, model.max_pieces)
        publish(tmp_path, Build(generation, [understood], Vectors(model), "{}"))
    return tmp_path


def said(root: Path) -> str:
    index = Index.open(root, "small")
    try:
        return index.all_passages()[0].text
    finally:
        index.close()


def test_rolling_back_lets_the_kept_generation_serve_again(two: Path) -> None:
    assert "towns" in said(two)
    assert roll_back(two).generation == "aaa"
    assert "harbours" in said(two)


def test_rolling_back_twice_undoes_it(two: Path) -> None:
    roll_back(two)
    assert roll_back(two).generation == "bbb"
    assert "towns" in said(two)


def test_after_rolling_back_the_next_generation_is_built_as_ever(two: Path, raw_of: Make) -> None:
    roll_back(two)
    model = SmallModel()
    understood = understand(raw_of("1. One\n\nThis is about parks."), model.count_pieces, model.max_pieces)
    publish(two, Build("ccc", [understood], Vectors(model), "{}"))
    assert "parks" in said(two)
    assert roll_back(two).generation == "aaa"


def test_without_an_earlier_generation_there_is_nothing_to_go_back_to(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no earlier generation"):
        roll_back(tmp_path)


def test_an_earlier_generation_that_is_damaged_does_not_come_back(two: Path) -> None:
    kept = kept_generation(two)
    assert kept
    shutil.rmtree(kept / "lexical")
    with pytest.raises(IndexUnusableError, match="cannot be trusted: the present one goes on"):
        roll_back(two)
    assert "towns" in said(two)


def test_what_a_crash_left_between_building_and_switching_is_never_gone_back_to(two: Path) -> None:
    shutil.copytree(two / "generations" / "bbb", two / "generations" / "zzz")
    assert roll_back(two).generation == "aaa"


def test_a_pointer_that_names_one_generation_is_read(two: Path) -> None:
    (two / "current").write_text("aaa\n", encoding="utf-8")
    assert "harbours" in said(two)
    assert kept_generation(two) is None


def test_an_empty_pointer_is_damage_and_no_hindrance_to_a_new_generation(two: Path, raw_of: Make) -> None:
    (two / "current").write_text("", encoding="utf-8")
    with pytest.raises(IndexUnusableError, match="damaged"):
        current_generation(two)
    model = SmallModel()
    understood = understand(raw_of("1. One\n\nThis is about parks."), model.count_pieces, model.max_pieces)
    publish(two, Build("ccc", [understood], Vectors(model), "{}"))
    assert "parks" in said(two)


def test_there_is_one_writer_at_a_time(tmp_path: Path) -> None:
    with writing(tmp_path):
        context = multiprocessing.get_context("spawn")
        answers: multiprocessing.Queue[str] = context.Queue()
        other = context.Process(target=_try_to_write, args=(tmp_path, answers))
        other.start()
        message = answers.get(timeout=60)
        other.join()
    assert f"process {os.getpid()}" in message
    assert "is writing the index" in message
    with writing(tmp_path):
        pass


def _try_to_write(root: Path, answers: "multiprocessing.Queue[str]") -> None:
    try:
        with writing(root):
            answers.put("wrote")
    except IndexBusyError as error:
        answers.put(str(error))


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(CorpusError, match="cannot be written"), writing(tmp_path / "file" / "index"):
        pass
