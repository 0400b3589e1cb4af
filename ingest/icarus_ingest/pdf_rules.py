"""The straight lines that are drawn on a PDF page: they part the cells of most tables.

A line comes as a stroke, as a thin filled box or as the edge of a box, after what wrote the file.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

_THIN = 3.0  # points: a filled box no thicker is a line
_SHORTEST = 5.0
_APART = 1.5
_MOST = 5000  # lines on a page; more are a drawing
_STROKES = frozenset({b"S", b"s", b"B", b"B*", b"b", b"b*"})
_FILLS = frozenset({b"f", b"F", b"f*"})
_CLOSING = frozenset({b"h", b"s", b"b", b"b*"})

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


class Rule(NamedTuple):
    """A line across or down a page, from (x0, y0) to (x1, y1) in points; y counts upwards."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_across(self) -> bool:
        """Whether it is a horizontal line."""
        return self.x1 - self.x0 > self.y1 - self.y0


def rules_of(operations: Iterable[tuple[list[Any], bytes]]) -> list[Rule]:
    """The lines that the operations of a page draw; none where there are so many that they are a drawing."""
    rules: list[Rule] = []
    saved: list[Matrix] = []
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    path: list[list[Point]] = []
    for operands, operator in operations:
        if operator == b"q":
            saved.append(matrix)
        elif operator == b"Q":
            matrix = saved.pop() if saved else matrix
        elif operator == b"cm":
            matrix = _times(_numbers(operands), matrix)
        elif operator in (b"m", b"l", b"re", b"c", b"v", b"y"):
            _draw(path, operator, _numbers(operands), matrix)
        elif operator in _STROKES or operator in _FILLS or operator in (b"h", b"n"):
            if operator in _CLOSING and path:
                path[-1].append(path[-1][0])
            rules += _stroked(path) if operator in _STROKES else _filled(path) if operator in _FILLS else ()
            path = path if operator == b"h" else []
        if len(rules) > _MOST:
            return []
    return _whole(rules)


def _whole(rules: Iterable[Rule]) -> list[Rule]:
    """Lines without their repeats, those that go on each other made one: many writers draw cell by cell."""
    whole: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.is_across, round(r.y0 if r.is_across else r.x0), r)):
        last = whole[-1] if whole else None
        if last and last.is_across == rule.is_across and _goes_on(last, rule):
            whole[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), max(last.y1, rule.y1))
        else:
            whole.append(rule)
    return whole


def _goes_on(last: Rule, rule: Rule) -> bool:
    if rule.is_across:
        return abs(last.y0 - rule.y0) < _APART and rule.x0 <= last.x1 + _APART
    return abs(last.x0 - rule.x0) < _APART and rule.y0 <= last.y1 + _APART


def _numbers(operands: Sequence[Any]) -> list[float]:
    return [float(n) for n in operands]


def _times(inner: Sequence[float], outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    (x0, y0), (x1, y1), (x2, y2) = (_moved(p, outer) for p in ((0, 0), (1, 0), (0, 1)))
    across, up = (x1 - x0, y1 - y0), (x2 - x0, y2 - y0)
    origin = _moved((e, f), outer)
    return (
        a * across[0] + b * up[0],
        a * across[1] + b * up[1],
        c * across[0] + d * up[0],
        c * across[1] + d * up[1],
        *origin,
    )


def _moved(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _draw(path: list[list[Point]], operator: bytes, numbers: list[float], matrix: Matrix) -> None:
    if operator == b"re":
        x, y, width, height = numbers
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height), (x, y)]
        path.append([_moved(corner, matrix) for corner in corners])
        return
    point = _moved((numbers[-2], numbers[-1]), matrix)
    if operator == b"l" and path:
        path[-1].append(point)
    else:
        path.append([point])  # a curve is no line: what comes after it begins anew


def _stroked(path: Iterable[Sequence[Point]]) -> Iterator[Rule]:
    for points in path:
        for a, b in pairwise(points):
            yield from _rule([a, b])


def _filled(path: Iterable[Sequence[Point]]) -> Iterator[Rule]:
    for points in path:
        yield from _rule(points) if _is_thin(points) else _edges(points)


def _is_thin(points: Sequence[Point]) -> bool:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN


def _edges(points: Sequence[Point]) -> Iterator[Rule]:
    """The sides of a coloured box, which may be all that parts cells; its top and bottom may be those of a line."""
    if len(points) in (4, 5):
        for a, b in pairwise(points):
            yield from (rule for rule in _rule([a, b]) if not rule.is_across)


def _rule(points: Sequence[Point]) -> Iterator[Rule]:
    """The line that some points make, where they do."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if height <= _THIN and width >= _SHORTEST:
        middle = (min(ys) + max(ys)) / 2
        yield Rule(min(xs), middle, max(xs), middle)
    elif width <= _THIN and height >= _SHORTEST:
        middle = (min(xs) + max(xs)) / 2
        yield Rule(middle, min(ys), middle, max(ys))
