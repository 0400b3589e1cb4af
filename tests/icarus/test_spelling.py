"""Typing errors are mended towards the corpus; what is right, or a name, is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.spelling import Spelling, is_english
from icarus.text import fold
from tests.icarus.annex import rows


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("radicalistion", "radicalisation"),
        ("delinquncy", "delinquency"),
        ("bullyng", "bullying"),
        ("municipalty", "municipality"),
        ("confiscatd", "confiscated"),
        ("neigbourhood", "neighbourhood"),
        ("vulnerabilty", "vulnerability"),
        ("organsied", "organised"),
        ("prevetion", "prevention"),
        ("extremsm", "extremism"),
    ],
)
def test_typing_errors_are_mended(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.correct(f"tools against {typed}") == f"tools against {meant}"


@pytest.mark.parametrize(
    "question",
    [
        "What budget does the city of Malmö spend on it per year?",
        "How does it differ from radicalization in neighborhoods?",  # American spelling is right
        "kids hanging about the tube, and coppers",
        "a mobster's villa turned into a small hotel",
        "Is there a tool by Interpol or from Wolverhampton?",  # names are not the corpus's, and no errors
        "selfies, skateboards and graffiti",
        "e4j, medi@4sec and city.risks",
    ],
)
def test_what_is_no_error_stays(spelling: Spelling, question: str) -> None:
    assert spelling.correct(question) == question


def test_every_name_of_the_annex_stays(spelling: Spelling) -> None:
    names = [name for listed in rows().values() for name in listed]
    assert {name: spelling.correct(f"What is {name}?") for name in names} == {n: f"What is {n}?" for n in names}


def test_words_to_keep_are_kept(spelling: Spelling) -> None:
    assert spelling.correct("radicalistion", keep=["radicalistion"]) == "radicalistion"


def test_spaces_and_marks_around_a_word_stay(spelling: Spelling) -> None:
    assert spelling.correct("bullyng?! (confiscatd)") == "bullying?! (confiscated)"


@given(st.text(max_size=120))
def test_any_text_is_taken(text: str) -> None:
    few = Spelling({"radicalisation": 9, "bullying": 3})
    assert few.correct(few.correct(text)) == few.correct(text)


@pytest.mark.parametrize("word", ["organised", "organized", "behaviour", "behavior", "neighbourhoods"])
def test_british_and_american_words_are_english(word: str) -> None:
    assert is_english(fold(word))


@pytest.mark.parametrize("word", ["radicalistion", "wegweiser", "xyzzy"])
def test_others_are_not(word: str) -> None:
    assert not is_english(word)
