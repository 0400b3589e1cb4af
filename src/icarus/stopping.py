"""Stop when told to (SIGTERM): what is being answered is finished, for a time; what comes now is refused."""

import os
import signal
import sys
import time
from collections.abc import Callable
from threading import Timer
from types import FrameType
from typing import NoReturn

import uvicorn

from icarus.logs import tell

LATER = {"Retry-After": "5", "Connection": "close"}
"""Headers of a refusal because the program is being stopped."""
_AT_ONCE = 0.3  # seconds without work until it is believed that none is left: an answer is asked for and fetched apart
_CONNECTIONS = 2  # seconds that connections without an answer have, such as those of open tabs
_LAST = 3  # seconds more; then the process ends, whatever its threads still do


class Stopping:
    """Whether the program is being stopped, and when it is time.

    Args:
        seconds: how long answers that are on their way may take.
        busy: how many there are.
    """

    def __init__(self, seconds: float, busy: Callable[[], int], clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._busy = busy
        self._clock = clock
        self._since: float | None = None
        self._worked = 0.0

    @property
    def begun(self) -> bool:
        """Whether nothing new is taken any more."""
        return self._since is not None

    def begin(self) -> None:
        """Take nothing new from now on."""
        self._since = self._worked = self._clock()

    def over(self) -> bool:
        """Whether all is answered, or the time is up."""
        if self._since is None:
            return False
        now = self._clock()
        if self._busy():
            self._worked = now
        return now - self._worked >= _AT_ONCE or now - self._since >= self.seconds

    def unfinished(self) -> int:
        """How many answers are still on their way."""
        return self._busy()


class Server(uvicorn.Server):
    """Serves until it is told to stop, and then until what is being answered is; Ctrl+C stops it at once."""

    def __init__(self, config: uvicorn.Config, stopping: Stopping) -> None:
        config.timeout_graceful_shutdown = _CONNECTIONS
        super().__init__(config)
        self._stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop, or stop at once when told so twice."""
        if sig != signal.SIGTERM or self._stopping.begun:
            super().handle_exit(sig, frame)
            return
        self._stopping.begin()
        last = Timer(self._stopping.seconds + _CONNECTIONS + _LAST, self._end)
        last.daemon = True
        last.start()

    async def on_tick(self, counter: int) -> bool:
        """Whether it is time to end."""
        return await super().on_tick(counter) or self._stopping.over()

    def _end(self) -> NoReturn:
        """End the process with answers on their way: threads cannot be ended, and would keep it."""
        tell("cut off", unfinished=self._stopping.unfinished())
        sys.stderr.flush()
        os._exit(0)


def leave_when_told() -> None:
    """Until a server listens to it, SIGTERM ends the program at once and in order."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
