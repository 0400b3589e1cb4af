"""Put the segments of a page in reading order: columns of prose one after the other, tables left as they stand."""

from collections.abc import Sequence
from itertools import groupby, pairwise
from statistics import median

from icarus_ingest.pdf_text import Segment

_LEAST_LINES = 8  # on each side of a gutter
_LEAST_CHARS = 18  # a line of prose in a narrow column; a table's names are shorter
_MOST_CROSSING = 0.25  # of all segments may cross a gutter: titles and figures
_FILLED = 0.55  # share of a column's width that its lines fill, about
_FAR = 2.2  # times the usual distance of lines: the cells of a table beside others that are longer
_MOST_PITCH = 1.5  # times the letters' size
_MOST_FAR = 0.2  # of the distances
_DEEP = 2
_MOST_NAMES = 0.7  # lines of names for one of descriptions
_GROUPS_APART = 1.5  # times the distance of lines
_LEAST_GROUPS = 3
_LEVEL = 0.9  # share of the names' lines that have one beside them


def in_reading_order(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments as columns, in reading order; a page of one column is one list."""
    gutters = _gutters(segments, _DEEP)
    if not gutters:
        return [list(segments)] if segments else []
    ordered: list[list[Segment]] = []
    for crosses, band in groupby(segments, key=lambda s: any(s.x0 < gutter < s.x1 for gutter in gutters)):
        if crosses:
            ordered.append(list(band))
            continue
        columns: list[list[Segment]] = [[] for _ in range(len(gutters) + 1)]
        for segment in band:
            columns[sum(gutter <= segment.x0 for gutter in gutters)].append(segment)
        ordered += [column for column in columns if column]
    return ordered


def _gutters(segments: Sequence[Segment], deep: int) -> list[float]:
    """Where white strips part columns of prose, from left to right: those that fewest segments cross."""
    if deep == 0 or len(segments) < 2 * _LEAST_LINES:
        return []
    start, end = min(s.x0 for s in segments), max(s.x1 for s in segments)
    places = [start + (end - start) * n / 40 for n in range(8, 33)]
    crossing = {x: sum(s.x0 < x < s.x1 for s in segments) for x in places}
    fewest = min(crossing.values())
    if fewest > _MOST_CROSSING * len(segments):
        return []
    for gutter in (x for x in places if crossing[x] == fewest):
        sides = [[s for s in segments if s.x1 <= gutter], [s for s in segments if s.x0 >= gutter]]
        if _is_table(*sides):
            return []
        inner = [_gutters(side, deep - 1) for side in sides]
        if all(found or _is_prose(side) for side, found in zip(sides, inner, strict=True)):
            return [*inner[0], gutter, *inner[1]]
    return []


def _is_table(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether words side by side are the names and descriptions of a table.

    Few lines of names stand beside many, in groups, at the same heights as the descriptions that they begin with.
    """
    names = sorted({s.y for s in left}, reverse=True)
    beside = {round(s.y + shift) for s in right for shift in (-0.5, 0.5)}
    if not names or len(names) > _MOST_NAMES * len({s.y for s in right}):
        return False
    pitch = min((a - b for a, b in pairwise(names)), default=0.0)
    groups = 1 + sum(a - b > _GROUPS_APART * pitch for a, b in pairwise(names))
    return groups >= _LEAST_GROUPS and sum(round(y) in beside for y in names) >= _LEVEL * len(names)


def _is_prose(column: Sequence[Segment]) -> bool:
    """Whether segments look like lines of running text: many, long, filling their column, mostly close together."""
    if len(column) < _LEAST_LINES:
        return False
    distances = [a - b for a, b in pairwise(sorted({s.y for s in column}, reverse=True))]
    usual = min(median(distances), _MOST_PITCH * median(s.size for s in column)) if distances else 0.0
    if sum(d > _FAR * usual for d in distances) > _MOST_FAR * len(distances):
        return False
    width = max(s.x1 for s in column) - min(s.x0 for s in column)
    chars = sorted(len(s.text) for s in column)[len(column) // 2]
    filled = sorted((s.x1 - s.x0) / width for s in column)[len(column) // 3] if width else 0.0
    return chars >= _LEAST_CHARS and filled >= _FILLED
