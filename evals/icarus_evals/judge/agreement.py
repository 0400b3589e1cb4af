"""How far a judge agrees with people: its verdicts on a labelled sample, with Cohen's kappa (1960)."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from icarus.records import Record
from icarus_evals.errors import CaseFileError
from icarus_evals.judge.model import Judge, UnreadableVerdictError
from icarus_evals.judge.ragas import verdicts


class Labelled(Record):
    """A statement, a context, and whether a person infers the one from the other."""

    context: str
    statement: str
    supported: bool


class Agreement(Record):
    """Share of equal verdicts, and kappa: agreement beyond chance, 1 at most; None where it is not defined."""

    share: float
    kappa: float | None
    n: int


def load_sample(path: Path) -> tuple[Labelled, ...]:
    """The labelled sample of a file, one JSON object a line.

    Raises:
        CaseFileError: the file cannot be read or a line breaks the format.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(Labelled.model_validate_json(line) for line in lines if line.strip())
    except OSError as error:
        raise CaseFileError(f"The labelled sample cannot be read from {path}: {error.strerror}.") from error
    except ValidationError as error:
        raise CaseFileError(f"{path.name} breaks the format of a labelled sample.") from error


def agreement(judge: Judge, sample: Sequence[Labelled]) -> Agreement:
    """The judge's verdicts on a sample of at least one; what is no verdict counts as not agreeing."""
    given = [_verdict(judge, item) for item in sample]
    return agree([item.supported for item in sample], given)


def _verdict(judge: Judge, item: Labelled) -> bool:
    try:
        return verdicts(judge, item.context, [item.statement])[0]
    except UnreadableVerdictError:
        return not item.supported


def agree(people: Sequence[bool], judge: Sequence[bool]) -> Agreement:
    """Agreement of two lists of verdicts of the same length, at least one."""
    n = len(people)
    observed = sum(a == b for a, b in zip(people, judge, strict=True)) / n
    yes_people, yes_judge = sum(people) / n, sum(judge) / n
    chance = yes_people * yes_judge + (1 - yes_people) * (1 - yes_judge)
    kappa = (observed - chance) / (1 - chance) if chance < 1 else None
    return Agreement(share=observed, kappa=kappa, n=n)
