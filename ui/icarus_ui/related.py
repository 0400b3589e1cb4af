"""The tools that have most in common with a tool, and what that is."""

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from icarus.catalogue import Catalogue
from icarus.records import ToolCard
from icarus_ui.themes import themes_of

_MOST = 5
Trait = tuple[str, str]  # what it is of (focus_area, category, place, theme), and which


class Related(NamedTuple):
    """A tool, and the traits that it shares with another, the rarest first."""

    card: ToolCard
    shared: tuple[Trait, ...]


def related(card: ToolCard, catalogue: Catalogue) -> list[Related]:
    """At most five tools, the nearest first: a shared trait counts the more, the fewer tools have it.

    One trait in common, of which a quarter of all tools are, relates nothing.
    """
    weights = _weights(catalogue)
    mine = traits(card, catalogue)
    found = [Related(other, _shared(mine, other, catalogue)) for other in catalogue.cards if other.id != card.id]
    near = [(sum(weights[trait] for trait in other.shared), other) for other in found]
    near = [(weight, other) for weight, other in near if weight > math.log(4)]
    return [other for _, other in sorted(near, key=lambda n: (-n[0], n[1].card.name))[:_MOST]]


def traits(card: ToolCard, catalogue: Catalogue) -> frozenset[Trait]:
    """All that a tool can have in common with another."""
    groups = {
        "focus_area": [area.value for area in card.focus_areas],
        "category": [category.value for category in card.categories],
        "place": card.located,
        "theme": themes_of(card, catalogue),
    }
    return frozenset((kind, value) for kind, values in groups.items() for value in values)


def _shared(mine: frozenset[Trait], other: ToolCard, catalogue: Catalogue) -> tuple[Trait, ...]:
    weights = _weights(catalogue)
    return tuple(sorted(mine & traits(other, catalogue), key=lambda trait: (-weights[trait], trait)))


@lru_cache(maxsize=2)
def _weights(catalogue: Catalogue) -> Mapping[Trait, float]:
    """How much a shared trait says: the logarithm of how many times rarer it is than being a tool at all."""
    having = Counter(trait for card in catalogue.cards for trait in traits(card, catalogue))
    return {trait: math.log(len(catalogue.cards) / count) for trait, count in having.items()}
