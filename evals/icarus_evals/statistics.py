"""Intervals and tests by resampling, seeded: the same to the last digit on every run.

The percentile bootstrap (Efron and Tibshirani, 1993, chapter 13) over cases, the paired sign-flip permutation test
(Fisher, 1935), and the correction for many tests at once (Benjamini and Hochberg, 1995), all as SciPy has them.
"""

from collections.abc import Sequence
from typing import NamedTuple

RESAMPLES = 2000
CONFIDENCE = 0.95
FEWEST = 2


class Interval(NamedTuple):
    """A mean and the bounds of its 95 % interval; the bounds are None with fewer than two values."""

    mean: float
    low: float | None
    high: float | None
    n: int


def bootstrap_mean(values: Sequence[float], seed: int) -> Interval:
    """The mean of at least one value with its percentile-bootstrap interval."""
    import numpy as np

    mean = sum(values) / len(values)
    if len(values) < FEWEST:
        return Interval(mean, None, None, len(values))
    if min(values) == max(values):
        return Interval(mean, mean, mean, len(values))
    from scipy.stats import bootstrap  # type: ignore[import-untyped]

    found = bootstrap(
        (np.asarray(values),),
        np.mean,
        confidence_level=CONFIDENCE,
        n_resamples=RESAMPLES,
        method="percentile",
        rng=np.random.default_rng(seed),
    ).confidence_interval
    return Interval(mean, float(found.low), float(found.high), len(values))


def sign_flip_p(differences: Sequence[float], seed: int) -> float:
    """Chance of a mean difference at least so large if either sign were as likely for each pair.

    Pairs without a difference do not bear on it; with fewer than two that differ it is 1.
    """
    import numpy as np

    changed = [d for d in differences if d]
    if len(changed) < FEWEST:
        return 1.0
    from scipy.stats import permutation_test

    found = permutation_test(
        (np.asarray(changed),),
        np.mean,
        permutation_type="samples",
        n_resamples=RESAMPLES,
        rng=np.random.default_rng(seed),
    )
    return float(found.pvalue)


def for_many_tests(ps: Sequence[float]) -> list[float]:
    """The p values of tests made at once, each as the false discovery rate at which its test would count."""
    from scipy.stats import false_discovery_control

    return [float(p) for p in false_discovery_control(list(ps))] if ps else []
