"""Standard output and standard error of a command, whatever they are connected to."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


def open_streams() -> None:
    """JSON is UTF-8 whatever the terminal is set to; a stray byte in a question, or a closed stream, is no error."""
    sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


@contextmanager
def flushed_output() -> Iterator[None]:
    """Output is flushed here, where a full disk can still be told, and a reader that went away (`| head`) is no error.

    Python would flush on its way out and complain where nobody can help it.

    Raises:
        OSError: standard output cannot be written.
    """
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError:
        _discard_output()
        raise


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
