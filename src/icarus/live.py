"""An assistant that takes up a new generation of the index by itself."""

import logging
import threading
import weakref
from contextlib import suppress

from icarus.assistant import Assistant
from icarus.errors import IcarusError
from icarus.generation import current_generation
from icarus.index import Index
from icarus.settings import Settings, get_settings
from icarus.watching import Watch, WatchedAssistant

_log = logging.getLogger(__name__)


class LiveAssistant:
    """The assistant on whatever generation is published, for programs that run while `icarus ingest` does.

    Take `current()` once for each question, and use what it gives until that is answered: one generation from
    beginning to end. The embedding model is loaded once.
    """

    def __init__(self, settings: Settings | None = None, watch: Watch | None = None) -> None:
        """Open the published index; `watch` is told how answers end.

        Raises:
            IndexMissingError: there is no index yet.
            IndexUnusableError: the index is damaged, or of another model or format.
            ModelError: the embedding model cannot be loaded.
        """
        self.settings = settings or get_settings()
        self._lock = threading.Lock()
        self.watch = watch or Watch()
        self._assistant = WatchedAssistant.open(self.settings).watched_by(self.watch)
        self._refused = ""
        if self.watch.metrics:
            self.watch.metrics.tell_generation(lambda: self.current().index)

    def current(self) -> Assistant:
        """The assistant on the published generation; the one before, where the published one cannot be opened."""
        with self._lock:
            name = self._published()
            if name not in {self._assistant.index.folder.name, self._refused, ""}:
                self._take_up(name)
            return self._assistant

    def warm_up(self) -> None:
        """Answer a question that nobody asked, beside everything else: the first one loads the model.

        Should it fail, the first real question will say so. A program that ends meanwhile waits for it: native code
        that is cut off on its way ends in a crash.
        """

        def answer() -> None:
            with suppress(Exception):
                self.current().explain("What is the aim of this report?")  # as `ask`, without a language model

        threading.Thread(target=answer).start()

    def _published(self) -> str:
        """The name of the published generation, '' while it cannot be told."""
        try:
            folder = current_generation(self.settings.index)
        except IcarusError:
            return ""
        return folder.name if folder else ""

    def _take_up(self, name: str) -> None:
        before = self._assistant
        try:
            index = Index.open(self.settings.index, self.settings.embedding_model, self.settings.chroma)
            self._assistant = WatchedAssistant(index, before.model, self.settings).watched_by(self.watch)
            weakref.finalize(before, before.index.close)  # questions that are being answered still read it
        except IcarusError as error:
            self._refused = name  # said once, not with every question
            _log.warning("A new generation was published and is not taken up: %s", error)
