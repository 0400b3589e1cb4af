"""What is measured as the corpus grows, and its plots."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from evals.benchmark_scale import _MOST_STOCK, _table, _yardstick
from evals.plot_scale import PANELS, THEMES, draw, spread
from rich.console import Console

from evals import plot_scale
from tests.conftest import ROOT

DRAWN = [line for lines in PANELS.values() for line in lines]
PAGE = (ROOT / "evals" / "SCALE.md").read_text(encoding="utf-8")
MEASURED = json.loads((ROOT / "evals" / "scale" / "figures.json").read_text(encoding="utf-8"))


def grown(**changed: float) -> list[Mapping[str, float]]:
    """Figures of three sizes, each ten times those of the one before."""
    return [{"size": 100 * n, **{line.figure: 3.0 * n for line in DRAWN}, **changed} for n in (1, 10, 100)]


def elements(svg: Path) -> list[ElementTree.Element]:
    """Everything in a plot, which is our own file."""
    return list(ElementTree.parse(svg).iter())  # noqa: S314


def texts(svg: Path) -> list[str]:
    """The texts of a plot, as a reader of the page can find them."""
    return ["".join(e.itertext()).strip() for e in elements(svg) if e.tag.endswith("}text")]


def lines(svg: Path, colour: str) -> list[int]:
    """How many points each line of a colour has."""
    drawn = [e for e in elements(svg) if f"stroke: {colour}; stroke-width: 2" in e.get("style", "")]
    return [len(re.findall("[ML]", e.get("d", ""))) for e in drawn]


def test_each_figure_is_a_line_with_its_name(tmp_path: Path) -> None:
    draw(grown(), tmp_path)
    for name, theme in THEMES.items():
        plot = tmp_path / f"scale-{name}.svg"
        assert sorted(t for t in texts(plot) if t in {line.says for line in DRAWN}) == sorted(x.says for x in DRAWN)
        assert set(PANELS) < set(texts(plot))
        assert lines(plot, theme.lines["icarus"]) == [3, 3, 3, 3]
        assert f"fill: {theme.paper}" in plot.read_text(encoding="utf-8")


def test_what_was_left_out_is_no_line(tmp_path: Path) -> None:
    figures = grown()
    figures[2] = {k: v for k, v in figures[2].items() if not k.startswith("stock_memory")}
    draw(figures, tmp_path)
    assert lines(tmp_path / "scale-dark.svg", THEMES["dark"].lines["memory"]) == [2, 2, 2]
    draw([{"size": 100, "warm_ask_ms": 5.0, "memory_mb": 400, "build_s": 1}], tmp_path)
    assert "llama-index in memory" not in texts(tmp_path / "scale-dark.svg")


def test_the_same_figures_are_the_same_file(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        draw(grown(), tmp_path / folder)
    assert (tmp_path / "one/scale-light.svg").read_bytes() == (tmp_path / "two/scale-light.svg").read_bytes()


def test_names_stand_apart_in_the_order_of_their_lines() -> None:
    heights = spread([0.5, 0.51, 0.1, 0.9])
    assert heights[0] == 0.5
    assert heights[1] == pytest.approx(0.5 + plot_scale._APART)
    assert heights[2:] == [0.1, 0.9]


def test_a_file_that_holds_no_figures_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["plot_scale.py", str(tmp_path / "none.json"), str(tmp_path)])
    with pytest.raises(SystemExit, match=r"none\.json cannot be read: give a file of benchmark_scale"):
        plot_scale.main()


def test_the_table_says_where_the_yardstick_is_left_out(tmp_path: Path) -> None:
    assert _yardstick(_MOST_STOCK + 1, tmp_path / "not there") == {}
    console = Console(record=True, width=120, quiet=True)
    with console.capture() as shown:
        console.quiet = False
        console.print(_table([{"size": 100, "stock_memory_ask_ms": 23.5}, {"size": 10**6, "warm_ask_ms": 20.0}]))
    rows = {row.split("│")[1].strip(): row for row in shown.get().splitlines() if row.count("│") > 2}
    assert re.search(r"23\.5 .* left out", rows["stock_memory_ask_ms"])


def test_the_page_has_the_figures_that_are_drawn() -> None:
    """The numbers of each row are those of the run that is kept, as they are or rounded."""
    table = PAGE[PAGE.index("| passages |") :]
    rows = [[c.strip() for c in row.strip("|").split("|")] for row in table[: table.index("\n\n")].splitlines()]
    named = {
        "build, vectors given (s)": "build_s",
        "a question asked before (ms)": "warm_ask_ms",
        "a new question (ms)": "new_ask_ms",
        "most memory of answering (MB)": "memory_mb",
        "llama-index in memory: a question (ms)": "stock_memory_ask_ms",
        "llama-index on Chroma: a question (ms)": "stock_chroma_ask_ms",
        "recall@10 of Chroma's search": "recall@10",
    }
    cells = {row[0]: [float(c.replace(",", "")) for c in row[1:]] for row in rows if row[0] in named}
    assert cells.keys() == named.keys()
    for row, figure in named.items():
        assert cells[row] == pytest.approx([f[figure] for f in MEASURED], rel=0.05), row


@pytest.mark.parametrize("theme", THEMES)
def test_the_plots_that_are_kept_are_of_the_figures_that_are_kept(theme: str, tmp_path: Path) -> None:
    draw(MEASURED, tmp_path)
    kept = ROOT / "evals" / "scale" / f"scale-{theme}.svg"
    assert texts(kept) == texts(tmp_path / kept.name)
    assert lines(kept, THEMES[theme].lines["icarus"]) == [len(MEASURED)] * 4


def test_each_figure_that_is_drawn_is_measured(built_index: Path, tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    benchmark = [sys.executable, str(ROOT / "evals" / "benchmark_scale.py"), "--sizes", "100"]
    given = ["--folder", str(tmp_path / "scale"), "--json", str(figures)]
    subprocess.run([*benchmark, *given], env=with_index(built_index), check=True, capture_output=True)
    (measured,) = json.loads(figures.read_text(encoding="utf-8"))
    assert measured["passages"] == measured["size"] == 100
    assert measured["recall@10"] >= 0.95
    assert [line.figure for line in DRAWN if not measured[line.figure] > 0] == []
    draw([measured], tmp_path)
    assert {line.says for line in DRAWN} < set(texts(tmp_path / "scale-light.svg"))


def with_index(index: Path) -> dict[str, str]:
    """The environment with another index."""
    import os

    return os.environ | {"ICARUS_INDEX": str(index), "ICARUS_CORPUS": str(ROOT / "corpus")}
