"""The themes that tools can be browsed by, and which tools have them."""

from collections.abc import Mapping
from functools import lru_cache

from icarus.catalogue import Catalogue
from icarus.records import ToolCard

# The cross-cutting themes of the survey form are fields of the card (D2.2, section 3.1); the others are words that
# the catalogue looks for, as `icarus tools --theme` does.
CROSS_CUTTING = ("gender", "technology", "partners", "transnational")
TOPICS = (
    "young people",
    "families",
    "schools",
    "police",
    "civil society",
    "social work",
    "citizen participation",
    "dialogue",
    "training",
    "online",
    "urban planning",
    "prison",
    "victims",
    "sport",
)
THEMES = (*CROSS_CUTTING, *TOPICS)


def themes_of(card: ToolCard, catalogue: Catalogue) -> tuple[str, ...]:
    """The themes of a tool of the catalogue, in the order of `THEMES`."""
    return _themes(catalogue).get(card.id, ())


@lru_cache(maxsize=2)
def _themes(catalogue: Catalogue) -> Mapping[str, tuple[str, ...]]:
    """The themes of all tools by id, worked out once for each generation of the index."""
    having = {theme: {card.id for card in _having(theme, catalogue)} for theme in THEMES}
    return {card.id: tuple(theme for theme in THEMES if card.id in having[theme]) for card in catalogue.cards}


def _having(theme: str, catalogue: Catalogue) -> list[ToolCard]:
    if theme in CROSS_CUTTING:
        return [card for card in catalogue.cards if getattr(card, theme)]
    return catalogue.select(theme=theme)
