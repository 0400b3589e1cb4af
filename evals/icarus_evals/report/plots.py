"""Plots as plain coordinates in a box of 320 by 200, for the page to draw as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

from icarus_evals.run_record import Curve

WIDTH, HEIGHT = 320, 200
BINS = 24


@dataclass(frozen=True)
class CurvePlot:
    """The trade-off of refusals: the points of a polyline, and where the system stands."""

    line: str
    at: tuple[float, float] | None
    area: float | None


@dataclass(frozen=True)
class Bar:
    """One bar of a histogram in the box, with what it stands for."""

    x: float
    y: float
    width: float
    height: float
    says: str


@dataclass(frozen=True)
class Histogram:
    """The bars of a histogram, and the value at the left edge of the last one."""

    bars: tuple[Bar, ...]
    last: float


def curve_plot(curve: Curve) -> CurvePlot:
    """False refusals to the right, right refusals up, both from 0 to 1."""
    line = " ".join(f"{x * WIDTH:.1f},{(1 - y) * HEIGHT:.1f}" for x, y in curve.points)
    at = (curve.at[0] * WIDTH, (1 - curve.at[1]) * HEIGHT) if curve.at else None
    return CurvePlot(line, at, curve.area)


def histogram(milliseconds: Sequence[float]) -> Histogram | None:
    """How many replies took how long, the last bar holding the longest; None without any.

    The last bar ends at twice the 95th percentile, and holds what took longer as well.
    """
    if not milliseconds:
        return None
    ordered = sorted(milliseconds)
    longest = max(2 * ordered[int(0.95 * (len(ordered) - 1))], 1e-9)
    step = longest / BINS
    counts = [0] * BINS
    for value in milliseconds:
        counts[min(int(value / step), BINS - 1)] += 1
    width = WIDTH / BINS
    bars = tuple(
        Bar(i * width, HEIGHT - HEIGHT * n / max(counts), width - 1, HEIGHT * n / max(counts), _says(i, step, n))
        for i, n in enumerate(counts)
    )
    return Histogram(bars, step * (BINS - 1))


def _says(i: int, step: float, n: int) -> str:
    upper = f"to {(i + 1) * step:.0f}" if i < BINS - 1 else "or more"
    return f"{n} replies: {i * step:.0f} {upper} ms"
