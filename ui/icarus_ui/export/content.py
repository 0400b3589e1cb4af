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
from icarus_ui.wording import ENGLISH


class Heading(NamedTuple):
    """The title of a part."""

    text: str


class Fact(NamedTuple):
    """Something said of what is taken along, under its label."""

    label: str
    text: str


class Cited(NamedTuple):
    """Words of a report, in its language, and where they stand; the label is a source's number or a field's name."""

    label: str
    quote: str
    pages: str
    title: str
    language: str = ""


class Table(NamedTuple):
    """Rows under a head; the first cell of each names it. A cell is words, or quotes with their pages."""

    head: tuple[str, ...]
    rows: tuple[tuple[str | tuple[Cited, ...], ...], ...]


Part = Heading | Fact | Cited | Table | markdown.Block


class Content(NamedTuple):
    """All that a file holds, around the quotes in one language; `stem` is the beginning of its name."""

    stem: str
    title: str
    parts: tuple[Part, ...]
    language: str = ENGLISH


def of_answer(turn: Turn, desk: Desk, today: date) -> Content:
    """One turn with its reply: question, answer, sources."""
    say = desk.wording.say
    if not turn.reply:
        return Content(say("export", "answer_file"), turn.question, (), desk.wording.language)
    reply = turn.reply
    sources = [_source(citation, desk) for citation in reply.citations]
    parts = (
        Fact(say("export", "outcome"), say("status", reply.status.value)),
        Heading(say("turn", "answer")),
        *markdown.blocks(reply.answer),
        *([Heading(say("source", "title"))] if sources else []),
        *sources,
        *_origin(desk, today, outdated=turn.generation not in ("", desk.generation)),
    )
    return Content(say("export", "answer_file"), turn.question, parts, desk.wording.language)


def of_shortlist(cards: Sequence[ToolCard], desk: Desk, today: date) -> Content:
    """The cards of some tools, one after the other."""
    told = [part for card in cards for part in _card(card, desk)]
    origin = _origin(desk, today, caution=True)
    return Content(
        desk.wording.say("export", "shortlist_file"),
        desk.wording.say("shortlist", "title"),
        (*told, *origin),
        desk.wording.language,
    )


def of_comparison(comparison: Comparison, desk: Desk, today: date) -> Content:
    """Tools side by side."""
    say = desk.wording.say
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
    return Content(say("export", "compare_file"), say("compare", "title"), (table, *origin), desk.wording.language)


def _card(card: ToolCard, desk: Desk) -> Iterator[Part]:
    view = view_card(card, desk)
    yield Heading(card.name)
    yield from (Fact(label, text) for label, text in _own_facts(card, desk).items())
    for field in view.stated:
        yield from _quotes(card, field, desk)
    if view.not_stated:
        yield Fact(
            desk.wording.say("tool", "not_stated"),
            ", ".join(desk.wording.say("fields", name) for name in view.not_stated),
        )


def _own_facts(card: ToolCard, desk: Desk) -> dict[str, str]:
    """What a card says of a tool beside the quotes, under labels."""
    say = desk.wording.say
    return {
        say("limits", "focus_area"): ", ".join(say("areas", area.value) for area in card.focus_areas),
        say("limits", "category"): ", ".join(say("categories", category.value) for category in card.categories),
        say("export", "report"): _title(card.document, desk),
        say("tool", "pages"): ", ".join(say("export", "page", page=page) for page in card.pages),
    }


def _quotes(card: ToolCard, field: Field, desk: Desk) -> Iterator[Cited]:
    title, language = _title(card.document, desk), desk.language_of(card.document)
    wording = desk.wording
    label = wording.say("fields", field.name)
    pages = [wording.pages("export", quote.page, quote.page_end) for quote in field.quotes]
    return (Cited(label, q.text, where, title, language) for q, where in zip(field.quotes, pages, strict=True))


def _cell(card: ToolCard, name: str, quotes: tuple[Quote, ...], desk: Desk) -> str | tuple[Cited, ...]:
    return tuple(_quotes(card, Field(name, quotes), desk)) or desk.wording.say("compare", "not_stated")


def _source(citation: Citation, desk: Desk) -> Cited:
    pages = desk.wording.pages("export", citation.page, citation.page_end)
    return Cited(f"[{citation.n}]", citation.quote, pages, citation.title, desk.language_of(citation.document))


def _origin(desk: Desk, today: date, caution: bool = False, outdated: bool = False) -> Iterable[Part]:
    """When this was taken along, what it is taken from, and what to mind."""
    say = desk.wording.say
    yield Heading(say("export", "about"))
    yield Fact(say("export", "date"), desk.wording.day_of(today.isoformat()))
    for document in desk.documents:
        yield Fact(say("export", "report"), f"{document.title} ({desk.wording.facts_of(document)})")
    yield Fact(say("export", "taken_in"), desk.wording.day_of(desk.built_at))
    if outdated:
        yield Fact(say("export", "caution"), say("export", "outdated"))
    if caution:
        yield Fact(say("export", "caution"), say("tool", "caution"))
    yield Fact(say("notice", "label"), say("notice", "short"))


def _title(document_id: str, desk: Desk) -> str:
    document = desk.document(document_id)
    return document.title if document else document_id
