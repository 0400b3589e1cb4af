"""Lists as people word them, with who asks, what is ruled out and what does not suffice: still exact."""

from typing import TYPE_CHECKING

import pytest

from icarus.records import Category, FocusArea, Reply
from tests.icarus.annex import letters, names
from tests.icarus.contract import defects

if TYPE_CHECKING:
    from icarus.assistant import Assistant
    from icarus_evals.page_texts import PageTexts

SWEDISH = {
    letters(name)
    for name in (
        "Calm Street",
        "Daily support phone Sweden",
        "City of Malmö: mapping online hate speech & violent extremism",
        "Strategy to Prevent Violent Radicalisation - City of Solna",
    )
}
ON_JIHADISM = {
    letters(name)
    for name in (
        "A Guide to Refuting Jihadism",
        "Radicalishow, Comics and educator's guide",
        "Hayat",
        "Signpost (Wegweiser)",
        "Street Work Online",
        "Jamal al-Khatib",
    )
}


def shown(reply: Reply) -> set[str]:
    return {letters(tool.name) for tool in reply.tools}


@pytest.mark.parametrize(
    "question",
    [
        "We are off to Sweden on a study trip next month: which practices are there?",
        "Which tools are Swedish, not just Nordic?",
    ],
)
def test_who_asks_and_what_does_not_suffice_is_no_theme(
    assistant: "Assistant", printed: "PageTexts", question: str
) -> None:
    reply = assistant.ask(question)
    assert defects(reply, printed) == []
    assert shown(reply) == SWEDISH


def test_a_creed_is_met_by_those_who_hold_it(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which radicalisation tools name jihadism, Salafism or Islamism outright?")
    assert defects(reply, printed) == []
    assert shown(reply) == ON_JIHADISM


def test_one_tool_may_be_left_out_by_what_it_is_and_where(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask(
        "List the diagnostic tools for trafficking and organised crime, but without the observatory in Emilia-Romagna."
    )
    assert defects(reply, printed) == []
    every = names(FocusArea.ORGANISED_CRIME, Category.DIAGNOSTIC)
    assert shown(reply) == {name for name in every if not name.startswith(letters("Observatory on organised crime"))}


def test_a_part_of_an_area_is_meant_where_the_whole_is_set_aside(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which tools are about human trafficking, not trafficking in general?")
    assert defects(reply, printed) == []
    assert shown(reply) == {letters("DemandAT"), letters("TRACE")}


def test_another_category_ruled_out_leaves_what_stands_in_both(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Show me the assessment tools for safe public spaces, not the actions.")
    assert defects(reply, printed) == []
    assert shown(reply) == names(FocusArea.PUBLIC_SPACES, Category.DIAGNOSTIC)


def test_what_serves_two_purposes_stands_twice(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Which tools turn up twice in the annex?")
    assert defects(reply, printed) == []
    assert len(reply.tools) == 3


def test_words_for_the_area_itself_are_no_theme(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("Evaluation tools against people drawn into violent extremism, names are enough.")
    assert defects(reply, printed) == []
    assert shown(reply) == names(FocusArea.RADICALISATION, Category.EVALUATION)


def test_all_kinds_from_the_first_to_the_last_are_all_of_an_area(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask(
        "The complete set of tools for youth crime, from the first diagnosis to the evaluation, please."
    )
    assert defects(reply, printed) == []
    assert shown(reply) == names(FocusArea.JUVENILE_DELINQUENCY)


def test_the_area_that_is_asked_about_goes_before_that_of_the_asker(
    assistant: "Assistant", printed: "PageTexts"
) -> None:
    reply = assistant.ask("I work with kids in trouble with the law. Which radicalisation tools are for evaluation?")
    assert defects(reply, printed) == []
    assert shown(reply) == names(FocusArea.RADICALISATION, Category.EVALUATION)
