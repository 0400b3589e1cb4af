"""Small whole runs, made by the real runner over replies written by hand."""

from collections.abc import Mapping

from icarus.records import Reply
from icarus_evals.cases import Case
from icarus_evals.run_record import Identity, RunRecord, Timing
from icarus_evals.runner import Evaluation, assemble, score_replies
from tests.evals.builders import PAGES

TIMING = Timing(
    started_at="2026-01-01T00:00:00+00:00",
    seconds=1.5,
    milliseconds={"c": 10.0, "d": 30.0},
    latency={"replies": 2.0, "median": 20.0, "p95": 29.0, "max": 30.0},
)


def small_run(name: str, cases: tuple[Case, ...], replies: Mapping[str, Reply], seed: int = 0) -> RunRecord:
    """A run of a system over some cases, of a file named 'small'."""
    results = score_replies(Evaluation({"small": cases}, PAGES), replies)
    return assemble(
        Identity(system=name, icarus_version="0", seed=seed, cases={"small": "0" * 64}), TIMING, results, {}
    )
