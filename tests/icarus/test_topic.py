"""What a question is about, once the scaffolding of asking is set aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.text import content_stems, stem
from icarus.topic import PhraseSet, called, literally, topic_units
from icarus.vocabulary import stem_sequence

ROW = (
    "The Municipality of Maranello has launched a project for the recovery of a villa confiscated from the Mafia, "
    "wich, once renovation work has been completed, will be used as a tourist accommodation facility with rooms, "
    "service and a small Spa"
)


def about(question: str) -> list[str]:
    return [unit.printed for unit in topic_units(question)]


@pytest.mark.parametrize(
    "question",
    [
        "Which tools are there?",
        "Please list all the practices in the annex.",
        "How many projects does the report mention?",
        "Could you show me every programme you have?",
        "tell me more about the tools",
    ],
)
def test_asking_itself_is_about_nothing(question: str) -> None:
    assert about(question) == []


def test_a_name_of_common_words_is_one_thing() -> None:
    assert about("tools that rely on Internet of Things devices") == ["rely", "Internet of Things", "devices"]
    assert [unit.printed for unit in called(topic_units("police and the Internet of Things"))] == ["Internet of Things"]


def test_a_word_that_is_to_stand_there_stands_for_its_creed_alone() -> None:
    [thing] = map(literally, topic_units("Salafism"))
    assert PhraseSet(["Salafist groups"]).speaks_of(thing)
    assert not PhraseSet(["jihadist groups"]).speaks_of(thing)


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("Which tools deal with bullying?", ["bullying"]),
        ("list practices with theatre or comedy", ["theatre or comedy"]),
        ("Which tools use an app and drones?", ["app", "drones"]),
        ("Is there anything on graffiti?", ["graffiti"]),
    ],
)
def test_things_stay_in_their_order(question: str, things: list[str]) -> None:
    assert about(question) == things


def test_what_is_accounted_for_is_left_out() -> None:
    assert [u.printed for u in topic_units("bullying in Spain", without=content_stems("Spain"))] == ["bullying"]


def test_a_phrase_of_the_vocabulary_is_one_thing() -> None:
    [unit] = topic_units("help for people behind bars")[-1:]
    assert unit.printed == "behind bars"
    assert tuple(stem_sequence("prison")) in unit.similar


def test_either_of_two_is_one_thing_with_both_names() -> None:
    [unit] = topic_units("tools with theatre or music")
    assert {(stem("theatre"),), (stem("music"),)} <= unit.literal


def test_a_thing_said_twice_is_one() -> None:
    assert len(about("bullying, more bullying and bullied")) == 1


class TestPhraseSet:
    @pytest.mark.parametrize("phrase", ["villa confiscated", "tourist accommodation facility", "confiscated villas"])
    def test_words_side_by_side_are_held(self, phrase: str) -> None:
        held = PhraseSet([ROW]).holds(stem_sequence(phrase))
        assert held == (phrase != "confiscated villas")

    def test_words_of_different_texts_do_not_join(self) -> None:
        assert not PhraseSet(["a small", "spa"]).holds(stem_sequence("small spa"))

    def test_nothing_is_not_held(self) -> None:
        assert not PhraseSet([ROW]).holds(())

    def test_any_is_enough(self) -> None:
        assert PhraseSet([ROW]).holds_any([("qwertz",), (stem("mafia"),)])
        assert not PhraseSet([ROW]).holds_any([("qwertz",)])

    @given(st.lists(st.text(max_size=60), max_size=4), st.integers(0, 3), st.integers(1, 4))
    def test_every_piece_of_a_text_is_held(self, texts: list[str], which: int, length: int) -> None:
        sequences = [stem_sequence(text) for text in texts if stem_sequence(text)]
        if sequences:
            sequence = sequences[which % len(sequences)]
            assert PhraseSet(texts).holds(sequence[:length])


@given(st.text(max_size=200))
def test_any_text_is_taken(text: str) -> None:
    for unit in topic_units(text):
        assert unit.literal <= unit.similar | unit.literal
        assert unit.printed


def test_a_word_of_the_domain_is_a_thing_though_its_stem_is_that_of_a_word_of_asking() -> None:
    assert [unit.printed for unit in topic_units("Which tools are for relatives?")] == ["relatives"]
    assert [unit.printed for unit in topic_units("Which tools are related to parents?")] == ["parents"]
