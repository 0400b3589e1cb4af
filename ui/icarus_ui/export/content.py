"""What is taken along, whatever the format: blocks of words with their sources, the date, the corpus, the notice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from icarus.records import Citation, Quote, ToolCard
from icarus_ui import markdown
from icarus_ui.cards import Field, view_card
from icarus_ui.comparing import Comparison
from icarus_ui.conversation import Turn
from icarus_ui.desk import Desk
from icarus_ui.wording import day_of, facts_of, say


class Heading(NamedTuple):
    """The title of a part."""

    text: str


class Fact(NamedTuple):
    """Something said of what is taken along, under its label."""

    label: str
    text: str


class Cited(NamedTuple):
    """Words of a report and where they stand; the label is a source's number or a field's name."""

    label: str
    quote: str
    pages: str
    title: str


class Table(NamedTuple):
    """Rows under a head; the first cell of each names it. A cell is words, or quotes with their pages."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | tuple[Cited, ...], ...], ...]


Part = Heading | Fact | Cited | Table | markdown.Block


class Content(NamedTuple):
    """All that a file holds; `stem` is the beginning of its name."""

    stem: str
    title: str
    parts: tuple[Part, ...]


def of_answer(turn: Turn, desk: Desk, today: date) -> Content:
    """One turn with its reply: question, answer, sources."""
    if not turn.reply:
        return Content(say("export", "answer_file"), turn.question, ())
    reply = turn.reply
    sources = [_source(citation) for citation in reply.citations]
    parts = (
        Fact(say("export", "outcome"), say("status", reply.status.value)),
        Heading(say("turn", "answer")),
        *markdown.blocks(reply.answer),
        *([Heading(say("source", "title"))] if sources else []),
        *sources,
        *_origin(desk, today, outdated=turn.generation not in ("", desk.generation)),
    )
    return Content(say("export", "answer_file"), turn.question, parts)


def of_shortlist(cards: Sequence[ToolCard], desk: Desk, today: date) -> Content:
    """The cards of some tools, one after the other."""
    told = [part for card in cards for part in _card(card, desk)]
    origin = _origin(desk, today, caution=True)
    return Content(say("export", "shortlist_file"), say("shortlist", "title"), (*told, *origin))


def of_comparison(comparison: Comparison, desk: Desk, today: date) -> Content:
    """Tools side by side."""
    cards = [view.card for view in comparison.views]
    own = [(label, *(_own_facts(card, desk)[label] for card in cards)) for label in _own_facts(cards[0], desk)]
    fields = [
        (
            say("fields", row.field),
            *(_cell(card, row.field, cell, desk) for card, cell in zip(cards, row.cells, strict=True)),
        )
        for row in comparison.rows
    ]
    table = Table((say("compare", "field"), *(card.name for card in cards)), (*own, *fields))
    origin = _origin(desk, today, caution=True)
    return Content(say("export", "compare_file"), say("compare", "title"), (table, *origin))


def _card(card: ToolCard, desk: Desk) -> Iterator[Part]:
    view = view_card(card, desk)
    yield Heading(card.name)
    yield from (Fact(label, text) for label, text in _own_facts(card, desk).items())
    for field in view.stated:
        yield from _quotes(card, field, desk)
    if view.not_stated:
        yield Fact(say("tool", "not_stated"), ", ".join(say("fields", name) for name in view.not_stated))


def _own_facts(card: ToolCard, desk: Desk) -> dict[str, str]:
    """What a card says of a tool beside the quotes, under labels."""
    return {
        say("limits", "focus_area"): ", ".join(say("areas", area.value) for area in card.focus_areas),
        say("limits", "category"): ", ".join(say("categories", category.value) for category in card.categories),
        say("export", "report"): _title(card.document, desk),
        say("tool", "pages"): ", ".join(say("export", "page", page=page) for page in card.pages),
    }


def _quotes(card: ToolCard, field: Field, desk: Desk) -> Iterator[Cited]:
    title = _title(card.document, desk)
    label = say("fields", field.name)
    return (Cited(label, quote.text, _pages(quote.page, quote.page_end), title) for quote in field.quotes)


def _cell(card: ToolCard, name: str, quotes: tuple[Quote, ...], desk: Desk) -> str | tuple[Cited, ...]:
    return tuple(_quotes(card, Field(name, quotes), desk)) or say("compare", "not_stated")


def _source(citation: Citation) -> Cited:
    return Cited(f"[{citation.n}]", citation.quote, _pages(citation.page, citation.page_end), citation.title)


def _origin(desk: Desk, today: date, caution: bool = False, outdated: bool = False) -> Iterable[Part]:
    """When this was taken along, what it is taken from, and what to mind."""
    yield Heading(say("export", "about"))
    yield Fact(say("export", "date"), day_of(today.isoformat()))
    for document in desk.documents:
        yield Fact(say("export", "report"), f"{document.title} ({facts_of(document)})")
    yield Fact(say("export", "taken_in"), day_of(desk.built_at))
    if outdated:
        yield Fact(say("export", "caution"), say("export", "outdated"))
    if caution:
        yield Fact(say("export", "caution"), say("tool", "caution"))
    yield Fact(say("notice", "label"), say("notice", "short"))


def _title(document_id: str, desk: Desk) -> str:
    document = desk.document(document_id)
    return document.title if document else document_id


def _pages(first: int, last: int) -> str:
    return say("export", "page", page=first) if first == last else say("export", "pages", page=first, page_end=last)
