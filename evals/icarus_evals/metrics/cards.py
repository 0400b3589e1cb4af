"""Whether tool cards say what the report says: their quotes stand on their pages, their fields hold what they should.

`card_quotes` is the share of all quotes of all cards that stand word for word on their page. Against a file of gold
fields, `card_fields` is the share of the gold quotes that their field holds, and `card_silence` the share of the fields
that the report says nothing of which are indeed empty.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import Field, ValidationError

from icarus.records import Quote, Record, ToolCard
from icarus_evals.errors import CaseFileError
from icarus_evals.matching import holds, tool_key
from icarus_evals.page_texts import PageTexts


class CardGold(Record):
    """What one field of one card must hold: quotes, or nothing where there are none."""

    tool: str
    field: str
    quotes: tuple[str, ...] = Field(default=(), description="each must lie in the field; empty: the field is empty")
    note: str = ""


def quote_fields(card: ToolCard) -> Iterator[tuple[str, tuple[Quote, ...]]]:
    """The fields of a card that hold quotes, by name."""
    for name in ToolCard.model_fields:
        value = getattr(card, name)
        if isinstance(value, tuple) and all(isinstance(item, Quote) for item in value):
            yield name, value


def load_card_gold(path: Path) -> tuple[CardGold, ...]:
    """The gold fields of a file, one JSON object a line.

    Raises:
        CaseFileError: a line breaks the format.
    """
    gold = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = CardGold.model_validate_json(line)
        except ValidationError as error:
            raise CaseFileError(f"{path.name}, line {number}: {error.errors()[0]['msg']}.") from error
        if entry.field not in ToolCard.model_fields:
            raise CaseFileError(f"{path.name}, line {number}: cards have no field {entry.field!r}.")
        gold.append(entry)
    return tuple(gold)


def card_figures(cards: Sequence[ToolCard], pages: PageTexts, gold: Sequence[CardGold]) -> dict[str, float]:
    """The figures of a catalogue; those against gold only where there is some of their kind."""
    on_page = [
        pages.holds_word_for_word(card.document, quote.page, quote.page_end, quote.text)
        for card in cards
        for _, quotes in quote_fields(card)
        for quote in quotes
    ]
    figures = {"card_quotes": sum(on_page) / len(on_page)} if on_page else {}
    found = [_held(cards, entry, quote) for entry in gold for quote in entry.quotes]
    silent = [_texts(cards, entry) == [] for entry in gold if not entry.quotes]
    figures |= {"card_fields": sum(found) / len(found)} if found else {}
    figures |= {"card_silence": sum(silent) / len(silent)} if silent else {}
    return figures


def _held(cards: Sequence[ToolCard], entry: CardGold, quote: str) -> bool:
    return any(holds(text, quote) for text in _texts(cards, entry) or ())


def _texts(cards: Sequence[ToolCard], entry: CardGold) -> list[str] | None:
    """The quotes in the field of the card of that name or alias; None where there is no such card."""
    key = tool_key(entry.tool)
    card = next((c for c in cards if key in {tool_key(n) for n in (c.name, *c.aliases)}), None)
    return [quote.text for quote in getattr(card, entry.field)] if card else None
