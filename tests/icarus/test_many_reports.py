"""Several reports in one index: the one that is asked about answers, and the others stay out of it."""

import pytest
from rich.console import Console

from icarus.assistant import Assistant
from icarus.records import Reply, Status
from icarus.settings import Settings
from icarus_ingest.run import run

pytestmark = pytest.mark.slow

REPORTS = {
    "harbourwatch-d3-1": """HarbourWatch: Evaluation of the pilots

1. This report

The reviewers are Anna Lind and Marek Novak.

2. The pilots

The evaluation took place in two ports from spring to autumn. There are three groups of visitors: fishers, tourists and
truck drivers. Each of them was asked about lighting.

3. Cost of the lights

The lamps on the quay are paid by the port authority. A lamp needs new batteries after 40 hours.

Thieves come when it is dark. For this reason, the lamps must be lit before dusk.

4. Which lamp

The most effective lamp of the quay is the amber one.
""",
    "quay-rules": "Rules of the quay\n\f"
    + "\f".join(
        f"Issued by New Zealand Police\n\nPart {number}\n\n{text}\n"
        for number, text in enumerate(
            (
                "Officers may close a quay to cars. They tell the port authority of it within the hour.",
                "A fence on the quay is taken down by its owner, who has two weeks to do so.",
                "The helpline of the port is answered by the harbour master alone.",
            ),
            start=1,
        )
    ),
    "nightline-d2-4": """NightLine: Evaluation of the helpline

1. This report

The reviewers are Ines Duarte and Paul Weber.

2. The helpline

The evaluation took place in four towns over the winter. There are two groups of callers: parents and teachers.
Volunteers answer calls for 60 hours a week.

3. Cost of the calls

The calls are paid by the regions.
""",
}


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("reports")
    corpus = folder / "corpus"
    corpus.mkdir()
    for name, text in REPORTS.items():
        (corpus / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = Settings(corpus=corpus, index=folder / "index")
    run([], settings, console=Console(quiet=True))
    return Assistant.open(settings)


def test_what_a_report_itself_ranks_is_told(assistant: Assistant) -> None:
    assert "amber" in assistant.ask("Which lamp on the quay is the most effective one?").answer
    assert assistant.ask("Which lamp on the quay is the cheapest one?").status is Status.NOT_IN_REPORT
    assert "batteries" in assistant.ask("Is a lamp any better off after 40 hours, with new batteries?").answer


def test_a_reason_is_one_part_of_what_is_asked(assistant: Assistant) -> None:
    assert "before dusk" in assistant.ask("Why must the lamps on the quay be lit early?").answer
    both = assistant.ask("Who pays the lamps on the quay, and why must they be lit before dusk?").answer
    assert "port authority" in both
    assert "before dusk" in both


def documents(reply: Reply) -> set[str]:
    return {citation.document for citation in reply.citations}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Who are the reviewers of the HarbourWatch evaluation?", "Marek Novak"),
        ("Who are the reviewers of NightLine?", "Ines Duarte"),
        ("Who pays the lamps of HarbourWatch?", "paid by the port authority"),
    ],
)
def test_the_report_that_is_named_answers_alone(assistant: Assistant, question: str, told: str) -> None:
    reply = assistant.ask(question)
    assert told in reply.answer
    assert len(documents(reply)) == 1


def test_a_title_that_says_no_more_than_the_question_is_no_answer(assistant: Assistant) -> None:
    quotes = [citation.quote for citation in assistant.ask("What is the evaluation of the helpline?").citations]
    assert quotes
    assert "NightLine: Evaluation of the helpline" not in quotes


def test_a_part_of_a_question_is_answered_where_the_whole_is(assistant: Assistant) -> None:
    reply = assistant.ask("Which groups of callers are there, and for how many hours a week do volunteers answer?")
    assert "parents and teachers" in reply.answer
    assert "60 hours" in reply.answer
    assert documents(reply) == {"nightline-d2-4"}


def test_what_none_of_them_says_is_refused(assistant: Assistant) -> None:
    assert assistant.ask("What are the names of the volunteers of NightLine?").status is Status.NOT_IN_REPORT


def test_what_is_called_for_by_its_kind_is_to_be_spoken_of(assistant: Assistant) -> None:
    assert assistant.ask("Which software is used on the NightLine helpline?").status is Status.NOT_IN_REPORT
    assert "fishers" in assistant.ask("Which visitors are there in the HarbourWatch pilots?").answer


def test_without_a_catalogue_what_is_listed_stands_in_the_text(assistant: Assistant) -> None:
    assert "fishers" in assistant.ask("List the visitors, all the groups that use the projects of HarbourWatch.").answer


def test_a_report_goes_by_what_stands_at_the_edge_of_its_pages(assistant: Assistant) -> None:
    reply = assistant.ask("NZ: who answers the helpline?")
    assert "harbour master alone" in reply.answer
    assert documents(reply) == {"quay-rules"}


def test_where_the_asker_lives_is_not_what_is_asked(assistant: Assistant) -> None:
    reply = assistant.ask("I live above a quay in Wellington. May officers close a quay to cars?")
    assert "Officers may close a quay" in reply.answer
    assert assistant.ask("What is closed to cars in Wellington?").status is Status.NOT_IN_REPORT


def test_a_part_of_a_report_may_be_asked_about(assistant: Assistant) -> None:
    reply = assistant.ask("What does chapter 3 of HarbourWatch say about visitors and lamps?")
    assert reply.citations
    assert {citation.section.partition(" ")[0] for citation in reply.citations} == {"3"}
