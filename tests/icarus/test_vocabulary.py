"""What an asker's word is called in a deliverable: the domain's vocabulary, matched by stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.text import stem
from icarus.vocabulary import concepts, find_terms, report_words, same_meaning, stem_sequence
from tests.icarus.annex import letters, names


@pytest.mark.parametrize(
    ("asked", "reported"),
    [
        ("kids hanging about the tube", "young people"),
        ("kids hanging about the tube", "public transport"),
        ("do coppers talk to teenagers?", "police"),
        ("a mobster's villa", "mafia"),
        ("people let out of jail", "prison"),
        ("for my mum", "mothers"),
    ],
)
def test_everyday_words_are_put_in_the_words_of_reports(asked: str, reported: str) -> None:
    assert set(stem_sequence(reported)) & {stem(p) for w in report_words(asked) for p in w.split()}


@pytest.mark.parametrize("question", ["young people and the police", "municipal security strategies", "qwertz"])
def test_what_speaks_like_a_report_needs_no_help(question: str) -> None:
    assert report_words(question) == []


def test_no_word_is_added_that_the_question_has() -> None:
    assert "police" not in report_words("cops and police")


def test_phrases_are_found_in_order_only() -> None:
    assert [t.stems for t in find_terms("locals") if len(t.stems) > 1] == []
    assert any(len(t.stems) > 1 for t in find_terms("those behind bars"))
    assert not any(t.stems == tuple(stem_sequence("behind bars")) for t in find_terms("bars behind the station"))


def test_hyphens_do_not_hide_a_phrase() -> None:
    assert stem_sequence("right-wing extremism") == stem_sequence("right wing extremism")


def test_synonyms_share_their_meaning() -> None:
    assert (stem("youngster"),) in same_meaning(stem("teenager"))
    assert same_meaning("qwertz") == {("qwertz",)}


def test_a_phrase_means_what_it_does_in_any_sense() -> None:
    assert {("youth",), ("son",)} <= same_meaning(*stem_sequence("young people"))


def test_meant_narrowly_a_kind_is_not_the_whole_nor_another_kind() -> None:
    burglary = same_meaning(*stem_sequence("burglary"), narrowly=True)
    assert stem_sequence("break-in") in burglary
    assert burglary.isdisjoint(map(stem_sequence, ("theft", "shoplifting")))
    assert stem_sequence("burglary") in same_meaning(*stem_sequence("theft"), narrowly=True)


def test_meant_narrowly_nothing_wider_is_the_same() -> None:
    assert stem_sequence("discrimination") in same_meaning(*stem_sequence("antisemitism"))
    assert stem_sequence("discrimination") not in same_meaning(*stem_sequence("antisemitism"), narrowly=True)


def test_what_is_wider_and_the_kinds_are_words_of_their_concept() -> None:
    apart = {name: (concept.wider.union(*concept.kinds)) - concept.phrases for name, concept in concepts().items()}
    assert {name: words for name, words in apart.items() if words} == {}


def test_a_word_always_means_itself() -> None:
    for concept in concepts().values():
        for phrase in concept.phrases:
            if len(phrase) == 1:
                assert phrase in same_meaning(phrase[0])


def test_every_concept_has_words_on_both_sides() -> None:
    assert {name for name, concept in concepts().items() if not concept.report or not concept.asked} == set()


def test_the_list_holds_no_tool_of_this_corpus() -> None:
    """It serves any deliverable: an answer that the vocabulary gives away is no answer found."""
    terms = {letters(t) for concept in concepts().values() for t in (*concept.report, *concept.asked)}
    assert terms & names() == set()


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    present = set(stem_sequence(text))
    assert all(not set(stem_sequence(word)) <= present for word in report_words(text))
    assert all(set(term.stems) <= present for term in find_terms(text))
