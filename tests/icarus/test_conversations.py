"""Conversations, end to end: each turn in the light of those before, and judged on its own evidence."""

from typing import TYPE_CHECKING

import pytest

from icarus.records import Category, Filters, FocusArea, Reply, Status
from tests.icarus.annex import letters, names, those
from tests.icarus.contract import defects

if TYPE_CHECKING:
    from icarus.assistant import Assistant
    from icarus_evals.page_texts import PageTexts


def ask(assistant: "Assistant", printed: "PageTexts", *turns: str) -> Reply:
    """The reply to the last turn; it keeps the contract."""
    reply = assistant.ask(turns)
    assert defects(reply, printed) == []
    assert reply.question == turns[-1]
    return reply


def shown(reply: Reply) -> set[str]:
    return {letters(tool.name) for tool in reply.tools}


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        (("What is Safetipin?", "In which country was it first launched?"), "India"),
        (("What is Safetipin?", "How many parameters does it have?"), "9 parameters"),
        (("Tell me about Calm Street.", "Who started it?"), "Fryshuset"),
        (("What is the Behaviour Barometer?", "who developed it"), "Canadian Centre"),
        (("What is SAM in Vienna?", "What are its difficulties?"), "long-term investment"),
        (("What is the Nordic Pioneers Award?", "Is there a link?"), "nordicpioneers.org"),
        (("Tell me about the Danish Info-Houses", "How many are there?"), "12"),
        (("What does QUALIPREV do?", "Was it ever evaluated itself?"), "no systematic evaluation"),
        (("What is the THOR methodology?", "Does it need money?"), "does not require financial resources"),
        (
            ("Garibaldi 2: what was wrong?", "And what is said of the people living there, where do they come from?"),
            "residents",
        ),
    ],
)  # fmt: skip
def test_pronouns_and_ellipsis_mean_the_tool_before(
    assistant: "Assistant", printed: "PageTexts", turns: tuple[str, ...], words: str
) -> None:
    reply = ask(assistant, printed, *turns)
    assert reply.status is Status.ANSWERED
    assert words in reply.answer
    assert reply.tools[:1] == assistant.ask(turns[0]).tools[:1]


def test_a_turn_that_says_so_is_about_something_else(assistant: "Assistant", printed: "PageTexts") -> None:
    then = "Thanks. Something quite different: the app for women in India. How many parameters has its audit?"
    reply = ask(assistant, printed, "What is ERG 22+?", then)
    assert shown(reply) == those("Safetipin.com")
    assert "9 parameters" in reply.answer


