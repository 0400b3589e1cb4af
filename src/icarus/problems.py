"""What is wrong with the arguments that a program gave, in one sentence for people."""

from collections.abc import Mapping, Sequence
from typing import Any


def first_problem(errors: Sequence[Mapping[str, Any]]) -> str:
    """The first of pydantic's errors as a sentence: where it is and what should stand there, never what was given."""
    first = errors[0]
    place = ".".join(str(part) for part in first["loc"] if part not in {"body", "query", "path"})
    said = str(first["msg"])
    more = f" ({len(errors) - 1} more like this)" if len(errors) > 1 else ""
    return f"{place}: {said[:1].lower()}{said[1:]}{more}." if place else f"{said}{more}."
