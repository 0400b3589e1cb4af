"""Real lines of D2.2 and replies made of them, as the assistant would give them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from icarus.assistant import Done, Found, Searching, Step, Words
from icarus.catalogue import Catalogue
from icarus.question import Ask, Question
from icarus.records import (
    Category,
    Citation,
    Document,
    Filters,
    FocusArea,
    Page,
    Quote,
    Reply,
    Status,
    ToolCard,
    ToolSummary,
)
from icarus_ui.desk import Desk

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "icarus-d2.2.txt"
DOCUMENT = Document(
    id="icarus-d2.2",
    title="Report describing the inventory of tools, practices and lessons learned",
    source=CORPUS.name,
    deliverable="D2.2",
    project="IcARUS",
    date="2022-03",
    language="en",
    pages=81,
)
QUOTE = "They take part in activities such as training, field visits, camping out or sport and patrol their local area."
OTHER_QUOTE = (
    "The Swedish youth organisation Fryshuset started the Calm Street (Lugna Gatan in Swedish) project in 1995 to "
    "counteract violence and vandalism in Stockholm's streets and public transport system."
)
HOSTILE = (
    "<script>boom()</script> <img src=x onerror=boom()> ${boom()} {{boom()}} [a](http://evil.test) ![b](//evil.test/b)"
)


@cache
def annex_page() -> str:
    """The page of the annex with the row of Calm Street, as it is in the corpus."""
    parts = re.split(r"\n{4,}", CORPUS.read_text(encoding="utf-8"))
    return next(part for part in parts if QUOTE in part)


@cache
def annex_row() -> str:
    """The row of Calm Street: name, tab, description."""
    return next(line for line in annex_page().split("\n") if QUOTE in line)


def citation(n: int = 1, quote: str = QUOTE, **changes: object) -> Citation:
    """A citation of the row of Calm Street."""
    cited = Citation(
        n=n,
        document=DOCUMENT.id,
        title=DOCUMENT.title,
        page=65,
        page_end=65,
        section="Annex of Tools and Practises > Activity-related tools > Calm Street",
        quote=quote,
        passage=annex_row(),
        tool="calm-street",
    )
    return cited.model_copy(update=changes)


def card(**changes: object) -> ToolCard:
    """The card of Calm Street, with two fields stated."""
    quote = Quote(text=OTHER_QUOTE, page=65, page_end=65, passage="row")
    made = ToolCard(
        id="calm-street",
        document=DOCUMENT.id,
        name="Calm Street",
        aliases=("City of Stockholm: Calm Street",),
        focus_areas=(FocusArea.JUVENILE_DELINQUENCY,),
        categories=(Category.ACTIVITY,),
        page=65,
        pages=(17, 65),
        summary=(quote,),
        target_group=(quote,),
    )
    return made.model_copy(update=changes)


def reply(**changes: object) -> Reply:
    """An answer of two quotes, with the card of Calm Street and two suggestions."""
    made = Reply(
        question="What is Calm Street?",
        standalone_question="What is Calm Street?",
        status=Status.ANSWERED,
        answer=f"{OTHER_QUOTE} [1]\n\n{QUOTE} [2]",
        citations=(citation(1, OTHER_QUOTE), citation(2, QUOTE)),
        tools=(summary(card()),),
        suggestions=("Who runs Calm Street?", "Which other tools work with volunteers?"),
    )
    return made.model_copy(update=changes)


def summary(shown: ToolCard) -> ToolSummary:
    """A card as a reply names it."""
    return ToolSummary(
        id=shown.id, name=shown.name, focus_areas=shown.focus_areas, categories=shown.categories, page=shown.page
    )


class Recorded:
    """An assistant's steps towards a given reply; it notes what it was asked."""

    def __init__(self, given: Reply | Exception) -> None:
        self.given = given
        self.asked: list[tuple[list[str], Filters | None]] = []

    def __call__(self, turns: Sequence[str], filters: Filters | None) -> Iterator[Step]:
        self.asked.append((list(turns), filters))
        if isinstance(self.given, Exception):
            raise self.given
        yield Searching(Question(asked=turns[-1], standalone=turns[-1], ask=Ask.FACT))
        yield Found(())
        yield Words(self.given.answer)
        yield Done(self.given.model_copy(update={"question": turns[-1], "standalone_question": turns[-1]}))


def desk(ask: Recorded | None = None, *cards: ToolCard) -> Desk:
    """A desk with the annex page, and with the given cards (that of Calm Street, if none)."""
    page = Page(document=DOCUMENT.id, number=65, text=annex_page())
    return Desk(
        ask=ask or Recorded(reply()),
        page=lambda document, number: page if (document, number) == (DOCUMENT.id, 65) else None,
        headings=lambda document, number: frozenset({"Tool/ practice"}),
        catalogue=Catalogue(cards or (card(),)),
        documents=(DOCUMENT,),
        max_question_chars=4000,
        generation="aaa",
        built_at="2026-11-22T10:00:00+00:00",
    )
