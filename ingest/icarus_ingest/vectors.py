"""The vectors of sentences and questions: those of an earlier generation for the same words, or new ones."""

import hashlib
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from icarus.embedding import EmbeddingModel
from icarus.errors import ModelError
from icarus.exported import Progress
from icarus_ingest.engine import Engine, LocalEngine
from icarus_ingest.stopwatch import Stopwatch
from icarus_ingest.understand import Understood
from icarus_ingest.vector_file import VectorFile

_WAITING = 8  # documents that wait for their vectors; the next is not read before


class Vectors:
    """Gives vectors for texts; each text is encoded once, and none that `known` (by `digest_of`) has already.

    `progress` is told, (done, all) of the texts so far, `stopwatch` measures the encoding, which is done by `engine`.
    """

    def __init__(
        self,
        model: EmbeddingModel,
        known: VectorFile | None = None,
        progress: Progress | None = None,
        stopwatch: Stopwatch | None = None,
        engine: Engine | None = None,
    ) -> None:
        self.model = model
        self.engine = engine or LocalEngine(model)
        self.stopwatch = stopwatch or Stopwatch()
        self._known = known or VectorFile(model.dimension)
        self._progress = progress
        self._done = self._asked = 0
        self._threads = ThreadPoolExecutor(self.engine.streams)  # start with what they are given
        self._model_ready: Future[str] | None = None
        self._lock = threading.Lock()
        self._waiting: deque[Future[object]] = deque()

    @contextmanager
    def in_background(self) -> Iterator[None]:
        """What is prepared inside is encoded in a thread of its own, and is there when this ends."""
        try:
            yield
            for future in self._waiting:
                future.result()
        finally:
            self._threads.shutdown(cancel_futures=True)

    def of(self, texts: Sequence[str]) -> list[list[float]]:
        """The vectors of some texts, in their order, of unit length."""
        return self._known.of(self._know(texts))

    def _know(self, texts: Sequence[str]) -> list[str]:
        """See that the vectors of some texts are there; gives the sums of the texts."""
        digests = [digest_of(text) for text in texts]
        new = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in self._known}
        if new:
            self._known.put(new, self._encode(list(new.values())))
        return digests

    def prepare_model(self, root: Path) -> "Future[str]":
        """The same as `export`, in the background."""
        self._model_ready = self._threads.submit(self.export, root)
        return self._model_ready

    def prepare(self, understood: Understood) -> None:
        """Encode in the background what a document says, while other documents are still being read.

        Waits where reading is far ahead of encoding.
        """
        while len(self._waiting) >= _WAITING:
            self._waiting.popleft().result()
        sentences = [sentence.text for passage in understood.passages for sentence in passage.sentences]
        texts = [*sentences, *(text for texts in understood.questions.values() for text in texts)]
        self._waiting.append(self._threads.submit(self._prepare, texts))

    def export(self, root: Path) -> str:
        """Export the model under the index folder if it is not there: '' or, in a sentence, what went wrong."""
        try:
            with self.stopwatch.measuring("preparing the model"):
                self.model.make_export(root)
        except ModelError as error:
            return str(error)
        return ""

    def _prepare(self, texts: Sequence[str]) -> None:
        if self._model_ready:
            self._model_ready.result()
        self._know(texts)

    def _encode(self, texts: list[str]) -> list[list[float]]:
        before = 0
        with self._lock:
            self._asked += len(texts)

        def told(done: int, _of: int) -> None:
            nonlocal before
            with self._lock:
                self._done, before = self._done + done - before, done
                if self._progress:
                    self._progress(self._done, self._asked)

        with self.stopwatch.measuring("encoding"):
            return self.engine.encode(texts, told)


def digest_of(text: str) -> str:
    """The sum of a text that is encoded, by which the next generation finds its vector."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
