"""Whether words of the report support a sentence that somebody else wrote: rules that any code can check.

Every figure, name and address of the sentence must stand in the report's words, what is counted beside its figure;
most of its other words must stand there too; it must deny what they deny and claim 'all' where they do. What these
rules let through is not yet true: who does what to whom is not looked at. The meaning, by embedding, is compared by
whoever calls.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from icarus.places import place_words
from icarus.spelling import is_english
from icarus.text import STOP_WORDS, content_stems, fold, squash, stem

_A_NEW_WORD_IN = 8  # content words, one may be a word that the report does not use there

_TOKEN = re.compile(r"[^\W_](?:[\w.,:/'&@+%-]*[^\W_%])?%?")
_DASHES = re.compile(r"[‐‑‒–—−]")
_APART = re.compile(r"[-/:&+@]|(?<!\d)[.,]|[.,](?!\d)|'s\b|'")
_LATIN_ENDS = 0x24F
_SMALL = re.compile(r"\b[a-zß-ÿ]{3,}\b")
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
    for word in """report reports passage text states says said mentions describes described description according notes
    notable reported stated document authors explains explained highlights highlighted stresses stressed emphasises
    emphasised underlines indicates indicated suggests shows shown finds found points considered seen known regarded
    refers also include includes including provide provides provided providing give gives gave offer offers tool tools
    practice practices project programme approach various used uses using use user aim aims aimed aiming intended meant
    seeks sought called named well make makes made making help helps helped main key specific particular different part
    involves involve involving focuses focus focused designed developed based carried carry way ways take takes taken
    taking bring brings brought allow allows enable enables need needs needed require requires required become becomes
    consist consists comprises contain contains group groups people person aspect aspects case cases example thing
    things kind type types form forms set sets among another additional additionally further moreover however while
    thus therefore overall general generally especially particularly several many within across towards upon regarding
    concerning related relating respectively able possible like often addition work works working run runs""".split()
)
_COUNTING = frozenset(stem(word) for word in (*_NUMBERS, *_ORDINALS, *_SIZES, "one", "percent"))  # checked as figures


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


def objection(claim: Claim, said: Sequence[Words], context: Words, common: frozenset[str] = frozenset()) -> str:
    """Why words of the report do not support a claim, '' where they do.

    Args:
        claim: of the sentence to check.
        said: the words of the report that it is to rest on, sentence by sentence.
        context: what is known beside these: headings over them, names of the tools they are about.
        common: stems that are nobody's name: a long sentence may hold one of them that the report does not use there.
    """
    for figure, counted in claim.figures:
        of_a_name = not figure.isdigit() and figure in context.figures  # E4J, D2.2
        if not of_a_name and not any(_stands(figure, counted, words) for words in said):
            return f"the figure {figure!r}"
    strange = unknown_names(claim, frozenset().union(context.names, *(words.names for words in said)))
    if strange:
        return f"the name {strange[0]!r}"
    letters = " ".join([context.letters, *(words.letters for words in said)])
    for text in (*claim.pairs, *claim.addresses):
        if squash(text) not in letters:
            return f"the name or address {text!r}"
    there = frozenset().union(context.stems, *(words.stems for words in said))
    return _of_words(claim, there, common) or _of_force(claim, said)


def unknown_names(claim: Claim, known: frozenset[str]) -> list[str]:
    """The names of a claim that are not among some words; 'Vienna's' and 'right-wing' are known by their parts."""
    return [name for name in claim.names if fold(name) not in known and not _parts(name) <= known]


def _of_words(claim: Claim, there: frozenset[str], common: frozenset[str]) -> str:
    strange = [word for word in claim.odd if stem(word) not in there]
    if strange:
        return f"the word {strange[0]!r}"
    missing = [s for s in claim.stems if s not in there]
    allowed = len(claim.stems) // _A_NEW_WORD_IN if common.issuperset(missing) else 0
    if not claim.stems or len(missing) > allowed:
        return f"the words {', '.join(missing[:3])}"
    return ""


