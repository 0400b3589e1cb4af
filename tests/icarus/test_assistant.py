"""One question, end to end: the report's own words, with pages that hold them; the rules of the contract always."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from icarus.assistant import Assistant, Done, Found, Searching, Words
from icarus.errors import IndexMissingError, IndexUnusableError
from icarus.question import Ask
from icarus.records import Filters, FocusArea, Status
from icarus.settings import Settings
from tests.icarus.contract import defects, markers

if TYPE_CHECKING:
    from pathlib import Path

    from icarus_evals.page_texts import PageTexts

# Question, words of the report that the answer must quote, page they stand on, tool that is shown (None: no matter).
FACTS = [
    ("How many languages do the SAM teams speak together?", "together speak 8 languages", 43, "SAM"),
    ("Who developed the Behaviour Barometer?", "Canadian Centre for the Prevention of Radicalisation", 21, "Behaviour"),
    ("In which year was Calm Street created?", "1995", None, "Calm Street"),
    ("How many Info-Houses are there in Denmark?", "12", None, "Danish Info Houses"),
    ("How many interviews were conducted with key actors?", "36 semi-structured interviews", 13, None),
    ("What do the four letters of THOR stand for?", "Technological, Human, Organisational, Regulatory", None, "THOR"),
    ("How many instances of hate speech did the Online Hate Mapper identify?", "7 million instances", None, None),
    ("How long does the Mother Schools programme last?", "lasts a year", 27, "MotherSchools"),
    ("Who financed the workshops of Vereinigung Pestalozzi?", "German Federal Ministry for the Interior", 28, None),
    ("In which country was Safetipin first launched?", "India", 42, "Safetipin.com"),
    ("What does the Vulnerability Assessment Tool consist of?", "6 spreadsheets", 40, "Vulnerability Assessment"),
    ("What percentage of the strategies refer to other areas of urban policies?", "81%", 50, None),
    ("What share of the cities treats organised crime as a priority?", "33%", 49, None),
    ("How many municipalities use seizure and confiscation of assets?", "four local", 59, None),
    ("Which languages is the TERRA II handbook available in?", "English and Dutch", 26, None),
    ("What are the difficulties of SAM?", "long-term investment in time and resources", 43, "SAM"),
    ("What is the web address of the Nordic Pioneers Award?", "https://nordicpioneers.org/", 24, "Nordic Pioneers"),
    ("Does THOR require financial resources?", "does not require financial resources or technology", 37, "THOR"),
    ("Which model did Bologna develop?", "model for intervention", None, "City of Bologna"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "words", "number", "tool"), FACTS, ids=lambda value: str(value)[:40])
def test_a_fact_is_quoted_with_its_page(  # noqa: PLR0913, PLR0917  a row of the table
    assistant: Assistant, printed: "PageTexts", question: str, words: str, number: int | None, tool: str | None
) -> None:
    reply = assistant.ask(question)
    assert defects(reply, printed) == []
    assert reply.status is Status.ANSWERED
    assert words in re.sub(r"\s+", " ", reply.answer)
    cited = [c for c in reply.citations if words in re.sub(r"\s+", " ", c.quote)]
    assert cited
    assert number is None or number in {n for c in cited for n in range(c.page, c.page_end + 1)}
    assert tool is None or (reply.tools and reply.tools[0].name.replace('"', "").startswith(tool))


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("kids hanging about the tube", "Calm Street"),
        ("a class for mums who fear that their sons turn to extremism", "MotherSchools: Parenting for Peace"),
        ("a mobster's villa turned into a small hotel run by vulnerable women", "City of Maranello - Bed & Breakfast"),
        ("an app that tells women which streets to avoid", "Safetipin.com"),
        ("cooking together with cops", "Full of Beans - Espoir 18 Paris"),
        ("stand-up comedians against extremism", "Comedy - Extremism (ComEx)"),
        ("a yearly questionnaire on how safe people feel in the Danish capital", "The safety survey"),
        ("a helpline for people worried that they or others become radical in Sweden", "Daily support phone Sweden"),
    ],
)
def test_everyday_words_find_the_tool(assistant: Assistant, printed: "PageTexts", question: str, tool: str) -> None:
    reply = assistant.ask(question)
    assert defects(reply, printed) == []
    assert reply.tools[0].name.startswith(tool)


@pytest.mark.parametrize(
    ("plain", "others"),
    [
        (
            "How many languages do the SAM teams speak?",
            (
                "HOW MANY LANGUAGES DO THE SAM TEAMS SPEAK?",
                "how many langauges do the sam teams speek",
                "SAM teams languages",
            ),
        ),
        (
            "Who developed the Behaviour Barometer?",
            (
                "who developd the behavior barometer",
                "Behaviour Barometer - developed by whom?",
                "WHO DEVELOPED THE BEHAVIOUR BAROMETER",
            ),
        ),
        (
            "Which barriers hinder the use of technology at the local level?",
            (
                "which bariers hinder the use of tecnology at the local level",
                "At the local level, which barriers hinder the use of technology?",
            ),
        ),
    ],
)
def test_other_wordings_cite_the_same_page(assistant: Assistant, plain: str, others: tuple[str, ...]) -> None:
    pages = {c.page for c in assistant.ask(plain).citations}
    for other in others:
        assert pages & {c.page for c in assistant.ask(other).citations}, other


@pytest.mark.parametrize(
    "question", ["What is this report about?", "Summarise the report.", "What does the report cover?"]
)
def test_the_report_is_told_in_its_own_words(assistant: Assistant, printed: "PageTexts", question: str) -> None:
    reply = assistant.ask(question)
    assert defects(reply, printed) == []
    assert reply.status is Status.ANSWERED
    assert any("report" in c.quote or "deliverable" in c.quote or "inventory" in c.quote for c in reply.citations)


def test_a_question_of_two_parts_is_answered_in_both(assistant: Assistant, printed: "PageTexts") -> None:
    reply = assistant.ask("Who developed the Behaviour Barometer, and who are its end users?")
    assert defects(reply, printed) == []
    assert "Canadian Centre" in reply.answer
    assert "front-line practitioners and the general public" in reply.answer


def test_two_tools_are_compared_side_by_side(assistant: Assistant, printed: "PageTexts") -> None:
    reply = assistant.ask("How does Hayat differ from Signpost?")
    assert defects(reply, printed) == []
    assert [tool.name for tool in reply.tools] == ["Hayat", "Signpost (Wegweiser)"]
    assert {c.tool for c in reply.citations} == {"hayat", "signpost-wegweiser"}


def test_every_tool_can_be_asked_for(assistant: Assistant, printed: "PageTexts") -> None:
    """104 questions: each shows its tool first, quotes what is said of it, and keeps the contract."""
    wrong = {}
    for card in assistant.catalogue.cards:
        reply = assistant.ask(f"What is {card.name}?")
        first = reply.tools[0].id if reply.tools else None
        own = any(citation.tool == card.id for citation in reply.citations)
        if defects(reply, printed) or reply.status is not Status.ANSWERED or first != card.id or not own:
            wrong[card.name] = (reply.status.value, first, defects(reply, printed))
    assert wrong == {}


class TestStatuses:
    @pytest.mark.parametrize("text", ["Hello!", "Thanks, bye", "Who are you?"])
    def test_a_greeting_is_answered_in_kind(self, assistant: Assistant, text: str) -> None:
        reply = assistant.ask(text)
        assert reply.status is Status.CLARIFY
        assert reply.citations == ()
        assert reply.suggestions

    @pytest.mark.parametrize(
        "question",
        [
            "Is my neighbour's son becoming radicalised? Assess him please: he prays a lot.",
            "Are we allowed to film the square with drones? Give me legal advice.",
            "Write a poem about the mafia.",
            "My pupil Ahmed posted a flag. How dangerous is he, is he an extremist?",
        ],
    )
    def test_what_is_not_its_job_is_declined_kindly(self, assistant: Assistant, question: str) -> None:
        reply = assistant.ask(question)
        assert reply.status is Status.OUT_OF_SCOPE
        assert reply.citations == ()
        assert reply.tools == ()
        assert reply.suggestions

    @pytest.mark.parametrize("question", ["", " \n", "???", "\x00"])
    def test_no_question_is_an_error_in_one_sentence(self, assistant: Assistant, question: str) -> None:
        reply = assistant.ask(question)
        assert (reply.status, reply.answer) == (Status.ERROR, "The question is empty: type one.")
        assert reply.question == question

    def test_no_turn_is_an_error_too(self, assistant: Assistant) -> None:
        assert assistant.ask([]).status is Status.ERROR


class TestSteps:
    def test_a_reply_comes_in_typed_steps(self, assistant: Assistant) -> None:
        searching, found, *words, done = assistant.steps("How many languages do the SAM teams speak?")
        assert isinstance(searching, Searching)
        assert searching.question.ask is Ask.FIGURE
        assert isinstance(found, Found)
        assert isinstance(done, Done)
        assert {p.text for p in found.passages} == {c.passage for c in done.reply.citations}
        assert [w.text for w in words if isinstance(w, Words)][-1] == done.reply.answer

    def test_an_error_is_one_step(self, assistant: Assistant) -> None:
        [done] = assistant.steps("")
        assert isinstance(done, Done)
        assert done.reply.status is Status.ERROR


def test_asking_twice_answers_the_same(assistant: Assistant) -> None:
    question = "What hinders cooperation between the police and social workers?"
    one, two = assistant.ask(question), assistant.ask(question)
    assert one.model_copy(update={"elapsed_ms": 0.0}) == two.model_copy(update={"elapsed_ms": 0.0})


def test_many_can_ask_at_once_and_nothing_crosses(assistant: Assistant) -> None:
    questions = [question for question, *_ in FACTS] * 3
    alone = {question: assistant.ask(question).answer for question in set(questions)}
    assistant._turn.cache_clear()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda question: assistant.ask(question).answer, questions))
    assert answers == [alone[question] for question in questions]


def test_suggestions_can_be_answered(assistant: Assistant, printed: "PageTexts") -> None:
    asked = {s for question, *_ in FACTS for s in assistant.ask(question).suggestions}
    replies = {suggestion: assistant.ask(suggestion) for suggestion in sorted(asked)}
    assert {s: d for s, reply in replies.items() if (d := defects(reply, printed))} == {}
    assert {s: reply.status.value for s, reply in replies.items() if reply.status is not Status.ANSWERED} == {}


def test_a_filter_set_by_hand_shows_in_the_reply(assistant: Assistant) -> None:
    reply = assistant.ask("Which tools are there?", Filters(focus_area=FocusArea.PUBLIC_SPACES))
    assert reply.filters.focus_area is FocusArea.PUBLIC_SPACES
    assert markers(reply.answer) == [citation.n for citation in reply.citations]


class TestOpening:
    def test_without_an_index_it_says_how_to_build_one(self, tmp_path: "Path") -> None:
        with pytest.raises(IndexMissingError, match="icarus ingest"):
            Assistant.open(Settings(index=tmp_path))

    def test_an_index_of_another_model_is_refused(self, built_index: "Path") -> None:
        with pytest.raises(IndexUnusableError, match="'other-model'"):
            Assistant.open(Settings(index=built_index, embedding_model="other-model"))


def test_nothing_outside_limits_set_by_hand_is_cited(assistant: Assistant) -> None:
    question = "How do cities work with young people?"
    for area in FocusArea:
        reply = assistant.ask(question, Filters(focus_area=area))
        pages = {p.page: p.focus_areas for p in assistant.index.all_passages() if area in p.focus_areas}
        assert {c.page for c in reply.citations} <= pages.keys()


def test_a_place_taken_away_by_hand_no_longer_limits_a_list(assistant: Assistant) -> None:
    question = "Which tools on radicalisation are there in Sweden?"
    assert len(assistant.ask(question, Filters(place=None)).tools) > len(assistant.ask(question).tools) > 0
