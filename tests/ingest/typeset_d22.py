"""D2.2 as content for the typesetter: everything that `take_apart` finds in its text, footnotes at their marks."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from icarus.records import PassageKind
from icarus_ingest.blocks import take_apart
from icarus_ingest.model import Block, Kind, Layout, Mark, RawDocument, Row, Run
from icarus_ingest.understand import Understood
from tests.ingest import typesetter
from tests.ingest.typesetter import Content, Footnote, Items

_MAKERS = {Kind.BULLET: typesetter.bullet, Kind.CAPTION: typesetter.caption, Kind.PARAGRAPH: typesetter.prose}


def content_of(raw: RawDocument, understood: Understood) -> Content:
    """The content of a deliverable; `understood` tells how high its headings are and where unmarked notes belong."""
    layout = take_apart(raw)
    setter = _Setter(layout, understood)
    body = [b for b in layout.blocks if b.kind is not Kind.COVER]
    first = next(n for n, b in enumerate(body) if b.number)
    made = [setter.block(b) for b in body]
    front = [[piece for _, piece in page] for _, page in groupby(zip(body[:first], made, strict=False), key=_page)]
    covers = groupby((b for b in layout.blocks if b.kind is Kind.COVER), key=lambda b: b.page)
    pages = [[b.text for b in page] for _, page in covers]
    return Content(raw.document.title, made[first:], front, pages, "info@icarus-innovation.eu")


def _page(pair: tuple[Block, typesetter.Block]) -> int:
    return pair[0].page


class _Setter:
    def __init__(self, layout: Layout, understood: Understood) -> None:
        self._levels = iter(section.level for section in understood.sections)
        self._notes = {n.label: typesetter.footnote(int(n.label), *n.pieces) for n in layout.notes}
        marked = {mark.label for run in _runs(layout.blocks) for mark in run.marks}
        self._unmarked = [(words, label) for words, label in _carriers(layout, understood) if label not in marked]

    def block(self, block: Block) -> typesetter.Block:
        if block.kind is Kind.HEADING:
            number = f"{block.number} " if block.number else ""
            return typesetter.heading(next(self._levels), *([number] if number else []), *self._items(block.run))
        if block.kind is Kind.TABLE:
            header = self._cells(block.header) if block.header else None
            is_catalogue = block.header is not None and block.header.words(1) == "Description"
            shares = (3, 7) if is_catalogue else (1,) * len(block.rows[0].cells)
            return typesetter.table([self._cells(row) for row in block.rows], header, shares)
        return _MAKERS[block.kind](*self._items(block.run))

    def _cells(self, row: Row) -> list[Items]:
        return [self._items(cell) for cell in row.cells]

    def _items(self, run: Run | None) -> list[str | Footnote]:
        """The words of a run, with a footnote wherever a mark stands or a note belongs that has none."""
        if run is None:
            return [""]
        text, at = run.text, 0
        items: list[str | Footnote] = []
        ends = [Mark(text.find(words) + len(words), label) for words, label in self._unmarked if words in text]
        for mark in sorted([*run.marks, *ends], key=lambda m: m.offset):
            items += [text[at : mark.offset], self._notes[mark.label]]
            at = mark.offset
        return [*items, text[at:]]


def _runs(blocks: Sequence[Block]) -> Iterator[Run]:
    for block in blocks:
        cells = [cell for row in block.rows for cell in row.cells]
        yield from (run for run in [block.run, *cells] if run)


def _carriers(layout: Layout, understood: Understood) -> Iterator[tuple[str, str]]:
    """The sentence that carries each footnote, with the footnote's number."""
    labels = {note.pieces[-1]: note.label for note in layout.notes}
    for passage in understood.passages:
        if passage.kind is PassageKind.FOOTNOTE:
            yield passage.sentences[0].text, labels[passage.sentences[-1].text]
