"""Sub-commands of other programs of the house: found by entry point, loaded only when called.

So `icarus --help` lists `chat`, `ingest` and `eval`, and the library imports none of its users.
"""

import ast
import importlib.util
from collections.abc import Callable, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any

GROUP = "icarus.commands"

Command = Callable[..., Any]


def late_commands(arguments: Sequence[str]) -> dict[str, Command]:
    """The commands of the group by name: the one that the arguments call as it is, the others as their summary."""
    called = next((a for a in arguments if not a.startswith("-")), None)
    return {
        point.name: point.load() if point.name == called else _summary(point) for point in entry_points(group=GROUP)
    }


def _summary(point: EntryPoint) -> Command:
    """A function that only carries the first line of the command's docstring, for the list of commands."""

    def listed() -> None: ...

    listed.__doc__ = _first_doc_line(point)
    return listed


def _first_doc_line(point: EntryPoint) -> str:
    """Read from the source: importing the module would load what it stands on."""
    try:
        spec = importlib.util.find_spec(point.module)
        source = Path(spec.origin).read_text(encoding="utf-8") if spec and spec.origin else ""
    except (ImportError, OSError):
        return ""
    functions = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef))
    docs = (ast.get_docstring(node) for node in functions if node.name == point.attr)
    return (next(docs, None) or "").partition("\n")[0]
