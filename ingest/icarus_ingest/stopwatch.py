"""How long each part of a run took."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stopwatch:
    """Seconds by the clock, by the name of each part; a part that is entered again adds to its own."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def measuring(self, part: str) -> Iterator[None]:
        """Measure what is done inside."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - started

    def __str__(self) -> str:
        """All parts with their seconds, in the order they were entered."""
        return ", ".join(f"{part} {seconds:.1f} s" for part, seconds in self.seconds.items())
