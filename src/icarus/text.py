"""Words, stems and quotes: pure functions on text."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

import Stemmer

_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴-⁹]+|\$\^\{.*?\}\$")
_TAG = re.compile(r"</?[a-z]+>")
_WORD = re.compile(r"[^\W_]+(?:['’.@+-][^\W_]+)*\+?")
_PLAIN = re.compile(r"[a-z0-9]")

# Function words and question scaffolding carry no topic. English, because the corpus is.
STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below
    between both but by can cannot could did do does doing down during each few for from further had has have having
    he her here hers him his how i if in into is it its itself just let me more most my no nor not of off on once only
    or other our ours out over own per please same she should so some such than that the their theirs them then there
    these they this those through to too under until up us very was we were what when where which while who whom whose
    why will with would you your yours s t d ll re ve m don doesn didn isn wasn aren can't""".split()
)


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Lower case without accents or typographic variants, one space between words."""
    if text.isascii():  # nine tenths of all calls
        return " ".join(_TAG.sub("", text).lower().split())
    text = unicodedata.normalize("NFKD", _TAG.sub("", text).replace("ß", "ss").replace("’", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return re.sub(r"\s+", " ", re.sub(r"[‐‑‒–—]", "-", text)).strip()


@lru_cache(maxsize=4096)
def squash(text: str) -> str:
    """Letters and digits only: what is left of words when spacing, marks and footnote signs are set aside."""
    return "".join(_PLAIN.findall(_folded_plain(_TAG.sub("", _SUPERSCRIPT.sub("", text)))))


def find_quote(page: str, quote: str) -> tuple[int, int] | None:
    """Where a quote stands on a page, as (start, end) in characters, or None.

    Spacing, hyphens, punctuation, case, mark-up and footnote signs do not count; letters and digits do.
    """
    needle = squash(quote)
    if not needle:
        return None
    letters, places = _letters(page)
    start = letters.find(needle)
    return None if start < 0 else (places[start], places[start + len(needle) - 1] + 1)


@lru_cache(maxsize=512)
def _letters(page: str) -> tuple[str, tuple[int, ...]]:
    """The letters and digits of a page, each with its place in the page."""
    skipped = [m.span() for pattern in (_SUPERSCRIPT, _TAG) for m in pattern.finditer(page)]
    dropped = {i for start, end in skipped for i in range(start, end)}
    found = [(c, i) for i, char in enumerate(page) if i not in dropped for c in _PLAIN.findall(_folded_plain(char))]
    return "".join(c for c, _ in found), tuple(i for _, i in found)


def _folded_plain(text: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).lower())


def words(text: str) -> list[str]:
    """The words of a text, folded, in order; 'e4j', 'medi@4sec', 'city.risks' and 'co-production' are one each."""
    return [w.replace("'s", "") for w in _WORD.findall(fold(text))]


# Nouns whose stem is that of a word of another sense: 'related', 'local', 'design', 'good', 'education'.
_THEIR_OWN_STEM = {word: word for word in ("relatives", "locals", "designers", "goods", "educator")}
_THEIR_OWN_STEM |= {"educators": "educator"}
_IZE = re.compile(r"iz(e|es|ed|ing|er|ers|ation|ations)$")
_OR = re.compile(r"(behavi|neighb|lab|col|hon)or")


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of one folded word (Snowball English), the same for -ise and -ize, -our and -or spellings."""
    if word in _THEIR_OWN_STEM:
        return _THEIR_OWN_STEM[word]
    british = _IZE.sub(r"is\1", word) if "iz" in word else word
    british = _OR.sub(r"\1our", british) if "or" in british else british
    return str(_stemmer().stemWord(british))


def parts_of(word: str) -> list[str]:
    """A hyphenated or dotted word and its parts: 'right-wing' gives 'right-wing', 'right' and 'wing'."""
    if word.isalnum():
        return [word]
    pieces = [p for p in re.split(r"[-.@+']", word) if p]
    return [word, *pieces] if len(pieces) > 1 else [word]


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry a topic, in order, with repeats; hyphenated words also by their parts."""
    return [stem(p) for w in words(text) for p in parts_of(w) if p not in STOP_WORDS and (len(p) > 1 or p.isdigit())]


def stems_of(tokens: Iterable[str]) -> frozenset[str]:
    """The set of stems of some words."""
    return frozenset(stem(t) for t in tokens)


def slug(text: str, limit: int = 60) -> str:
    """A readable identifier: lower-case ASCII words joined by hyphens, cut at a word's end."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return plain if len(plain) <= limit else plain[: limit + 1].rsplit("-", 1)[0][:limit]
