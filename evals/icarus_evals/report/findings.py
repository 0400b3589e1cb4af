"""What a report is made of, and the few ways in which figures are written."""

from collections.abc import Sequence
from dataclasses import dataclass

from icarus_evals.compare import Comparison
from icarus_evals.figures import BY_NAME, FIGURES
from icarus_evals.judge.judging import Judgement
from icarus_evals.run_record import CaseResult, RunRecord, SliceFigure
from icarus_evals.slices import slice_name
from icarus_evals.stages import Stage
from icarus_evals.thresholds import Failure

HEADLINES = (
    "evidence", "facts", "precision", "exact", "count", "first", "refusal", "false_ref", "truthfulness",
    "verbatim", "markers", "citation_recall", "answer_f1", "words", "recall@5", "ndcg@10",
)  # fmt: skip
"""The figures of the tables by slice and by system."""
STAGE_ORDER = tuple(Stage)


@dataclass(frozen=True)
class Findings:
    """A run, the baselines run beside it, what they compare to, which thresholds it misses, what a judge says."""

    run: RunRecord
    baselines: Sequence[RunRecord] = ()
    comparisons: Sequence[Comparison] = ()
    missed: Sequence[Failure] = ()
    judgement: Judgement | None = None

    @property
    def verdict(self) -> str:
        """In one sentence, whether the run reaches its thresholds."""
        if not self.missed:
            return "All thresholds are reached."
        return f"{len(self.missed)} threshold{'s are' if len(self.missed) > 1 else ' is'} not reached."

    @property
    def lost(self) -> list[tuple[Stage, list[CaseResult]]]:
        """Cases that failed, by the stage at which they were lost."""
        found = [(s, [r for r in self.run.results if r.loss and r.loss.stage is s]) for s in STAGE_ORDER]
        return [(stage, results) for stage, results in found if results]

    @property
    def slices(self) -> list[tuple[str, dict[str, SliceFigure]]]:
        """Headline figures by slice, in the order of the summary."""
        rows: dict[str, dict[str, SliceFigure]] = {}
        for row in self.run.summary:
            rows.setdefault(slice_name((row.dimension, row.value)), {})[row.figure] = row
        return list(rows.items())

    @property
    def systems(self) -> list[RunRecord]:
        """The run, then its baselines."""
        return [self.run, *self.baselines]

    def headlines(self) -> list[str]:
        """The headline figures that the run has."""
        have = self.run.overall()
        return [name for name in HEADLINES if name in have]


def cases_in(row: dict[str, SliceFigure]) -> int:
    """How many cases a slice has: as many as have the figure that most of them have."""
    return max(figure.n for figure in row.values())


def written(name: str, value: float | None) -> str:
    """A figure as it is written: two decimals for shares, none for words; a dash where there is none."""
    if value is None:
        return "–"
    return f"{value:.0f}" if name == "words" else f"{value:.2f}"


def with_interval(row: SliceFigure | None) -> str:
    """A mean with its 95 % interval."""
    if row is None:
        return "–"
    mean = written(row.figure, row.mean)
    if row.low is None or row.high is None or row.low == row.high:
        return mean
    return f"{mean} ({written(row.figure, row.low)} to {written(row.figure, row.high)})"


def identity_lines(run: RunRecord) -> list[tuple[str, str]]:
    """What was measured, as pairs of a label and a value."""
    i = run.identity
    commit = (
        f"{i.commit[:12]}{f' with {i.changed_files} changed files' if i.changed_files else ''}" if i.commit else "–"
    )
    return [
        ("System", f"{i.system}, version {i.icarus_version}"),
        ("Commit", commit),
        ("Cases", ", ".join(f"{name} ({digest[:12]})" for name, digest in i.cases.items())),
        ("Documents", ", ".join(i.documents)),
        ("Corpus", i.corpus_hash[:16] or "–"),
        ("Index", f"{i.index_generation or '–'}, built {i.index_built_at or '–'}"),
        ("Embedding model", f"{i.embedding_model or '–'} {i.model_fingerprint[:12]}"),
        ("Settings", ", ".join(f"{k}={v}" for k, v in i.settings.items()) or "–"),
        ("Python", ", ".join([i.python, *(f"{k} {v}" for k, v in i.versions.items())])),
        ("Seed", str(i.seed)),
        ("Started", f"{run.timing.started_at}, took {run.timing.seconds:.1f} s"),
        ("Findings", run.fingerprint[:16]),
    ]


def glossary() -> list[tuple[str, str, str]]:
    """Every figure: its name, the way that is better, and what it says."""
    return [(f.name, f.better, f.says) for f in FIGURES]


def by_group(run: RunRecord) -> list[tuple[str, list[SliceFigure]]]:
    """The figures over all cases, by group."""
    groups: dict[str, list[SliceFigure]] = {}
    for name, row in run.overall().items():
        groups.setdefault(BY_NAME[name].group if name in BY_NAME else "other", []).append(row)
    return list(groups.items())


def judged(judgement: Judgement) -> list[tuple[str, str]]:
    """What a judge finds, as pairs of a label and a value."""
    rows = []
    for name, figure in judgement.figures.items():
        span = f" ({figure.low:.2f} to {figure.high:.2f})" if figure.low is not None and figure.high is not None else ""
        rows.append((name, f"{figure.mean:.2f}{span}, {figure.n} replies"))
    if judgement.agreement:
        kappa = "not defined" if judgement.agreement.kappa is None else f"{judgement.agreement.kappa:.2f}"
        sample = f"{judgement.agreement.share:.2f} of {judgement.agreement.n} labelled statements, kappa {kappa}"
        rows.append(("agrees with people", sample))
    rows.append(("no verdict", f"{judgement.unreadable} answers of the judge"))
    return rows
