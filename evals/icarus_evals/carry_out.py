"""Carry out a plan: run the assistant and the baselines, bring together what was found, write the reports."""

import json
from contextlib import closing
from functools import partial

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from icarus.settings import Settings
from icarus_evals.compare import compare
from icarus_evals.judge.judging import Judgement, judge_run
from icarus_evals.metrics.cards import card_figures
from icarus_evals.plan import Plan
from icarus_evals.report.findings import Findings
from icarus_evals.run_record import RunRecord
from icarus_evals.runner import Evaluation, run
from icarus_evals.systems import ICARUS, House
from icarus_evals.thresholds import failures

WARM_UP = "What did the practitioners say about trust between the police and young people?"
"""Asked before the clock runs: the first question of all pays for loading the model."""


def carry_out(plan: Plan, settings: Settings, console: Console) -> Findings:
    """Run all systems of a plan on one index; shows progress where the console is a terminal.

    Raises:
        IndexMissingError, IndexUnusableError, ModelError: the assistant cannot be opened.
        EvalError: a baseline cannot be built.
    """
    house = House.open(settings)
    with closing(house.index):
        whole = Evaluation(plan.cases, house.pages, plan.seed, plan.robustness)
        plain = Evaluation(plan.cases, house.pages, plan.seed, robustness=False)
        mine = _run(house, ICARUS, plan, whole, console)
        others = [_run(house, name, plan, plain, console) for name in plan.baselines]
        judgement = _judged(mine, house, plan, console)
    comparisons = [compare(mine, other) for other in (*plan.earlier, *others)]
    return Findings(mine, others, comparisons, failures(mine, plan.thresholds), judgement)


def _run(house: House, name: str, plan: Plan, evaluation: Evaluation, console: Console) -> RunRecord:
    with _progress(console) as progress:
        opening = progress.add_task(f"{name}: getting ready", total=None)
        system = house.system(name)
        system.ask((WARM_UP,))
        progress.remove_task(opening)
        task = progress.add_task(name, total=len(evaluation.asked))
        cards = card_figures(house.index.tools, house.pages, plan.cards) if name == ICARUS else {}
        identity = house.identity(name, plan.files, plan.seed)
        return run(system, evaluation, identity, cards, told=lambda _: progress.advance(task))


def _judged(run: RunRecord, house: House, plan: Plan, console: Console) -> Judgement | None:
    if plan.judge is None:
        return None
    with _progress(console) as progress:
        task = progress.add_task(f"judge {plan.judge.name}", total=len(run.results))
        encode, told = house.model.encode_query, partial(progress.advance, task)
        return judge_run(plan.judge, run.results, encode, sample=plan.sample, seed=plan.seed, told=told)


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)


def write(findings: Findings, plan: Plan) -> list[str]:
    """Write the reports into the folder of a plan; the names of the files, none where the plan has no folder."""
    from icarus_evals.report.html import to_html
    from icarus_evals.report.markdown import to_markdown

    if plan.out is None:
        return []
    files = {"report.html": to_html(findings), "report.md": to_markdown(findings)}
    files["run.json"] = findings.run.model_dump_json(indent=1)
    for other in findings.baselines:
        files[f"run-{other.identity.system}.json"] = other.model_dump_json(indent=1)
    if findings.judgement:
        files["judgement.json"] = findings.judgement.model_dump_json(indent=1)
    if findings.comparisons:
        files["comparison.json"] = json.dumps([c.model_dump(mode="json") for c in findings.comparisons], indent=1)
    plan.out.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (plan.out / name).write_text(content + "\n", encoding="utf-8")
    return list(files)
