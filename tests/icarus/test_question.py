"""What a turn asks for, by its wording alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.question import (
    Ask,
    asks_for_a_tool,
    categories_in,
    filters_of,
    focus_areas_in,
    is_out_of_scope,
    kind_of,
    wants_both,
    without_filters,
    without_guess,
)
from icarus.records import Category, Filters, FocusArea

AREA, CATEGORY = FocusArea, Category

KINDS: dict[Ask, tuple[str, ...]] = {
    Ask.LIST: (
        "What runs in Germany to keep people from getting radicalised?",
        "Which police software searches the dark web?",
        "What have Catalan towns, or the Catalan government, contributed to the collection?",
        "What do others do with it? I need every local example.",
        "Who in your collection offers help to victims?",
        "What is there for parents and relatives?",
        "Teenagers who get in trouble with the law: show me everything you have on that",
        "Noise at night in the park: who has dealt with that?",
        "What concrete actions are there against smuggling gangs?",
        "What can a town do in its parks and squares? list all",
        "Visitors come next week, what are the German initiatives against radicalisation?",
        "looking for things that bring officers and youngsters together",
        "what did you collect on youth crime?",
        "Which systems are there for analysing criminal networks",
        "concrete actions on the ground",
        "What is there to spot the risk, complete list",
        "what can we do with youngsters who commit offences, list pls",
        "The mayor asks what others do: give me the activity ones",
        "Which Italian towns or regions ran something in the inventory?",
        "Which tools are there for preventing juvenile delinquency?",
        "List all evaluation tools.",
        "Show me the practices from Italy",
        "What tools do you have on organised crime?",
        "Are there any apps for women's safety?",
        "I need projects that work with families",
        "diagnostic tools for public spaces",
        "Give me every tool that uses games",
        "What other practices are there in Brussels?",
        "name the handbooks of the annex",
    ),
    Ask.COUNT: (
        "How many things do you have on public spaces?",
        "how many of them are from Italy",
        "how many did you find for youth crime in total?",
        "in the whole catalogue how many are evaluation ones?",
        "How many things are from Brussels?",
        "how much activities exist for public spaces?",
        "How many tools are there for radicalisation?",
        "How many evaluation tools does the annex list?",
        "What is the number of practices on public spaces?",
        "Tell me how many projects come from France",
        "how many activity-related tools are there against organised crime",
        "And Denmark, how many items has it got in the inventory?",
        "Of the diagnostic tools, how many study trafficking?",
        "evaluation tools: how many across all focus areas",
        "how much activity-related tools exist on radicalisation?",
    ),
    Ask.FIGURE: (
        "How many languages do the teams speak?",
        "What percentage of the strategies mention gender?",
        "How many interviews were conducted?",
        "What share of cities have a monitoring structure?",
        "How many instances of hate speech were identified?",
        "How long does the Mother Schools programme last?",
        "How many cities focus on right-wing extremism?",
        "how old are the young people in Small Jobs",
        "How many different job titles does it hold?",
    ),
    Ask.COMPARE: (
        "How does Hayat differ from Signpost?",
        "What do X-Game and Game Changer have in common?",
        "Compare BOUNCE and DARE",
        "Villa Berceto versus Maranello",
    ),
    Ask.LINK: (
        "What is the web address of the Nordic Pioneers Award?",
        "Is there a link for Digital Streetwork?",
        "Where can I find the RAN collection online?",
        "website of Safetipin",
    ),
    Ask.REASON: (
        "What barriers hinder cooperation with the police?",
        "Why is evaluation lacking?",
        "What are the success factors of the Bologna model?",
        "What makes it hard for towns to use technology?",
        "What are the drawbacks of SAM?",
        "What challenges do practitioners report?",
        "For what reason was it left out?",
    ),
    Ask.OVERVIEW: ("What is this report about?", "Summarise the report.", "What can you tell me?"),
    Ask.FACT: (
        "What is the THOR methodology?",
        "Who developed the Behaviour Barometer?",
        "What does CAPRI do?",
        "Is Calm Street still running?",
        "Tell me about Safetipin",
        "Help for a network of teachers and priests about youngsters from difficult quarters",
    ),
    Ask.SMALL_TALK: ("Hello!", "hi there", "Thanks a lot", "Good morning", "Who are you?", "bye", "ok", "Bonjour"),
    Ask.OUT_OF_SCOPE: (
        "Is my neighbour's son becoming radicalised? Please assess him.",
        "Do you think that the boy in my class is dangerous?",
        "Can we legally film the square?",
        "I need legal advice on body cams.",
        "Write me a poem about crime",
        "What is the weather in Vienna?",
        "Is it illegal to share the names of suspects?",
    ),
}


def test_without_a_catalogue_nothing_is_a_list_or_count_of_its_tools() -> None:
    assert kind_of("Which practices are there?", catalogued=False) is Ask.FACT
    assert kind_of("How many practices are there?", catalogued=False) is Ask.FIGURE


@pytest.mark.parametrize(("kind", "question"), [(kind, q) for kind, asked in KINDS.items() for q in asked])
def test_the_kind_of_answer_shows_in_the_wording(kind: Ask, question: str) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(("kind", "question"), [(kind, q) for kind, asked in KINDS.items() for q in asked])
def test_case_does_not_matter(kind: Ask, question: str) -> None:
    assert kind_of(question.upper()) is kind


@pytest.mark.parametrize(
    "question",
    [
        "Which tool helps to assess whether a person is becoming radicalised?",
        "How can teachers recognise early signs of radicalisation in a student?",
        "Does the report give legal support to victims?",
        "What does the report say about data protection law?",
        "Which tools write reports automatically?",
        "What climate change plans do the strategies refer to?",
    ],
)
def test_questions_on_the_topic_are_in_scope(question: str) -> None:
    assert not is_out_of_scope(question)


@pytest.mark.parametrize(
    "question", ["Hello, which tools are there for schools?", "Thanks. Which other tools are there for schools?"]
)
def test_a_polite_question_is_a_question(question: str) -> None:
    assert kind_of(question) is not Ask.SMALL_TALK


@pytest.mark.parametrize(
    ("question", "areas"),
    [
        ("tools for youth crime", [AREA.JUVENILE_DELINQUENCY]),
        ("preventing violent extremism", [AREA.RADICALISATION]),
        ("P/CVE tools", [AREA.RADICALISATION]),
        ("deradicalization", [AREA.RADICALISATION]),
        ("human trafficking", [AREA.ORGANISED_CRIME]),
        ("organized crime", [AREA.ORGANISED_CRIME]),
        ("gangs and human smuggling", [AREA.ORGANISED_CRIME]),
        ("kids and teenagers getting into crime", [AREA.JUVENILE_DELINQUENCY]),
        ("young people and organised crime", [AREA.ORGANISED_CRIME]),
        ("teens at risk of delinquency", [AREA.JUVENILE_DELINQUENCY]),
        ("youngsters who commit offences", [AREA.JUVENILE_DELINQUENCY]),
        ("an anti-radicalisation project", [AREA.RADICALISATION]),
        ("teenagers who get in trouble with the law", [AREA.JUVENILE_DELINQUENCY]),
        ("safe urban spaces", [AREA.PUBLIC_SPACES]),
        ("our squares and streets", [AREA.PUBLIC_SPACES]),
        ("the street where we live", []),
        ("public squares and juvenile delinquency", [AREA.JUVENILE_DELINQUENCY, AREA.PUBLIC_SPACES]),
        ("who publishes the handbook", []),
    ],
)
def test_focus_areas_are_named_in_many_ways(question: str, areas: list[FocusArea]) -> None:
    assert focus_areas_in(question) == areas


@pytest.mark.parametrize(
    ("question", "categories"),
    [
        ("diagnostic tools", [CATEGORY.DIAGNOSTIC]),
        ("tools for assessment and monitoring", [CATEGORY.DIAGNOSTIC]),
        ("activity-related practices", [CATEGORY.ACTIVITY]),
        ("evaluation tools", [CATEGORY.EVALUATION]),
        ("the action type practices", [CATEGORY.ACTIVITY]),
        ("only the hands-on ones", [CATEGORY.ACTIVITY]),
        ("which tools exist to do the check-up", [CATEGORY.DIAGNOSTIC]),
        ("tools to spot, assess or keep an eye on it", [CATEGORY.DIAGNOSTIC]),
        ("instruments for checking afterwards if a project was any good", [CATEGORY.EVALUATION]),
        ("know if a tool really works", []),
        ("which instruments help to evaluate it", [CATEGORY.EVALUATION]),
        ("check whether our work has any effect", [CATEGORY.EVALUATION]),
        ("the assessment side only, not the actions", [CATEGORY.DIAGNOSTIC]),
        ("concrete actions and not analysis", [CATEGORY.ACTIVITY]),
        ("all the stuff that helps to detect or assess it", [CATEGORY.DIAGNOSTIC]),
        ("diagnostic and evaluation tools", [CATEGORY.DIAGNOSTIC, CATEGORY.EVALUATION]),
        ("the Vulnerability Assessment Manual", []),
        ("which tools", []),
    ],
)
def test_categories_are_named_in_many_ways(question: str, categories: list[Category]) -> None:
    assert categories_in(question) == categories


def test_filters_leave_the_rest_of_the_text() -> None:
    left = without_filters("evaluation tools against radicalisation in schools").split()
    assert left == ["tools", "against", "in", "schools"]


def test_one_area_and_one_category_are_filters_and_several_are_none() -> None:
    areas = [AREA.JUVENILE_DELINQUENCY, AREA.PUBLIC_SPACES]
    assert filters_of(areas[:1], [CATEGORY.ACTIVITY], "Italy", "theatre") == Filters(
        focus_area=AREA.JUVENILE_DELINQUENCY, category=CATEGORY.ACTIVITY, place="Italy", theme="theatre"
    )
    assert filters_of(areas, [], None, None) == Filters()


def test_tools_in_several_categories_can_be_asked_for() -> None:
    assert wants_both("Which tools stand in more than one category?")
    assert wants_both("tools that are listed twice")
    assert not wants_both("Which evaluation tools are there?")


@pytest.mark.parametrize(
    ("question", "alone", "guess"),
    [
        ("Which city holds a yearly forum? I guess Lisbon?", "Which city holds a yearly forum?", "Lisbon"),
        ("The guide is in seven languages - is Arabic one of them?", "The guide is in seven languages", "Arabic"),
        ("Is it Liverpool?", "Is it Liverpool?", "Liverpool"),
        ("Who made SAM?", "Who made SAM?", ""),
    ],
)
def test_what_an_asker_guesses_is_set_apart(question: str, alone: str, guess: str) -> None:
    assert without_guess(question) == (alone, guess)


def test_one_tool_can_be_asked_for() -> None:
    assert asks_for_a_tool("Which practice uses street art?")
    assert asks_for_a_tool("Is there a tool from Malta?")
    assert not asks_for_a_tool("Which tools use street art?")


@given(st.text(max_size=300))
def test_any_text_is_of_some_kind(text: str) -> None:
    assert kind_of(text) in Ask
    assert len(focus_areas_in(text)) <= len(AREA)
    assert len(categories_in(text)) <= len(CATEGORY)
