"""Whether words of the report support a sentence that somebody else wrote: rules that any code can check.

Every figure, name and address of the sentence must stand in the report's words, what is counted beside its figure;
most of its other words must stand there too; it must deny what they deny and claim 'all' where they do. What these
rules let through is not yet true: who does what to whom is not looked at. The meaning, by embedding, is compared by
whoever calls.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from icarus.places import place_words
from icarus.spelling import is_english
from icarus.text import STOP_WORDS, content_stems, fold, squash, stem

COVERED = 0.7  # share of the content words that must stand in the report's
_UNCOVERED = 3  # content words at most that need not

_TOKEN = re.compile(r"[^\W_](?:[\w.,:/'&@+%-]*[^\W_%])?%?")
_DASHES = re.compile(r"[‐‑‒–—−]")
_APART = re.compile(r"[-/:&+@]|(?<!\d)[.,]|[.,](?!\d)|'s\b|'")
_LATIN_ENDS = 0x24F
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\b[\w-]+(?:\.[\w-]+)*\.(?:eu|com|org|net|int|info|[a-z]{2})\b/?\S*"
)
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|cannot|hardly|nobody|nothing|unable|fail(?:s|ed)?|lack\w*)\b|n't\b",
    re.I,
)
_NOT_ONLY = re.compile(r"\bnot (?:only|just|merely)\b|\bno longer\b|\bwhether or not\b", re.I)
_ALL = (
    frozenset("all every each entire entirely whole everyone everywhere".split()),
    frozenset("most majority mostly mainly".split()),
    frozenset("only solely exclusively".split()),
    frozenset("always constantly".split()),
)
_UNITS = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: str(n) for n, word in enumerate(_UNITS.split(), 2)}
_NUMBERS |= {word: f"{n}0" for n, word in enumerate(_TENS.split(), 2)}
_ORDINALS = frozenset("second third fourth fifth sixth seventh eighth ninth tenth".split())
_SIZES = frozenset("hundred thousand million billion dozen half quarter twice double triple".split())
_UNIT_AFTER, _UNIT_THERE = 3, 4  # words after a figure in which what is counted stands, here and in the report
_YEAR = re.compile(r"(?:19|20)\d\d")

# Capitalised at the start of a sentence, these are no names.
_OPENERS = frozenset(
    """according additionally although another around based beyond currently despite during either equally especially
    established finally first firstly following furthermore generally given hence however including indeed initially
    instead lastly likewise meanwhile moreover nevertheless next nonetheless notably one originally otherwise overall
    participants part particularly people rather secondly since similarly specifically still subsequently therefore
    thus together two three four five six seven eight nine ten unlike using various via what whereas whether within
    yes several both many created developed designed founded launched funded made used run""".split()
)
# Words that any sentence about a report may hold, whatever the report says.
_NEUTRAL = frozenset(
    stem(word)
    for word in """report reports passage states stated says said mentions mentioned describes described according
    also include includes including provide provides provided tool tools practice practices project programme various
    used uses using use aim aims aimed called named well make makes made help helps main specific different part
    involves involve involving focuses focus designed developed offers offer based carried new way ways""".split()
)


class Words(NamedTuple):
    """What a text holds that a sentence can be checked against."""

    figures: dict[str, tuple[frozenset[str], ...]]
    names: frozenset[str]
    stems: frozenset[str]
    letters: str
    denies: bool
    alls: frozenset[int]


class Claim(NamedTuple):
    """What of a sentence must be found again."""

    text: str
    figures: tuple[tuple[str, tuple[str, ...]], ...]
    names: tuple[str, ...]
    pairs: tuple[str, ...]
    addresses: tuple[str, ...]
    stems: tuple[str, ...]
    odd: tuple[str, ...]
    denies: bool
    alls: frozenset[int]


def objection(claim: Claim, said: Words, context: Words) -> str:
    """Why words of the report do not support a claim, '' where they do.

    Args:
        claim: of the sentence to check.
        said: the words of the report that it is to rest on.
        context: what is known beside these: headings over them, names of the tools they are about.
    """
    for figure, counted in claim.figures:
        if not _stands(figure, counted, said) and figure not in context.figures:
            return f"the figure {figure!r}"
    strange = unknown_names(claim, said.names | context.names)
    if strange:
        return f"the name {strange[0]!r}"
    letters = f"{said.letters} {context.letters}"
    for text in (*claim.pairs, *claim.addresses):
        if squash(text) not in letters:
            return f"the name or address {text!r}"
    return _of_words(claim, said.stems | context.stems) or _of_force(claim, said)


def unknown_names(claim: Claim, known: frozenset[str]) -> list[str]:
    """The names of a claim that are not among some words; 'Vienna's' and 'right-wing' are known by their parts."""
    return [name for name in claim.names if fold(name) not in known and not _parts(name) <= known]


def _of_words(claim: Claim, there: frozenset[str]) -> str:
    strange = [word for word in claim.odd if stem(word) not in there]
    if strange:
        return f"the word {strange[0]!r}"
    missing = [s for s in claim.stems if s not in there]
    if not claim.stems or len(missing) > _UNCOVERED or len(missing) > (1 - COVERED) * len(claim.stems):
        return "too few of its words"
    return ""


