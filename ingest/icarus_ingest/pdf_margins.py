"""Running headers and footers of PDF pages, known by standing at the same height of many pages."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from icarus_ingest.headers import FEWEST, SHARE, shape_of
from icarus_ingest.marks import fold_characters
from icarus_ingest.pdf_text import Segment

_EDGE = 4  # lines looked at from the top and from the bottom
_HEIGHT = 8.0  # points within which lines stand at the same height

Shape = tuple[str, int]


def without_margins(pages: Sequence[Sequence[Segment]]) -> list[list[Segment]]:
    """The pages less the lines that repeat at their edges, at one height (numbers count as the same).

    Done before lines are made paragraphs: a footer would be joined to the footnote above it.
    """
    counts = Counter(
        shape for page in pages for shape in {s for line in _edge_lines(page) for s in _near(_shape(line))}
    )
    least = max(FEWEST, SHARE * sum(bool(page) for page in pages))
    trimmed = [_trimmed(page, counts, least) for page in pages]
    # Pages that say the same are no headers: a form, a test file, a stamp on scans.
    return trimmed if _letters(trimmed) * 2 >= _letters(pages) else [list(page) for page in pages]


def _trimmed(page: Sequence[Segment], counts: Counter[Shape], least: float) -> list[Segment]:
    """A page from its first line to its last that is none of the running ones."""
    lines = _lines(page)
    for at, edge in ((0, lines[:_EDGE]), (-1, lines[: -_EDGE - 1 : -1])):
        for line in edge:
            if not lines or counts[_shape(line)] < least:
                break
            lines.pop(at)
    return [segment for line in lines for segment in line]


def _edge_lines(page: Sequence[Segment]) -> list[list[Segment]]:
    lines = _lines(page)
    return lines if len(lines) <= 2 * _EDGE else lines[:_EDGE] + lines[-_EDGE:]


def _lines(page: Sequence[Segment]) -> list[list[Segment]]:
    return [list(line) for _, line in groupby(page, key=lambda s: s.y)]


def _shape(line: Sequence[Segment]) -> Shape:
    """What a line says, numbers aside, and the height that it stands at."""
    return shape_of(fold_characters(" ".join(s.text for s in line))), round(line[0].y / _HEIGHT)


def _near(shape: Shape) -> Iterator[Shape]:
    yield from ((shape[0], shape[1] + step) for step in (-1, 0, 1))


def _letters(pages: Sequence[Sequence[Segment]]) -> int:
    return sum(len(segment.text) for page in pages for segment in page)
