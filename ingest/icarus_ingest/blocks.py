"""Take pages apart into blocks: headings, paragraphs, bullets, tables and footnotes, rejoined over page ends."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from icarus_ingest.contents import contents_pages
from icarus_ingest.hyphens import Vocabulary
from icarus_ingest.marks import MARK, label_of, set_aside, squeeze
from icarus_ingest.model import Block, Fragment, Kind, Layout, Line, Note, RawDocument, RawPage, Row, Run, Warn
from icarus_ingest.numbering import HeadingNumbers

_BULLET = re.compile(r"\s*(?:[-–•·▪◦●○*➢❖✓\uf0b7\uf0a7]|o(?=\s))\s+(?=\S)")
_SQUARE = re.compile(r"^[■▪●•]\s*(?=\d+(?:\.\d+)+\s)")
_URL_ONLY = re.compile(r"https?://\S+$")
_CAPTION = re.compile(r"(table|figure|fig\.|chart|map)\s*\d+\s*[-–:.]", re.I)
_FINAL = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_DANGLING = re.compile(
    r"(?:[,–-]|\b(?:a|an|the|of|to|and|or|in|on|at|by|for|from|with|as|is|are|was|that|which|into|their|its|aims?))$",
    re.I,
)
_HEADING_CHARS = 180
_PROSE_CHARS = 200
_PROSE_CELL = 40


def take_apart(raw: RawDocument) -> Layout:
    """The blocks and footnotes of a document, in reading order; tables of contents are left out."""
    layout = Layout(warnings=list(raw.warnings))
    skipped = contents_pages(raw.pages)
    numbers = HeadingNumbers()
    loose: list[Block] = []
    joins = Vocabulary(line.text for page in raw.pages for line in page.lines)
    for page in raw.pages:
        if page.number in skipped:
            continue
        body, notes = _split_notes(page)
        layout.notes.extend(notes)
        _append(loose, _page_blocks(page.number, body), joins)
    layout.blocks = _with_headings(_tables(loose, joins), numbers, guess=not raw.knows_headings)
    layout.blocks = _covers(layout.blocks, raw.pages)
    if skipped:
        layout.warnings.append(Warn(min(skipped), f"table of contents on {_names(skipped)} left out"))
    return layout


def page_text(page: RawPage) -> str:
    """A page as printed, less running header, mark-up and footnote marks: what quotes are checked against."""
    texts = ["\t".join(set_aside(cell, 0).text for cell in line.text.split("\t")) for line in page.lines]
    return "".join(("\n\n" if line.gap else "\n") + text for line, text in zip(page.lines, texts, strict=True)).strip(
        "\n"
    )


def _split_notes(page: RawPage) -> tuple[list[Line], list[Note]]:
    """The body of a page and its footnotes; an address on a line of its own belongs to the footnote beside it."""
    body: list[Line] = []
    notes: list[list[str]] = []
    loose: list[str] = []
    if not any(MARK.match(line.text.strip()) for line in page.lines):
        return list(page.lines), []
    for line in page.lines:
        text = line.text.strip()
        if MARK.match(text):
            notes.append([text, *loose])
            loose = []
        elif notes and not line.gap and "\t" not in text:
            notes[-1].append(text)
        elif _URL_ONLY.match(text):
            loose.append(text)
        else:
            body.append(line)
    notes[-1] += loose
    return body, [_note(page.number, lines) for lines in notes]


def _note(page: int, lines: list[str]) -> Note:
    match = MARK.match(lines[0])
    label = label_of(match.group()) if match else ""
    return Note(label, page, tuple(t for t in (set_aside(line, page).text for line in lines) if t))


def _page_blocks(page: int, lines: Sequence[Line]) -> list[Block]:
    """The lines of one page as blocks: rows one by one, lines without a gap between them as one paragraph."""
    blocks: list[Block] = []
    for line in lines:
        text = _SQUARE.sub("", line.text)
        if "\t" in text:
            blocks.append(Block(Kind.TABLE, rows=(_row(page, text, begins=line.begins),)))
        elif bullet := _BULLET.match(text):
            blocks.append(Block(Kind.BULLET, _run(page, text[bullet.end() :])))
        elif line.heading:
            blocks.append(Block(Kind.HEADING, _run(page, text), rank=line.heading))
        elif not line.gap and blocks and _flows(blocks[-1]):
            blocks[-1] = replace(blocks[-1], run=_merged(blocks[-1], page, text))
        else:
            kind = Kind.CAPTION if _CAPTION.match(text) else Kind.PARAGRAPH
            blocks.append(Block(kind, _run(page, text)))
    return [b for b in blocks if b.rows or b.text]


def _flows(block: Block) -> bool:
    """Whether the next line without a gap goes on with this block."""
    return block.kind is Kind.BULLET or (block.kind is Kind.PARAGRAPH and not _looks_like_heading(block))


def _merged(block: Block, page: int, text: str) -> Run:
    more = set_aside(text, page)
    before = block.run.fragments[0] if block.run else Fragment(page, "")
    shift = len(before.text) + 1
    marks = tuple(replace(m, offset=m.offset + shift) for m in more.marks)
    return Run((Fragment(page, f"{before.text} {more.text}", before.marks + marks),))


def _run(page: int, text: str) -> Run:
    return Run((set_aside(text, page),))


def _row(page: int, text: str, *, begins: bool) -> Row:
    cells = [set_aside(cell, page) for cell in text.split("\t")]
    return Row(tuple(Run((cell,)) if cell.text else None for cell in cells), begins)


def _append(blocks: list[Block], page: list[Block], joins: Vocabulary) -> None:
    """Add the blocks of a page; a paragraph that the page end cut is made whole."""
    if blocks and page and blocks[-1].run and page[0].run and _runs_over(blocks[-1], page[0]):
        blocks[-1] = replace(blocks[-1], run=_then(blocks[-1].run, page[0].run, joins))
        page = page[1:]
    blocks.extend(page)


def _then(before: Run, after: Run, joins: Vocabulary) -> Run:
    """What a page end cut, made whole."""
    return (before.soft() if joins.knows_whole(before.text, after.text) else before).then(after)


def _runs_over(last: Block, first: Block) -> bool:
    if last.kind not in (Kind.PARAGRAPH, Kind.BULLET) or first.kind is not Kind.PARAGRAPH:
        return False
    text = last.text
    if _FINAL.search(text) and not text.endswith((" e.g.", " i.e.")):
        return False
    return first.text[0].islower() or bool(_DANGLING.search(text)) or len(text) > _PROSE_CHARS


def _looks_like_heading(block: Block) -> bool:
    """A short line that begins like a title and does not end like a sentence, nor in the middle of one."""
    text = block.text
    if (
        block.kind is not Kind.PARAGRAPH
        or len(text) > _HEADING_CHARS
        or len(block.run.fragments if block.run else ()) > 1
    ):
        return False
    begins = text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘«(¿¡"
    return begins and not _FINAL.search(text) and not _DANGLING.search(text) and any(c.isalpha() for c in text)


def _with_headings(blocks: Sequence[Block], numbers: HeadingNumbers, *, guess: bool) -> list[Block]:
    """Mark the headings: numbered ones in sequence and, to guess, title-like lines that prose or a heading follows."""
    marked: list[Block] = []
    # Where the letters tell numbered headings, a number alone is that of a list's item.
    sure = not guess and any(
        block.rank and HeadingNumbers().split(squeeze(block.text), sure=True)[0] for block in blocks
    )
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        if block.kind not in (Kind.PARAGRAPH, Kind.HEADING):
            marked.append(block)
            continue
        number, title = None, ""
        if block.rank or (not sure and _looks_like_heading(block)):
            number, title = numbers.split(squeeze(block.text), sure=block.rank > 0)
        if number and block.run:
            run = Run((Fragment(block.page, title),))
            marked.append(replace(block, kind=Kind.HEADING, number=number, run=run))
        elif guess and block.kind is Kind.PARAGRAPH and _is_title(block, following):
            marked.append(replace(block, kind=Kind.HEADING))
        else:
            marked.append(block)
    return marked


def _is_title(block: Block, following: Block | None) -> bool:
    # A list's lead-in is short as well; what a bullet follows is taken for one.
    return (
        _looks_like_heading(block)
        and following is not None
        and following.kind is not Kind.BULLET
        and not _is_step(block)
    )


def _is_step(block: Block) -> bool:
    return bool(re.match(r"(step|phase|stage|part)\s+[\divx]+\b", block.text, re.I))


def _tables(blocks: Iterable[Block], joins: Vocabulary) -> list[Block]:
    """Rows that follow each other made into tables; a row that the page end cut is made whole."""
    joined: list[Block] = []
    for is_table, group in groupby(blocks, key=lambda b: b.kind is Kind.TABLE):
        found = list(group)
        tables = _apart([b.rows[0] for b in found]) if is_table else ()
        joined.extend(block for rows in tables for block in _table(rows, joins))
        joined.extend(() if is_table else found)
    return joined


def _apart(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows table by table, where the source shows that one begins below another, or has other columns."""
    tables: list[list[Row]] = []
    for row in rows:
        last = tables[-1][-1] if tables else None
        if last and not (row.begins and (row.page == last.page or len(row.cells) != len(last.cells))):
            tables[-1].append(row)
        else:
            tables.append([row])
    return tables


