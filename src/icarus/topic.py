"""What a question is about once names, filters and the scaffolding of asking are set aside."""

import re
import tomllib
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from icarus.places import words_of_countries
from icarus.text import STOP_WORDS, content_stems, fold, stem
from icarus.vocabulary import concepts, find_terms, same_meaning, stem_sequence, word_sequence

Phrase = tuple[str, ...]
_REMEMBERED = 12_288  # sentences and passages whose words are kept


# 'a, b or c' and 'a/b' are alternatives, as are the examples in 'bodies of the UN, like b or c' ...
_ENUMERATED = re.compile(r"\s*/\s*|,\s*(?:like\s+|such as\s+|or\s+)?(?=[^,.?!]{1,30}(?:,[^,.?!]{1,30})*,?\s+or\b)")
# ... and three or more things at an end: 'mentors, tutors, coaches - which projects?'
_THING = r"\w[\w'’-]*(?: \w[\w'’-]*)?"
_LISTED = re.compile(rf"\b{_THING}(?:, {_THING}){{2,}}(?=\s*(?:[-–:;(?]|$))")
# 'NGOs, associations and the like'
_AND_SO_ON = re.compile(
    rf"\b(?P<things>{_THING}(?:, {_THING})*),? "
    r"(?:and so on|and so forth|and the like|and such|and similar|or similar|etc\b\.?)"
)
# 'Internet of Things', 'Nordic Safe Cities'
_RUN = r"[A-Z][\w-]+(?: [A-Z][\w-]+)+"
_TITLED = re.compile(rf"\b[A-Z][\w-]+(?: (?:of|for)(?: the)?) [A-Z][\w-]+\b|^{_RUN}$|(?<!^)(?<![.?!] )\b{_RUN}\b")
QUOTED = re.compile(r"[\"“„«](?P<words>[^\"“”„«»]{3,60})[\"”“»]")
"""What stands in quotation marks, as `words`."""
_HYPHENATED = re.compile(r"\b[a-z]+(?:-[a-z]+)+\b")
_NEAR = 2  # words that may stand between a thing and the 'or' after it: not 'youngsters who are out of work or ...'
_STOP_STEMS = frozenset(map(stem, STOP_WORDS))
_OTHER_VERBS = frozenset(map(stem, "run lead hold make organise".split()))  # 'those who plan or run public events'


class Unit(NamedTuple):
    """One thing asked about: the phrases that are it literally, and those that mean the same."""

    printed: str
    literal: frozenset[Phrase]
    similar: frozenset[Phrase]


@cache
def scaffolding() -> frozenset[str]:
    """Stems of the words of asking, of catalogues and of reports: they say how to answer, not about what."""
    return frozenset(content_stems(str(_words()["always"])))


@cache
def framing() -> frozenset[str]:
    """Stems of the words around a theme, which itself is a thing: those of doing, of how and which, and of anybody."""
    named = {
        stem for concept in concepts().values() for phrase in concept.phrases if len(phrase) == 1 for stem in phrase
    }
    return frozenset(content_stems(" ".join(_words()["lists"].values()))) - named


def _words() -> dict[str, Any]:
    return tomllib.loads(resources.files("icarus").joinpath("data/scaffolding.toml").read_text("utf-8"))


def topic_units(text: str, without: Collection[str] = ()) -> list[Unit]:
    """The things a text is about, in its order; phrases of the vocabulary stay together.

    Args:
        text: a question, or what is left of one.
        without: stems that are already accounted for, such as those of names and places.
    """
    skip = {*without, *_STOP_STEMS, *scaffolding()}
    phrases = {t.stems: t for t in find_terms(text) if len(t.stems) > 1 and not set(t.stems) <= skip}
    names = {tuple(stem_sequence(m.group())): m.group() for m in _TITLED.finditer(text)}
    names = {s: name for s, name in names.items() if {s[0], s[-1]} & scaffolding() and not {s[0], s[-1]} <= skip}
    printed = word_sequence(_with_or(text))
    sequence = [stem(word) for word in printed]
    units: list[Unit] = []
    longest = sorted(phrases, key=len, reverse=True)
    i, end, joins = 0, 0, False
    while i < len(sequence):
        phrase = next((p for p in [*names, *longest] if tuple(sequence[i : i + len(p)]) == p), None)
        if phrase in phrases and any(_at(sequence, n, range(i + 1, i + len(phrase))) for n in names):
            phrase = None  # 'on the internet' in 'rely on Internet of Things'
        unit = None
        if phrase in names:
            initials = "".join(word[0] for word in phrase)  # 'IoT'
            unit = Unit(names[phrase], frozenset({phrase}), frozenset({phrase, (initials,)}))
        elif phrase:
            unit = Unit(" ".join(printed[i : i + len(phrase)]), frozenset({phrase}), same_meaning(*phrase))
        elif sequence[i] not in skip and sequence[i][1:]:
            unit = Unit(printed[i], _itself(printed[i]), same_meaning(sequence[i]) | _same_country(printed[i]))
        if unit and joins and units:
            unit = _either(units.pop(), unit)
        units += [unit] if unit else []
        goes_on = joins and unit is None and sequence[i] not in _OTHER_VERBS
        joins = bool(units) and ((sequence[i] == "or" and i - end <= _NEAR) or goes_on)
        i += len(phrase) if phrase else 1
        end = i if unit else end
    return list({unit.literal: unit for unit in units}.values())


