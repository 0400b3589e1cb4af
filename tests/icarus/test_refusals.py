"""What the report does not say is said to be so, with what is nearest; what it says is not refused."""

from typing import TYPE_CHECKING

import pytest

from icarus.records import Reply, Status
from tests.icarus.annex import letters, those
from tests.icarus.contract import defects

if TYPE_CHECKING:
    from icarus.assistant import Assistant
    from icarus_evals.page_texts import PageTexts


def ask(assistant: "Assistant", printed: "PageTexts", question: str) -> Reply:
    reply = assistant.ask(question)
    assert defects(reply, printed) == []
    return reply


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("What is Calm Street's yearly budget?", "Calm Street"),
        ("How much does a licence of Safetipin cost?", "Safetipin"),
        ("How much did the city of Augsburg pay for KRASS?", "KRASS"),
        ("What is the telephone number of Hayat?", "Hayat"),
        ("What is the e-mail address of the Strong Cities Network?", "Strong Cities"),
        ("Who is the director of CAPRI?", "CAPRI"),
        ("When was BOUNCE founded?", "BOUNCE"),
        ("What does SAM cost the city of Vienna every year?", '"SAM"'),
        ("How accurate are the predictions of the AIDA platform?", "AIDA"),
        ("In which year did the Behaviour Barometer start?", "Behaviour"),
        ("How many social workers does SAM employ?", "SAM"),
        ("How many people have downloaded Safetipin?", "Safetipin"),
        ("How many children took part in Action Anti-Bullying?", "Action Anti"),
        ("What are the opening hours of the House of Juvenile Law?", "The House of"),
        ("By how much per cent did DARE reduce radicalisation?", "DARE"),
    ],
)
class TestWhatIsLeftOutAboutATool:
    def test_it_is_said_so_with_what_is_nearest(
        self, assistant: "Assistant", printed: "PageTexts", question: str, tool: str
    ) -> None:
        reply = ask(assistant, printed, question)
        assert reply.status is Status.NOT_IN_REPORT
        assert reply.citations
        assert {letters(t.name) for t in reply.tools} == those(tool)
        assert any(citation.tool == reply.tools[0].id for citation in reply.citations)


@pytest.mark.parametrize(
    "question",
    [
        "What does the report say about bicycle theft in Amsterdam?",
        "Which blockchain tools does the report describe?",
        "How is wine made?",
        "What is the murder rate of Naples?",
        "Who won the football world cup in 2018?",
        "What does the annex say about submarines?",
        "Any tools against football hooliganism?",
        "Does the report name a tool against pyromania?",
        "Which tools of the annex are made against domestic violence, please?",  # only the review speaks of it
        "Do you have some tool which works with drones?",  # only a question of the survey does
    ],
)
def test_what_is_not_there_at_all(assistant: "Assistant", printed: "PageTexts", question: str) -> None:
    assert ask(assistant, printed, question).status in {Status.NOT_IN_REPORT, Status.OUT_OF_SCOPE}


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("What does KRASS stand for?", "what KRASS stands for"),
        ("Please write out the 10 rules of thumb of SecureCity one by one.", "what the 10 are"),
        ("I'd like to call the towns that tried QUALIPREV. Which ones were they?", "which place that is"),
    ],
)
def test_what_is_spoken_of_and_not_told(
    assistant: "Assistant", printed: "PageTexts", question: str, missing: str
) -> None:
    reply = ask(assistant, printed, question)
    assert reply.status is Status.NOT_IN_REPORT
    assert missing in reply.answer


@pytest.mark.parametrize("letters", ["GVI", "THOR", "AGECO", "SURE"])
def test_letters_that_are_spelled_out_are_explained(assistant: "Assistant", printed: "PageTexts", letters: str) -> None:
    assert ask(assistant, printed, f"What does {letters} stand for?").status is Status.ANSWERED


