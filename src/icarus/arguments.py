"""What is wrong with the arguments that a program gave, in one sentence for people."""

from collections.abc import Mapping, Sequence
from typing import Any

_WHOLE = {"json_invalid": "The body is not JSON", "missing": "The body is empty"}  # what is wrong with all of it


def argument_problem(errors: Sequence[Mapping[str, Any]]) -> str:
    """The first of pydantic's errors as a sentence: where it is and what should stand there, never what was given."""
    first = errors[0]
    place = ".".join(str(part) for part in first["loc"] if part not in {"body", "query", "path"})
    said = str(first["msg"])
    if first["type"] == "json_invalid" or not place:
        return f"{_WHOLE.get(first['type'], said)}."
    return f"{place}: {said[:1].lower()}{said[1:]}."
