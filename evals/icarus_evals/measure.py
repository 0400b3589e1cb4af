"""What the benchmarks measure with: a clock, a median, and the most memory of this process."""

import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence


def timed(call: Callable[[], object]) -> float:
    """Seconds that a call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def median_ms(seconds: Sequence[float]) -> float:
    """The median of some seconds, in milliseconds."""
    return round(statistics.median(seconds) * 1e3, 2)


def most_memory() -> int:
    """The most memory that this process has had, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6)
