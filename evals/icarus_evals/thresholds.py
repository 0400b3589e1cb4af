"""What a run must reach: `thresholds.toml`, by slice and figure."""

import tomllib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from icarus.records import Record
from icarus_evals.errors import EvalError
from icarus_evals.figures import BY_NAME
from icarus_evals.run_record import RunRecord
from icarus_evals.slices import slice_name


class Bound(Record):
    """The least and most that a figure may be, bounds included."""

    min: float | None = None
    max: float | None = None


class Failure(Record):
    """A figure that is outside its bound."""

    slice: str
    figure: str
    value: float
    bound: Bound

    @property
    def sentence(self) -> str:
        """The failure in words."""
        low = self.bound.min is not None and self.value < self.bound.min
        wanted = f"at least {self.bound.min}" if low else f"at most {self.bound.max}"
        return f"{self.figure} of {self.slice} is {self.value:.4f}, and must be {wanted}"


Thresholds = dict[str, dict[str, Bound]]
_ADAPTER = TypeAdapter(Thresholds)


def load_thresholds(path: Path) -> Thresholds:
    """Bounds by slice ('all', 'type=list', 'cases=dev') and figure.

    Raises:
        EvalError: the file cannot be read, or names a figure that there is not.
    """
    try:
        found = _ADAPTER.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise EvalError(f"The thresholds cannot be read from {path}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise EvalError(f"{path.name} breaks the format of thresholds: {first}.") from error
    unknown = sorted({name for bounds in found.values() for name in bounds if name not in BY_NAME})
    if unknown:
        raise EvalError(f"{path.name} has thresholds for figures that there are not: {', '.join(unknown)}.")
    return found


def failures(run: RunRecord, thresholds: Thresholds) -> list[Failure]:
    """Every figure of a run that is outside its bound; a slice or figure that the run does not have is passed over."""
    rows = {(slice_name((row.dimension, row.value)), row.figure): row.mean for row in run.summary}
    return [
        Failure(slice=of, figure=name, value=rows[of, name], bound=bound)
        for of, bounds in thresholds.items()
        for name, bound in bounds.items()
        if (of, name) in rows and not _within(rows[of, name], bound)
    ]


def _within(value: float, bound: Bound) -> bool:
    return (bound.min is None or value >= bound.min) and (bound.max is None or value <= bound.max)