def _table(rows: Sequence[Row], joins: Vocabulary) -> list[Block]:
    whole: list[Row] = []
    head = _words(rows[0]) if _is_header(rows[0]) else ()
    for number, row in enumerate(rows):
        # A table that goes on over a page repeats its header, maybe in the middle of a row.
        if number and head and _words(row) == head:
            continue
        if whole and (_can_continue(whole[-1], row) if row.cells[0] is None else _goes_over(whole[-1], row, joins)):
            whole[-1] = _continued(whole[-1], row, joins)
        else:
            whole.append(row)
    header = whole[0] if len(whole) > 1 and _is_header(whole[0]) else None
    # Some converters repeat rows where a table goes on over a page.
    first: dict[tuple[str, ...], Row] = {}
    for row in whole:
        first.setdefault(_words(row), row)
    return [Block(Kind.TABLE, rows=tuple(r for r in first.values() if r is not header), header=header)]


def _words(row: Row) -> tuple[str, ...]:
    return tuple(row.words(i) for i in range(len(row.cells)))


def _can_continue(row: Row, more: Row) -> bool:
    """Whether cells can go on with no words of other cells in between: on a new page, or the last cell alone."""
    last_page = max(cell.page_end for cell in row.cells if cell)
    return more.page > last_page or all(cell is None for cell in more.cells[: len(row.cells) - 1])


