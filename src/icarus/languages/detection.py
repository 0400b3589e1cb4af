"""Which language a question is in: the one whose question words and domain words it uses most."""

import re
from collections.abc import Callable

from icarus.languages.lexicon import ENGLISH, LANGUAGES, Words, folded_word, lexicon, stem_of, words_of
from icarus.spelling import is_english
from icarus.text import STOP_WORDS, fold

_GREEK = re.compile(r"[Ͱ-Ͽἀ-῿]")
_SHORT = 3
_FUNCTION, _CONTENT = 2, 1  # what a function word and a domain word tell of the language
_PRINTED = 1  # what a word or phrase tells besides by standing there accents and all
_LONGEST = 3  # words of phrases that are looked for
_CLEARLY = 2  # how many times more words of a language than English ones a question of keywords must have


def language_of(text: str, known: Callable[[str], bool] = lambda word: False, before: str = ENGLISH) -> str:
    """The code of the language that a text is in; English where no other is more likely.

    Args:
        text: a question, names of tools set aside.
        known: whether a folded word is one of the corpus, such as a name: it tells nothing.
        before: the language of the conversation so far, kept where the text tells neither way.
    """
    if _GREEK.search(text):
        return "el"
    printed = words_of(text)
    words = [word for word in map(fold, printed) if len(word) > 1 or word not in STOP_WORDS]
    if (
        all(word in STOP_WORDS or _is_plain(word) or (len(word) > _SHORT and known(word)) for word in words)
        and len(words) != 1
        and text.isascii()
        and before == ENGLISH
    ):
        return ENGLISH
    told = {code: [*(_tells(word, code) for word in printed), *_phrases(printed, code)] for code in LANGUAGES}
    best = max(LANGUAGES, key=lambda code: (sum(told[code]), code == before))
    english = sum(_FUNCTION if word in STOP_WORDS else _CONTENT * is_english(word) for word in words)
    sure = max(told[best], default=0) >= _FUNCTION or sum(told[best]) > _CLEARLY * english  # not a typing error
    if best == before and sum(told[best]) >= english:
        return before
    return best if sure and sum(told[best]) > english else ENGLISH


def _tells(word: str, code: str) -> int:
    """How much a word in lower case tells for a language; what is English as well tells little."""
    words, folded = lexicon(code), folded_word(word, code)
    english = folded in STOP_WORDS or _is_plain(fold(word))
    exact = _PRINTED * ((word,) in words.printed and not english)
    if folded in words.dropped or folded in words.asking:
        return _CONTENT if english else _FUNCTION + exact
    return _CONTENT * ((stem_of(folded, code),) in words.stemmed) + exact * (len(word) > _SHORT)


def _is_plain(word: str) -> bool:
    """Whether a folded word is surely English: word lists have 'et', 'la' and 'und' as well."""
    return len(word) > _SHORT and is_english(word)


def _phrases(printed: Words, code: str) -> list[int]:
    """What the phrases of a text tell for a language, one entry for each that its lexicon has."""
    known = lexicon(code).printed
    found = [printed[i : i + n] in known for n in range(2, _LONGEST + 1) for i in range(len(printed) - n + 1)]
    return [_PRINTED] * sum(found)
