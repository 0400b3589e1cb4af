"""At which stage a case was lost."""

import pytest

from icarus.records import Filters, FocusArea, Reply, Status
from icarus_evals.answerers import Candidate
from icarus_evals.cases import Case
from icarus_evals.figures import score
from icarus_evals.stages import Stage, find_loss
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
