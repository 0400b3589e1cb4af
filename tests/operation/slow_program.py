"""`python -m tests.operation.slow_program SECONDS chat|serve ...`: the command as it is, but each answer takes longer.

The real model is not needed, and the real answers are too fast for a test to stop the program in the middle of one.
"""

import sys
import time
from collections.abc import Iterator, Sequence

from icarus import assistant, embedding
from icarus.cli import main
from icarus.records import Filters
from tests.ingest.small_model import SmallModel

_steps = assistant.Assistant.steps


def slow_steps(
    self: assistant.Assistant, turns: str | Sequence[str], filters: Filters | None = None
) -> Iterator[assistant.Step]:
    """The steps of an answer, after a time."""
    time.sleep(SECONDS)
    yield from _steps(self, turns, filters)


if __name__ == "__main__":
    SECONDS = float(sys.argv.pop(1))
    assistant.Assistant.steps = slow_steps  # type: ignore[method-assign]
    embedding.EmbeddingModel.load = lambda *_: SmallModel()  # type: ignore[method-assign]
    main()
