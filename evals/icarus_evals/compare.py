"""Two runs over the same cases, paired: what differs, which cases got better or worse, and whether it is chance."""

from collections.abc import Mapping

from icarus.records import Record
from icarus_evals.figures import BY_NAME, in_order
from icarus_evals.run_record import CaseResult, RunRecord
from icarus_evals.statistics import bootstrap_mean, for_many_tests, sign_flip_p

SIGNIFICANT = 0.05
DECISIVE = (
    "truthfulness",
    "evidence",
    "facts",
    "exact",
    "count",
    "first",
    "refusal",
    "false_ref",
    "verbatim",
    "markers",
)
"""Figures that make a case better or worse."""


class Difference(Record):
    """One figure over the cases that both runs have: after minus before, and what can be said of it.

    `p` is the chance of so large a difference if there were none, corrected for the number of figures compared.
    """

    figure: str
    before: float
    after: float
    change: float
    low: float | None
    high: float | None
    p: float
    n: int
    verdict: str


class Move(Record):
    """A case that got better or worse, with the figures that changed: (name, before, after)."""

    case: str
    question: str
    changes: tuple[tuple[str, float, float], ...]


class Comparison(Record):
    """A run against a baseline run."""

    baseline: str
    shared: int
    only_here: int
    only_there: int
    differences: tuple[Difference, ...]
    better: tuple[Move, ...]
    worse: tuple[Move, ...]
    mixed: tuple[Move, ...]
    verdict: str


def compare(run: RunRecord, baseline: RunRecord) -> Comparison:
    """A run paired case by case with a baseline; cases whose question changed do not count as shared."""
    mine, theirs = _by_id(run), _by_id(baseline)
    shared = [i for i, r in mine.items() if i in theirs and theirs[i].case.turns == r.case.turns]
    pairs = {i: (theirs[i].figures, mine[i].figures) for i in shared}
    differences = _differences(pairs, run.identity.seed)
    moves = {i: _changes(*pair) for i, pair in pairs.items()}
    sorted_moves: dict[str, list[Move]] = {"better": [], "worse": [], "mixed": []}
    for i, changes in moves.items():
        if changes:
            sorted_moves[_direction(changes)].append(Move(case=i, question=mine[i].case.question, changes=changes))
    return Comparison(
        baseline=baseline.identity.system,
        shared=len(shared),
        only_here=len(mine) - len(shared),
        only_there=len(theirs) - len(shared),
        differences=differences,
        better=tuple(sorted_moves["better"]),
        worse=tuple(sorted_moves["worse"]),
        mixed=tuple(sorted_moves["mixed"]),
        verdict=_overall(differences, sorted_moves),
    )


def _by_id(run: RunRecord) -> dict[str, CaseResult]:
    return {result.case.id: result for result in run.results}


Pairs = Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]]


def _names(pairs: Pairs) -> list[str]:
    both = {name: 0.0 for before, after in pairs.values() for name in before if name in after}
    return [name for name in in_order(both) if name in BY_NAME]


def _differences(pairs: Pairs, seed: int) -> tuple[Difference, ...]:
    raw = [_difference(name, pairs, seed) for name in _names(pairs)]
    corrected = for_many_tests([d.p for d in raw])
    return tuple(
        d.model_copy(update={"p": p, "verdict": _verdict(d.figure, d.change, p)})
        for d, p in zip(raw, corrected, strict=True)
    )


def _difference(name: str, pairs: Pairs, seed: int) -> Difference:
    values = [(b[name], a[name]) for b, a in pairs.values() if name in b and name in a]
    changes = [after - before for before, after in values]
    interval = bootstrap_mean(changes, seed)
    return Difference(
        figure=name,
        before=sum(b for b, _ in values) / len(values),
        after=sum(a for _, a in values) / len(values),
        change=interval.mean,
        low=interval.low,
        high=interval.high,
        p=sign_flip_p(changes, seed),
        n=len(values),
        verdict="",
    )


def _verdict(name: str, change: float, p: float) -> str:
    """'the same', 'better', 'worse', or that these cases cannot tell."""
    if not change:
        return "the same"
    good = (change > 0) == (BY_NAME[name].better == "higher")
    word = "better" if good else "worse"
    return word if p < SIGNIFICANT else f"{word}, but within what chance does"


def _changes(before: Mapping[str, float], after: Mapping[str, float]) -> tuple[tuple[str, float, float], ...]:
    names = [n for n in DECISIVE if n in before and n in after and before[n] != after[n]]
    return tuple((n, before[n], after[n]) for n in names)


def _direction(changes: tuple[tuple[str, float, float], ...]) -> str:
    ways = {(after > before) == (BY_NAME[name].better == "higher") for name, before, after in changes}
    return "mixed" if len(ways) > 1 else "better" if True in ways else "worse"


def _overall(differences: tuple[Difference, ...], moves: Mapping[str, list[Move]]) -> str:
    better = [d.figure for d in differences if d.verdict == "better"]
    worse = [d.figure for d in differences if d.verdict == "worse"]
    counts = f"{len(moves['better'])} cases got better, {len(moves['worse'])} worse, {len(moves['mixed'])} both"
    if not better and not worse:
        return f"No figure differs by more than chance does ({counts})."
    parts = []
    if better:
        parts.append(f"better in {', '.join(better)}")
    if worse:
        parts.append(f"worse in {', '.join(worse)}")
    return f"It is {' and '.join(parts)}, by more than chance does ({counts})."
