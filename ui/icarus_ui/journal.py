"""Lines kept on this machine for a time: JSON, readable by their owner alone, deleted when their time is over."""

import json
import logging
import os
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock

_log = logging.getLogger(__name__)
_HOUR = 3600.0


class Journal:
    """A file of JSON lines, each with its `time` (ISO 8601, UTC); other processes may write and delete as well."""

    def __init__(self, path: Path, days: int, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Keep lines at `path` for so many days."""
        self.path = path
        self.days = days
        self._now = now

    def write(self, entry: Mapping[str, Any]) -> bool:
        """Add a line; False where that cannot be done: the log says why, and nothing else fails."""
        line = json.dumps({"time": self._now().isoformat(timespec="seconds"), **entry}, ensure_ascii=False)
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._lock(), open(self.path, "a", encoding="utf-8", opener=_private) as file:
                file.write(line + "\n")
        except OSError as error:
            _log.warning("%s cannot be written: %s", self.path, error.strerror)
            return False
        return True

    def prune(self) -> int:
        """Delete the lines whose time is over, and those whose time cannot be told; how many they were."""
        if not self.path.exists():
            return 0
        oldest = self._now() - timedelta(days=self.days)
        with self._lock():
            lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [line for line in lines if _time_of(line) >= oldest]
            if len(kept) < len(lines):
                self._replace(kept)
        return len(lines) - len(kept)

    def forget(self) -> None:
        """Delete all of it."""
        if self.path.exists():
            with self._lock():
                self.path.unlink(missing_ok=True)

    def _replace(self, lines: list[str]) -> None:
        beside = self.path.with_suffix(".new")
        with open(beside, "w", encoding="utf-8", opener=_private) as file:
            file.writelines(lines)
        beside.replace(self.path)

    def _lock(self) -> FileLock:
        return FileLock(self.path.with_suffix(".lock"), mode=0o600)


def prune_every_hour(journals: list[Journal]) -> None:
    """Delete what is too old now and every hour from now on, beside everything else."""

    def prune() -> None:
        pause = threading.Event()
        while True:
            for journal in journals:
                try:
                    journal.prune()
                except OSError as error:
                    _log.warning("Old lines of %s cannot be deleted: %s", journal.path, error.strerror)
            pause.wait(_HOUR)

    if journals:
        threading.Thread(target=prune, name="prune", daemon=True).start()


def _time_of(line: str) -> datetime:
    try:
        return datetime.fromisoformat(json.loads(line)["time"]).astimezone(UTC)
    except (ValueError, TypeError, KeyError):
        return datetime.min.replace(tzinfo=UTC)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