class TestAnonymity:
    @pytest.mark.parametrize(
        ("question", "about"),
        [
            ("Which city uses an online index tool that overlays different data?", "online index tool"),
            (
                "What is the name of the city that organises exploratory walks with female citizens?",
                "exploratory walks",
            ),
            ("Which municipality drafted a zero-tolerance policy on petty crime?", "zero-tolerance"),
            ("Which city has the group scan methodology?", "group scan"),
            ("Name the two cities that provide brochures to debunk conspiracy theories.", "brochures"),
            ("In which city do young offenders work for an association instead of serving prison time?", "association"),
        ],
    )
    def test_the_cities_of_chapter_5_stay_unnamed_and_the_reason_is_given(
        self, assistant: "Assistant", printed: "PageTexts", question: str, about: str
    ) -> None:
        reply = ask(assistant, printed, question)
        assert reply.status is Status.NOT_IN_REPORT
        assert any("abstaining from naming" in c.quote and c.page == 13 for c in reply.citations)
        assert any(about in c.quote for c in reply.citations)

    @pytest.mark.parametrize(
        ("question", "city"),
        [
            ("Which city runs mobile social work called SAM?", "Vienna"),
            ("In which city was Calm Street started?", "Stockholm"),
            ("Where is Villa Berceto?", "Emilia Romagna"),
            ("Which city does SURE support?", "Tampere"),
        ],
    )
    def test_the_cities_of_chapter_4_are_named(
        self, assistant: "Assistant", printed: "PageTexts", question: str, city: str
    ) -> None:
        reply = ask(assistant, printed, question)
        assert reply.status is Status.ANSWERED
        assert city in reply.answer


class TestEfficacy:
    @pytest.mark.parametrize(
        "question",
        [
            "Which tool is the most effective?",
            "What is the best tool against bullying?",
            "Rank the tools against bullying by effectiveness.",
            "Which programme has the highest effectiveness score?",
        ],
    )
    def test_the_report_s_own_caution_is_given(
        self, assistant: "Assistant", printed: "PageTexts", question: str
    ) -> None:
        reply = ask(assistant, printed, question)
        assert reply.status is Status.NOT_IN_REPORT
        [caution] = [c for c in reply.citations if "does not provide thorough information on the efficacy" in c.quote]
        assert caution.page == 15


class TestFalsePremises:
    @pytest.mark.parametrize(
        "question",
        [
            "Why was Calm Street closed in 2009?",
            "How did Safetipin reduce crime by 40 %?",
            "Why was THOR developed in 1987?",
        ],
    )
    def test_what_a_question_takes_for_granted_must_stand_in_the_text(
        self, assistant: "Assistant", printed: "PageTexts", question: str
    ) -> None:
        assert ask(assistant, printed, question).status is Status.NOT_IN_REPORT


@pytest.mark.parametrize(
    "question",
    [
        "What does the report say about the costs of technology-based solutions?",
        "How much time does SAM need before effects are visible?",
        "How many workshops does the TERRA II curriculum have?",
        "When did Vilvoorde begin its meetings with young people?",
        "Was Digital Streetwork evaluated?",
        "Which organisation financed the Pestalozzi workshops?",
        "Who leads WP2?",
        "Which contributors are from Salzburg?",
        "What percentage of authorities see organised crime as a priority?",
        "How many individuals were signalled through the green telephone number?",
        "In how many languages is the UNESCO guide available?",
        "Among which age group did radicalisation increase during the protests against COVID-19 restrictions?",
        "How many cities concentrate on right-wing extremism?",
        "Who are the peer reviewers of the report?",
    ],
)
def test_what_is_there_is_not_refused(assistant: "Assistant", printed: "PageTexts", question: str) -> None:
    assert ask(assistant, printed, question).status is Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Does Calm Street work?", "Calm Street has been successful"),
        ("How effective is the Group Violence Intervention?", "largest direct impact"),
        ("How effective is COPKIT?", ""),
    ],
)
def test_whether_a_tool_works_gets_the_caution_and_what_is_told_of_its_results(
    assistant: "Assistant", printed: "PageTexts", question: str, told: str
) -> None:
    reply = ask(assistant, printed, question)
    assert reply.status is Status.NOT_IN_REPORT
    assert "does not provide thorough information on the efficacy" in reply.answer
    assert told in reply.answer


def test_a_definition_must_define(assistant: "Assistant", printed: "PageTexts") -> None:
    assert (
        ask(assistant, printed, "What is the EU's definition of juvenile delinquency?").status is Status.NOT_IN_REPORT
    )
    assert "understood here as" in ask(assistant, printed, "How does the report define radicalisation?").answer


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Does the report mention submarines?", Status.NOT_IN_REPORT),
        ("Does the report mention cyberbullying?", Status.ANSWERED),
        ("What is the age limit of Digital Streetwork?", Status.NOT_IN_REPORT),
        ("What ages does BOUNCE address?", Status.ANSWERED),
        ("Which university ran the evaluation of SAM?", Status.NOT_IN_REPORT),
    ],
)
def test_near_misses_beside_what_is_there(
    assistant: "Assistant", printed: "PageTexts", question: str, status: Status
) -> None:
    assert ask(assistant, printed, question).status is status


