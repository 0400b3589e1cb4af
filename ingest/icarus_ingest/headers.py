"""Running headers and footers, known by standing at the edge of many pages."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from icarus_ingest.marks import squeeze
from icarus_ingest.model import RawPage

_EDGE = 3  # lines looked at from the top and from the bottom
FEWEST = 3
SHARE = 0.2  # odd and even pages, and chapters, may have headers of their own
_MOST = 0.4  # of the pages have what is said of the whole document, on odd or even ones at the least
_DIGITS = re.compile(r"[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NO_NAME = re.compile(r"\d*/?\s*\d*(?:https?://|www\.)\S*|(?<![\w.])[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+(?![\w.])|[^\w\s]{2,}")


def without_headers(pages: Sequence[RawPage]) -> tuple[tuple[RawPage, ...], tuple[str, ...]]:
    """The pages less the lines that repeat at their edges (page numbers apart, which count as the same), and those."""
    tops = _repeated(pages, top=True)
    bottoms = _repeated(pages, top=False)
    trimmed = tuple(_trimmed(page, tops, bottoms) for page in pages)
    # Pages that say the same are no headers: a form, a test file, a stamp on scans.
    if _letters(trimmed) * 2 < _letters(pages):
        return tuple(pages), ()
    return trimmed, running_lines(_texts(pages), _texts(trimmed))


def running_lines(pages: Sequence[Sequence[str]], trimmed: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What stood at the edge of most pages, each once, without numbers and addresses: names of the document."""
    removed = [Counter(before) - Counter(after) for before, after in zip(pages, trimmed, strict=True)]
    printed = {shape_of(line): line for lines in removed for line in lines}
    counts = Counter(shape for lines in removed for shape in {shape_of(line) for line in lines})
    least = _MOST * sum(bool(lines) for lines in pages)
    said = (
        squeeze(_NO_NAME.sub(" ", printed[shape])).strip(" /|") for shape, count in counts.items() if count >= least
    )
    return tuple(dict.fromkeys(line for line in said if line and not line.endswith(".")))  # a sentence is no name


def _texts(pages: Iterable[RawPage]) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in pages]


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
    return _DIGITS.sub("#", squeeze(line)).casefold()
