"""D2.2 set anew as a PDF gives what its text gives: the same cards, sections and sentences, on the PDF's own pages."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest
from pypdf import PdfReader

from icarus.embedding import EmbeddingModel
from icarus.records import Passage, PassageKind, Quote, ToolCard
from icarus.text import find_quote, squash
from icarus_ingest.corpus import find_sources
from icarus_ingest.model import RawDocument
from icarus_ingest.reading import read
from icarus_ingest.understand import Understood, understand
from tests.ingest.typeset_d22 import content_of
from tests.ingest.typesetter import Style, Typeset, typeset

PROSE = (PassageKind.PROSE, PassageKind.LIST)
LEAST_SHARE = 0.99
STYLES = {
    "no lines between cells": Style(rules=False, justify=False),
    "no lines, no bookmarks, ragged": Style("New Computer Modern", 10, justify=False, rules=False, bookmarks=False),
    "large, two lines of titles": Style("New Computer Modern", 12.5, bookmarks=False),
}


def taken_in(path: Path, model: EmbeddingModel) -> Understood:
    [source] = find_sources([path])
    return understand(read(source), model.count_pieces, model.max_pieces)


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory, raw_d22: RawDocument, d22: Understood) -> Typeset:
    """D2.2 as a PDF."""
    return typeset(tmp_path_factory.mktemp("typeset") / "d22.pdf", content_of(raw_d22, d22))


@pytest.fixture(scope="session")
def again(printed: Typeset, model: EmbeddingModel) -> Understood:
    """What is understood of the PDF."""
    return taken_in(printed.path, model)


@pytest.fixture(scope="session")
def letters_of_pages(printed: Typeset) -> dict[int, str]:
    """The letters of each page in the order that the PDF shows them, told by pypdf's plain mode."""
    pages = PdfReader(printed.path).pages
    return {number: letters(page.extract_text()) for number, page in enumerate(pages, start=1)}


def letters(text: str) -> str:
    """Letters only: footnote marks are digits there."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalpha())


def listed(card: ToolCard) -> tuple[object, ...]:
    return card.name, card.aliases, card.focus_areas, card.categories


def quotes(card: ToolCard) -> Iterator[Quote]:
    for field in ToolCard.model_fields:
        value = getattr(card, field)
        yield from (item for item in value if isinstance(item, Quote)) if isinstance(value, tuple) else ()


def rows(document: Understood) -> list[list[Passage]]:
    """The passages of each catalogue row, in order."""
    found = [p for p in document.passages if p.kind is PassageKind.ROW]
    return [list(passages) for _, passages in groupby(found, key=lambda p: (p.heading, p.categories))]


def sentences(document: Understood, *kinds: PassageKind) -> list[str]:
    return [" ".join(s.text.split()) for p in document.passages if p.kind in kinds for s in p.sentences]


def test_pagination_is_the_pdfs_own(printed: Typeset, again: Understood, d22: Understood) -> None:
    assert again.document.pages == len(PdfReader(printed.path).pages) != d22.document.pages
    assert [s.page for s in again.sections] != [s.page for s in d22.sections]
    assert sum(row[0].page != row[-1].page_end for row in rows(again)) >= 3  # tables do break inside rows


def test_the_same_104_cards(again: Understood, d22: Understood) -> None:
    assert (again.rows, len(again.cards)) == (107, 104)
    assert [listed(card) for card in again.cards] == [listed(card) for card in d22.cards]


def test_cards_say_the_same(again: Understood, d22: Understood) -> None:
    for card, theirs in zip(d22.cards, again.cards, strict=True):
        for field in ("summary", "narrative"):
            said = [squash("".join(q.text for q in getattr(c, field))) for c in (card, theirs)]
            assert said[0] == said[1], (card.name, field)
        assert card.located == theirs.located


def test_the_same_sections_on_their_pages(printed: Typeset, again: Understood, d22: Understood) -> None:
    told = [[(s.number, s.title, s.path, s.focus_area, s.category) for s in u.sections] for u in (d22, again)]
    assert told[1] == told[0]
    assert tuple(s.page for s in again.sections) == printed.headings


def test_rows_and_cards_are_on_the_pages_where_they_were_set(printed: Typeset, again: Understood) -> None:
    found = rows(again)
    assert tuple(row[0].page for row in found) == printed.rows[-len(found) :]
    pages = {row[0].id: row[0].page for row in found}
    assert [card.page for card in again.cards] == [pages[card.rows[0]] for card in again.cards]


@pytest.mark.parametrize(("kinds", "different"), [(PROSE, 6), ((PassageKind.ROW,), 2), ((PassageKind.TABLE,), 0)])
def test_the_same_sentences(kinds: tuple[PassageKind, ...], different: int, again: Understood, d22: Understood) -> None:
    said, theirs = sentences(d22, *kinds), set(sentences(again, *kinds))
    squashed = {squash(sentence) for sentence in theirs}
    assert [sentence for sentence in said if squash(sentence) not in squashed] == []
    # Where a line ends in a compound, it cannot be told for sure whether the hyphen or a space was its own.
    assert sum(sentence not in theirs for sentence in said) <= different


def test_footnotes_keep_their_carriers(again: Understood, d22: Understood) -> None:
    notes = [[p for p in u.passages if p.kind is PassageKind.FOOTNOTE] for u in (d22, again)]
    told = [{(squash(p.text), p.section, p.tools) for p in found} for found in notes]
    assert len(notes[0]) == len(notes[1]) == 17
    assert told[0] == told[1]


def test_every_sentence_and_quote_stands_on_its_page(again: Understood, letters_of_pages: dict[int, str]) -> None:
    texts = {page.number: page.text for page in again.pages}
    for passage in again.passages:
        for page, words in (part for sentence in passage.sentences for part in sentence.parts):
            assert letters(words) in letters_of_pages[page], (passage.id, words)
            assert find_quote(texts[page], words), (passage.id, words)
    for card in again.cards:
        for quote in quotes(card):
            span = "".join(texts[n] for n in range(quote.page, quote.page_end + 1))
            assert find_quote(span, quote.text), (card.name, quote.text)


def test_nothing_of_the_page_is_left_in_passages(printed: Typeset, again: Understood) -> None:
    assert not any("info@icarus" in p.text or "\u00ad" in p.text or "ﬁ" in p.text for p in again.passages)
    messages = [warning.message for warning in again.warnings]
    assert any(message.startswith("table of contents on pages ") for message in messages)
    assert not any("does not stand" in message or "not read" in message for message in messages)


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_other_printings_give_the_same_cards_and_headings(
    style: Style, tmp_path: Path, raw_d22: RawDocument, d22: Understood, model: EmbeddingModel
) -> None:
    """From chapter 1 on: where no lines are drawn, the short tables before it may be taken for text."""
    printed = typeset(tmp_path / "d22.pdf", content_of(raw_d22, d22), style)
    again = taken_in(printed.path, model)
    told = [[(squash(c.name), c.focus_areas, c.categories) for c in u.cards] for u in (d22, again)]
    assert told[1] == told[0]
    chapters = [u.sections[next(n for n, s in enumerate(u.sections) if s.number) :] for u in (d22, again)]
    titles = [[(s.number, s.title) for s in sections] for sections in chapters]
    assert titles[1] == titles[0]
    assert tuple(s.page for s in chapters[1]) == printed.headings[-len(chapters[1]) :]
    said = {squash(sentence) for sentence in sentences(again, *PROSE)}
    theirs = [squash(sentence) for sentence in sentences(d22, *PROSE)]
    assert sum(sentence in said for sentence in theirs) >= LEAST_SHARE * len(theirs)
