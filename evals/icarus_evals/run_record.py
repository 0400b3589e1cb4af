"""What one evaluation found, and what it was made of: the file `run.json`."""

import hashlib
import json
from pathlib import Path

from pydantic import Field, ValidationError

from icarus.records import Record, Reply
from icarus_evals.answerers import Candidate
from icarus_evals.cases import Case
from icarus_evals.errors import EvalError
from icarus_evals.stages import Loss
from icarus_evals.tracing import Trace

FORMAT = 1


class Identity(Record):
    """What was measured, on what, with what: enough to make the run again."""

    system: str
    icarus_version: str
    commit: str | None = None
    changed_files: int | None = None
    cases: dict[str, str] = Field(default_factory=dict)
    corpus_hash: str = ""
    documents: tuple[str, ...] = ()
    index_generation: str = ""
    index_built_at: str = ""
    embedding_model: str = ""
    model_fingerprint: str = ""
    settings: dict[str, str] = Field(default_factory=dict)
    seed: int = 0
    python: str = ""
    versions: dict[str, str] = Field(default_factory=dict)


class CaseResult(Record):
    """One case, the reply to it, its figures and, where it failed, at which stage.

    `candidates` is the ranking that is measured; `trace` how the answer to a failed case came about. Each is None
    where the system does not tell.
    """

    source: str
    case: Case
    reply: Reply | None
    figures: dict[str, float]
    candidates: tuple[Candidate, ...] | None = None
    loss: Loss | None = None
    trace: Trace | None = None


class SliceFigure(Record):
    """One figure over the cases of one slice, with its 95 % interval."""

    dimension: str
    value: str
    figure: str
    mean: float
    low: float | None
    high: float | None
    n: int


class Curve(Record):
    """Refusing by the score of the best passage: (answerable refused, unanswerable refused), and the area."""

    points: tuple[tuple[float, float], ...]
    area: float | None
    at: tuple[float, float] | None = None


class Timing(Record):
    """When and how long: it differs from run to run and is no part of what a run found."""

    started_at: str
    seconds: float
    milliseconds: dict[str, float] = Field(default_factory=dict)
    latency: dict[str, float] = Field(default_factory=dict)


class RunRecord(Record):
    """One evaluation of one system."""

    format: int = FORMAT
    identity: Identity
    timing: Timing
    results: tuple[CaseResult, ...]
    summary: tuple[SliceFigure, ...]
    cards: dict[str, float] = Field(default_factory=dict)
    refusal_curve: Curve | None = None
    fingerprint: str = ""

    def overall(self) -> dict[str, SliceFigure]:
        """The figures over all cases, by name."""
        return {row.figure: row for row in self.summary if row.dimension == "all"}


def fingerprint(run: RunRecord) -> str:
    """SHA-256 of all that a run found, times and identity apart: equal for runs that agree to the last digit."""
    found = run.model_dump(mode="json", include={"results", "summary", "cards", "refusal_curve"})
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def read_run(path: Path) -> RunRecord:
    """A run from its file.

    Raises:
        EvalError: the file cannot be read or is no run of this format.
    """
    try:
        return RunRecord.model_validate_json(path.read_bytes())
    except OSError as error:
        raise EvalError(f"The run {path} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        raise EvalError(f"{path} is no run of an evaluation of this version: make it again.") from error
