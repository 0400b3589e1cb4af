"""Questions as hurried people type them."""

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from icarus_evals.perturb import casual, reordered, with_typos

QUESTION = "Which practices against organised crime come from Italian municipalities?"


def test_typos_are_the_same_for_the_same_seed_and_case() -> None:
    assert with_typos(QUESTION, "a-1", 0) == with_typos(QUESTION, "a-1", 0)
    assert len({with_typos(QUESTION, case, seed) for case in "abc" for seed in range(3)}) > 5


@given(st.integers(0, 500))
def test_one_error_in_six_words_and_never_in_the_first_letter(seed: int) -> None:
    typed = with_typos(QUESTION, "a-1", seed)
    assert len(typed.split()) == len(QUESTION.split())
    changed = [(a, b) for a, b in zip(QUESTION.split(), typed.split(), strict=True) if a != b]
    assert len(changed) <= 1
    for before, after in changed:
        assert before[0] == after[0]
        assert DamerauLevenshtein.distance(before, after) == 1


@given(st.text(), st.integers(0, 50))
def test_any_text_can_be_mistyped_and_made_casual(text: str, seed: int) -> None:
    assert isinstance(with_typos(text, "x", seed), str)
    assert casual(text) == casual(text).strip()


def test_a_question_without_long_words_stays_as_it_is() -> None:
    assert with_typos("is it so?", "x", 0) == "is it so?"


def test_casual_drops_capitals_and_marks_at_the_ends_of_words() -> None:
    assert casual('Who runs "Calm Street" (Sweden), and City.Risks?') == "who runs calm street sweden and city.risks"


def test_the_last_part_goes_first() -> None:
    assert reordered("What is done in Turin?") == "in Turin, What is done?"
    assert reordered("Who made it?") == "Who made it?"
