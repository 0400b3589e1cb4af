"""Glosses a question into English, phrase by phrase: no translation, but the words that the English pipeline reads.

Transfer by lexicon, as in dictionary-based cross-language retrieval (Hull and Grefenstette, SIGIR 1996), with phrases
before words, words as printed before their stems, German and Dutch compounds taken apart, and names left as they stand.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from icarus.languages.lexicon import Lexicon, folded_word, stem_of, words_of
from icarus.places import is_city
from icarus.text import fold

_TOKEN = re.compile(r"[^\W_]+(?:[@&][^\W_]+)*|[?!.,;:()%€]")
_LINKS = ("", "s", "es", "n", "en", "er", "e")  # what joins the parts of a compound
_COMPOUNDING = frozenset({"de", "nl"})
_SHORTEST_PART = 3
_COGNATE, _BEGINNING = 8, 5  # letters that a word like an English one has, and has in common with it at its beginning


class Corpus(NamedTuple):
    """What glossing asks of a corpus: whether it prints a folded word, and how a word is spelt in it."""

    prints: Callable[[str], bool]
    spelt: Callable[[str], str]


class _Token(NamedTuple):
    """A word or sign: how it is printed, in lower case, folded and stemmed, and whether it is a name.

    Signs, and names of tools, have no stem. `joined` is the hyphen or apostrophe before it, if there is one.
    """

    text: str
    lower: str
    folded: str
    stem: str
    name: bool
    joined: str


def gloss(text: str, words: Lexicon, corpus: Corpus, names: Sequence[tuple[int, int]] = ()) -> str:
    """The English gloss of a text.

    Args:
        text: a question in the language of the lexicon.
        words: the lexicon.
        corpus: words that need no gloss.
        names: (start, end) of the names of tools in the text, left as they stand.
    """
    tokens = _tokens(text, words, names)
    pieces: list[str] = []
    i = 0
    while i < len(tokens):
        n, english = _longest(tokens, i, words, corpus)
        if n:
            pieces.append(english)
        elif tokens[i].joined and pieces and pieces[-1][:1].isupper() and tokens[i].name:
            pieces[-1] += tokens[i].joined + tokens[i].text  # Saint-Nazaire, L'Hospitalet
        else:
            pieces.append(_alone(tokens[i], words, corpus))
        i += n or 1
    return re.sub(r"\s+([?.,;:!)%])", r"\1", " ".join(piece for piece in pieces if piece)).replace("( ", "(")


def _tokens(text: str, words: Lexicon, names: Sequence[tuple[int, int]]) -> list[_Token]:
    found = [(start, _sign(text[start:end])) for start, end in names]
    first = True  # in its sentence
    for match in _TOKEN.finditer(text):
        printed = match.group()
        if any(start <= match.start() < end for start, end in names):
            first = False
        elif not printed[0].isalnum():
            sign = "?" if printed == ";" and words.code == "el" else printed
            found.append((match.start(), _sign(sign)))
            first = first or sign in ".?!:"
        else:
            found.append((match.start(), _word(printed, text[: match.start()][-1:], words, first, text.isupper())))
            first = False
    return [token for _, token in sorted(found, key=lambda pair: pair[0])]


def _sign(text: str) -> _Token:
    return _Token(text, "", "", "", name=text[0].isalnum(), joined="")


def _word(printed: str, before: str, words: Lexicon, first: bool, shouted: bool) -> _Token:
    acronym = len(printed) > 1 and printed.isupper() and not shouted
    named = acronym or (printed[0].isupper() and not first and words.code != "de")  # German nouns have capitals
    folded = folded_word(printed, words.code)
    lower = (words_of(printed) or (folded,))[0]
    return _Token(printed, lower, folded, stem_of(folded, words.code), named, before if before in "-'’" else "")


def _longest(tokens: Sequence[_Token], start: int, words: Lexicon, corpus: Corpus) -> tuple[int, str]:
    """How many tokens the longest phrase of the lexicon has that begins here, and its English; 0 for none.

    A name is met only as it is printed, and not at all where the corpus has it.
    """
    for n in range(min(words.longest, len(tokens) - start), 0, -1):
        phrase = tokens[start : start + n]
        if not all(token.stem for token in phrase):
            continue
        if n == 1 and phrase[0].name and corpus.prints(fold(phrase[0].text)):
            return 0, ""
        english = words.printed.get(tuple(t.lower for t in phrase)) or words.folded.get(tuple(t.folded for t in phrase))
        loose = not any(token.name for token in phrase) and (n > 1 or phrase[0].folded not in words.dropped)
        if english is None and loose:
            english = words.stemmed.get(tuple(token.stem for token in phrase))
        if english is not None:
            return n, english
    return 0, ""


def _alone(token: _Token, words: Lexicon, corpus: Corpus) -> str:
    """The English of a word that the lexicon does not have: its parts, a word of the corpus like it, or nothing.

    Names and signs stay as they are. A foreign word that is left would count as something that no text speaks of.
    """
    if not token.stem or token.name or token.text[0].isdigit():
        return token.text
    if token.folded in words.dropped:
        return ""
    if words.code in _COMPOUNDING and (parts := _parts(token.folded, words)):
        return " ".join(parts)
    if corpus.prints(fold(token.text)) or (token.text[0].isupper() and is_city(token.text)):
        return token.text
    alike = corpus.spelt(token.lower)
    return alike if _are_cognate(fold(token.text), fold(alike)) and corpus.prints(fold(alike)) else ""


def _are_cognate(word: str, other: str) -> bool:
    return len(word) >= _COGNATE and word[:_BEGINNING] == other[:_BEGINNING]


def _parts(word: str, words: Lexicon) -> tuple[str, ...]:
    """The English of the two parts of a compound; none where it is no compound of known words."""
    for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        tail = words.stemmed.get((stem_of(word[cut:], words.code),))
        for link in _LINKS if tail else ():
            head = word[:cut].removesuffix(link) if link else word[:cut]
            found = words.folded.get((head,)) or words.stemmed.get((stem_of(head, words.code),))
            if found and tail and len(head) >= _SHORTEST_PART and (not link or word[:cut].endswith(link)):
                return found, tail
    return ()
