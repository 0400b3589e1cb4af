"""Tool cards as the window shows them: what the report states of a tool, and what it does not."""

from typing import NamedTuple

from icarus.records import Quote, Reply, ToolCard
from icarus_ui.desk import Desk

# In the order of the survey form (D2.2, section 3.1), with the report's own summary first.
FIELDS = (
    "summary",
    "narrative",
    "places",
    "organisations",
    "project",
    "end_users",
    "target_group",
    "resources",
    "results",
    "evaluation",
    "success_factors",
    "barriers",
    "gender",
    "technology",
    "partners",
    "transnational",
    "links",
)


class Field(NamedTuple):
    """A stated field of a card: its key in the texts and the quotes that fill it."""

    name: str
    quotes: tuple[Quote, ...]


class CardView(NamedTuple):
    """A card ready to show; `language` is the report's, for screen readers."""

    card: ToolCard
    stated: tuple[Field, ...]
    not_stated: tuple[str, ...]
    total: int
    places: str
    language: str


def view_card(card: ToolCard, desk: Desk) -> CardView:
    """The view of one card."""
    filled = tuple(Field(name, getattr(card, name)) for name in FIELDS)
    return CardView(
        card=card,
        stated=tuple(field for field in filled if field.quotes),
        not_stated=tuple(field.name for field in filled if not field.quotes),
        total=len(FIELDS),
        places=", ".join(card.located or dict.fromkeys(quote.text for quote in card.places)),
        language=desk.language_of(card.document),
    )


def cards_of(reply: Reply, desk: Desk) -> list[CardView]:
    """The views of the tools that a reply shows, in its order."""
    found = [desk.catalogue.get(tool.id) for tool in reply.tools]
    return [view_card(card, desk) for card in found if card]