def _of_force(claim: Claim, said: Words) -> str:
    if claim.denies != said.denies:
        return "what it denies"
    return "" if claim.alls <= said.alls else "how many it speaks of"


def _stands(figure: str, counted: Sequence[str], said: Words) -> bool:
    """Whether a figure stands in a text, with what it counts after it where the text holds that at all."""
    there = said.figures.get(figure)
    if there is None:
        return False
    unit = next((s for s in counted if s in said.stems), None)
    return unit is None or _YEAR.fullmatch(figure) is not None or any(unit in after or not after for after in there)


@lru_cache(maxsize=4096)
def words_in(text: str) -> Words:
    """The words of the report, or of headings, to check against."""
    tokens = _tokens(text)
    figures: dict[str, tuple[frozenset[str], ...]] = {}
    for i, token in enumerate(tokens):
        after = frozenset(s for t in tokens[i + 1 : i + 1 + _UNIT_THERE] for s in _stems(t))
        for figure in _figures(token, written=True):
            figures[figure] = (*figures.get(figure, ()), after)
    names = frozenset(part for token in tokens for part in (fold(token), *_parts(token)))
    return Words(figures, names, frozenset(content_stems(text)), squash(text), _denies(text), _alls(text))


@lru_cache(maxsize=1024)
def claim_of(sentence: str) -> Claim:
    """What of a sentence must be found again in the report."""
    tokens = _tokens(sentence)
    figures = [
        (figure, tuple(s for t in tokens[i + 1 : i + 1 + _UNIT_AFTER] for s in _stems(t)))
        for i, token in enumerate(tokens)
        for figure in _figures(token)
    ]
    names = [token for i, token in enumerate(tokens) if _is_name(token, first=i == 0)]
    return Claim(
        text=sentence,
        figures=tuple(figures),
        names=tuple(names),
        pairs=tuple(_pairs(sentence)),
        addresses=tuple(match.group().rstrip(".,;:!?)'\"") for match in _ADDRESS.finditer(sentence)),
        stems=tuple(s for s in dict.fromkeys(content_stems(sentence)) if s not in _NEUTRAL),
        odd=tuple(word for token in tokens for word in _odd(token)),
        denies=_denies(sentence),
        alls=_alls(sentence),
    )


def _tokens(text: str) -> list[str]:
    text = _DASHES.sub("-", text).replace("’", "'").replace("%", " percent ")
    text = re.sub(r"\bper cent\b", "percent", re.sub(r"(?<=\d)[ \u00a0\u202f,](?=\d{3}\b)", "", text))
    return _TOKEN.findall(re.sub(r"[€$£]\s?(?=\d)", " ", text))


def _parts(token: str) -> frozenset[str]:
    """The words that a token is made of, folded: 'Vienna's' and 'right-wing' too."""
    return frozenset(fold(part) for part in _APART.split(token) if part)


def _figures(token: str, *, written: bool = False) -> Iterator[str]:
    """The figures in a token: in digits, or as words from two on; `written` counts a 'one' too."""
    for part in re.split(r"[-/:]", token.removesuffix("'s")):
        plain = fold(part).strip(".,'")
        if any(c.isdigit() for c in plain):
            yield re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", plain)
        elif plain in _NUMBERS:
            yield _NUMBERS[plain]
        elif plain in _ORDINALS or plain.removesuffix("s") in _SIZES:
            yield plain.removesuffix("s")
        elif written and plain == "one":
            yield "1"


def _is_name(token: str, *, first: bool) -> bool:
    if any(ord(c) > _LATIN_ENDS and c.isalpha() for c in token):
        return True
    if not any(c.isupper() for c in token):
        return fold(token) in place_words().countries
    lower = fold(token)
    plain = lower in STOP_WORDS or lower in _NUMBERS or stem(lower) in _NEUTRAL
    return not (plain or (first and lower in _OPENERS) or (first and token.istitle() and _is_common(lower)))


def _is_common(word: str) -> bool:
    """Whether a word at the start of a sentence may be left to the check of words: it has an ending no name has."""
    return word.endswith(("ing", "tion", "tions", "ments", "ities", "ers", "ies", "ally", "ly")) and is_english(word)


def _odd(token: str) -> Iterator[str]:
    """Words that English does not know: names in small letters, or no words at all."""
    if token[0].islower():
        yield from (
            p for p in _parts(token) if len(p) > 2 and p.isalpha() and p not in STOP_WORDS and not is_english(p)
        )


def _pairs(sentence: str) -> Iterator[str]:
    """Capitalised words that stand side by side: a name of two known words may itself be made up."""
    text = re.sub(
        r"^\W*\w+(?:'s)?", lambda m: m.group() if m.group()[-1].isupper() else " ", _DASHES.sub("-", sentence)
    )
    for match in re.finditer(r"(?=(?<![\w-])([A-ZÀ-Þ][\w-]+ [A-ZÀ-Þ][\w-]+))", text):
        yield match.group(1)


def _stems(token: str) -> list[str]:
    return [s for s in content_stems(token) if not s[0].isdigit()]


def _denies(text: str) -> bool:
    return bool(_DENIAL.search(_NOT_ONLY.sub(" ", text.replace("’", "'"))))


def _alls(text: str) -> frozenset[int]:
    there = set(fold(text).replace(",", " ").replace(".", " ").split())
    return frozenset(i for i, group in enumerate(_ALL) if group & there)
