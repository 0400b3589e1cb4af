"""`icarus eval`: run the cases, print and write the reports, and exit 1 below a threshold."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

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
    thresholds: Annotated[Path, typer.Option(help="what must be reached")] = Path("evals/thresholds.toml"),
    seed: Annotated[int, typer.Option(help="seed of everything that is drawn")] = 0,
    robustness: Annotated[bool, typer.Option(help="ask again with typing errors and in other words")] = True,
    judge: Annotated[
        bool,
        typer.Option(
            help="let a language model judge as well, apart: the one at ICARUS_JUDGE_API_BASE named ICARUS_JUDGE_MODEL"
        ),
    ] = False,
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
    from icarus.settings import get_settings
    from icarus_evals.carry_out import carry_out, write
    from icarus_evals.plan import Plan
    from icarus_evals.report.terminal import print_findings

    plan = Plan.of(
        cases or (),
        baselines=baseline or (),
        thresholds=thresholds,
        out=out,
        seed=seed,
        robustness=robustness,
        judge=judge,
    )
    console = _console()
    findings = carry_out(plan, get_settings(), console)
    print_findings(findings, console)
    if written := write(findings, plan):
        console.print(f"Written to {out}: {', '.join(written)}", soft_wrap=True)
    if findings.missed:
        raise typer.Exit(1)


def _console() -> "Console":
    from rich.console import Console

    console = Console()
    return console if console.is_terminal else Console(width=PIPE_WIDTH)


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