def _of_force(claim: Claim, said: Sequence[Words]) -> str:
    """What a sentence denies, and whether it speaks of all, must be so in the words that are nearest to it."""
    nearest = max(said, key=lambda words: sum(s in words.stems for s in claim.stems))
    if claim.denies != nearest.denies:
        return "what it denies"
    return "" if claim.alls <= nearest.alls else "how many it speaks of"


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
        for figure in _figures(token, one=True, a=True):
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
        for figure in _figures(token, one=i + 1 < len(tokens) and fold(tokens[i + 1]) not in STOP_WORDS)
    ]
    names = [token for i, token in enumerate(tokens) if _is_name(token, first=i == 0)]
    return Claim(
        text=sentence,
        figures=tuple(figures),
        names=tuple(names),
        pairs=tuple(_pairs(sentence)),
        addresses=tuple(match.group().rstrip(".,;:!?)'\"") for match in _ADDRESS.finditer(sentence)),
        stems=tuple(s for s in dict.fromkeys(_stems(_normal(sentence))) if s not in _NEUTRAL and s not in _COUNTING),
        odd=tuple(word for token in tokens for word in _odd(token)),
        denies=_denies(sentence),
        alls=_alls(sentence),
    )


def common_stems(texts: Iterable[str]) -> frozenset[str]:
    """The stems of words that texts print in small letters: no names of theirs."""
    return frozenset(s for text in texts for s in content_stems(" ".join(_SMALL.findall(text))))


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_normal(text))


def _normal(text: str) -> str:
    """One way of writing for dashes, apostrophes, thousands and per cent."""
    text = _DASHES.sub("-", text).replace("’", "'")
    text = re.sub(r"(?<=\d)[ \u00a0\u202f,](?=\d{3}\b)", "", text)
    return re.sub(r"(?<=\d)\s*(?:%|per ?cent\b)", "%", text)


def _parts(token: str) -> frozenset[str]:
    """The words that a token is made of, folded: 'Vienna's' and 'right-wing' too."""
    return frozenset(fold(part) for part in _APART.split(token) if part)


def _figures(token: str, *, one: bool, a: bool = False) -> Iterator[str]:
    """The figures in a token, in digits or as words; whether a 'one' and an 'a' are figures says the caller."""
    for part in re.split(r"[-/:]", token.removesuffix("'s")):
        plain = fold(part).strip(".,'")
        if any(c.isdigit() for c in plain):
            yield re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", plain)
        elif plain in _NUMBERS:
            yield _NUMBERS[plain]
        elif plain in _ORDINALS or plain.removesuffix("s") in _SIZES:
            yield plain.removesuffix("s")
        elif (one and plain == "one") or (a and plain in {"a", "an"}):
            yield "1"


def _is_name(token: str, *, first: bool) -> bool:
    """Whether a word is to stand in the report as it is: all with capitals, but for what any sentence begins with."""
    if any(ord(c) > _LATIN_ENDS and c.isalpha() for c in token):
        return True
    if not any(c.isupper() for c in token):
        return fold(token) in place_words().countries
    lower = fold(token)
    if not first or any(c.isupper() for c in token[1:]):
        return True
    plain = lower in STOP_WORDS or lower in _NUMBERS or lower in _OPENERS or stem(lower) in _NEUTRAL
    return not (plain or _is_common(lower))


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


def _stems(text: str) -> list[str]:
    """The stems of the words that are no figures."""
    return [s for s in content_stems(text) if not any(c.isdigit() for c in s)]


def _denies(text: str) -> bool:
    return bool(_DENIAL.search(_NOT_ONLY.sub(" ", text.replace("’", "'"))))


def _alls(text: str) -> frozenset[int]:
    there = set(fold(text).replace(",", " ").replace(".", " ").split())
    return frozenset(i for i, group in enumerate(_ALL) if group & there)
