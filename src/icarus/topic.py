"""What a question is about once names, filters and the scaffolding of asking are set aside."""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from icarus.text import STOP_WORDS, content_stems, stem
from icarus.vocabulary import concepts, find_terms, same_meaning, stem_sequence, word_sequence

Phrase = tuple[str, ...]
_REMEMBERED = 12_288  # sentences and passages whose words are kept

# Words of asking, of catalogues and of reports: they say how to answer, not about what.
SCAFFOLDING = frozenset(
    content_stems(
        """yes roughly approximately about ever already yet still gather gathers gathered appear appears contain
        contains feature features record recorded compile compiled full complete hello hi dear greetings lead
        leads led carry carried conduct conducted list show give tell name find need want search look looking
        know please pls thanks kindly explain describe enumerate present mention mentions mentioned provide
        available exist exists existing have got there here tool tools practice practices project projects
        programme program programmes programs initiative initiatives measure measures example examples scheme
        schemes approach approaches method methods instrument instruments intervention interventions handbook
        handbooks manual manuals toolkit toolkits one ones thing things item items bring brings bringing old
        activity-related activities activity category categories topic topics theme themes area areas focus
        field type types kind kinds annex report deliverable document inventory catalogue catalog database
        table chapter section collection page text icarus d2.2 author authors described description say says
        said state states stated according every all each complete full total count number many much entire
        any other else more same use uses used using deal deals dealing specifically specific concern
        concerning related regarding relating address addresses tackle tackles tackling aim aims aimed work
        works working do does done make makes made offer help helps can could would like place places meaning
        call calls called city cities town towns country countries region regional local municipal
        municipality municipalities european eu organisation organisations took take takes part come comes
        coming exactly actually really maybe idea ideas good best some something anything anybody anyone
        somebody someone tried try run runs running produce produced produces include includes including
        involve involves involving based listed lists found term terms target targets targeted together
        different various several both twice well under via wat wich which also either prevent preventing
        prevention combat combating keep keeps rather get gets getting see around open actual safe safety
        secure designing managing came out whatever subject subjects body bodies located location compare
        compared comparison versus vs difference differences differ among across four three two five itself go
        goes back sort entries entry main major fight fighting against counter countering implemented develop
        developed altogether overall everything apply applies applied applying ok okay allowed
        allow possible matter matters stand stands hold holds put puts inside outside within understand understands
        understood word words"""
    )
) - frozenset(map(stem, ["fight"]))


# 'a, b or c' and 'a/b' are alternatives, as are the examples in 'bodies of the UN, like b or c'
_ENUMERATED = re.compile(r"\s*/\s*|,\s*(?:like\s+|such as\s+|or\s+)?(?=[^,.?!]{1,30}(?:,[^,.?!]{1,30})*\s+or\b)")
_STOP_STEMS = frozenset(map(stem, STOP_WORDS))


class Unit(NamedTuple):
    """One thing asked about: the phrases that are it literally, and those that mean the same."""

    printed: str
    literal: frozenset[Phrase]
    similar: frozenset[Phrase]


def topic_units(text: str, without: Collection[str] = ()) -> list[Unit]:
    """The things a text is about, in its order; phrases of the vocabulary stay together.

    Args:
        text: a question, or what is left of one.
        without: stems that are already accounted for, such as those of names and places.
    """
    skip = {*without, *_STOP_STEMS, *SCAFFOLDING}
    phrases = {t.stems: t for t in find_terms(text) if len(t.stems) > 1 and not set(t.stems) <= skip}
    printed = word_sequence(_ENUMERATED.sub(" or ", text))
    sequence = [stem(word) for word in printed]
    units: list[Unit] = []
    i, joins = 0, False
    while i < len(sequence):
        phrase = next((p for p in sorted(phrases, key=len, reverse=True) if tuple(sequence[i : i + len(p)]) == p), None)
        unit = None
        if phrase:
            same = concepts()[phrases[phrase].concept].phrases
            unit = Unit(" ".join(printed[i : i + len(phrase)]), frozenset({phrase}), same)
        elif sequence[i] not in skip and len(sequence[i]) > 1:
            unit = Unit(printed[i], frozenset({(sequence[i],)}), same_meaning(sequence[i]))
        if unit and joins and units:
            unit = _either(units.pop(), unit)
        units += [unit] if unit else []
        joins = bool(units) and (sequence[i] == "or" or (joins and unit is None))
        i += len(phrase) if phrase else 1
    return list({unit.literal: unit for unit in units}.values())


def _either(one: Unit, other: Unit) -> Unit:
    return Unit(f"{one.printed} or {other.printed}", one.literal | other.literal, one.similar | other.similar)


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
        self._sequences = [stem_sequence(text) for text in texts]
        self._words = {s for sequence in self._sequences for s in sequence}
        self._runs: dict[int, set[Phrase]] = {}  # the words that stand side by side, by how many

    def holds(self, phrase: Sequence[str]) -> bool:
        """Whether the words of a phrase stand side by side somewhere."""
        if not phrase or not set(phrase) <= self._words:
            return False
        n = len(phrase)
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
