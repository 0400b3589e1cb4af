"""Cut sections into passages: whole sentences of one section, no longer than the embedding model reads."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from icarus.records import Document, Passage, PassageKind, Sentence
from icarus_ingest.model import Block, Kind, Row, Run
from icarus_ingest.outline import Place
from icarus_ingest.sentences import sentences_of

TARGET_PIECES = 180  # paragraphs are put together up to here; more blurs what a passage is about
_CONTEXT_PIECES = 40  # kept free for the context that is embedded with the text
_LEAD_IN_PIECES = 60  # a list's introducing sentence no longer than this is repeated where the list is split


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence with its weight in word pieces and what stands before it: '' a space, or a line end and bullet."""

    sentence: Sentence
    weight: int
    before: str = " "
    bound: bool = False  # belongs with the sentence after it


@dataclass(frozen=True, slots=True)
class Cut:
    """What becomes one passage; without `heading`, `page` and `tools` it has its section's and its sentences'."""

    kind: PassageKind
    text: str
    pieces: Sequence[Piece]
    heading: str | None = None
    page: int | None = None
    tools: tuple[str, ...] | None = None


class PassageMaker:
    """Makes the passages of one document; `count` gives the word pieces of a text, end marks included."""

    def __init__(self, document: Document, count: Callable[[str], int], max_pieces: int) -> None:
        self._document = document
        self._count = count
        self._room = max_pieces - _CONTEXT_PIECES
        self.language = document.language or "en"
        self._areas = () if "focus_areas" in document.inferred else document.focus_areas
        self._seen: dict[str, int] = {}

    def of_section(self, place: Place, blocks: Sequence[Block]) -> Iterator[Passage]:
        """The passages of one section, in reading order."""
        prose: list[Block] = []
        for block in (blocks[i] for i in place.blocks):
            if block.kind is Kind.TABLE:
                yield from self._prose(place, prose)
                prose = []
                yield from self._table(place, block)
            elif block.kind is not Kind.COVER:
                prose.append(block)
        yield from self._prose(place, prose)

    def of_covers(self, place: Place, blocks: Sequence[Block]) -> Iterator[Passage]:
        """One passage for each cover page, its lines as sentences."""
        for _, lines in groupby((b for b in blocks if b.kind is Kind.COVER), key=lambda b: b.page):
            pieces = [self._piece(Sentence(parts=b.run.cut(0, len(b.text))), before="\n") for b in lines if b.run]
            for chunk in _chunks(pieces, self._room):
                yield self._passage(place, Cut(PassageKind.TABLE, _joined(chunk), chunk))

    def of_row(self, place: Place, name: Run, cells: Sequence[Run], tools: tuple[str, ...]) -> Iterator[Passage]:
        """The passages of one catalogue row, each beginning with its name: one, unless it is too long."""
        head = self._weight(name.words)
        pieces = [self._piece(s) for cell in cells for s in sentences_of(cell, self.language)]
        for group in _chunks(pieces, self._room - head):
            text = f"{name.words}\t{_joined(group)}"
            page = name.page if group[0] is pieces[0] else None
            yield self._passage(place, Cut(PassageKind.ROW, text, group, name.words, page, tools))

    def of_note(self, place: Place, sentences: Sequence[Sentence], tools: tuple[str, ...]) -> Passage:
        """The passage of a footnote: the sentence that carries its mark where known, and its own text."""
        pieces = [self._piece(s, before="\n") for s in sentences]
        while len(pieces) > 1 and sum(p.weight for p in pieces) > self._room:
            pieces = pieces[1:]
        return self._passage(place, Cut(PassageKind.FOOTNOTE, _joined(pieces), pieces, tools=tools))

    def _prose(self, place: Place, blocks: Sequence[Block]) -> Iterator[Passage]:
        head = self._weight(place.section.title) if place.is_titled else 0
        for group in _packed(list(self._groups(blocks)), self._room - head):
            for chunk in _chunks(group, self._room - head):
                bullets = sum(p.before == "\n- " for p in chunk)
                kind = PassageKind.LIST if bullets * 2 > len(chunk) else PassageKind.PROSE
                # The heading is printed above the first passage of its section, and is part of it.
                text = f"{place.section.title}\n{_joined(chunk)}" if head else _joined(chunk)
                yield self._passage(place, Cut(kind, text, chunk))
                head = 0

    def _groups(self, blocks: Sequence[Block]) -> Iterator[list[Piece]]:
        """Paragraphs, each with the bullets that it introduces."""
        group: list[Piece] = []
        for block, following in zip(blocks, [*blocks[1:], None], strict=False):
            is_bullet = block.kind is Kind.BULLET
            if group and not is_bullet:
                yield group
                group = []
            introduces = not is_bullet and following is not None and following.kind is Kind.BULLET
            group += self._pieces(block, introduces=introduces)
        if group:
            yield group

    def _pieces(self, block: Block, *, introduces: bool) -> list[Piece]:
        first = "\n- " if block.kind is Kind.BULLET else "\n"
        sentences = sentences_of(block.run, self.language) if block.run else []
        last = len(sentences) - 1
        return [
            self._piece(s, before=" " if i else first, bound=introduces and i == last) for i, s in enumerate(sentences)
        ]

    def _table(self, place: Place, block: Block) -> Iterator[Passage]:
        header = [self._piece(_row_sentence(block.header), before="\n")] if block.header else []
        rows = [self._piece(_row_sentence(row), before="\n") for row in block.rows]
        room = self._room - sum(p.weight for p in header)
        for group in _chunks(rows, room, even=False):
            whole = [*header, *group]
            page = group[0].sentence.parts[0][0]  # the header may stand pages before
            yield self._passage(place, Cut(PassageKind.TABLE, _joined(whole), whole, page=page))

    def _piece(self, sentence: Sentence, before: str = " ", *, bound: bool = False) -> Piece:
        return Piece(sentence, self._weight(sentence.text) + (before == "\n- "), before, bound)

    def _weight(self, text: str) -> int:
        return self._count(text) - 2  # the marks at start and end

    def _passage(self, place: Place, cut: Cut) -> Passage:
        section = place.section
        pages = [number for p in cut.pieces for number, _ in p.sentence.parts]
        first = cut.page or min(pages)
        return Passage(
            id=self._id(first, section.path, cut.kind, cut.text),
            document=self._document.id,
            text=cut.text,
            page=first,
            page_end=max(pages),
            section=section.path,
            heading=cut.heading or section.title,
            kind=cut.kind,
            sentences=tuple(p.sentence for p in cut.pieces),
            focus_areas=(section.focus_area,) if section.focus_area else self._areas,
            categories=(section.category,) if section.category else (),
            tools=place.tools if cut.tools is None else cut.tools,
        )

    def _id(self, page: int, section: str, kind: PassageKind, text: str) -> str:
        """Place and content; the second of two that are the same in both is numbered."""
        digest = hashlib.sha256("\0".join([section, kind, text]).encode()).hexdigest()[:12]
        identifier = f"{self._document.id}-p{page:03d}-{digest}"
        self._seen[identifier] = self._seen.get(identifier, 0) + 1
        return identifier if self._seen[identifier] == 1 else f"{identifier}-{self._seen[identifier]}"