@pytest.mark.parametrize(
    "question", ["Is the X-Game from Stuttgart available in English?", "How big was the EU grant for AIDA?"]
)
def test_a_language_or_a_grant_that_is_not_told_is_refused(
    assistant: "Assistant", printed: "PageTexts", question: str
) -> None:
    assert ask(assistant, printed, question).status is Status.NOT_IN_REPORT


@pytest.mark.parametrize(
    "question",
    [
        "The UNESCO teacher's guide exists in seven languages - is Arabic one of them?",
        "One city overlays crime, health and education data in an online index tool. Is it Liverpool?",
        "In which months of the year is the Copenhagen safety survey done?",
        "Do I have to pay for the QUALIPREV Excel sheet?",
        "Why did Copenhagen drop its yearly safety survey?",
    ],
)
def test_a_guess_a_month_a_price_or_an_end_that_is_not_told_is_refused(
    assistant: "Assistant", printed: "PageTexts", question: str
) -> None:
    reply = assistant.ask(question)
    assert defects(reply, printed) == []
    assert reply.status is Status.NOT_IN_REPORT


def test_a_guess_that_the_text_confirms_is_answered(assistant: "Assistant", printed: "PageTexts") -> None:
    reply = assistant.ask("SAM sends social workers into public areas. Is it Vienna?")
    assert defects(reply, printed) == []
    assert reply.status is Status.ANSWERED


@pytest.mark.parametrize(
    "question",
    [
        "Can I rely on the inventory to know if a tool really works?",
        "Does the report say whether the tools work?",
        "Is there any proof that these projects really work?",
    ],
)
def test_whether_the_tools_work_at_all_is_answered_by_the_report_s_own_caution(
    assistant: "Assistant", printed: "PageTexts", question: str
) -> None:
    reply = ask(assistant, printed, question)
    assert reply.status is Status.ANSWERED
    assert "does not provide thorough information on the efficacy" in reply.answer


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How does the report understand the word 'radicalisation'?", "hardening of opinions"),
        ("Does a small town need money or technology to apply THOR?", "does not require financial resources"),
        ("Is it ok to use the Behaviour Barometer to screen pupils?", "did not allow for screening"),
        ("How many strategies speak of the Istanbul Convention?", "only mentioned once"),
        ("neighbours who quarrel made a garden together - where was it?", "communal garden"),
        ("why are the towns not named in the chapter about municipal strategies", "abstaining from naming"),
        ("how many organisations answered the online survey and how many tools came out of it?", "12 organisations"),
        ("Has the Catalan manual Perception Matters already been evaluated?", "yet to be evaluated"),
        ("how many local authorities seize the illegal property of the gangs?", "four local"),
        ("Does the hate map of Malmö also look inside closed or private groups?", "are not included"),
        (
            "Can we play the X-Game and send the kids home, or must we talk with them afterwards?",
            "follow-up discussion",
        ),
        ("Where can I find the IMPACT Europe evaluation guide on the internet?", "impact.itti.com.pl"),
        ("What can hinder a city from using technological tools against organised crime?", "lack of expertise"),
    ],
)
def test_what_is_there_in_other_words_is_not_refused(
    assistant: "Assistant", printed: "PageTexts", question: str, words: str
) -> None:
    reply = ask(assistant, printed, question)
    assert reply.status is Status.ANSWERED
    assert words in reply.answer


def test_a_share_is_no_word_for_most_of_something_else(assistant: "Assistant", printed: "PageTexts") -> None:
    question = "By what percent did murders go down thanks to the Group Violence Intervention?"
    assert ask(assistant, printed, question).status is Status.NOT_IN_REPORT


def test_a_year_that_is_told_of_something_else_proves_nothing(assistant: "Assistant", printed: "PageTexts") -> None:
    assert ask(assistant, printed, "Why did Vilvoorde give up its meetings in 2019?").status is Status.NOT_IN_REPORT
