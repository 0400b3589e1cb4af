"""What can be evaluated: anything that answers a conversation, and may show what it retrieved for it."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from icarus.records import Record, Reply


class Candidate(Record):
    """A passage that was retrieved for a question; `score` is the retriever's own, higher is better."""

    text: str
    page: int
    page_end: int
    section: str = ""
    score: float = 0.0


class Answerer(Protocol):
    """Answers the last of some turns in the light of the others; never raises for a bad question."""

    def ask(self, turns: Sequence[str]) -> Reply:
        """The reply to a conversation."""
        ...


@runtime_checkable
class Retriever(Protocol):
    """Shows the passages retrieved for a conversation, best first."""

    def retrieve(self, turns: Sequence[str], k: int) -> list[Candidate]:
        """At most k candidates."""
        ...
