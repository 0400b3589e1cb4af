"""Tables whose cells are parted by drawn lines: which words stand in which cell.

Lines that touch make a grid; one of two columns or more, with words in them, is a table. A cell that spans rows or
columns is told by the lines that are missing inside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from icarus_ingest.pdf_rules import Rule
from icarus_ingest.pdf_tables import Row
from icarus_ingest.pdf_text import Segment

_TOUCH = 3.0  # points by which lines that meet may miss each other
_NARROWEST = 8.0  # points; lines nearer than that are one
_NARROWEST_EMPTY = 20.0  # a column without words
_LOWEST = 6.0
_MIDDLE = 0.3  # of the letters' height above the line they stand on


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines that touch each other: `xs` from left to right and `ys` from the top down are where they stand."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def holds(self, segment: Segment) -> bool:
        """Whether some words stand inside it."""
        inside = self.xs[0] - _TOUCH <= segment.x0 and segment.x1 <= self.xs[-1] + _TOUCH
        return inside and self.ys[-1] <= _height(segment) <= self.ys[0]

    def parts(self, segments: Iterable[Segment]) -> bool:
        """Whether words stand side by side in it: a frame around prose is no table."""
        found = {self._cell(segment) for segment in segments}
        return len({row for row, _ in found}) < len(found)

    def rows(self, segments: Iterable[Segment]) -> list[Row]:
        """The words that stand inside as rows of cells, from the top down."""
        cells: dict[tuple[int, int], list[Segment]] = {}
        for segment in segments:
            cells.setdefault(self._cell(segment), []).append(segment)
        numbers = sorted({row for row, _ in cells})
        wide = [right - left >= _NARROWEST_EMPTY for left, right in pairwise(self.xs)]
        columns = [n for n, is_wide in enumerate(wide) if is_wide or any(column == n for _, column in cells)]
        return [
            Row(tuple(_lines(cells.get((row, column), ())) for column in columns), begins=row == numbers[0])
            for row in numbers
        ]

    def _cell(self, segment: Segment) -> tuple[int, int]:
        """Row and column of the cell: by the nearest lines above and to the left that bound it."""
        x, y = segment.x0 + 1, _height(segment)
        beside = [r.y0 for r in self.across if r.x0 - 1 <= x <= r.x1 + 1]
        top = min((place for place in beside if place >= y), default=self.ys[0])
        bottom = max((place for place in beside if place < y), default=self.ys[-1])
        down = [r.x0 for r in self.down if r.y0 - 1 <= y <= r.y1 + 1]
        # Where a line across ends, a cell does, even if no line goes down there.
        ends = [end for r in self.across if bottom - _TOUCH <= r.y0 <= top + _TOUCH for end in (r.x0, r.x1)]
        left = max((place for place in (*down, *ends) if place <= x), default=self.xs[0])
        # The places are the lowest and leftmost of lines that lie close together.
        row = sum(place > top + 0.1 for place in self.ys)
        column = max(sum(place <= left + 0.1 for place in self.xs) - 1, 0)
        return min(row, len(self.ys) - 2), min(column, len(self.xs) - 2)


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The grids of two columns or more that the lines of a page make, from the top down."""
    found = [_grid(group) for group in _touching(rules)]
    return sorted((g for g in found if len(g.xs) > 2 and len(g.ys) > 1), key=lambda g: -g.ys[0])


def ruled(
    segments: Sequence[Segment], grids: Sequence[Grid]
) -> Iterator[tuple[Grid, list[Segment]] | tuple[None, list[Segment]]]:
    """The segments of a page in stretches, from the top down: with the grid that they stand in, or with none."""
    tables = [(grid, [s for s in segments if grid.holds(s)]) for grid in grids]
    left = list(segments)
    for grid, inside in tables:
        if not grid.parts(inside):
            continue
        above = [s for s in left if s not in inside and s.y > grid.ys[0]]
        if above:
            yield None, above
        if inside:
            yield grid, inside
        left = [s for s in left if s not in inside and s not in above]
    if left:
        yield None, left


def _height(segment: Segment) -> float:
    return segment.y + _MIDDLE * segment.size


def _lines(segments: Iterable[Segment]) -> tuple[str, ...]:
    """The words of a cell, line by line."""
    return tuple(" ".join(s.text for s in line) for _, line in groupby(segments, key=lambda s: s.y))


def _touching(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Lines in groups that hang together."""
    left = list(rules)
    while left:
        group, new = [], [left.pop()]
        while new:
            rule = new.pop()
            group.append(rule)
            new += [r for r in left if _meet(rule, r)]
            left = [r for r in left if not _meet(rule, r)]
        yield group


def _meet(a: Rule, b: Rule) -> bool:
    across = a.x0 - _TOUCH <= b.x1 and b.x0 - _TOUCH <= a.x1
    return across and a.y0 - _TOUCH <= b.y1 and b.y0 - _TOUCH <= a.y1


def _grid(rules: Sequence[Rule]) -> Grid:
    across = tuple(r for r in rules if r.is_across)
    down = tuple(r for r in rules if not r.is_across)
    xs = [r.x0 for r in down] + [x for r in across for x in (r.x0, r.x1)]
    ys = [r.y0 for r in across] + [y for r in down for y in (r.y0, r.y1)]
    return Grid(across, down, tuple(_apart(xs, _NARROWEST)), tuple(_apart(ys, _LOWEST))[::-1])


def _apart(places: Iterable[float], least: float) -> list[float]:
    """Places in order, those nearer to each other than they may be taken as one."""
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] >= least:
            kept.append(place)
    return kept
