"""Which answers a person still waits for, so that nothing of one comes after it was stopped."""

from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")


class Interruptions:
    """The answer that each session waits for.

    Gradio cancels an answer with a request of its own, which may be served after the click that asked for it: until
    then the next words would bring the stopped answer back.
    """

    def __init__(self) -> None:
        self._awaited: dict[str, object] = {}

    def until_stopped(self, session: str, steps: Iterator[T]) -> Iterator[T]:
        """The steps of an answer while it is the one that this session waits for."""
        token = self._awaited[session] = object()
        try:
            for step in steps:
                if self._awaited.get(session) is not token:
                    return
                yield step
        finally:
            if self._awaited.get(session) is token:
                del self._awaited[session]

    def stop(self, session: str) -> None:
        """End what this session waits for, if anything."""
        self._awaited.pop(session, None)
