"""Where evidence stands in a ranking: by hand, and by a published example."""

import math

import ir_measures
import pytest
from ir_measures import nDCG

from icarus_evals.metrics.retrieval import judge, retrieval_figures


def test_which_pieces_a_passage_holds() -> None:
    gold = [("ran in Bari", "Bari it was"), ("40 families were helped",)]
    ranking = ["nothing", "Bari it was, and 40 families were helped", "ran in Bari"]
    assert judge(ranking, gold) == [frozenset(), frozenset({0, 1}), frozenset({0})]


def test_a_ranking_by_hand() -> None:
    """Two pieces of evidence; the second passage holds the first piece, the sixth the other.

    recall@1 = 0, recall@5 = 1/2, recall@10 = 1; reciprocal rank 1/2;
    nDCG@10 = (1/log2(3) + 1/log2(7)) / (1/log2(2) + 1/log2(3)).
    """
    nothing = frozenset[int]()
    ranking = [nothing, frozenset({0}), nothing, nothing, nothing, frozenset({1})]
    figures = retrieval_figures({"q": ranking}, {"q": 2})["q"]
    assert figures["recall@1"] == 0.0
    assert figures["recall@5"] == pytest.approx(0.5)
    assert figures["recall@10"] == pytest.approx(1.0)
    assert figures["rr"] == pytest.approx(0.5)
    ideal = 1 + 1 / math.log2(3)
    assert figures["ndcg@10"] == pytest.approx((1 / math.log2(3) + 1 / math.log2(7)) / ideal)
    assert figures["alpha_ndcg@10"] == pytest.approx(figures["ndcg@10"])


def test_evidence_that_is_not_retrieved_counts_as_missing() -> None:
    figures = retrieval_figures({"q": [frozenset({0})]}, {"q": 4})["q"]
    assert figures["recall@10"] == pytest.approx(0.25)
    assert figures["ndcg@10"] < 1.0


def test_a_piece_seen_again_adds_no_recall_and_less_gain() -> None:
    """Alpha-nDCG halves the gain of a piece with each time that it was seen."""
    again = retrieval_figures({"q": [frozenset({0}), frozenset({0}), frozenset({1})]}, {"q": 2})["q"]
    fresh = retrieval_figures({"q": [frozenset({0}), frozenset({1}), frozenset({0})]}, {"q": 2})["q"]
    assert again["ndcg@10"] == fresh["ndcg@10"] == 1.0
    assert again["alpha_ndcg@10"] < fresh["alpha_ndcg@10"] == 1.0
    gain = 1 + 0.5 / math.log2(3) + 1 / math.log2(4)
    assert again["alpha_ndcg@10"] == pytest.approx(gain / (1 + 1 / math.log2(3) + 0.5 / math.log2(4)))


def test_nothing_retrieved_is_zero() -> None:
    assert set(retrieval_figures({"q": []}, {"q": 1})["q"].values()) == {0.0}


def test_each_query_has_its_own_figures() -> None:
    figures = retrieval_figures({"a": [frozenset({0})], "b": [frozenset[int](), frozenset({0})]}, {"a": 1, "b": 1})
    assert (figures["a"]["rr"], figures["b"]["rr"]) == (1.0, 0.5)


def test_the_library_has_the_ndcg_of_the_published_example() -> None:
    """The much-printed example of discounted cumulative gain.

    Grades 3, 2, 3, 0, 1, 2 ranked so, two more of 3 and 2 not retrieved: DCG 6.861, of an ideal 8.740, is 0.785.
    """
    qrels = [ir_measures.Qrel("q", f"d{i}", grade) for i, grade in enumerate([3, 2, 3, 0, 1, 2, 3, 2])]
    run = [ir_measures.ScoredDoc("q", f"d{i}", 10.0 - i) for i in range(6)]
    assert ir_measures.calc_aggregate([nDCG @ 6], qrels, run)[nDCG @ 6] == pytest.approx(6.861 / 8.740, abs=1e-4)
