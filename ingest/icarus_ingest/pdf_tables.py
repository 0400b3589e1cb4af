"""Tell tables from running text by the places of their cells, and put wrapped cells together, row by row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from icarus_ingest.pdf_text import Segment

_ALIGNED = 6.0  # points by which the cells of a column may begin apart
_ROW_GAP = 1.25  # times the distance of lines inside a cell: a new row
_MOST_PITCH = 1.45  # times the letters' size: lines of one cell stand no further apart
_LEAST_ROWS = 2
_SIGN = re.compile(r"[-–•·▪◦●○➢❖✓\uf0b7\uf0a7\uf0d8\uf0fc§o]$")
_ITEM_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]+)[.)]$")
_ITEM_GAP = 3.0  # times the letters' size, from an item's number to its words


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
    """A table row, cell by cell; the first is empty where a row goes on from the page before."""

    cells: tuple[str, ...]


def rows_and_lines(segments: Sequence[Segment]) -> Iterator[Row | list[VisualLine]]:
    """The rows of tables and, between them, the lines of running text."""
    lines = [VisualLine(_items(sorted(g))) for _, g in groupby(segments, key=lambda s: s.y)]
    start = 0
    for first, last in _regions(lines):
        if lines[start:first]:
            yield lines[start:first]
        yield from _rows(lines[first:last])
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


def _regions(lines: Sequence[VisualLine]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that are tables: several with more than one cell, all beginning at the same places."""
    at = 0
    while at < len(lines):
        if len(lines[at].segments) < 2:
            at += 1
            continue
        columns = [s.x0 for s in lines[at].segments]
        end = at + 1
        while end < len(lines) and _fits(lines[end], columns):
            end += 1
        while end > at and len(lines[end - 1].segments) < 2 and _near(lines[end - 1].x0, columns[:1]):
            end -= 1
        if sum(len(line.segments) > 1 for line in lines[at:end]) >= _LEAST_ROWS:
            yield at, end
        at = max(end, at + 1)


def _fits(line: VisualLine, columns: Sequence[float]) -> bool:
    starts_there = all(_near(s.x0, columns) for s in line.segments)
    if len(line.segments) == 1 and _near(line.x0, columns[:1]):
        return len(columns) > 1 and line.x1 < columns[1]
    return starts_there


def _near(x: float, columns: Sequence[float]) -> bool:
    return any(abs(x - c) <= _ALIGNED for c in columns)


def _rows(lines: Sequence[VisualLine]) -> Iterator[Row]:
    columns = sorted({_column_of(s.x0, [s.x0 for s in lines[0].segments]) for s in lines[0].segments})
    starts = [s.x0 for s in lines[0].segments]
    distances = [a.y - b.y for a, b in pairwise(lines)]
    usual = min((*(d for d in distances if d > 0), _MOST_PITCH * lines[0].size))
    each = all(d <= _ROW_GAP * usual for d in distances) and _all_begin(lines, starts)
    cells: list[list[str]] = [[] for _ in columns]
    for number, line in enumerate(lines):
        begins = not (each and line.text[:1].islower())
        if number and begins and (each or distances[number - 1] > _ROW_GAP * usual):
            yield Row(tuple(" ".join(cell) for cell in cells))
            cells = [[] for _ in columns]
        for segment in line.segments:
            cells[_column_of(segment.x0, starts)].append(segment.text)
    yield Row(tuple(" ".join(cell) for cell in cells))


def _all_begin(lines: Sequence[VisualLine], starts: Sequence[float]) -> bool:
    """Whether no gap can tell rows, but every line has a first cell: three lines or more are a row each."""
    return len(lines) > 2 and all(len(line.segments) > 1 and _column_of(line.x0, starts) == 0 for line in lines)


def _column_of(x: float, starts: Sequence[float]) -> int:
    return min(range(len(starts)), key=lambda n: abs(starts[n] - x))
