"""Lists as people word them, with who asks, what is ruled out and what does not suffice: still exact."""

import re
from typing import TYPE_CHECKING

import pytest

from icarus.records import Category, FocusArea, Reply, Status
from tests.icarus.annex import letters, names, those
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


@pytest.mark.parametrize(
    "asked",
    [
        "trafficking and mafia part of your catalogue: show all, but NOT the ones you put under activities",
        "Count the entries on gangs, mafia & trafficking that are NOT filed as activities",
        "Which tools on organised crime are there (not the activities)?",
    ],
)
def test_a_category_may_be_set_aside_in_many_words(assistant: "Assistant", printed: "PageTexts", asked: str) -> None:
    area = FocusArea.ORGANISED_CRIME
    reply = assistant.ask(asked)
    assert defects(reply, printed) == []
    assert shown(reply) == names(area, Category.DIAGNOSTIC) | names(area, Category.EVALUATION)


@pytest.mark.parametrize(
    "then",
    [
        "and without those on extremism?",
        "ok now drop those about extremism",
        "and if I leave extremism away?",
        "minus the extremism ones",
    ],
)
def test_a_next_turn_may_take_tools_off_a_list(assistant: "Assistant", printed: "PageTexts", then: str) -> None:
    reply = assistant.ask(["Which evaluation tools are there in all four areas?", then])
    assert defects(reply, printed) == []
    assert shown(reply) == names(category=Category.EVALUATION) - names(FocusArea.RADICALISATION)


def test_what_is_known_already_is_taken_off_a_list(assistant: "Assistant") -> None:
    turns = ["Which practices come from Belgium?", "Thanks, we know Brussels already. Only the others"]
    assert [tool.name for tool in assistant.ask(turns).tools] == ["City of Vilvoorde, Meetings with youth"]


def test_tools_of_one_town_are_not_those_of_a_country(assistant: "Assistant") -> None:
    turns = ["Which German tools belong to one particular town?", "And which German tools are not tied to one town?"]
    of_towns, others = ({tool.name for tool in assistant.ask(turn).tools} for turn in turns)
    assert "The House of Juvenile Law - City of Stuttgart" in of_towns
    assert "Hayat" in others
    assert of_towns.isdisjoint(others)
    assert of_towns | others == {tool.name for tool in assistant.ask("Which tools come from Germany?").tools}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("How many have toolbox or toolkit in their title?", ("toolbox", "toolkit")),
        ("Which entries carry the word guide or manual in their name?", ("guide", "manual")),
        ("Which tools have 'game' in their name?", ("game",)),
    ],
)
def test_a_word_in_a_name_is_a_whole_word(assistant: "Assistant", asked: str, named: tuple[str, ...]) -> None:
    called = {tool.name.lower() for tool in assistant.ask(asked).tools}
    assert called
    assert all(any(re.search(rf"\b{word}s?\b", name) for word in named) for name in called)


@pytest.mark.parametrize(
    "asked",
    [
        "Break-ins in flats are our big problem now. Which tools deal with burglary?",
        "podcasts or radio shows against radicalisation, which ones have you got?",
        "tools against hatred of Jews?",
        "How many tools are there on left-wing extremists?",
        "Which of the tools are about body cameras for police?",
        "forced marriages and honour crimes, what tools you have for it",
        "Is there any tool that uses drones over a square?",
    ],
)
def test_what_is_like_it_or_wider_is_not_what_is_asked_for(assistant: "Assistant", asked: str) -> None:
    reply = assistant.ask(asked)
    assert reply.status is Status.NOT_IN_REPORT
    assert reply.tools == ()


@pytest.mark.parametrize(
    "asked",
    ["How many mention Internet-of-Things technology?", "Which tools mention the Internet of Things?"],
)
def test_hyphens_make_no_other_name(assistant: "Assistant", asked: str) -> None:
    assert shown(assistant.ask(asked)) == those("CONNEXIONS", "CREST")


def test_a_hyphenated_word_is_the_same_in_one(assistant: "Assistant") -> None:
    named = {tool.name for tool in assistant.ask("Which tools mention cybercrime?").tools}
    assert "City of Saint-Nazaire: Bridging the gap between the police and young people" in named  # 'cyber-crime'


def test_trains_are_not_what_a_trainer_gives(assistant: "Assistant") -> None:
    named = [tool.name for tool in assistant.ask("Buses, metro, trains - which tools want to make them safer?").tools]
    assert "Calm Street" in named
    assert "BOUNCE" not in named
