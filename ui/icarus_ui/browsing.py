"""Browse all tools: which meet some filters, and how many would meet each other value."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from icarus.catalogue import Catalogue
from icarus.places import place_words
from icarus.records import Category, FocusArea, ToolCard
from icarus_ui.address import ToolsAddress
from icarus_ui.cards import FIELDS
from icarus_ui.themes import themes_of

# Fields that a practitioner looks for; nearly every card has a summary, so that one tells nothing.
_ASKED_FOR = ("results", "evaluation", "barriers", "success_factors", "resources", "links")


class Choice(NamedTuple):
    """A value of a filter: how many tools have it, the address that chooses it (or lets go of it), if it is chosen."""

    value: str
    tools: int
    address: str
    chosen: bool


class Browsed(NamedTuple):
    """What the view of all tools shows. `cells` are the inventory: a row an area, a column a category."""

    cards: list[ToolCard]
    total: int
    cells: list[tuple[Choice, list[Choice]]]
    categories: list[Choice]
    countries: list[Choice]
    themes: list[Choice]
    stated: list[Choice]


def browse(address: ToolsAddress, catalogue: Catalogue) -> Browsed:
    """The tools at an address, and the choices beside it with their counts, each under the other filters."""
    return Browsed(
        cards=_select(address, catalogue),
        total=len(catalogue.cards),
        cells=[(_area(address, catalogue, area), _row(address, catalogue, area)) for area in FocusArea],
        categories=[_choice(address, catalogue, {"category": category}, category.value) for category in Category],
        countries=_values(address, catalogue, "place", _countries),
        themes=_values(address, catalogue, "theme", lambda card: themes_of(card, catalogue)),
        stated=_values(address, catalogue, "stated", _stated),
    )


def _select(address: ToolsAddress, catalogue: Catalogue) -> list[ToolCard]:
    found = catalogue.select(
        focus_area=address.focus_area, category=address.category, place=address.place, text=address.text
    )
    stating = [card for card in found if address.stated is None or address.stated in _stated(card)]
    return [card for card in stating if address.theme is None or address.theme in themes_of(card, catalogue)]


def _area(address: ToolsAddress, catalogue: Catalogue, area: FocusArea) -> Choice:
    return _choice(address, catalogue, {"focus_area": area}, area.value)


def _row(address: ToolsAddress, catalogue: Catalogue, area: FocusArea) -> list[Choice]:
    cells = [{"focus_area": area, "category": category} for category in Category]
    return [_choice(address, catalogue, cell, cell["category"].value) for cell in cells]


def _choice(address: ToolsAddress, catalogue: Catalogue, changes: Mapping[str, StrEnum], value: str) -> Choice:
    """Choosing what is chosen lets go of it."""
    chosen = all(getattr(address, name) == wanted for name, wanted in changes.items())
    there = address.model_copy(update=changes)
    lead = address.model_copy(update=dict.fromkeys(changes)) if chosen else there
    return Choice(value, len(_select(there, catalogue)), lead.model_dump_json(), chosen)


def _values(
    address: ToolsAddress, catalogue: Catalogue, name: str, values_of: Callable[[ToolCard], Iterable[str]]
) -> list[Choice]:
    """The values of one filter among the tools that meet the others, the commonest first."""
    others = _select(address.model_copy(update={name: None}), catalogue)
    counts = Counter(value for card in others for value in set(values_of(card)))
    return [_value(address, name, value, count) for value, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]


def _value(address: ToolsAddress, name: str, value: str, count: int) -> Choice:
    chosen = getattr(address, name) == value
    return Choice(value, count, address.model_copy(update={name: None if chosen else value}).model_dump_json(), chosen)


def _countries(card: ToolCard) -> Iterable[str]:
    known = set(place_words().countries.values())
    return [place for place in card.located if place in known]


def _stated(card: ToolCard) -> Iterable[str]:
    return [field for field in _ASKED_FOR if field in FIELDS and getattr(card, field)]