class TestOrdinals:
    LIST = "Which evaluation tools are there on radicalisation?"

    @pytest.mark.parametrize(
        ("then", "tool"),
        [
            ("Tell me more about the second one.", "Violent Extremism Evaluation"),
            ("What is the first one for?", "QUALIPREV"),
            ("and the last?", "IMPACTEurope"),
            ("What does the third one offer?", "IMPACTEurope"),
        ],
    )
    def test_the_nth_tool_of_a_list(self, assistant: "Assistant", printed: "PageTexts", then: str, tool: str) -> None:
        reply = ask(assistant, printed, self.LIST, then)
        assert reply.status is Status.ANSWERED
        assert shown(reply) == those(tool)

    def test_a_turn_later_it_is_still_that_one(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = ask(assistant, printed, self.LIST, "Tell me about the first one", "Who can use it?")
        assert shown(reply) == those("QUALIPREV")


class TestFilterChanges:
    @pytest.mark.parametrize(
        ("turns", "area", "category"),
        [
            (
                ("Which evaluation tools are there for radicalisation?", "And for organised crime?"),
                FocusArea.ORGANISED_CRIME,
                Category.EVALUATION,
            ),
            (
                ("How many diagnostic tools are there on public spaces?", "and activity-related ones?"),
                FocusArea.PUBLIC_SPACES,
                Category.ACTIVITY,
            ),
            (
                ("List the activity-related tools for juvenile delinquency.", "What about evaluation tools?"),
                FocusArea.JUVENILE_DELINQUENCY,
                Category.EVALUATION,
            ),
            (
                ("Which diagnostic tools are there on organised crime?", "And in public spaces?", "and evaluation?"),
                FocusArea.PUBLIC_SPACES,
                Category.EVALUATION,
            ),
        ],
    )
    def test_one_filter_changes_and_the_others_stay(
        self, assistant: "Assistant", printed: "PageTexts", turns: tuple[str, ...], area: FocusArea, category: Category
    ) -> None:
        reply = ask(assistant, printed, *turns)
        assert reply.filters == Filters(focus_area=area, category=category)
        assert shown(reply) == names(area, category)

    def test_a_place_narrows_the_list(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = ask(assistant, printed, "Which tools are there on radicalisation?", "only Sweden")
        assert shown(reply) == those("City of Malmö", "Daily support", "Strategy to Prevent")

    def test_which_of_those_stays_among_them(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = ask(
            assistant, printed, "Which tools are there on juvenile delinquency?", "Which of those are from France?"
        )
        assert shown(reply) == those("Police station", "City of Saint-Nazaire", "Full of Beans", '"Street Art"')

    def test_what_else_there_is_in_the_same_city(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = ask(assistant, printed, "What is the House of Juvenile Law?", "What else do you have from this city?")
        assert shown(reply) == those("X-Game")

    def test_all_there_is_in_the_same_country(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = ask(assistant, printed, "What is the SURE project in Tampere?", "Which tools are from that country?")
        assert shown(reply) == those("SURE")

    def test_the_one_of_a_place_among_those_shown(self, assistant: "Assistant", printed: "PageTexts") -> None:
        first = "Which tools deal with online hate speech?"
        reply = ask(assistant, printed, first, "What does the Malmö one leave out?")
        assert shown(reply) == those("City of Malmö")
        assert "Closed and private groups" in reply.answer

    def test_the_asker_s_own_country_is_remembered(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = ask(
            assistant, printed, "Hello, I work for the city of Graz in Austria.", "Which tools are there in my country?"
        )
        assert shown(reply) == those("88 gegen rechts", "SAM")


class TestTopicSwitch:
    @pytest.mark.parametrize(
        "then",
        [
            "What is the THOR methodology?",
            "Which tools are there against bullying in schools?",
            "How many evaluation tools does the annex list?",
            "Which tools come from Denmark?",
            "What share of the reviewed strategies mentions the discrimination of LGTBQ people?",
            "How many instances of hate speech did the Online Hate Mapper identify?",
        ],
    )
    @pytest.mark.parametrize("first", ["What is Safetipin?", "Which evaluation tools are there on radicalisation?"])
    def test_a_new_topic_is_answered_as_if_it_came_first(
        self, assistant: "Assistant", printed: "PageTexts", first: str, then: str
    ) -> None:
        reply, alone = ask(assistant, printed, first, then), ask(assistant, printed, then)
        assert (reply.status, reply.answer, reply.tools) == (alone.status, alone.answer, alone.tools)

    def test_thanks_end_nothing_and_ask_nothing(self, assistant: "Assistant", printed: "PageTexts") -> None:
        assert ask(assistant, printed, "What is Safetipin?", "Thank you!").status is Status.CLARIFY

    def test_after_thanks_a_question_is_a_question(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = ask(assistant, printed, "Hello", "Thanks!", "What is BOUNCE?")
        assert shown(reply) == those("BOUNCE")


class TestEachTurnOnItsOwnEvidence:
    @pytest.mark.parametrize(
        "then", ["What is its yearly budget?", "What is their phone number?", "What is the name of its director?"]
    )
    @pytest.mark.parametrize("first", ["What is Safetipin?", "Tell me about Calm Street."])
    def test_a_good_answer_before_opens_no_gate(
        self, assistant: "Assistant", printed: "PageTexts", first: str, then: str
    ) -> None:
        assert ask(assistant, printed, first).status is Status.ANSWERED
        reply = ask(assistant, printed, first, then)
        assert reply.status is Status.NOT_IN_REPORT
        assert reply.tools == assistant.ask(first).tools

    def test_a_refusal_before_closes_none(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = ask(
            assistant, printed, "What is the yearly budget of Safetipin?", "And in which country was it launched?"
        )
        assert reply.status is Status.ANSWERED
        assert "India" in reply.answer

    def test_what_is_not_its_job_stays_so(self, assistant: "Assistant", printed: "PageTexts") -> None:
        reply = ask(
            assistant, printed, "What is the Behaviour Barometer?", "Is my neighbour's son radicalised? Assess him."
        )
        assert reply.status is Status.OUT_OF_SCOPE

    def test_the_last_turn_must_be_a_question(self, assistant: "Assistant") -> None:
        assert assistant.ask(["What is Safetipin?", ""]).status is Status.ERROR

    @pytest.mark.parametrize("bad", ["", "???", "a" * 5000])
    def test_a_turn_that_could_not_be_taken_spoils_none_after(
        self, assistant: "Assistant", printed: "PageTexts", bad: str
    ) -> None:
        reply = ask(assistant, printed, "What is Safetipin?", bad, "In which country was it first launched?")
        assert reply.status is Status.ANSWERED
        assert "India" in reply.answer


def test_conversations_do_not_cross(assistant: "Assistant", printed: "PageTexts") -> None:
    one = ask(assistant, printed, "What is Safetipin?", "Who is it for?")
    other = ask(assistant, printed, "What is BOUNCE?", "Who is it for?")
    assert shown(one) == those("Safetipin")
    assert shown(other) == those("BOUNCE")


def test_where_it_was_tried_is_told_by_the_sentence_with_the_places(
    assistant: "Assistant", printed: "PageTexts"
) -> None:
    reply = ask(
        assistant, printed, "What is the vulnerability assessment manual of PRoTECT?", "where did they try it out?"
    )
    assert "Eindhoven" in reply.answer


def test_the_programme_is_the_one_before(assistant: "Assistant", printed: "PageTexts") -> None:
    turns = ("Mother Schools - what do mothers learn there?", "How long is the programme?", "in how many countries?")
    assert "15 countries" in ask(assistant, printed, *turns).answer


def test_how_many_exist_is_asked_of_the_one_before(assistant: "Assistant", printed: "PageTexts") -> None:
    assert "12" in ask(assistant, printed, "What are the Info Houses?", "How many exist in Denmark?").answer


def test_an_acronym_in_capitals_is_the_tool_before(assistant: "Assistant", printed: "PageTexts") -> None:
    turns = ("What is Group Violence Intervention?", "OK. And KEMEA, what do they offer?", "For which public is this?")
    assert "university students" in ask(assistant, printed, *turns).answer


def test_a_turn_that_names_what_its_pronoun_stands_for_leaves_the_last_tool(
    assistant: "Assistant", printed: "PageTexts"
) -> None:
    turn = "OK. And the Brussels Security by Design working group, how is it organised?"
    reply = ask(assistant, printed, "Tell me about SAM in Vienna.", turn)
    assert "strategic working group" in reply.answer
    assert shown(reply) & those("Brussels-Capital")


def test_who_else_is_asked_of_what_was_told(assistant: "Assistant", printed: "PageTexts") -> None:
    turns = (
        "What happened in Saint-Nazaire between the police and the pupils?",
        "Who else was on board, which partners?",
    )
    assert "insurance company" in ask(assistant, printed, *turns).answer


def test_a_turn_is_judged_by_what_itself_asks(assistant: "Assistant", printed: "PageTexts") -> None:
    first = "How many authorities seize goods and houses to fight organised crime?"
    reply = ask(assistant, printed, first, "And how many give courses to their own staff so they spot it at work?")
    assert "Two cities implement training programmes" in reply.answer


def test_keeping_some_leaves_the_filters_of_the_list(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = ask(assistant, printed, "Give me the activity tools on juvenile delinquency.", "keep just the Italian ones")
    assert shown(reply) == those("City of Bologna", "City of Turin")
