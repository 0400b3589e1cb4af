"""Tell tables from running text by the places of their cells, and put wrapped cells together, row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from icarus_ingest.pdf_text import Segment

_ALIGNED = 6.0  # points by which the cells of a column may begin apart
_ROW_GAP = 1.25  # times the distance of lines inside a cell: a new row
_NAMED_ROW_GAP = 1.04
_LEAST_ROWS = 2
_MOST_PITCH = 1.45  # times the letters' size: lines of one cell stand no further apart
_SIGN = re.compile(r"[-–•·▪◦●○➢❖✓\uf0b7\uf0a7\uf0d8\uf0fc§o]$")
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]+)[.)]$")
_ITEM_GAP = 3.0  # times the letters' size, from an item's number to its words
_OTHER_SIZE = 0.1  # of the letters' size: headings between tables are larger


@dataclass(frozen=True, slots=True)
class VisualLine:
    """What stands at one height of a column."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """Its words, from left to right."""
        return " ".join(s.text for s in self.segments)

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.segments[-1].x1

    @property
    def y(self) -> float:
        """Its height on the page."""
        return self.segments[0].y

    @property
    def size(self) -> float:
        """The size of its letters."""
        return max(self.segments, key=lambda s: len(s.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(s.bold for s in self.segments)


@dataclass(frozen=True, slots=True)
class Row:
    """A table row, cell by cell, each line by line; the first is empty where a row goes on from the page before.

    `begins` says that it is the first of its table on its page.
    """

    cells: tuple[tuple[str, ...], ...]
    begins: bool = False


def rows_and_lines(segments: Sequence[Segment], pitch: float) -> Iterator[Row | list[VisualLine]]:
    """The rows of tables and, between them, the lines of running text.

    `pitch` is the usual distance of lines as a share of the letters' size.
    """
    lines = [VisualLine(_items(sorted(g))) for _, g in groupby(segments, key=lambda s: s.y)]
    start = 0
    for first, last in _regions(lines, pitch):
        if lines[start:first]:
            yield lines[start:first]
        yield from _rows(lines[first:last], _in_cell_pitch(lines[first:last], pitch))
        start = last
    if lines[start:]:
        yield lines[start:]


def _items(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """The segments of a line; the sign of a list item is none of its own, for a list is no table."""
    if len(segments) < 2 or not (_SIGN.match(segments[0].text) or (len(segments) == 2 and _is_item(*segments))):
        return tuple(segments)
    sign, first = segments[:2]
    return first._replace(x0=sign.x0, text=f"{sign.text} {first.text}"), *segments[2:]


def _is_item(number: Segment, words: Segment) -> bool:
    return bool(_ITEM_NUMBER.match(number.text)) and words.x0 - number.x1 < _ITEM_GAP * words.size


def _regions(lines: Sequence[VisualLine], pitch: float) -> Iterator[tuple[int, int]]:
    """Stretches of lines that are tables: several with more than one cell, all beginning at the same places."""
    at, free = 0, 0
    while at < len(lines):
        if len(lines[at].segments) < 2:
            at += 1
            continue
        columns = [s.x0 for s in lines[at].segments]
        end = at + 1
        while end < len(lines) and _fits(lines[end], columns, lines[at].size) and not _is_next_header(lines, end):
            end += 1
        least = _in_cell_pitch(lines[at:end], pitch)
        while end > at and len(lines[end - 1].segments) < 2 and _near(lines[end - 1].x0, columns[:1]):
            if lines[end - 2].y - lines[end - 1].y <= _NAMED_ROW_GAP * least:
                break  # a name that is longer than what stands beside it
            end -= 1
        if sum(len(line.segments) > 1 for line in lines[at:end]) >= _LEAST_ROWS:
            while at > free and _goes_on_above(lines[at - 1], columns):
                at -= 1
            yield at, end
            free = end
        at = max(end, at + 1)


def _is_next_header(lines: Sequence[VisualLine], at: int) -> bool:
    """Whether a line is the header of another table: bold between lines that are not."""
    around = lines[at - 1 : at + 2]
    return [line.bold for line in around] == [False, True, False] and len(lines[at].segments) > 1


def _fits(line: VisualLine, columns: Sequence[float], size: float) -> bool:
    """Whether all that stands on a line stands inside the columns; a cell's justified words may stand apart."""
    if abs(line.size - size) > _OTHER_SIZE * size or not _near(line.x0, columns):
        return False
    if len(line.segments) == 1 and _near(line.x0, columns[:1]):
        return len(columns) > 1 and line.x1 < columns[1]
    ends = [*columns[1:], float("inf")]
    return all(s.x1 < ends[_column_of(s.x0, columns)] or _near(s.x0, columns) for s in line.segments)


def _goes_on_above(line: VisualLine, columns: Sequence[float]) -> bool:
    """Whether a line goes on with a row from the page before, whose first cell was finished there."""
    return len(line.segments) == 1 and _near(line.x0, columns[1:])


def _near(x: float, columns: Sequence[float]) -> bool:
    return any(abs(x - c) <= _ALIGNED for c in columns)


def _rows(lines: Sequence[VisualLine], pitch: float) -> Iterator[Row]:
    starts = [s.x0 for s in lines[0].segments]
    cells: list[list[str]] = [[] for _ in starts]
    begins = True
    for number, line in enumerate(lines):
        if number and _begins_row(lines[number - 1], line, starts, pitch):
            yield Row(tuple(map(tuple, cells)), begins)
            cells, begins = [[] for _ in starts], False
        for segment in line.segments:
            cells[_column_of(segment.x0, starts)].append(segment.text)
    yield Row(tuple(map(tuple, cells)), begins)


def _begins_row(before: VisualLine, line: VisualLine, starts: Sequence[float], pitch: float) -> bool:
    """Whether a line stands further below the one before it than lines of a cell do.

    A little further is enough where the first cell has words, and nothing (pitch 0) where each line is a row.
    """
    if not pitch:
        return not line.text[:1].islower()
    if before.bold and not line.bold and len(before.segments) == len(starts):
        return True  # a header
    named = _column_of(line.x0, starts) == 0
    return before.y - line.y > (_NAMED_ROW_GAP if named else _ROW_GAP) * pitch


def _in_cell_pitch(lines: Sequence[VisualLine], usual: float) -> float:
    """The distance of lines inside a cell: the least there is, and no more than running text has.

    Where all lines have all cells, each is a row.
    """
    distances = [a.y - b.y for a, b in pairwise(lines) if a.y > b.y]
    pitch = min([*distances, usual * lines[0].size, _MOST_PITCH * lines[0].size])
    return 0.0 if all(d <= _ROW_GAP * pitch for d in distances) and _all_begin(lines) else pitch


def _all_begin(lines: Sequence[VisualLine]) -> bool:
    """Whether no gap can tell rows, but every line has a first cell."""
    return len(lines) > 1 and all(len(line.segments) > 1 and _near(line.x0, [lines[0].x0]) for line in lines)


def _column_of(x: float, starts: Sequence[float]) -> int:
    """The column that words stand in, by where it begins."""
    return max(sum(start <= x + _ALIGNED for start in starts) - 1, 0)
