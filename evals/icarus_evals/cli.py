"""`icarus eval`: run the cases, print and write the reports, and exit 1 below a threshold."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from icarus_evals.cases import Case
    from icarus_evals.report.findings import Findings
    from icarus_evals.run_record import RunRecord
    from icarus_evals.runner import Evaluation
    from icarus_evals.systems import House

CASES = Path("evals/cases")
DEFAULT_CASES = ("dev.jsonl", "own.jsonl")
THRESHOLDS = Path("evals/thresholds.toml")
CARDS = "cards.jsonl"
PIPE_WIDTH = 140


def evaluate(  # noqa: PLR0913, PLR0917 - one an option
    cases: Annotated[
        list[Path] | None,
        typer.Option(help="file of cases, may be given again; without it, the cases that come with the project"),
    ] = None,
    baseline: Annotated[
        list[str] | None,
        typer.Option(
            help="what to compare with, may be given again: bm25, llama-index, llama-index-chroma, llama-index-fusion, "
            "txtai, all of these with 'all', or the run.json of an earlier evaluation"
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="folder for run.json, report.html and report.md", show_default=False)
    ] = None,
    thresholds: Annotated[Path, typer.Option(help="what must be reached")] = THRESHOLDS,
    seed: Annotated[int, typer.Option(help="seed of everything that is drawn")] = 0,
    robustness: Annotated[bool, typer.Option(help="ask again with typing errors and in other words")] = True,
    add_from_feedback: Annotated[
        Path | None,
        typer.Option(
            help="draft cases out of a file of feedback instead, for a person to complete", show_default=False
        ),
    ] = None,
) -> None:
    """Measure answer quality: figures by slice, against thresholds and baselines."""
    if add_from_feedback is not None:
        _draft(add_from_feedback, out)
        return
    from rich.console import Console

    from icarus.settings import get_settings
    from icarus_evals.errors import EvalError
    from icarus_evals.systems import House

    files = cases or [CASES / name for name in DEFAULT_CASES if (CASES / name).is_file()]
    if not files:
        raise EvalError(f"There are no cases in {CASES}: name a file with --cases.")
    _check(baseline or [], out)
    console = Console()
    if not console.is_terminal:
        console = Console(width=PIPE_WIDTH)
    if not _measure(House.open(get_settings()), files, baseline or [], out, thresholds, seed, robustness, console):
        raise typer.Exit(1)


def _check(baselines: Sequence[str], out: Path | None) -> None:
    """Say what is wrong before minutes are spent."""
    from icarus_evals.baselines.registry import ALL, check_installed
    from icarus_evals.errors import EvalError
    from icarus_evals.metrics.retrieval import check_measures

    check_measures()
    for name in baselines:
        if not Path(name).is_file() and name != ALL:
            check_installed(name)
    if out is not None and out.exists() and not out.is_dir():
        raise EvalError(f"{out} is not a folder: name one with --out.")


def _measure(  # noqa: PLR0913, PLR0917
    house: "House", files: Sequence[Path], baselines: Sequence[str], out: Path | None, thresholds: Path, seed: int,
    robustness: bool, console: "Console",
) -> bool:  # fmt: skip
    """Run, print and write all; whether the thresholds are reached."""
    from icarus_evals.compare import compare
    from icarus_evals.report.findings import Findings
    from icarus_evals.report.terminal import print_findings
    from icarus_evals.run_record import read_run
    from icarus_evals.runner import Evaluation
    from icarus_evals.systems import ICARUS
    from icarus_evals.thresholds import failures, load_thresholds

    earlier = [read_run(Path(name)) for name in baselines if Path(name).is_file()]
    bounds = load_thresholds(thresholds) if thresholds.is_file() or thresholds != THRESHOLDS else {}
    evaluation = Evaluation(_load(files), house.pages, seed, robustness)
    run = _run(house, ICARUS, evaluation, files, console)
    others = [_run(house, name, evaluation, files, console) for name in _names(baselines)]
    findings = Findings(run, others, [compare(run, other) for other in (*earlier, *others)], failures(run, bounds))
    print_findings(findings, console)
    if out is not None:
        _write(findings, out, console)
    return not findings.missed


def _names(baselines: Sequence[str]) -> list[str]:
    from icarus_evals.baselines.registry import ALL, BASELINES

    names = [n for name in baselines if not Path(name).is_file() for n in (BASELINES if name == ALL else (name,))]
    return list(dict.fromkeys(names))


def _load(files: Sequence[Path]) -> "dict[str, tuple[Case, ...]]":
    """Cases by the name of their file; an id may stand in one file only."""
    from icarus_evals.cases import load_cases
    from icarus_evals.errors import CaseFileError

    loaded = {path.stem: load_cases(path) for path in files}
    ids = [case.id for cases in loaded.values() for case in cases]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise CaseFileError(f"The same id stands in two files of cases: {', '.join(twice[:5])}.")
    return loaded


def _run(house: "House", name: str, evaluation: "Evaluation", files: Sequence[Path], console: "Console") -> "RunRecord":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from icarus_evals.runner import run
    from icarus_evals.systems import ICARUS

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        opening = progress.add_task(f"{name}: getting ready", total=None)
        system = house.system(name)
        progress.remove_task(opening)
        task = progress.add_task(name, total=len(evaluation.asked))
        cards = _cards(house, files) if name == ICARUS else {}
        identity = house.identity(name, files, evaluation.seed)
        return run(system, evaluation, identity, cards, told=lambda _: progress.advance(task))


def _cards(house: "House", files: Sequence[Path]) -> dict[str, float]:
    from icarus_evals.metrics.cards import card_figures, load_card_gold

    gold = next((path.parent / CARDS for path in files if (path.parent / CARDS).is_file()), None)
    return card_figures(house.index.tools, house.pages, load_card_gold(gold) if gold else ())


def _write(findings: "Findings", out: Path, console: "Console") -> None:
    from icarus_evals.report.html import to_html
    from icarus_evals.report.markdown import to_markdown

    out.mkdir(parents=True, exist_ok=True)
    files = {"report.html": to_html(findings), "report.md": to_markdown(findings)}
    files["run.json"] = findings.run.model_dump_json(indent=1)
    for other in findings.baselines:
        files[f"run-{other.identity.system}.json"] = other.model_dump_json(indent=1)
    if findings.comparisons:
        files["comparison.json"] = json.dumps([c.model_dump(mode="json") for c in findings.comparisons], indent=1)
    for name, content in files.items():
        (out / name).write_text(content + "\n", encoding="utf-8")
    console.print(f"Written to {out}: {', '.join(files)}", soft_wrap=True)


def _draft(feedback: Path, out: Path | None) -> None:
    from icarus_evals.feedback import draft_cases

    drafts = draft_cases(feedback)
    lines = "".join(json.dumps(draft, ensure_ascii=False) + "\n" for draft in drafts)
    if out is None:
        typer.echo(lines, nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    (out / "drafts.jsonl").write_text(lines, encoding="utf-8")
    typer.echo(f"{len(drafts)} drafts are in {out / 'drafts.jsonl'}: complete each, then move them to a file of cases.")
