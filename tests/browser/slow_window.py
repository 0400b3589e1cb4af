"""`python -m tests.browser.slow_window PORT`: the window before an assistant that takes its time, word by word.

The real one answers too fast for a test to press Stop.
"""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from icarus.assistant import Done, Step, Words
from icarus.errors import IndexUnusableError
from icarus.listening import listen
from icarus.records import Filters
from icarus_ui.server import create_app, serve
from tests.ui.material import desk, reply

SECONDS = 30
SENTENCE = "The index is damaged: build it again with `icarus ingest`."


def slow_steps(turns: Sequence[str], _filters: Filters | None) -> Iterator[Step]:
    """A word every half second; a question with 'damaged' fails, one with 'quick' is answered at once.

    After a quick answer it takes a second until all is put away.
    """
    if "damaged" in turns[-1]:
        raise IndexUnusableError(SENTENCE)
    said = reply(question=turns[-1], standalone_question=turns[-1])
    quick = "quick" in turns[-1]
    for count in range(0 if quick else SECONDS * 2):
        time.sleep(0.5)
        yield Words(" ".join(said.answer.split()[: count + 1]))
    yield Done(said)
    time.sleep(1 if quick else 0)


if __name__ == "__main__":
    with closing(listen("127.0.0.1", int(sys.argv[1]))) as listening:
        serve(create_app(lambda: replace(desk(), ask=slow_steps)), listening)
