"""Which tools a question names: every name of the catalogue, under the spellings that people use."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icarus.catalogue import Catalogue

ENOUGH = 0.7


def tools_in(catalogue: Catalogue, text: str, strength: float = ENOUGH) -> list[str]:
    return [m.tool for m in catalogue.names.find(text) if m.strength >= strength]


def test_every_tool_is_met_by_its_name(catalogue: Catalogue) -> None:
    missed = {c.name for c in catalogue.cards if c.id not in tools_in(catalogue, f"What is {c.name}?")}
    assert missed == set()


def test_every_tool_is_met_by_each_alias(catalogue: Catalogue) -> None:
    missed = {
        alias: found
        for card in catalogue.cards
        for alias in card.aliases
        if card.id not in (found := tools_in(catalogue, f"What is {alias} for?"))
    }
    assert missed == {}


def test_every_name_is_met_whatever_the_case(catalogue: Catalogue) -> None:
    missed = {c.name for c in catalogue.cards if c.id not in tools_in(catalogue, f"WHAT IS {c.name.upper()}?")}
    assert missed == set()


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("Who runs Lugna Gatan / calm street in Stockholm?", "calm-street"),
        ("what does city risks do", "city-risks"),
        ("tell me about Medi4Sec", "medi-4sec"),
        ("EUCPN toolbox on youth crime", "eucnp-toolbox-on-local-cooperation-in-youth-crime-prevention"),
        ("the E4J modules", "ej4-university-module-series"),
        ("the Garibaldi 2 estate", "the-garibaldi-2-experience-in-calderara-di-reno"),
        ("the Behavior Barometer", "behaviour-barometer"),
        ("behaviour-barometer", "behaviour-barometer"),
        ("what is wegweiser", "signpost-wegweiser"),
        ("Mother Schools", "motherschools-parenting-for-peace"),
        ("How long does a mother schools course take?", "motherschools-parenting-for-peace"),
        ("SAM in Vienna", "sam-mobile-social-work-in-public-areas"),
        ("the violent extremism evaluation measurment", "violent-extremism-evaluation-measurement"),
        ("Tryghedsundersøgelsen", "the-safety-survey-tryghedsunders-g-elsen-of-copenhagen"),
        ("Is Safetipin free?", "safetipin-com"),
    ],
)
def test_other_spellings_are_met(catalogue: Catalogue, question: str, tool: str) -> None:
    assert tool in tools_in(catalogue, question, 0.5)


@pytest.mark.parametrize(
    "question",
    [
        "How can we make sure that young people are brave?",
        "Are there any traces of evaluation?",
        "we dare to trace a crest of prophets",
        "Which practices are there in Brussels?",
        "tools for the prevention of radicalisation",
        "the game of cat and mouse with the police",
    ],
)
def test_plain_words_are_no_names(catalogue: Catalogue, question: str) -> None:
    assert tools_in(catalogue, question) == []


def test_a_name_inside_a_longer_name_is_not_met(catalogue: Catalogue) -> None:
    [found] = tools_in(catalogue, "What does BeSecureFeelSecure measure?")
    assert found.startswith("besecurefeelsecure")


def test_a_name_takes_no_word_of_another_one(catalogue: Catalogue) -> None:
    assert tools_in(catalogue, "Does Calm Street work?") == ["calm-street"]  # not Digital Streetwork


@pytest.mark.parametrize("question", ["What is the Tartu Night Watch pilot?", "who trained the Tartu Night Watch?"])
def test_a_word_of_another_name_is_not_met(catalogue: Catalogue, question: str) -> None:
    assert tools_in(catalogue, question) == []


def test_two_names_come_in_their_order(catalogue: Catalogue) -> None:
    assert tools_in(catalogue, "How does Hayat differ from Signpost?") == ["hayat", "signpost-wegweiser"]
    assert tools_in(catalogue, "How does Signpost differ from Hayat?") == ["signpost-wegweiser", "hayat"]


def test_the_two_tools_of_l_hospitalet_are_told_apart(catalogue: Catalogue) -> None:
    council = "l-hospitalet-de-llobregat-local-council"
    institutions = "local-institutions-against-extremism-city-of-l-hospitalet"
    assert tools_in(catalogue, "Local Institutions Against Extremism of L'Hospitalet") == [institutions]
    assert council in tools_in(catalogue, "the Local Council of L'Hospitalet de Llobregat")


def test_one_wrong_letter_in_a_long_name_is_forgiven(catalogue: Catalogue) -> None:
    draw = random.Random(7)
    missed = {}
    for card in catalogue.cards:
        at = draw.randrange(2, len(card.name) - 1)
        if len(card.name) > 12 and card.name[at].isalpha():
            typed = card.name[:at] + card.name[at + 1 :]
            if card.id not in tools_in(catalogue, f"What is {typed}?"):
                missed[typed] = card.id
    assert missed == {}


@settings(max_examples=50)
@given(text=st.text(max_size=200))
def test_any_text_is_taken(catalogue: Catalogue, text: str) -> None:
    for match in catalogue.names.find(text):
        assert 0 < match.strength <= 1
        assert 0 <= match.start < len(text)


def test_words_that_stand_apart_name_no_tool(catalogue: Catalogue) -> None:
    assert not catalogue.names.find("How many hours can a crime prevention camera watch a garden?")
    assert catalogue.names.find("What does Prevent Watch do?")
