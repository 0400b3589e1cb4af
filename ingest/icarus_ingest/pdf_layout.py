"""From the segments of PDF pages to lines as text files have them: paragraphs, headings, rows, in reading order."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from icarus.text import squash
from icarus_ingest.hyphens import Vocabulary
from icarus_ingest.marks import MARK, as_mark, fold_characters, squeeze
from icarus_ingest.model import Line
from icarus_ingest.pdf_columns import in_reading_order
from icarus_ingest.pdf_grids import grids_of, ruled
from icarus_ingest.pdf_rules import Rule
from icarus_ingest.pdf_tables import Row, VisualLine, rows_and_lines
from icarus_ingest.pdf_text import Segment

_LARGER = 1.12  # than the body's letters: a heading
_SMALLER = 0.93  # than the body's letters: a footnote
_HEADING_CHARS = 200
_BOLD_HEADING_CHARS = 120
_NEW_PARAGRAPH = 1.35  # times the usual distance of lines
_FULL_LINE = 0.85  # of the column's width
_SIGN = re.compile(r"\s*(?:[-–•·▪◦●○➢❖✓\uf0b7\uf0a7§]|o(?=\s))\s+(?=\S)")
_BULLET = re.compile(_SIGN.pattern + r"|\s*\(?(?:[a-z]|[ivx]{2,4}|\d{1,2})[.)]\s+(?=\S)")
_HEADING_PITCH = 1.7  # of the letters' size, from line to line of one heading
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)*|[A-Z])[.:]?|(?:annex|appendix|anexo|anhang|annexe) \w+[.:]?", re.I)
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[^\W\d_]")
_CONTENTS_ENTRY = re.compile(r"(?:[.…·_]\s*){4,}\d*\s*$")
_ADDRESS = re.compile(r"@|https?://|www\.")
_NOTE = re.compile(r"(\d{1,3})\s+(?=[A-Z\"“(h])")
_TITLE_LINES = 5


class Typography:
    """What sizes and words mean in one document."""

    def __init__(self, pages: Iterable[Sequence[Segment]], outline: Iterable[tuple[str, int, int]]) -> None:
        paged = [(number, s) for number, page in enumerate(pages, start=1) for s in page]
        segments = [s for _, s in paged]
        letters: Counter[float] = Counter()
        for s in segments:
            letters[_rounded(s.size)] += len(s.text)
        self.body = letters.most_common(1)[0][0] if letters else 0.0
        larger = sorted({size for size in letters if size > self.body * _LARGER}, reverse=True)
        self._ranks = {size: rank for rank, size in enumerate(larger, start=1)}
        self._bold_rank = len(larger) + 1
        # Where much of the body is bold, bold says nothing.
        self._bold_tells = sum(len(s.text) for s in segments if s.bold) * 4 < sum(letters.values())
        self._outline = {(page, squash(title)): level for title, page, level in outline if squash(title)}
        self._learn_ranks(paged)
        self._vocabulary = Vocabulary(s.text for s in segments)
        self.pitch = _usual_pitch(segments)

    def rank(self, page: int, text: str, size: float, *, bold: bool) -> int:
        """How high a heading a line is, from 1; 0 for none."""
        if (page, squash(text)) in self._outline:
            return self._outline[page, squash(text)]
        if not any(c.isalpha() for c in text) or text.endswith(";") or _SIGN.match(text) or _ADDRESS.search(text):
            return 0
        if _rounded(size) in self._ranks and len(text) <= _HEADING_CHARS:
            return self._ranks[_rounded(size)]
        is_bold_title = bold and self._bold_tells and len(text) <= _BOLD_HEADING_CHARS and text[-1] not in ".:,"
        return self._bold_rank if is_bold_title and size >= self.body * _SMALLER else 0

    def _learn_ranks(self, paged: Iterable[tuple[int, Segment]]) -> None:
        """Headings that no bookmark names are as high as those of their size that one names."""
        levels: dict[float, Counter[int]] = {}
        for page, s in paged:
            if level := self._outline.get((page, squash(s.text))):
                levels.setdefault(_rounded(s.size), Counter())[level] += 1
        known = {size: counts.most_common(1)[0][0] for size, counts in levels.items()}
        self._ranks |= {size: level for size, level in known.items() if size in self._ranks}
        self._bold_rank = max([*self._outline.values(), *self._ranks.values()], default=0) + 1

    def titled(self, page: int, texts: Sequence[str]) -> dict[int, tuple[int, int]]:
        """The lines of a page that make the title of a bookmark: its level and first line, by the line's number."""
        found: dict[int, tuple[int, int]] = {}
        titles = {title: level for (number, title), level in self._outline.items() if number == page}
        for first in range(len(texts)) if titles else ():
            for last in range(first, min(first + _TITLE_LINES, len(texts))):
                if level := titles.get(squash(" ".join(texts[first : last + 1]))):
                    found |= dict.fromkeys(range(first, last + 1), (level, first))
        return found

    def joined(self, before: str, after: str) -> str:
        """Two lines as one text; a hyphen at the line end goes where it only stands there for that."""
        return self._vocabulary.joined(before, after)