def theme_units(text: str, without: Collection[str] = ()) -> list[Unit]:
    """The things that tools in a list are to have to do with: what is quoted, or else the topic of the text.

    They are meant narrowly: who asks for tools against burglary is not served by one against theft of bicycles.
    """
    quoted = [(m.group(), tuple(stem_sequence(m["words"]))) for m in QUOTED.finditer(text)]
    said = [Unit(printed, frozenset({phrase}), frozenset()) for printed, phrase in quoted if set(phrase) - {*without}]
    return said or [_narrowly(unit) for unit in topic_units(text, without)]


def _narrowly(unit: Unit) -> Unit:
    """A thing without what is wider than it, or another kind of what it is a kind of."""
    wide = frozenset().union(*(same_meaning(*phrase) for phrase in unit.literal))
    others = wide.difference(*(same_meaning(*phrase, narrowly=True) for phrase in unit.literal))
    return unit._replace(similar=unit.similar - others)


def _same_country(word: str) -> frozenset[Phrase]:
    return frozenset(tuple(stem_sequence(other)) for other in words_of_countries().get(fold(word), ()))


def _itself(word: str) -> frozenset[Phrase]:
    """A word, and for a creed one who holds it: 'Salafism', 'Salafist'."""
    forms = [word, f"{word.removesuffix('ism')}ist"] if word.endswith("ism") else [word]
    return frozenset((stem(form),) for form in forms)


def literally(unit: Unit) -> Unit:
    """A thing that is to stand there by its own word."""
    return Unit(unit.printed, unit.literal, unit.literal)


def called(units: Iterable[Unit]) -> list[Unit]:
    """The things that are called by a name, 'Internet of Things': what else is said of them matters less."""
    return [unit for unit in units if not unit.printed.islower() and " " in unit.printed]


def _at(sequence: Sequence[str], phrase: Phrase, places: Iterable[int]) -> bool:
    return any(tuple(sequence[i : i + len(phrase)]) == phrase for i in places)


def _with_or(text: str) -> str:
    """The text with 'or' between alternatives, however they are printed."""
    text = _AND_SO_ON.sub(lambda listed: listed["things"].replace(", ", " or "), text)
    return _ENUMERATED.sub(" or ", _LISTED.sub(lambda listed: listed[0].replace(", ", " or "), text))


def _either(one: Unit, other: Unit) -> Unit:
    return Unit(f"{one.printed} or {other.printed}", one.literal | other.literal, one.similar | other.similar)


def _joined(text: str) -> set[str]:
    """The stems of hyphenated words as if printed as one: of 'cyber-crime' that of 'cybercrime'."""
    return {stem(word.replace("-", "")) for word in _HYPHENATED.findall(fold(text))} if "-" in text else set()


class AnyOf:
    """Phrases made ready to be looked for: single words apart from longer ones, these by their first word."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        every = list(phrases)
        self.words = frozenset(phrase[0] for phrase in every if len(phrase) == 1)
        self.longer: dict[str, list[Phrase]] = {}
        for phrase in every:
            if len(phrase) > 1:
                self.longer.setdefault(phrase[0], []).append(phrase)


class PhraseSet:
    """The stems of a text, and whether phrases occur in it."""

    def __init__(self, texts: Iterable[str]) -> None:
        every = list(texts)
        self._sequences = [stem_sequence(text) for text in every]
        self._words = {s for sequence in self._sequences for s in sequence}.union(*map(_joined, every))
        self._runs: dict[int, set[Phrase]] = {}  # the words that stand side by side, by how many

    def holds(self, phrase: Sequence[str]) -> bool:
        """Whether the words of a phrase stand side by side somewhere."""
        if not phrase or not set(phrase) <= self._words:
            return False
        n = len(phrase)
        if n == 1:
            return True
        if n not in self._runs:
            self._runs[n] = {tuple(s[i : i + n]) for s in self._sequences for i in range(len(s) - n + 1)}
        return tuple(phrase) in self._runs[n]

    def speaks_of(self, unit: Unit) -> bool:
        """Whether a thing occurs, literally or by words that mean the same."""
        return self.holds_any(unit.literal | unit.similar)

    def holds_any(self, phrases: Iterable[Phrase] | AnyOf) -> bool:
        """Whether any of the phrases occurs."""
        wanted = phrases if isinstance(phrases, AnyOf) else AnyOf(phrases)
        if not self._words.isdisjoint(wanted.words):
            return True
        if self._words.isdisjoint(wanted.longer):
            return False
        return any(
            self.holds(phrase) for first in self._words & wanted.longer.keys() for phrase in wanted.longer[first]
        )


@lru_cache(maxsize=_REMEMBERED)
def phrases_in(*texts: str) -> PhraseSet:
    """The words of some texts, remembered."""
    return PhraseSet(texts)
