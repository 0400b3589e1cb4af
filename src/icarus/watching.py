"""Watch answers come about, for the log and the figures of who runs a program: how they end, never what is asked."""

import secrets
import time
from collections.abc import Iterator, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from icarus.assistant import Assistant, Done, Step
from icarus.logs import REQUEST, tell
from icarus.records import Filters, Reply

if TYPE_CHECKING:
    from icarus.metrics import Metrics

ABANDONED, FAILED = "abandoned", "failed"  # besides the statuses of a reply


class Watch:
    """Counts and logs the answers of one process; `metrics` are kept where they are given."""

    def __init__(self, metrics: "Metrics | None" = None) -> None:
        self.metrics = metrics
        self._in_flight = 0
        self._lock = Lock()

    @property
    def in_flight(self) -> int:
        """How many questions are being answered."""
        return self._in_flight

    def over(self, steps: Iterator[Step], generation: str) -> Iterator[Step]:
        """The steps of an answer as they come; how it ended is told before the last is given on."""
        started, told = time.perf_counter(), False
        self._count(1)
        try:
            for step in steps:
                if isinstance(step, Done):
                    told = True
                    self._ended(step.reply, generation, started)
                yield step
        except Exception:
            told = True
            self._ended(FAILED, generation, started)
            raise
        finally:
            self._count(-1)
            if not told:
                self._ended(ABANDONED, generation, started)

    def encoded(self, seconds: float) -> None:
        """The embedding model took so long for a question."""
        if self.metrics:
            self.metrics.encoding.observe(seconds)

    def _ended(self, reply: Reply | str, generation: str, started: float) -> None:
        seconds = time.perf_counter() - started
        status, mode = (reply, "") if isinstance(reply, str) else (reply.status.value, reply.mode)
        if self.metrics:
            self.metrics.questions.labels(status=status, mode=mode).inc()
            self.metrics.answering.observe(seconds)
            if status == FAILED:
                self.metrics.failures.inc()
        tell(
            "question",
            status=status,
            mode=mode,
            duration_ms=round(seconds * 1000, 1),
            generation=generation,
            request=REQUEST.get() or new_request_id(),
        )

    def _count(self, more: int) -> None:
        with self._lock:
            self._in_flight += more
        if self.metrics:
            self.metrics.in_flight.inc(more)


class WatchedAssistant(Assistant):
    """An assistant whose answers are watched."""

    watch: Watch = Watch()

    def watched_by(self, watch: Watch) -> "WatchedAssistant":
        """The same assistant, with somebody who watches."""
        self.watch = watch
        self.model.on_encoded = watch.encoded
        return self

    def steps(self, turns: str | Sequence[str], filters: Filters | None = None) -> Iterator[Step]:
        """The steps as an assistant makes them, watched."""
        return self.watch.over(super().steps(turns, filters), self.index.folder.name)


def new_request_id() -> str:
    """An id that is nobody's yet."""
    return secrets.token_hex(16)