def _goes_over(row: Row, more: Row, joins: Vocabulary) -> bool:
    """Whether a page end cuts a row in its first cell: a word or a sentence is cut in one of the cells."""
    if more.page <= max(cell.page_end for cell in row.cells if cell):
        return False
    pairs = [(a.text, b.text) for a, b in zip(row.cells, more.cells, strict=False) if a and b]
    return any(joins.drops(a, b) or (len(a) > _PROSE_CELL and _is_cut(a, b)) for a, b in pairs)


def _is_cut(text: str, more: str) -> bool:
    return more[0].islower() and not _FINAL.search(text)


def _continued(row: Row, more: Row, joins: Vocabulary) -> Row:
    width = max(len(row.cells), len(more.cells))
    mine = row.cells + (None,) * (width - len(row.cells))
    theirs = more.cells + (None,) * (width - len(more.cells))
    return Row(tuple(_then(a, b, joins) if a and b else a or b for a, b in zip(mine, theirs, strict=True)))


def _is_header(row: Row) -> bool:
    words = [row.words(i) for i in range(len(row.cells))]
    return all(w and len(w) < 40 and (len(w) < 5 or not _FINAL.search(w)) and not re.search(r"\d", w) for w in words)


def _covers(blocks: list[Block], pages: Sequence[RawPage]) -> list[Block]:
    """Pages at the front that hold titles only are covers: their lines are no headings."""
    covers: set[int] = set()
    for page in pages:
        here = [b for b in blocks if b.page == page.number]
        if any(b.number or b.kind is Kind.TABLE or _FINAL.search(b.text) for b in here):
            break
        covers.add(page.number)
    return [replace(b, kind=Kind.COVER) if b.page in covers else b for b in blocks]


def _names(pages: Iterable[int]) -> str:
    numbers = sorted(pages)
    return f"page {numbers[0]}" if len(numbers) == 1 else f"pages {numbers[0]}-{numbers[-1]}"
