"""Draws the figures of `benchmark_scale.py --json FILE`, once for light pages and once for dark ones.

    python evals/plot_scale.py FILE FOLDER

It writes scale-light.svg and scale-dark.svg into the folder: the time of a question, memory and the time of building
against the number of passages, both axes logarithmic. It needs the extra `plots`.
"""

import argparse
import itertools
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Figures = Sequence[Mapping[str, float]]


class Line(NamedTuple):
    """A figure of the benchmark, what it is called on the plot, and its colour and mark, the same in each panel."""

    figure: str
    says: str
    style: tuple[str, str]


class Theme(NamedTuple):
    """The colours of a page; `lines` are told apart by people who see few colours, and marks differ as well."""

    paper: str
    ink: str
    grid: str
    lines: Mapping[str, str]


THEMES = {
    "light": Theme(
        "#ffffff",
        "#1f2328",
        "#d8dee4",
        {"icarus": "#0550ae", "chroma": "#b35900", "memory": "#a40e6a", "search": "#116329", "exact": "#57606a"},
    ),
    "dark": Theme(
        "#0d1117",
        "#e6edf3",
        "#30363d",
        {"icarus": "#79c0ff", "chroma": "#ffa657", "memory": "#ff9bce", "search": "#7ee787", "exact": "#9ba7b4"},
    ),
}
_ICARUS, _CHROMA, _MEMORY = ("icarus", "o"), ("chroma", "s"), ("memory", "^")
PANELS = {
    "One question (ms)": (
        Line("new_ask_ms", "Icarus, a new question", ("icarus", "v")),
        Line("warm_ask_ms", "Icarus, asked again", _ICARUS),
        Line("stock_memory_ask_ms", "llama-index in memory", _MEMORY),
        Line("stock_chroma_ask_ms", "llama-index on Chroma", _CHROMA),
        Line("search_ms", "of Icarus: search by meaning", ("search", "D")),
        Line("exact_numpy_ms", "exact search in numpy", ("exact", "x")),
    ),
    "Most memory of answering (MB)": (
        Line("memory_mb", "Icarus", _ICARUS),
        Line("stock_memory_memory_mb", "llama-index in memory", _MEMORY),
        Line("stock_chroma_memory_mb", "llama-index on Chroma", _CHROMA),
    ),
    "Building, vectors given (s)": (
        Line("build_s", "Icarus", _ICARUS),
        Line("stock_memory_build_s", "llama-index in memory", _MEMORY),
        Line("stock_chroma_build_s", "llama-index on Chroma", _CHROMA),
    ),
}
_APART = 0.085  # of a panel's height: the least distance of the names of two lines


def main() -> None:
    """Draw the plot for each theme."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path, help="what benchmark_scale.py --json has written")
    parser.add_argument("folder", type=Path, help="folder that the plots are written to")
    arguments = parser.parse_args()
    try:
        figures = json.loads(arguments.figures.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SystemExit(f"{arguments.figures} cannot be read: give a file of benchmark_scale.py --json.") from error
    arguments.folder.mkdir(parents=True, exist_ok=True)
    draw(figures, arguments.folder)


def draw(figures: Figures, folder: Path) -> None:
    """Write an SVG file for each theme; a figure that some size lacks is left out there."""
    import matplotlib as mpl

    for name, theme in THEMES.items():
        with mpl.rc_context():
            mpl.rcParams.update(_style(theme))
            _drawn(figures, theme).savefig(folder / f"scale-{name}.svg", metadata={"Date": None})


def spread(heights: Sequence[float]) -> list[float]:
    """Heights moved up as far as needed to stand apart, in the order given."""
    moved = list(heights)
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    for below, above in itertools.pairwise(order):
        moved[above] = max(moved[above], moved[below] + _APART)
    return moved


def _style(theme: Theme) -> dict[str, Any]:
    """Text stays text, and two drawings of the same figures are the same file."""
    return {
        "svg.fonttype": "none",
        "svg.hashsalt": "icarus",
        "font.size": 11,
        "figure.facecolor": theme.paper,
        "savefig.facecolor": theme.paper,
        "axes.facecolor": theme.paper,
        "axes.edgecolor": theme.grid,
        "grid.color": theme.grid,
        **dict.fromkeys(("text.color", "axes.titlecolor", "axes.labelcolor", "xtick.color", "ytick.color"), theme.ink),
    }


def _drawn(figures: Figures, theme: Theme) -> "Figure":
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.6, 10), layout="constrained")
    panels = figure.subplots(len(PANELS), 1)
    for axes, (title, lines) in zip(panels, PANELS.items(), strict=True):
        _panel(axes, title, [(line, _points(figures, line.figure)) for line in lines], theme)
    panels[-1].set_xlabel("passages")
    return figure


def _points(figures: Figures, name: str) -> list[tuple[float, float]]:
    return [(f["size"], f[name]) for f in figures if f.get(name)]


def _panel(axes: "Axes", title: str, lines: Sequence[tuple[Line, list[tuple[float, float]]]], theme: Theme) -> None:
    axes.set(xscale="log", yscale="log")
    axes.set_title(title, loc="left", fontweight="bold", fontsize=12)
    axes.grid(visible=True, linewidth=0.8)
    axes.spines[["top", "right"]].set_visible(False)
    drawn = [(line, points) for line, points in lines if points]
    for line, points in drawn:
        colour, mark = line.style
        axes.plot(*zip(*points, strict=True), color=theme.lines[colour], marker=mark, markersize=5, linewidth=2)
    _mark(axes)
    _name(axes, drawn, theme)


def _mark(axes: "Axes") -> None:
    """Powers of ten below; beside, so many of 1, 2 and 5 that each panel has some."""
    from matplotlib.ticker import LogLocator

    low, high = axes.get_ylim()
    axes.minorticks_off()
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if high / low < 100 else (1,)))
    axes.yaxis.set_major_formatter("{x:,g}")
    axes.set_ylim(low, high)


def _name(axes: "Axes", drawn: Sequence[tuple[Line, list[tuple[float, float]]]], theme: Theme) -> None:
    """The name of each line at its right end, instead of a legend that has to be looked up."""
    low, high = (math.log10(value) for value in axes.get_ylim())
    ends = [(math.log10(points[-1][1]) - low) / (high - low) for _, points in drawn]
    for (line, _), height in zip(drawn, spread(ends), strict=True):
        colour = theme.lines[line.style[0]]
        axes.text(1.01, height, line.says, color=colour, va="center", transform=axes.transAxes)


if __name__ == "__main__":
    main()