def _packed(groups: Sequence[list[Piece]], room: int) -> Iterator[list[Piece]]:
    """Neighbouring paragraphs put together while they stay short."""
    limit = min(TARGET_PIECES, room)
    packed: list[Piece] = []
    for group in groups:
        if packed and _weigh(packed) + _weigh(group) > limit:
            yield packed
            packed = []
        packed = packed + group
    if packed:
        yield packed


def _chunks(pieces: Sequence[Piece], room: int, *, even: bool = True) -> Iterator[list[Piece]]:
    """Pieces cut into runs that fit, of about even weight; a list's lead-in goes with each part of its list."""
    total = _weigh(pieces)
    share = room if not even or total <= room else total / -(-total // room) + max(p.weight for p in pieces) / 2
    chunk: list[Piece] = []
    lead_in: Piece | None = None
    for piece, following in zip(pieces, [*pieces[1:], None], strict=False):
        needed = piece.weight + (following.weight if piece.bound and following else 0)
        if chunk and _weigh(chunk) + needed > min(room, share):
            yield chunk
            chunk = [lead_in] if lead_in and piece.before == "\n- " and lead_in.weight + needed <= room else []
        chunk.append(piece)
        lead_in = (
            piece if piece.bound and piece.weight <= _LEAD_IN_PIECES else lead_in if piece.before != "\n" else None
        )
    if chunk:
        yield chunk


def _weigh(pieces: Iterable[Piece]) -> int:
    return sum(p.weight for p in pieces)


def _joined(pieces: Sequence[Piece]) -> str:
    return "".join(p.before + p.sentence.text for p in pieces).strip()


def _row_sentence(row: Row) -> Sentence:
    """A row as one sentence: its cells as printed, parted by tabs, page by page."""
    words: dict[int, list[str]] = {}
    for cell in row.cells:
        for page, text in cell.cut(0, len(cell.text)) if cell else ():
            words.setdefault(page, []).append(text)
    return Sentence(parts=tuple((page, "\t".join(texts)) for page, texts in sorted(words.items())))
