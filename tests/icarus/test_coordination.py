"""Questions that ask the same of each of several things."""

from typing import TYPE_CHECKING

import pytest

from icarus.coordination import coordinated

if TYPE_CHECKING:
    from icarus.assistant import Assistant


def test_it_is_asked_of_each_member_of_an_enumeration() -> None:
    assert coordinated("What did the pandemic change, for schools, for gangs and in parks?") == [
        "What did the pandemic change for schools?",
        "What did the pandemic change for gangs?",
        "What did the pandemic change in parks?",
    ]


def test_what_stands_after_the_enumeration_stays() -> None:
    [schools, gangs] = coordinated("Is training asked for in schools and in gangs, according to the report?")
    assert schools == "Is training asked for in schools, according to the report?"
    assert gangs == "Is training asked for in gangs, according to the report?"


@pytest.mark.parametrize(
    "question",
    [
        "What did the pandemic change for schools?",
        "Which tools are there on youth crime in cities?",
        "Who trains staff for schools and in parks?",
        "People quarrel in the blocks and in the park: who has dealt with that?",
        "We work in schools and in parks. Which tools help us?",
        "In the annex, in the last row, what does it say?",
    ],
)
def test_nothing_else_is_an_enumeration(question: str) -> None:
    assert coordinated(question) == []


def test_each_of_the_areas_asked_about_is_answered_from_its_own_chapter(assistant: "Assistant") -> None:
    reply = assistant.ask(
        "How did covid change things for juvenile delinquency, for radicalisation and for organised crime?"
    )
    assert {19, 30, 38} <= {citation.page for citation in reply.citations}  # in chapters 4.1, 4.2 and 4.3
