"""Nugget recall, truthfulness and length, by hand and by their published examples."""

import pytest

from icarus.records import Status
from icarus_evals.metrics.latency import latency
from icarus_evals.metrics.length import length_figures, token_f1
from icarus_evals.metrics.nuggets import Support, nugget_figures, nugget_scores, support
from icarus_evals.metrics.truthfulness import Grade, grade, truthfulness
from tests.evals.builders import case, citation, reply, subject, tool, unanswerable

FULL, PARTIAL, NONE = Support.FULL, Support.PARTIAL, Support.NONE


def test_nugget_scores_by_hand() -> None:
    # Vital: full, partial, none, full. Okay: none, full.
    scores = nugget_scores([FULL, PARTIAL, NONE, FULL], [NONE, FULL])
    assert scores == {
        "nuggets_vital_strict": 2 / 4,
        "nuggets_vital": 2.5 / 4,
        "nuggets_all_strict": 3 / 6,
        "nuggets_all": 3.5 / 6,
    }


def test_support_of_a_nugget() -> None:
    assert support("It began in 1995 in Stockholm", ["Stockholm"]) is FULL
    assert support("lack of trust between people", ["lack of mutual trust"]) is PARTIAL
    assert support("nothing of the kind", ["lack of mutual trust", "mistrust"]) is NONE


def test_a_refusal_supports_no_nugget() -> None:
    of = case(key_facts=[["Bari"]], okay_facts=[["1995"]])
    assert nugget_figures(subject(of, reply("Bari, 1995")))["nuggets_all"] == 1.0
    refused = reply("Not on Bari.", status=Status.NOT_IN_REPORT)
    assert set(nugget_figures(subject(of, refused)).values()) == {0.0}


@pytest.mark.parametrize(
    ("accurate", "wrong", "missing", "published"),
    [(335, 135, 530, 0.200), (323, 289, 388, 0.034)],
    ids=["GPT-4 Turbo", "Llama 3 70B Instruct"],
)
def test_truthfulness_of_crags_own_table(accurate: int, wrong: int, missing: int, published: float) -> None:
    """CRAG, table 5, language models alone: accuracy, hallucination, missing and truthfulness in thousandths."""
    grades = [Grade.PERFECT] * accurate + [Grade.INCORRECT] * wrong + [Grade.MISSING] * missing
    assert truthfulness(grades) == pytest.approx(published)


def test_grades_of_answerable_questions() -> None:
    of = case(key_facts=[["Bari"], ["40"]])
    assert grade(subject(of, reply("Bari, 40"))) is Grade.PERFECT
    assert grade(subject(of, reply("Bari"))) is Grade.ACCEPTABLE
    assert grade(subject(of, reply("Rome"))) is Grade.INCORRECT
    for status in (Status.NOT_IN_REPORT, Status.CLARIFY, Status.ERROR, Status.OUT_OF_SCOPE):
        assert grade(subject(of, reply("Bari, 40", status=status))) is Grade.MISSING
    assert grade(subject(of, None)) is Grade.MISSING


def test_grades_of_unanswerable_questions() -> None:
    assert grade(subject(unanswerable(), reply("x", status=Status.NOT_IN_REPORT))) is Grade.PERFECT
    assert grade(subject(unanswerable(), reply("x", status=Status.CLARIFY))) is Grade.MISSING
    assert grade(subject(unanswerable(), reply("Ten euros."))) is Grade.INCORRECT


def test_a_dump_is_not_read_to_its_end() -> None:
    of = case(key_facts=[["Bari"]])
    assert grade(subject(of, reply("word " * 149 + "Bari"))) is Grade.PERFECT
    assert grade(subject(of, reply("word " * 150 + "Bari"))) is Grade.INCORRECT


def test_a_list_is_graded_by_its_cards_and_a_count_by_its_number_too() -> None:
    listed = case(type="list", tools=["A", "B"])
    assert grade(subject(listed, reply("x", tools=(tool("A"), tool("B"))))) is Grade.PERFECT
    assert grade(subject(listed, reply("x", tools=(tool("A"),)))) is Grade.ACCEPTABLE
    assert grade(subject(listed, reply("A and B"))) is Grade.INCORRECT
    count = case(type="count", tools=["A", "B"], key_facts=[["2", "two"]])
    assert grade(subject(count, reply("Two.", tools=(tool("A"), tool("B"))))) is Grade.PERFECT
    assert grade(subject(count, reply("Three.", tools=(tool("A"), tool("B"))))) is Grade.INCORRECT


def test_token_f1_by_hand() -> None:
    # 'the project ran in bari' and 'it ran in bari': 3 shared of 5 and 4 words: 2 * 3 / 9.
    assert token_f1("The project ran in Bari [1]", "it ran in Bari") == pytest.approx(6 / 9)
    assert token_f1("else", "it ran") == 0.0


def test_length_and_limits() -> None:
    of = case(evidence=["It helped 40 families"])
    short = length_figures(subject(of, reply("It helped 40 families [1]", citation(1, "q"))))
    assert short == {"words": 5.0, "limits": 1.0, "answer_f1": 1.0}
    assert length_figures(subject(of, reply("word " * 140)))["limits"] == 0.0
    assert length_figures(subject(of, reply("x", *[citation(n, "q") for n in range(1, 8)])))["limits"] == 0.0
    assert length_figures(subject(case(type="list"), reply("word " * 999))) == {}


def test_latency_by_hand() -> None:
    # 95th percentile of 1..5, linear: the value at place 0.95 * 4 = 3.8, between 4 and 5.
    assert latency([5.0, 1.0, 4.0, 2.0, 3.0]) == pytest.approx({"replies": 5.0, "median": 3.0, "p95": 4.8, "max": 5.0})
    assert latency([]) == {}
