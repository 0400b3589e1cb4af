"""The findings as tables on a terminal."""

from rich.console import Console
from rich.table import Table

from icarus_evals.compare import Comparison
from icarus_evals.figures import BY_NAME
from icarus_evals.judge.judging import Judgement
from icarus_evals.report.findings import Findings, cases_in, judged, with_interval, written
from icarus_evals.run_record import RunRecord

NARROW = (
    "evidence", "facts", "exact", "refusal", "false_ref", "truthfulness", "verbatim", "precision", "recall@5", "words",
)  # fmt: skip
"""Headline figures of the table by slice, first those that must not be left out on a narrow terminal."""
WIDE = 120
SLICE_WIDTH = 44
CASES_WIDTH = 9


def print_findings(findings: Findings, console: Console) -> None:
    """Figures over all cases, by slice and by system, the comparison, and what is amiss."""
    console.print(_overall(findings.run, says=console.width >= WIDE))
    console.print(_by_slice(findings, console.width))
    if findings.baselines:
        console.print(_by_system(findings))
    for comparison in findings.comparisons:
        console.print(_comparison(comparison))
        console.print(comparison.verdict)
    _print_losses(findings, console)
    if findings.judgement:
        console.print(_judgement(findings.judgement))
    times = findings.run.timing.latency
    if times:
        console.print(
            f"A reply took {times['median']:.0f} ms at the median, {times['p95']:.0f} ms at the 95th percentile."
        )
    for failure in findings.missed:
        console.print(f"[bold red]✗[/] {failure.sentence}")
    console.print(("[bold red]✗[/] " if findings.missed else "[bold green]✓[/] ") + findings.verdict)


def _overall(run: RunRecord, says: bool) -> Table:
    table = Table(title=f"{run.identity.system}: {len(run.results)} cases", title_justify="left")
    table.add_column("figure")
    table.add_column("mean (95 % interval)", justify="right")
    table.add_column("cases", justify="right")
    table.add_column("better", style="dim")
    if says:
        table.add_column("says", style="dim")
    for name, row in run.overall().items():
        told = (BY_NAME[name].better, BY_NAME[name].says) if name in BY_NAME else ("", "")
        table.add_row(name, with_interval(row), str(row.n), *told[: 1 + says])
    for name, value in run.cards.items():
        table.add_row(name, written(name, value), "", *("higher", "of the tool cards of the index")[: 1 + says])
    return table


def _by_slice(findings: Findings, width: int) -> Table:
    names = _fitting([n for n in NARROW if n in findings.run.overall()], width - SLICE_WIDTH)
    table = Table(title="By slice", title_justify="left")
    table.add_column("slice", max_width=SLICE_WIDTH - CASES_WIDTH - 3)
    table.add_column("cases", justify="right")
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    for of, row in findings.slices:
        cells = [written(n, row[n].mean) if n in row else "" for n in names]
        table.add_row(of, str(cases_in(row)), *cells)
    return table


def _fitting(names: list[str], width: int) -> list[str]:
    """As many of the names as stand beside each other as headings."""
    while names and sum(len(name) + 3 for name in names) > width:
        names = names[:-1]
    return names


def _by_system(findings: Findings) -> Table:
    table = Table(title="Beside what anyone could build in an afternoon", title_justify="left")
    table.add_column("figure")
    for run in findings.systems:
        table.add_column(run.identity.system, justify="right")
    for name in findings.headlines():
        rows = [run.overall().get(name) for run in findings.systems]
        table.add_row(name, *(written(name, row.mean) if row else "" for row in rows))
    return table


def _comparison(comparison: Comparison) -> Table:
    table = Table(title=f"Against {comparison.baseline}, {comparison.shared} cases in both", title_justify="left")
    for heading in ("figure", "before", "after", "change (95 % interval)", "p", "verdict"):
        table.add_column(heading, justify="left" if heading in {"figure", "verdict"} else "right")
    for d in (d for d in comparison.differences if d.change):
        span = f" ({d.low:+.2f} to {d.high:+.2f})" if d.low is not None and d.high is not None else ""
        cells = [written(d.figure, d.before), written(d.figure, d.after), f"{d.change:+.2f}{span}", f"{d.p:.3f}"]
        table.add_row(d.figure, *cells, d.verdict)
    return table


def _judgement(judgement: Judgement) -> Table:
    table = Table(title=f"As the language model {judgement.judge} judges", title_justify="left", show_header=False)
    for label, value in judged(judgement):
        table.add_row(label, value)
    return table


def _print_losses(findings: Findings, console: Console) -> None:
    lost = findings.lost
    if not lost:
        return
    table = Table(title="Where cases were lost", title_justify="left")
    table.add_column("stage")
    table.add_column("cases", justify="right")
    table.add_column("which")
    for stage, results in lost:
        table.add_row(stage.value, str(len(results)), " ".join(r.case.id for r in results))
    console.print(table)
