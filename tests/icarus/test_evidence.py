"""The choice of sentences: the best first chosen, within a budget of words and sources, told in reading order."""

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icarus.evidence import MAX_SOURCES, MAX_WORDS, Evidence, best_first, choose, filled, in_reading_order
from icarus.records import Passage
from icarus.retrieval import Hit

if TYPE_CHECKING:
    from icarus_ingest.understand import Understood


@pytest.fixture(scope="module")
def prose(understood: "Understood") -> list[Passage]:
    """Passages of chapter 4 and 5 with several sentences, in reading order."""
    return [p for p in understood.passages if p.kind == "prose" and len(p.sentences) > 2 and p.page >= 16][:40]


def evidence(passage: Passage, sentence: int, score: float) -> Evidence:
    hit = Hit(passage, score, np.full(len(passage.sentences), score), score, score)
    return Evidence(hit, sentence, sentence, score)


def words(chosen: list[Evidence]) -> int:
    return sum(len(e.text.split()) for e in chosen)


def test_nothing_to_choose_from_is_nothing() -> None:
    assert choose([]) == []


def test_the_best_sentence_is_always_chosen(prose: list[Passage]) -> None:
    best = evidence(prose[0], 0, 1.0)
    assert choose([best], words=1) == [best]


def test_a_sentence_that_is_much_worse_is_left(prose: list[Passage]) -> None:
    best, worse = evidence(prose[0], 0, 1.0), evidence(prose[1], 0, 0.3)
    assert choose([best, worse]) == [best]
    assert len(choose([best, worse], keep=0.2)) == 2


def test_the_passage_with_the_best_sentence_comes_first_each_in_reading_order(prose: list[Passage]) -> None:
    early, late = evidence(prose[2], 0, 0.9), [evidence(prose[9], 0, 0.5), evidence(prose[9], 2, 1.0)]
    assert best_first([early, *late]) == [*late, early]
    assert best_first([]) == []


def test_what_is_chosen_is_told_in_reading_order(prose: list[Passage]) -> None:
    late, early = evidence(prose[9], 0, 1.0), evidence(prose[2], 0, 0.9)
    assert choose([late, early], words=1000) == [early, late]


def test_sentences_that_follow_each_other_are_one_source(prose: list[Passage]) -> None:
    [one] = choose([evidence(prose[0], 0, 1.0), evidence(prose[0], 1, 0.9)], words=1000)
    assert (one.first, one.last, one.score) == (0, 1, 1.0)
    assert one.text == " ".join(s.text for s in prose[0].sentences[:2])


def test_sentences_with_a_gap_are_two(prose: list[Passage]) -> None:
    assert len(choose([evidence(prose[0], 0, 1.0), evidence(prose[0], 2, 0.9)], words=1000)) == 2


def test_the_same_words_are_chosen_once(prose: list[Passage]) -> None:
    twin = prose[0].model_copy(update={"id": "another-place"})
    assert len(choose([evidence(prose[0], 0, 1.0), evidence(twin, 0, 1.0)], words=1000)) == 1


def test_choices_that_overlap_are_told_once(prose: list[Passage]) -> None:
    one, two = evidence(prose[3], 0, 1.0), evidence(prose[1], 1, 0.8)
    assert in_reading_order([one, two, one]) == [two, one]


@settings(max_examples=60)
@given(data=st.data())
def test_the_budget_is_kept_whatever_is_scored_how(prose: list[Passage], data: st.DataObject) -> None:
    picks = data.draw(
        st.lists(st.tuples(st.integers(0, len(prose) - 1), st.integers(0, 2), st.floats(0.1, 3.0)), max_size=40)
    )
    scored = sorted((evidence(prose[p], s, score) for p, s, score in picks), key=lambda e: -e.score)
    chosen = choose(scored)
    assert len(chosen) <= MAX_SOURCES
    assert words(chosen) <= max(MAX_WORDS, len(scored[0].text.split()) if scored else 0)
    assert bool(chosen) == bool(scored)
    places = [(e.hit.passage.page, e.hit.passage.id, e.first) for e in chosen]
    assert places == sorted(places)
    assert len(set(places)) == len(places)


class TestFilled:
    def test_the_best_neighbour_joins_what_was_chosen(self, prose: list[Passage]) -> None:
        passage = prose[0]
        chosen = [evidence(passage, 1, 1.0)]
        [whole] = filled(chosen, [*chosen, evidence(passage, 0, 0.2), evidence(passage, 2, 0.1)], words=1000)
        assert (whole.first, whole.last) == (0, 2)

    def test_only_while_there_is_room(self, prose: list[Passage]) -> None:
        chosen = [evidence(prose[0], 1, 1.0)]
        assert filled(chosen, [evidence(prose[0], 0, 0.2)], words=1) == chosen

    def test_nothing_comes_from_elsewhere(self, prose: list[Passage]) -> None:
        chosen = [evidence(prose[0], 0, 1.0)]
        assert filled(chosen, [evidence(prose[1], 1, 0.9), evidence(prose[0], 2, 0.9)], words=1000) == chosen
