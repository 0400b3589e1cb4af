"""Where the gold evidence stands in a ranking of passages, as ir-measures computes it.

A piece of evidence may stand in several passages, and a passage may hold several pieces. So recall is counted over
pieces of evidence: subtopic recall (Zhai, Cohen and Lafferty, 2003), each piece a subtopic. Mean reciprocal rank
(Kantor and Voorhees, 2000) and nDCG (Järvelin and Kekäläinen, 2002) take a passage as relevant where it holds any
piece; alpha-nDCG (Clarke et al., 2008) gives less for a piece already seen. Judgements are pooled: passages beyond the
ranking are not known, and evidence that no ranked passage holds counts as one relevant passage that was not found.
"""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from icarus_evals.errors import EvalError
from icarus_evals.matching import holds_any

DEPTH = 50
"""How deep a ranking is judged."""
MISSING = "The figures need the packages of the extra 'evals': pip install 'icarus-assistant[evals]'."
Judged = Sequence[frozenset[int]]
"""A ranking as the pieces of evidence that each passage holds, best passage first."""


def check_measures() -> None:
    """Raises EvalError where ir-measures or a provider of its measures is not installed."""
    if any(find_spec(name) is None for name in ("ir_measures", "pyndeval", "pytrec_eval", "scipy")):
        raise EvalError(MISSING)


def judge(ranking: Sequence[str], gold: Sequence[Sequence[str]]) -> list[frozenset[int]]:
    """Which pieces of gold evidence each passage of a ranking holds."""
    return [frozenset(i for i, quotes in enumerate(gold) if holds_any((text,), quotes)) for text in ranking[:DEPTH]]


def retrieval_figures(rankings: Mapping[str, Judged], pieces: Mapping[str, int]) -> dict[str, dict[str, float]]:
    """Figures by query: `recall@1`, `recall@5`, `recall@10`, `rr`, `ndcg@10` and `alpha_ndcg@10`.

    Takes for each query its judged ranking and how many pieces of evidence there are, at least one.

    Raises:
        EvalError: ir-measures and its providers are not installed.
    """
    check_measures()
    import ir_measures
    from ir_measures import RR, StRecall, alpha_nDCG, nDCG

    measures = {
        StRecall @ 1: "recall@1", StRecall @ 5: "recall@5", StRecall @ 10: "recall@10",
        RR: "rr", nDCG @ 10: "ndcg@10", alpha_nDCG @ 10: "alpha_ndcg@10",
    }  # fmt: skip
    figures: dict[str, dict[str, float]] = {query: {} for query in rankings}
    for names, topics in (({"StRecall", "alpha_nDCG"}, True), ({"RR", "nDCG"}, False)):
        wanted = [m for m in measures if m.NAME in names]
        qrels = [ir_measures.Qrel(*row) for row in _judgements(rankings, pieces, topics)]
        run = [ir_measures.ScoredDoc(*row) for row in _run(rankings)]
        for value in ir_measures.iter_calc(wanted, qrels, run):
            figures[value.query_id][measures[value.measure]] = float(value.value)
    return figures


def _judgements(
    rankings: Mapping[str, Judged], pieces: Mapping[str, int], by_topic: bool
) -> list[tuple[str, str, int, str]]:
    """(query, passage, relevance, piece); without topics a passage is judged once, whatever it holds."""
    rows = []
    for query, judged in rankings.items():
        missing = set(range(pieces[query])).difference(*judged)
        held = [(f"p{rank}", found) for rank, found in enumerate(judged) if found]
        held += [(f"missing{piece}", frozenset({piece})) for piece in sorted(missing)]
        for passage, found in held:
            topics = sorted(found) if by_topic else [0]
            rows += [(query, passage, 1, f"t{topic}") for topic in topics]
    return rows


def _run(rankings: Mapping[str, Judged]) -> list[tuple[str, str, float]]:
    """(query, passage, score), falling by rank; a query without a ranking gets one passage that holds nothing."""
    return [
        (query, f"p{rank}", float(DEPTH - rank))
        for query, judged in rankings.items()
        for rank in range(max(len(judged), 1))
    ]
