"""When two texts count as the same: the measure's own rules, apart from those of the assistant that it measures.

They are the rules of the small scorer that the development cases came with, so that figures of the same name agree.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_FOOTNOTE = re.compile(r"[⁰¹²³⁴-⁹]+|\$\^\{.*?\}\$")
_HEADER = re.compile(r"info@icarus-innovation\.eu")
_TAG = re.compile(r"</?[a-z]+>")
_EMPHASIS = re.compile(r"\*+|_{1,2}")
_DASH = re.compile(r"[‐‑‒–—]")
_LINE_END_HYPHEN = re.compile(r"(\w)-\s+(\w)")
_MARKER = re.compile(r"\[\d+(?:\s*,\s*\d+)*\]")
_QUOTES = str.maketrans({"\u00ad": "", "’": "'", "‘": "'", "“": '"', "”": '"'})
_NUMBER_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
NUMBER_WORDS = {word: str(value) for value, word in enumerate(_NUMBER_WORDS)}

SHARED_TRIGRAMS = 0.8
"""Share of a quote's word trigrams that a text must hold where it does not hold the quote letter for letter."""
LONG_FACT = 7
"""A fact of so many letters and digits may also be found inside other words (line breaks split names)."""


@lru_cache(maxsize=65536)
def norm(text: str) -> str:
    """Lower case, one space between words; footnote signs, mark-up, running header and markers are gone."""
    text = _HEADER.sub(" ", _FOOTNOTE.sub("", text))
    text = unicodedata.normalize("NFKC", text).lower()
    text = _EMPHASIS.sub("", _TAG.sub("", text)).translate(_QUOTES)
    text = _LINE_END_HYPHEN.sub(r"\1-\2", _DASH.sub("-", text))
    return re.sub(r"\s+", " ", _MARKER.sub(" ", text)).strip()


@lru_cache(maxsize=65536)
def squash(text: str) -> str:
    """Letters and digits only: what is left when hyphens, spaces and marks are gone."""
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKD", norm(text)))


def trigrams(text: str) -> list[tuple[str, ...]]:
    """The word trigrams of a text, in order, with repeats."""
    words = norm(text).split()
    return [tuple(words[i : i + 3]) for i in range(len(words) - 2)]


@lru_cache(maxsize=65536)
def holds(text: str, quote: str) -> bool:
    """Whether a text holds a quote: letter for letter, or four fifths of its word trigrams."""
    wanted = squash(quote)
    if wanted and wanted in squash(text):
        return True
    grams = trigrams(quote)
    if not grams:
        return False
    there = set(trigrams(text))
    return sum(g in there for g in grams) >= SHARED_TRIGRAMS * len(grams)


def holds_any(texts: Iterable[str], quotes: Iterable[str]) -> bool:
    """Whether one of some texts holds one of some quotes."""
    quotes = tuple(quotes)
    return any(holds(text, quote) for text in texts for quote in quotes)


def states(text: str, fact: str) -> bool:
    """Whether a text states a fact: as words of its own, or letter for letter where the fact is long.

    A number up to fifteen is the same as a word and in digits; 7 is not stated by 57. (It is by 1.7, as in the scorer
    that these rules have to agree with.)
    """
    folded, wanted = norm(text), norm(fact)
    forms = {wanted, NUMBER_WORDS.get(wanted, wanted)} | {w for w, n in NUMBER_WORDS.items() if n == wanted}
    if any(re.search(r"(?<![\w%.,]\d)(?<!\w)" + re.escape(form) + r"(?!\w)", folded) for form in forms):
        return True
    return len(squash(fact)) >= LONG_FACT and squash(fact) in squash(text)


def states_any(text: str, forms: Iterable[str]) -> bool:
    """Whether a text states a fact in one of its surface forms."""
    return any(states(text, form) for form in forms)


def tool_key(name: str) -> str:
    """What tool names are compared by: letters and digits, without what reads as a leading article."""
    return re.sub(r"^(the|a|an)(?=[a-z])", "", squash(name))


def without_markers(text: str) -> str:
    """An answer's own words: citation markers and Markdown emphasis set aside."""
    return re.sub(r"[ \t]+", " ", _EMPHASIS.sub("", _MARKER.sub("", text))).strip()
