"""How long replies took. Times differ from run to run, so they are kept apart from the figures of a run."""

from collections.abc import Sequence


def latency(milliseconds: Sequence[float]) -> dict[str, float]:
    """Number, median, 95th percentile (both linear between values) and maximum, in milliseconds; {} without times."""
    import numpy as np

    if not milliseconds:
        return {}
    median, p95 = np.percentile(milliseconds, [50, 95])
    return {"replies": float(len(milliseconds)), "median": float(median), "p95": float(p95), "max": max(milliseconds)}
