"""Running headers and footers of PDF pages, known by standing at the same height of many pages."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from icarus_ingest.headers import FEWEST, SHARE, running_lines, shape_of
from icarus_ingest.marks import fold_characters
from icarus_ingest.pdf_text import Segment

_EDGE = 4  # lines looked at from the top and from the bottom
_LONG = 40  # characters of a line that says the same wherever it stands
_HEIGHT = 8.0  # points within which lines stand at the same height

Shape = tuple[str, int]


def without_margins(pages: Sequence[Sequence[Segment]]) -> tuple[list[list[Segment]], tuple[str, ...]]:
    """The pages less the lines that repeat at their edges, at one height (numbers count as the same), and those.

    Done before lines are made paragraphs: a footer would be joined to the footnote above it.
    """
    counts = Counter(
        shape for page in pages for shape in {s for line in _edge_lines(page) for s in _near(_shape(line))}
    )
    least = max(FEWEST, SHARE * sum(bool(page) for page in pages))
    running = {shape for shape, count in counts.items() if count >= least}
    told = {_unnumbered(text) for text, _ in running if len(text) >= _LONG}
    trimmed = [_trimmed(page, running, told) for page in pages]
    # Pages that say the same are no headers: a form, a test file, a stamp on scans.
    if _letters(trimmed) * 2 < _letters(pages):
        return [list(page) for page in pages], ()
    return trimmed, running_lines([_texts(page) for page in pages], [_texts(page) for page in trimmed])


def _texts(page: Sequence[Segment]) -> list[str]:
    return [fold_characters(" ".join(s.text for s in line)) for line in _lines(page)]


def _trimmed(page: Sequence[Segment], running: Collection[Shape], told: Collection[str]) -> list[Segment]:
    """A page from its first line to its last that is none of the running ones, nor says what a long one does.

    On a cover the footer may stand higher than on other pages, and without a number.
    """
    lines = _lines(page)
    for at, edge in ((0, lines[:_EDGE]), (-1, lines[: -_EDGE - 1 : -1])):
        for line in edge:
            shape = _shape(line)
            if not lines or not (shape in running or (at and _unnumbered(shape[0]) in told)):
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


def _unnumbered(text: str) -> str:
    return text.rstrip("#/ ")


def _near(shape: Shape) -> Iterator[Shape]:
    yield from ((shape[0], shape[1] + step) for step in (-1, 0, 1))


def _letters(pages: Sequence[Sequence[Segment]]) -> int:
    return sum(len(segment.text) for page in pages for segment in page)
