"""JSON lines for who runs a program: what happened, when and how long it took, never what was asked.

Words of others can hold a question: so of an exception its kind and its place are told and not its text, and of other
libraries' messages only where they come from.
"""

import json
import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

REQUEST: ContextVar[str] = ContextVar("icarus.request", default="")
"""The id of the request that is being answered."""

_OURS = frozenset({"icarus", "icarus_api", "icarus_ui", "icarus_ingest", "icarus_evals", "uvicorn"})
_FIELDS = "icarus.fields"
_log = logging.getLogger("icarus.events")


def write_json_lines(stream: TextIO | None = None) -> None:
    """From now on the log of this process is JSON lines, on standard error unless told else."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(True)
    _log.setLevel(logging.INFO)


def tell(event: str, **fields: object) -> None:
    """Log an event with its fields; they are numbers, and words of the program's own."""
    _log.info(event, extra={_FIELDS: fields})


class JsonLines(logging.Formatter):
    """A log record as one line of JSON: time, level, event, and what belongs to it."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        line |= _told(record)
        if REQUEST.get():
            line.setdefault("request", REQUEST.get())
        if record.exc_info and record.exc_info[0]:
            line |= {"error": record.exc_info[0].__name__, "at": _places(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False, default=str)


def _told(record: logging.LogRecord) -> dict[str, Any]:
    if record.name == _log.name:
        return {"event": record.getMessage(), **getattr(record, _FIELDS, {})}
    ours = record.name.partition(".")[0] in _OURS
    said = {"message": record.getMessage().strip()} if ours else {"at": [f"{record.module}:{record.lineno}"]}
    return {"event": "log", "logger": record.name, **said}


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)]
