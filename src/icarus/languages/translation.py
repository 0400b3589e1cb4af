"""Brings a question into English, whatever the language it is asked in."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from icarus.languages.detection import language_of
from icarus.languages.gloss import Corpus, gloss
from icarus.languages.lexicon import ENGLISH, lexicon
from icarus.tool_names import NameMatch

_WHOLE = 1.0  # strength of a name that is met as it stands: a foreign word may look like a misspelt one
_REMEMBERED = 256


class Translated(NamedTuple):
    """A text in English, and the code of the language it was in."""

    english: str
    language: str


class Translator:
    """Translates against the names of one catalogue, which stay as they are."""

    def __init__(self, names: Callable[[str], Sequence[NameMatch]], corpus: Corpus) -> None:
        """Take what finds names of tools in a text, and the words of the corpus."""
        self._names = names
        self._corpus = corpus
        self.to_english = lru_cache(maxsize=_REMEMBERED)(self._to_english)

    def _to_english(self, text: str, before: str = ENGLISH) -> Translated:
        """The text in English, in a conversation that was in a language before; English is left as it is."""
        names = self._spans(text)
        language = language_of(_without(text, names), self._corpus.prints, before)
        if language == ENGLISH:
            return Translated(text, ENGLISH)
        return Translated(gloss(text, lexicon(language), self._corpus, names), language)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        found = [(m.start, m.start + len(m.text)) for m in self._names(text) if m.strength >= _WHOLE]
        return [(start, end) for start, end in found if end <= len(text)]


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return "".join(" " if any(start <= i < end for start, end in spans) else c for i, c in enumerate(text))