def lines_of(page: int, segments: Sequence[Segment], rules: Sequence[Rule], typography: Typography) -> tuple[Line, ...]:
    """The lines of a page: a paragraph, heading, bullet or table row each."""
    lines: list[Line] = []
    for item in _items(segments, rules, typography.pitch):
        if isinstance(item, Row):
            lines.append(Line("\t".join(_cell(cell, typography) for cell in item.cells), begins=item.begins))
        else:
            _add(lines, list(_paragraphs(page, item, typography)), typography)
    return tuple(line for line in lines if line.text.strip())


def _items(segments: Sequence[Segment], rules: Sequence[Rule], pitch: float) -> Iterator[Row | list[VisualLine]]:
    """Rows of tables and lines of running text: first the tables that are drawn, then what stands between them."""
    for grid, inside in ruled(segments, grids_of(rules)):
        if grid:
            yield from grid.rows(inside)
            continue
        for column in in_reading_order(inside):
            yield from rows_and_lines(column, pitch)


def _cell(lines: Sequence[str], typography: Typography) -> str:
    text = ""
    for line in lines:
        text = typography.joined(text, _clean(line)) if text else _clean(line)
    return text


def _add(lines: list[Line], more: list[Line], typography: Typography) -> None:
    """Add the paragraphs of a column; one that the column's end cut is made whole."""
    if lines and more and _is_cut(lines[-1]) and more[0].text[:1].islower() and not more[0].heading:
        lines[-1] = Line(typography.joined(lines[-1].text, more.pop(0).text))
    lines += more


def _is_cut(line: Line) -> bool:
    return not line.heading and "\t" not in line.text and not line.text.endswith((".", "!", "?", ":", ";"))


def plain_lines(text: str) -> tuple[Line, ...]:
    """The lines of a page whose places are not known: a paragraph is what no empty line parts."""
    blocks = re.split(r"\n\s*\n", fold_characters(text))
    return tuple(Line(squeeze(" ".join(block.split("\n")))) for block in blocks if block.strip())


def _paragraphs(page: int, lines: Sequence[VisualLine], typography: Typography) -> Iterator[Line]:
    """Lines put together; what follows a footnote in its small letters belongs to it, and has no gap before it."""
    in_note = False
    for first, text, rank in _grouped(page, lines, typography):
        small = first.size < typography.body * _SMALLER
        begins_note = small and bool(MARK.match(text))
        yield Line(text, gap=begins_note or not (in_note and small), heading=rank)
        in_note = begins_note or (in_note and small)


