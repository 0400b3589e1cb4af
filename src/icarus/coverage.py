"""How much of what is asked about a text speaks of: thing by thing, literally or by words of the same meaning."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from icarus.lexical import LexicalIndex
from icarus.topic import AnyOf, Phrase, PhraseSet, Unit, topic_units

_SIMILAR = 0.9
_EMPHASIS = 3.0


class Weighted(NamedTuple):
    """A thing asked about, its words and those that mean the same, and its share of the question (together 1)."""

    unit: Unit
    literal: AnyOf
    similar: AnyOf
    share: float


def weighted_units(text: str, lexical: LexicalIndex, emphasis: str = "") -> list[Weighted]:
    """The things that a question is about, each weighted by how rare it is in the corpus by any of its words.

    What `emphasis`, a part of the question, names weighs three times as much.
    """
    units = topic_units(text)
    new = {unit.literal for unit in topic_units(emphasis)} if emphasis not in {"", text} else set()
    weights = [_rarity(unit, lexical) * (_EMPHASIS if unit.literal in new else 1.0) for unit in units]
    total = sum(weights) or 1.0
    return [
        Weighted(unit, AnyOf(unit.literal), AnyOf(unit.similar), weight / total)
        for unit, weight in zip(units, weights, strict=True)
    ]


def covered(wanted: Sequence[Weighted], phrases: PhraseSet) -> float:
    """The share of a question that a text speaks of, 0 to 1; a synonym counts a little less than the word itself."""
    met = 0.0
    for thing in wanted:
        if phrases.holds_any(thing.literal):
            met += thing.share
        elif phrases.holds_any(thing.similar):
            met += _SIMILAR * thing.share
    return met


def _rarity(unit: Unit, lexical: LexicalIndex) -> float:
    n = len(lexical.ids)
    found = max((_passages_with(phrase, lexical) for phrase in unit.literal | unit.similar), default=0)
    return math.log(1.0 + (n - found + 0.5) / (found + 0.5))


def _passages_with(phrase: Phrase, lexical: LexicalIndex) -> int:
    return min((lexical.passages_with(word) for word in phrase), default=0)
