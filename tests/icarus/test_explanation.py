"""An explanation tells how the very answer came about: what was looked at, by whom it was brought, why it ended so."""

from typing import TYPE_CHECKING

import numpy as np
import pytest

from icarus.errors import QuestionError
from icarus.explanation import Explanation
from icarus.records import Reply, Status
from icarus_evals.cases import load_cases
from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus.assistant import Assistant

ANSWERED = "What makes women feel unsafe in public spaces?"
DESCRIBED = "Any tech that helps find a nicked bike through other people's phones around town?"
REFUSED = "Which tool is the most effective one against organised crime?"


def both(assistant: "Assistant", *turns: str) -> tuple[Reply, Explanation]:
    return assistant.ask(turns), assistant.explain(turns)


def test_a_cited_passage_is_a_candidate_with_the_ranks_of_both_retrievers(assistant: "Assistant") -> None:
    reply, explanation = both(assistant, ANSWERED)
    assert reply.status is explanation.status is Status.ANSWERED
    texts = {p.text: p.id for p in assistant.index.all_passages()}
    candidates = {c.passage: c for c in explanation.candidates}
    cited = [candidates[texts[citation.passage]] for citation in reply.citations]
    assert cited
    for candidate in cited:
        assert candidate.dense_rank
        assert candidate.lexical_rank
        assert 0 < (candidate.dense_cosine or 0) <= 1
    assert [c.fused for c in explanation.candidates] == sorted((c.fused for c in explanation.candidates), reverse=True)


def test_the_first_by_meaning_has_the_nearest_sentence_of_the_corpus(assistant: "Assistant") -> None:
    explanation = assistant.explain(ANSWERED)
    first = next(c for c in explanation.candidates if c.dense_rank == 1)
    question = np.asarray(assistant.model.encode_query(explanation.question.standalone))
    vectors = assistant.index.sentence_vectors([p.id for p in assistant.index.all_passages()])
    cosines = {passage: float((v @ question).max(initial=-1.0)) for passage, v in vectors.items()}
    assert first.passage == max(cosines, key=lambda passage: cosines[passage])
    assert first.dense_cosine == pytest.approx(cosines[first.passage], abs=1e-4)


def test_what_is_quoted_was_chosen_and_says_why(assistant: "Assistant") -> None:
    reply, explanation = both(assistant, ANSWERED)
    chosen = [s for s in explanation.sentences if s.chosen]
    quotes = " ".join(citation.quote for citation in reply.citations)
    assert chosen
    for sentence in chosen:
        assert sentence.why == "answers"
        assert sentence.text in quotes
    left = [s for s in explanation.sentences if not s.chosen]
    assert left
    assert all(s.why.startswith(("about another", "scores too low")) for s in left)
    assert not explanation.rule
    assert not explanation.missing


def test_passages_on_a_tool_that_the_search_found_are_candidates(assistant: "Assistant") -> None:
    reply, explanation = both(assistant, DESCRIBED)
    assert not explanation.question.tools
    assert explanation.tools[0].name == "City.Risks"
    texts = {p.text: p.id for p in assistant.index.all_passages()}
    assert {texts[c.passage] for c in reply.citations} <= {c.passage for c in explanation.candidates}


def test_of_a_named_tool_only_what_is_said_of_it_is_looked_at(assistant: "Assistant") -> None:
    _, explanation = both(assistant, "What is AGECO?", "Who takes part in it?")
    (tool,) = explanation.question.tools
    assert explanation.candidates
    assert all(tool in c.tools for c in explanation.candidates)


def test_a_refusal_names_its_rule_and_what_is_missing(assistant: "Assistant") -> None:
    reply, explanation = both(assistant, REFUSED)
    assert reply.status is explanation.status is Status.NOT_IN_REPORT
    assert explanation.rule == "ranking"
    assert explanation.missing in reply.answer


def test_no_question_is_no_explanation(assistant: "Assistant") -> None:
    with pytest.raises(QuestionError):
        assistant.explain(" ")


def test_explain_and_ask_agree_on_all_dev_cases(assistant: "Assistant") -> None:
    texts = {p.text: p.id for p in assistant.index.all_passages()}
    searched = 0
    for case in load_cases(ROOT / "evals" / "cases" / "dev.jsonl"):
        reply, explanation = both(assistant, *case.turns)
        assert explanation.status is reply.status, case.id
        assert explanation.question.standalone == reply.standalone_question, case.id
        assert explanation.question.filters == reply.filters, case.id
        assert bool(explanation.rule) == (reply.status is Status.NOT_IN_REPORT), case.id
        if explanation.question.ask in {"fact", "figure", "reason"} and reply.status is Status.ANSWERED:
            cited = {texts[c.passage] for c in reply.citations}
            assert cited <= {c.passage for c in explanation.candidates}, case.id
            searched += 1
    assert searched > 50
