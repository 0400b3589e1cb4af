"""Let a judge look at a run: what it finds stays in a place of its own."""

from collections.abc import Callable, Iterator, Sequence

from icarus.records import Record, Reply, Status
from icarus_evals.judge.agreement import Agreement, Labelled, agreement
from icarus_evals.judge.model import Judge, UnreadableVerdictError
from icarus_evals.judge.ragas import Encode, answer_relevance, faithfulness
from icarus_evals.run_record import CaseResult
from icarus_evals.statistics import bootstrap_mean


class JudgedFigure(Record):
    """A figure of a judge with its 95 % interval."""

    mean: float
    low: float | None
    high: float | None
    n: int


class Judgement(Record):
    """What one judge finds of one run; `unreadable` counts answers of the judge that were no verdict."""

    judge: str
    figures: dict[str, JudgedFigure]
    agreement: Agreement | None
    unreadable: int


def judge_run(  # noqa: PLR0913 - what is judged, by whom, and how
    judge: Judge,
    results: Sequence[CaseResult],
    encode: Encode,
    *,
    sample: Sequence[Labelled] = (),
    seed: int = 0,
    told: Callable[[], object] = lambda: None,
) -> Judgement:
    """Faithfulness and answer relevance of the replies that answer, and the judge's agreement with people.

    Raises:
        EvalError: the judge does not answer.
    """
    values: dict[str, list[float]] = {"faithfulness": [], "answer_relevance": []}
    unreadable = 0
    for result in results:
        for name, value in _judged(judge, result.reply, encode):
            if isinstance(value, float):
                values[name].append(value)
            unreadable += isinstance(value, UnreadableVerdictError)
        told()
    figures = {name: _figure(found, seed) for name, found in values.items() if found}
    people = agreement(judge, sample) if sample else None
    return Judgement(judge=judge.name, figures=figures, agreement=people, unreadable=unreadable)


Judged = tuple[str, float | UnreadableVerdictError | None]


def _judged(judge: Judge, reply: Reply | None, encode: Encode) -> Iterator[Judged]:
    """The figures of a reply that answers, or what the judge said in place of a verdict."""
    if reply is None or reply.status not in {Status.ANSWERED, Status.PARTIAL}:
        return
    yield "faithfulness", _tried(lambda: faithfulness(judge, reply))
    yield "answer_relevance", _tried(lambda: answer_relevance(judge, reply, encode))


def _tried(ask: Callable[[], float | None]) -> float | UnreadableVerdictError | None:
    try:
        return ask()
    except UnreadableVerdictError as error:
        return error


def _figure(values: Sequence[float], seed: int) -> JudgedFigure:
    found = bootstrap_mean(values, seed)
    return JudgedFigure(mean=found.mean, low=found.low, high=found.high, n=found.n)
