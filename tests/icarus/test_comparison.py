"""Comparisons that do not name each of the tools they are of."""

from typing import TYPE_CHECKING

import pytest

from icarus.comparison import other_side

if TYPE_CHECKING:
    from icarus.assistant import Assistant


def _is_bounce(words: str) -> bool:
    return "BOUNCE" in words


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("BOUNCE and the German streetwork: who is each for?", "the German streetwork"),
        ("the streetwork in Berlin or BOUNCE, which costs less?", "the streetwork in Berlin"),
        ("I know BOUNCE vs the manual, what does each of them do?", "the manual"),
        ("What are the parts of BOUNCE and who is each one for?", ""),
        ("What does BOUNCE train?", ""),
        ("Compare the manual and the streetwork.", ""),
    ],
)
def test_the_side_that_is_not_named_is_read_off_the_question(question: str, other: str) -> None:
    assert other_side(question, _is_bounce) == other


def test_a_tool_that_is_described_is_compared_with_the_one_that_is_named(assistant: "Assistant") -> None:
    reply = assistant.ask(
        "The French hate map and the one from Malmö: what does each of them look through or sort out?"
    )
    assert {tool.name for tool in reply.tools} == {
        "City of Malmö: mapping online hate speech & violent extremism",
        "Online Hate Mapper",
    }
    assert {22, 23} <= {citation.page for citation in reply.citations}


def test_what_is_asked_of_each_part_of_one_tool_is_no_comparison(assistant: "Assistant") -> None:
    reply = assistant.ask("What are the three parts of BOUNCE and who is each one meant for?")
    assert {tool.name for tool in reply.tools} == {"BOUNCE"}
