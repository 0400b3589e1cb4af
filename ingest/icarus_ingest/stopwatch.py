"""How long each part of a run took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Seconds by the clock, since it was made and by the name of each part; a part that is entered again adds up.

    Parts run side by side, so that together they may take longer than the whole.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._started = time.perf_counter()

    @contextmanager
    def measuring(self, part: str) -> Iterator[None]:
        """Measure what is done inside."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - started

    def __str__(self) -> str:
        """The whole, and each part in the order that they ended in first."""
        parts = ", ".join(f"{part} {seconds:.1f}" for part, seconds in self.seconds.items())
        return f"{time.perf_counter() - self._started:.1f} s ({parts})"
