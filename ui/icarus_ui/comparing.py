"""Compare tools side by side: a row for each field of the card, a column for each tool."""

from collections.abc import Sequence
from typing import NamedTuple

from icarus.records import Quote
from icarus_ui.cards import FIELDS, CardView, view_card
from icarus_ui.desk import Desk

FEWEST, MOST = 2, 4


class Row(NamedTuple):
    """What each tool's card quotes for one field, in the order of the columns; nothing where it is not stated."""

    field: str
    cells: tuple[tuple[Quote, ...], ...]


class Comparison(NamedTuple):
    """The tools that are compared, as columns, and the fields of their cards."""

    views: tuple[CardView, ...]
    rows: tuple[Row, ...]


def compare(tools: Sequence[str], desk: Desk) -> Comparison | None:
    """The comparison of some tools by their ids; None where fewer than two, or more than four, are in the reports."""
    cards = [card for tool in dict.fromkeys(tools) if (card := desk.catalogue.get(tool))]
    if not FEWEST <= len(cards) <= MOST:
        return None
    rows = tuple(Row(name, tuple(getattr(card, name) for card in cards)) for name in FIELDS)
    return Comparison(tuple(view_card(card, desk) for card in cards), rows)
