"""What can go wrong with an evaluation, each with the sentence that a user reads."""

from icarus.errors import IcarusError


class EvalError(IcarusError):
    """An evaluation cannot be made: a file is missing or not of the format, or a part is not installed."""


class CaseFileError(EvalError):
    """A file of cases breaks the format; the sentence names each line that does."""
