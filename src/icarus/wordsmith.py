"""The language model at work on a turn: restates a follow-up, words an answer, within the time of the settings."""

from collections.abc import Callable, Iterator, Sequence

from icarus.answer.draft import Draft
from icarus.answer.generated import Generated, GeneratedWriter
from icarus.catalogue import Catalogue
from icarus.condensing import condensed
from icarus.index import Index
from icarus.language_model import LanguageModel
from icarus.languages.lexicon import ENGLISH
from icarus.question import Question
from icarus.settings import Settings

_REMEMBERED = 256
_TO_RESTATE = 1 / 3  # of the time of a turn


class Wordsmith:
    """Words answers from one index. An answer that was worded is remembered: the same is not paid for twice."""

    def __init__(
        self, index: Index, catalogue: Catalogue, encode: Callable[[str], Sequence[float]], settings: Settings
    ) -> None:
        self._settings = settings
        self._model = LanguageModel(settings)
        self._writer = GeneratedWriter(index, catalogue, encode, self._model)
        self._made: dict[tuple[str, str], Generated] = {}

    def restated(self, earlier: Sequence[str], last: str, question: Question) -> str:
        """A follow-up as a question that stands alone; '' where the rules read it well, or the model does not help."""
        wanted = self._settings.llm_condense and question.carried and question.language == ENGLISH
        return condensed(self._model, earlier, last, self._settings.llm_timeout * _TO_RESTATE) if wanted else ""

    def word(self, question: Question, draft: Draft, *, restated: bool = False) -> Iterator[str | Generated]:
        """The answer so far, again and again, and last the draft to show; `restated` where that took its time."""
        key = question.standalone, draft.answer
        if known := self._made.get(key):
            yield known
            return
        seconds = self._settings.llm_timeout * (1 - _TO_RESTATE if restated else 1)
        for made in self._writer.write(question, draft, seconds):
            if isinstance(made, Generated):
                self._remember(key, made)
            yield made

    def forget(self) -> None:
        """Drop the answers that are remembered."""
        self._made.clear()

    def _remember(self, key: tuple[str, str], made: Generated) -> None:
        if made.wording.why:
            return
        if len(self._made) >= _REMEMBERED:
            self._made.pop(next(iter(self._made)), None)
        self._made[key] = made
