"""The wording of questions is data: every pattern in it compiles, and names only what the library knows."""

import re

import pytest

from icarus.question import Ask
from icarus.records import Category, FocusArea
from icarus.wording import attributes, kinds, named, says

SAYINGS = ("small_talk", "ranking", "which_place", "legal_advice", "other_job", "claim", "one_tool")


def test_every_kind_of_answer_is_one_that_the_library_knows() -> None:
    assert {ask for ask, _ in kinds()} <= set(Ask)


@pytest.mark.parametrize("name", SAYINGS)
def test_a_wording_is_a_pattern_that_nothing_empty_fits(name: str) -> None:
    assert isinstance(says(name), re.Pattern)
    assert not says(name).search("")


def test_every_focus_area_and_category_can_be_named() -> None:
    assert set(named("focus_area")) == set(FocusArea)
    assert set(named("category")) == set(Category)


def test_attributes_have_names_that_read_in_a_sentence() -> None:
    for attribute in attributes():
        assert re.match(r"(an?|the|how|who|results|that|by|which|what|when|where|whether)\b", attribute.name), (
            attribute.name
        )
        assert not attribute.asked.search("")
        assert not attribute.given.search("")


@pytest.mark.parametrize("size", [1000, 4000])
@pytest.mark.parametrize("piece", ["a ", "tools ", "which ", "my neighbour is ", "how many ", "1 ", "-"])
def test_no_pattern_is_slow_on_long_texts(piece: str, size: int) -> None:
    """A question of 4,000 characters must not hold up anybody: patterns with nested repeats would."""
    import time

    text = (piece * size)[:size]
    started = time.process_time()
    for _, pattern in kinds():
        pattern.search(text)
    for name in SAYINGS:
        says(name).search(text)
    for attribute in attributes():
        attribute.asked.search(text)
        attribute.given.search(text)
    assert time.process_time() - started < 2.0
