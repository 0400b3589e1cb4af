"""Figures of cases brought together by slice, with their intervals."""

from collections import defaultdict
from collections.abc import Sequence

from icarus_evals.figures import in_order
from icarus_evals.metrics.refusal import trade_off
from icarus_evals.run_record import CaseResult, Curve, SliceFigure
from icarus_evals.slices import DIMENSIONS, Slice, slices_of
from icarus_evals.statistics import bootstrap_mean


def summarise(results: Sequence[CaseResult], seed: int) -> tuple[SliceFigure, ...]:
    """Every figure over every slice: slices by dimension and value, figures in their fixed order."""
    values: dict[Slice, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for result in results:
        for of in slices_of(result.case, result.source):
            for name, value in result.figures.items():
                values[of][name].append(value)
    order = sorted(values, key=lambda of: (DIMENSIONS.index(of[0]), of[1]))
    return tuple(
        _row(of, name, values[of][name], seed) for of in order for name in in_order(dict.fromkeys(values[of], 0.0))
    )


def _row(of: Slice, name: str, values: Sequence[float], seed: int) -> SliceFigure:
    found = bootstrap_mean(values, seed)
    return SliceFigure(
        dimension=of[0], value=of[1], figure=name, mean=found.mean, low=found.low, high=found.high, n=found.n
    )


def refusal_curve(results: Sequence[CaseResult]) -> Curve | None:
    """What refusing below a score of the best passage would do, and where the system itself stands."""
    scored = [(r, r.candidates[0].score) for r in results if r.candidates]
    curve = trade_off(
        [score for r, score in scored if r.case.answerable],
        [score for r, score in scored if "refusal" in r.figures],
    )
    false, right = _mean(results, "false_ref"), _mean(results, "refusal")
    at = (false, right) if false is not None and right is not None else None
    return Curve(points=curve.points, area=curve.area, at=at) if curve.points or at else None


def _mean(results: Sequence[CaseResult], figure: str) -> float | None:
    values = [r.figures[figure] for r in results if figure in r.figures]
    return sum(values) / len(values) if values else None
