"""The lexica: what askers of a language say, and what English reports call it.

One file a language, `data/languages/<code>.toml`: English headwords with the words and phrases for them, words to drop,
place names, and our own sentences (`frame`). Words are met as they are printed, else with accents folded away, else by
their Snowball stems.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import Stemmer

from icarus.text import fold

ENGLISH = "en"
_SNOWBALL = {
    "de": "german",
    "el": "greek",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
LANGUAGES = tuple(_SNOWBALL)
_WORD = re.compile(r"[^\W_]+")
_TABLES = ("places", "words", "phrases")  # of one phrase in two tables, the later is meant
# What lists list: one or several makes a difference to what is asked, and stems do not tell.
_PLURALS = {
    noun: f"{noun[:-1]}ies" if noun[-1] == "y" else f"{noun}es" if noun.endswith("ch") else f"{noun}s"
    for noun in (
        "tool practice project programme initiative method guide handbook manual toolkit app approach example measure "
        "city municipality strategy country activity action scheme instrument training"
    ).split()
}
_SINGULARS = {plural: noun for noun, plural in _PLURALS.items()}
_SHORT = 3  # letters of words that are not stemmed: Greek articles and pronouns would all be one
_ALIKE = 4  # letters that a plural begins with like its singular

Words = tuple[str, ...]


class Lexicon(NamedTuple):
    """The words of one language.

    `dropped` are folded words without use in an English question, `asking` those of question wording. `printed` gives
    the English for a sequence of words in lower case, `folded` for one without accents, `stemmed` for one of stems;
    `longest` is how many words the longest has.
    """

    code: str
    dropped: frozenset[str]
    asking: frozenset[str]
    printed: Mapping[Words, str]
    folded: Mapping[Words, str]
    stemmed: Mapping[Words, str]
    longest: int
    frame: Mapping[str, str]


@cache
def lexicon(code: str) -> Lexicon:
    """The lexicon of a language in `LANGUAGES`."""
    data = tomllib.loads(resources.files("icarus").joinpath(f"data/languages/{code}.toml").read_text("utf-8"))
    printed: dict[Words, str] = {}
    folded: dict[Words, str] = {}
    stemmed: dict[Words, str] = {}
    for table in _TABLES:
        by_form: dict[Words, str] = {}
        by_stem: dict[Words, str] = {}
        for words, english in _entries(data[table]):
            plain = tuple(folded_word(word, code) for word in words)
            printed[words] = english
            by_form.setdefault(plain, english)  # of two forms that fold alike, the first is meant
            by_stem.setdefault(tuple(stem_of(word, code) for word in plain), _several(english))
        folded |= by_form
        stemmed |= by_stem
    return Lexicon(
        code=code,
        dropped=frozenset(folded_word(word, code) for word in data["drop"]),
        asking=frozenset(folded_word(word, code) for words, _ in _entries(data["phrases"]) for word in words),
        printed=printed,
        folded=folded,
        stemmed=stemmed,
        longest=max(map(len, printed)),
        frame=data["frame"],
    )


def _entries(table: Mapping[str, list[str]]) -> Iterator[tuple[Words, str]]:
    """Every phrase of a table as its words in lower case, with its English, singular or plural."""
    for english, phrases in table.items():
        singulars: dict[tuple[int, str], str] = {}
        for phrase in phrases:
            words = words_of(phrase)
            if not words:
                continue
            singular = singulars.setdefault((len(words), words[-1][:_ALIKE]), words[-1])
            one = _one(english, table) if len(words) == 1 else english
            yield words, one if words[-1] == singular else _several(english)


def _one(english: str, table: Mapping[str, list[str]]) -> str:
    """The singular of a noun that lists list, unless the table has that apart."""
    singular = _SINGULARS.get(english, english)
    return english if singular in table else singular


def _several(english: str) -> str:
    """The plural of English that ends in one of the nouns that lists list; other English as it is."""
    before, space, last = english.rpartition(" ")
    return before + space + _PLURALS.get(last, last)


def words_of(text: str) -> Words:
    """The words of a text in lower case, accents kept; apostrophes and hyphens part them."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


@lru_cache(maxsize=65536)
def folded_word(word: str, code: str) -> str:
    """A word without accents; German umlauts also where they are typed as two letters."""
    plain = fold(word)
    return re.sub(r"([aou])e", r"\1", plain) if code == "de" else plain


@lru_cache(maxsize=65536)
def stem_of(word: str, code: str) -> str:
    """The stem of one folded word; a short word is its own, unlike that of any longer one."""
    return f"{word}." if len(word) <= _SHORT else str(_stemmer(code).stemWord(word)) or word


@cache
def _stemmer(code: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(_SNOWBALL[code])
