"""At which stage a case was lost."""

import pytest

from icarus.explanation import SentenceChoice
from icarus.question import Ask, Question
from icarus.records import Filters, FocusArea, Reply, Status
from icarus_evals.answerers import Candidate
from icarus_evals.cases import Case
from icarus_evals.figures import score
from icarus_evals.stages import Loss, Stage, find_loss
from icarus_evals.tracing import Looked, Trace
from tests.evals.builders import case, citation, reply, subject, tool, unanswerable

GOLD = "It helped 40 families"
FOUND = [
    Candidate(text="else", page=1, page_end=1),
    Candidate(text=f"The project. {GOLD}.", page=1, page_end=1),
]
ABSENT = FOUND[:1]
CITED = citation(1, "It helped 40 families.")
OTHER = citation(1, "The project ran in Bari.")


def stage(of: Case, given: Reply | None, candidates: list[Candidate] | None = FOUND) -> Stage | None:
    at = subject(of, given)
    loss = find_loss(at, score(at), candidates)
    return loss.stage if loss else None


def test_a_sound_case_is_not_lost() -> None:
    assert stage(case(key_facts=[["40"]]), reply("It helped 40 families. [1]", CITED)) is None
    assert stage(unanswerable(), reply("No.", status=Status.NOT_IN_REPORT)) is None


@pytest.mark.parametrize("status", [Status.CLARIFY, Status.OUT_OF_SCOPE, Status.ERROR])
def test_understanding_where_the_question_was_not_taken(status: Status) -> None:
    assert stage(case(), reply("Which?", status=status)) is Stage.UNDERSTANDING
    assert stage(unanswerable(), reply("Which?", status=status)) is Stage.UNDERSTANDING
    assert stage(case(), None) is Stage.UNDERSTANDING


def test_understanding_where_a_filter_keeps_the_gold_out() -> None:
    filters = Filters(focus_area=FocusArea.RADICALISATION)
    assert stage(case(focus_area="public_spaces"), reply("Bari [1]", OTHER, filters=filters)) is Stage.UNDERSTANDING


def test_retrieval_where_the_evidence_was_not_found() -> None:
    assert stage(case(), reply("Bari [1]", OTHER), ABSENT) is Stage.RETRIEVAL
    assert stage(case(), reply("No.", status=Status.NOT_IN_REPORT), ABSENT) is Stage.RETRIEVAL


def test_selection_where_it_was_found_and_not_cited_or_not_shown() -> None:
    assert stage(case(), reply("Bari [1]", OTHER)) is Stage.SELECTION
    assert stage(case(), reply("Bari [1]", OTHER), None) is Stage.SELECTION
    assert stage(case(key_facts=[["a fact elsewhere"]]), reply("It helped. [1]", CITED)) is Stage.SELECTION
    listed = case(type="list", tools=["A"])
    assert stage(listed, reply("B [1]", CITED, tools=(tool("B"),))) is Stage.SELECTION


def test_refusal_where_it_was_found_and_refused_or_should_have_been() -> None:
    assert stage(case(), reply("No.", status=Status.NOT_IN_REPORT)) is Stage.REFUSAL
    assert stage(unanswerable(), reply("Ten euros. [1]", OTHER)) is Stage.REFUSAL


def test_citing_where_markers_or_quotes_are_wrong() -> None:
    assert stage(case(key_facts=[["40"]]), reply("It helped 40 families. [2]", CITED)) is Stage.CITING
    wrong_page = citation(1, "It helped 40 families.", page=2)
    assert stage(case(key_facts=[["40"]]), reply("It helped 40 families. [1]", wrong_page)) is Stage.CITING


BROUGHT = (Looked(text=f"The project. {GOLD}.", page=1, page_end=1, dense_rank=3),)
ELSE = (Looked(text="else", page=1, page_end=1, dense_rank=1),)
LEFT = SentenceChoice(text=f"{GOLD}.", page=1, score=0.5, chosen=False, why="scores too low")
REFUSED = reply("No.", status=Status.NOT_IN_REPORT)


def trace(ask: Ask = Ask.FACT, **more: object) -> Trace:
    question = Question(asked="q", standalone="q", ask=ask)
    given = {"question": question, "candidates": BROUGHT, "sentences": (LEFT,), "status": Status.ANSWERED}
    return Trace.model_validate(given | more)


def traced(of: Case, given: Reply | None, told: Trace, candidates: list[Candidate] = FOUND) -> Loss:
    at = subject(of, given)
    loss = find_loss(at, score(at), candidates, told)
    assert loss
    return loss


def test_the_search_of_the_answer_decides_not_the_ranking_that_is_measured() -> None:
    assert traced(case(), reply("Bari [1]", OTHER), trace(candidates=ELSE), FOUND).stage is Stage.RETRIEVAL
    assert traced(case(), reply("Bari [1]", OTHER), trace(), ABSENT).stage is Stage.SELECTION


def test_a_sentence_left_out_says_why() -> None:
    assert "(scores too low)" in traced(case(), reply("Bari [1]", OTHER), trace()).why
    assert "(" not in traced(case(), reply("Bari [1]", OTHER), trace(sentences=())).why


def test_a_refusal_names_its_rule() -> None:
    loss = traced(case(), REFUSED, trace(rule="count", missing="how many families", status=Status.NOT_IN_REPORT))
    assert loss.stage is Stage.REFUSAL
    assert "by the rule 'count': how many families" in loss.why
    wrongly = traced(unanswerable(), reply("Ten euros. [1]", OTHER), trace(Ask.FIGURE))
    assert wrongly.stage is Stage.REFUSAL
    assert "taken for 'figure'" in wrongly.why


def test_understanding_where_it_was_taken_for_another_kind_of_question() -> None:
    listed = case(type="list", tools=["A"])
    wrong = reply("B [1]", CITED, tools=(tool("B"),))
    assert traced(listed, wrong, trace()).stage is Stage.UNDERSTANDING
    assert traced(listed, wrong, trace(Ask.LIST)).stage is Stage.SELECTION
    assert traced(case(), reply("Bari [1]", OTHER), trace(Ask.OVERVIEW)).stage is Stage.UNDERSTANDING


def test_understanding_where_it_was_taken_to_be_about_another_tool() -> None:
    of, given = case(tools=["A"]), reply("Bari [1]", OTHER)
    loss = traced(of, given, trace(tools=(tool("B"),)))
    assert loss.stage is Stage.UNDERSTANDING
    assert "about B, the gold is A" in loss.why
    assert traced(of, given, trace(tools=(tool("Else", "A"),))).stage is Stage.SELECTION
    assert traced(of, given, trace()).stage is Stage.SELECTION
