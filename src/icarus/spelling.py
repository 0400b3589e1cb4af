"""Mends typing errors in a question, towards the words that the corpus and the vocabulary use.

A word is mended only when it is neither English (pyspellchecker's word list) nor printed in the corpus, and one
word of the corpus is clearly nearest by optimal string alignment (rapidfuzz).
"""

import gzip
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from icarus.text import fold, stem
from icarus.vocabulary import concepts

_ALIKE = 0.92  # Jaro-Winkler; "buling" and "bullying" are 0.94 alike, "selfies" and "series" 0.88
_SELDOM = 3_000  # times in the subtitles of films that pyspellchecker counts: 'graffiti' 2,832, 'week' 173,088
_WORD = re.compile(r"[^\W\d_]{5,}")


@cache
def _english() -> dict[str, int]:
    # the list alone: a whole SpellChecker takes the first question three times as long to load
    printed = resources.files("spellchecker").joinpath("resources/en.json.gz").read_bytes()
    return dict(json.loads(gzip.decompress(printed)))


def is_english(word: str) -> bool:
    """Whether a folded word is in the English word list, in British or American spelling."""
    american = re.sub(r"is(e|es|ed|ing|er|ers|ation|ations)$", r"iz\1", word)
    american = re.sub(r"our(s|ed|ing|al|hood|hoods)?$", r"or\1", american)
    return word in _english() or american in _english()


def is_rare(word: str) -> bool:
    """Whether a folded word is seldom said, as 'podcast' is, and so stands in a question for what it names."""
    return _english().get(word, 0) < _SELDOM


class Spelling:
    """Corrects against the words of one corpus."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        """Take the folded words of the corpus and how often each occurs."""
        asked = {w for concept in concepts().values() for term in concept.asked for w in fold(term).split()}
        self._frequencies = dict(frequencies)
        self._words = sorted(w for w in {*frequencies, *asked} if len(w) > 4 and w.isalpha())
        self._stems = {stem(w) for w in self._words}

    def known(self, word: str) -> bool:
        """Whether the corpus or the vocabulary has a folded word, or a form of it."""
        return stem(word) in self._stems

    def prints(self, word: str) -> bool:
        """Whether the corpus prints a folded word in just this form."""
        return word in self._frequencies

    def correct(self, text: str, keep: Iterable[str] = ()) -> str:
        """The text with its typing errors mended; words in `keep` (folded) are left as they are."""
        kept = set(keep)
        return _WORD.sub(lambda match: self._mended(match, kept), text)

    def _mended(self, match: re.Match[str], kept: set[str]) -> str:
        printed = match.group()
        word = fold(printed)
        inside_a_name = printed[0].isupper() and match.start() > 0
        if word in kept or inside_a_name or self.known(word) or is_english(word):
            return printed
        limit = 2 if len(word) > 5 else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=limit, limit=8)
        scored = [(JaroWinkler.similarity(word, w), self._frequencies.get(w, 0), w) for w, _, _ in near]
        return max(scored)[2] if scored and max(scored)[0] >= _ALIKE else printed