def _grouped(page: int, lines: Sequence[VisualLine], typography: Typography) -> Iterator[tuple[VisualLine, str, int]]:
    """Paragraphs and headings: the first line of each, its whole text and its rank."""
    pitch = min(_pitch(lines), typography.pitch * max((line.size for line in lines), default=0.0))
    margins = min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=0.0)
    texts = [_note_mark(_clean(line.text), line, typography) for line in lines]
    titled = typography.titled(page, texts)
    first, text, rank = 0, "", 0
    for number, (line, words) in enumerate(zip(lines, texts, strict=True)):
        bold = line.bold and _is_one_cell(line)
        own = titled[number][0] if number in titled else typography.rank(page, words, line.size, bold=bold)
        if number in titled or number - 1 in titled or MARK.match(words):
            goes_on = number in titled and titled[number] == titled.get(number - 1)
        else:
            before = lines[max(number - 1, 0)]
            leads_in = bool(rank) and not own and _is_lead_in(before, line)
            goes_on = number > 0 and (leads_in or _goes_on(before, line, pitch, margins, (rank, own)))
        if text and not goes_on:
            yield lines[first], text, rank
            text = ""
        first, rank = (first if text else number), own
        text = typography.joined(text, words) if text else words
    if text:
        yield lines[first], text, rank


def _is_one_cell(line: VisualLine) -> bool:
    """Whether a line is no row of cells; the number of a heading may stand apart."""
    return len(line.segments) == 1 or (len(line.segments) == 2 and bool(_NUMBER.fullmatch(line.segments[0].text)))


def _is_lead_in(before: VisualLine, line: VisualLine) -> bool:
    """Whether what looks like a heading is the beginning of a sentence that goes on in plain letters."""
    return line.text[:1].islower() and 0 <= before.y - line.y <= _HEADING_PITCH * line.size


def _goes_on(
    before: VisualLine, line: VisualLine, pitch: float, margins: tuple[float, float], ranks: tuple[int, int]
) -> bool:
    """Whether a line goes on with the paragraph or heading before it."""
    rank, same_rank = ranks[0], ranks[0] == ranks[1]
    left, right = margins
    distance = before.y - line.y
    if rank and same_rank:
        return 0 <= distance <= _HEADING_PITCH * line.size and not _NUMBERED.match(line.text)
    if not same_rank or abs(before.size - line.size) > 0.1 * line.size or _BULLET.match(line.text):
        return False
    if _CONTENTS_ENTRY.search(before.text):
        return False
    if distance > _NEW_PARAGRAPH * max(pitch, line.size) or distance < 0:
        return False
    ended = before.text.rstrip().endswith((".", "!", "?", ":", ";"))
    short = before.x1 - left < _FULL_LINE * (right - left)
    indented = line.x0 > before.x0 + line.size and line.x0 - left < 4 * line.size and ended
    return not (ended and short) and not indented


def _pitch(lines: Sequence[VisualLine]) -> float:
    distances = [a.y - b.y for a, b in pairwise(lines) if 0 < a.y - b.y < 3 * a.size]
    return median(distances) if distances else 0.0


def _usual_pitch(segments: Sequence[Segment]) -> float:
    """The distance from line to line that is usual in a document, as a share of the letters' size."""
    steps = [(a.y - b.y) / a.size for a, b in pairwise(segments) if a.size and round(a.x0) == round(b.x0)]
    return median([step for step in steps if 0.5 < step < 3] or [3.0])


def _note_mark(text: str, line: VisualLine, typography: Typography) -> str:
    """A footnote's number at the start of a line in small letters, made a mark."""
    if line.size < typography.body * _SMALLER and (match := _NOTE.match(text)):
        return as_mark(match.group(1)) + " " + text[match.end() :]
    return text


def _clean(text: str) -> str:
    return "\t".join(squeeze(cell) for cell in fold_characters(text.replace("\n", " ")).split("\t"))


def _rounded(size: float) -> float:
    return round(size * 2) / 2
