"""The catalogue as JSON, CSV and Markdown."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence

from icarus.records import Quote, ToolCard
from icarus.taxonomy import CATEGORY_LABELS, FOCUS_AREA_LABELS

CAUTION = "The report gives no thorough information on the efficacy of the tools: none of them carries a rating."


def as_json(cards: Sequence[ToolCard]) -> str:
    """A list of whole cards, each with its `document`."""
    return json.dumps([card.model_dump(mode="json") for card in cards], ensure_ascii=False, indent=2)


def as_csv(cards: Sequence[ToolCard]) -> str:
    """One row a tool under a row of names; several values or quotes in one cell are parted by ' | '."""
    names = list(ToolCard.model_fields)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_csv_cell(getattr(card, name)) for name in names] for card in cards)
    return out.getvalue().rstrip("\n")


def as_markdown(cards: Sequence[ToolCard]) -> str:
    """A table with name, focus areas, categories, places and page, under the report's own caution."""
    rows = [
        "| Tool | Focus areas | Categories | Places | Page |",
        "| --- | --- | --- | --- | --- |",
        *("| " + " | ".join(map(_md_cell, short_row(card))) + " |" for card in cards),
    ]
    return "\n".join([*rows, "", CAUTION])


def short_row(card: ToolCard) -> tuple[str, str, str, str, str]:
    """Name, focus areas, categories, places and page of a tool, as a person reads them."""
    return (
        card.name,
        "; ".join(FOCUS_AREA_LABELS[area] for area in card.focus_areas),
        "; ".join(CATEGORY_LABELS[category] for category in card.categories),
        ", ".join(card.located),
        str(card.page),
    )


FORMATS: dict[str, Callable[[Sequence[ToolCard]], str]] = {"json": as_json, "csv": as_csv, "md": as_markdown}


def _csv_cell(value: object) -> str:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return harmless_cell(str(value))
    return harmless_cell(" | ".join(_quoted(item) if isinstance(item, Quote) else str(item) for item in value))


def _quoted(quote: Quote) -> str:
    return f"{quote.text} (p. {quote.page})"


def harmless_cell(cell: str) -> str:
    """Spreadsheets run cells that begin like a formula; an apostrophe makes them text."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else cell


def _md_cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
