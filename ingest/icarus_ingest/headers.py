"""Running headers and footers, known by standing at the edge of many pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from icarus_ingest.marks import squeeze
from icarus_ingest.model import RawPage

_EDGE = 3  # lines looked at from the top and from the bottom
FEWEST = 3
SHARE = 0.2  # odd and even pages, and chapters, may have headers of their own


def without_headers(pages: Sequence[RawPage]) -> tuple[RawPage, ...]:
    """The pages less the lines that repeat at their edges (page numbers apart, which count as the same)."""
    tops = _repeated(pages, top=True)
    bottoms = _repeated(pages, top=False)
    trimmed = tuple(_trimmed(page, tops, bottoms) for page in pages)
    # Pages that say the same are no headers: a form, a test file, a stamp on scans.
    return trimmed if _letters(trimmed) * 2 >= _letters(pages) else tuple(pages)


def _letters(pages: Iterable[RawPage]) -> int:
    return sum(len(line.text) for page in pages for line in page.lines)


def _repeated(pages: Sequence[RawPage], *, top: bool) -> frozenset[str]:
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [shape_of(line.text) for line in page.lines]
        seen.update(set(lines[:_EDGE] if top else lines[-_EDGE:]))
    least = max(FEWEST, SHARE * len(pages))
    return frozenset(shape for shape, count in seen.items() if count >= least)


def _trimmed(page: RawPage, tops: frozenset[str], bottoms: frozenset[str]) -> RawPage:
    lines = list(page.lines)
    while lines and shape_of(lines[0].text) in tops:
        lines.pop(0)
    while lines and shape_of(lines[-1].text) in bottoms:
        lines.pop()
    return RawPage(page.number, tuple(lines))


def shape_of(line: str) -> str:
    """What a line says, numbers aside: lines of one shape are the same header."""
    return re.sub(r"\d+", "#", squeeze(line)).casefold()
