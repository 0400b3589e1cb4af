"""Find the pages that hold nothing but a table of contents."""

import re
from collections.abc import Sequence

from icarus_ingest.marks import squeeze
from icarus_ingest.model import RawPage

_TITLE = re.compile(
    r"(?:\d+\.?\s*)?(?:(?:index|table|list)\s+of\s+(?:contents?|figures|tables)|(?:table of )?contents|"
    r"summary|inhalt(?:sverzeichnis)?|(?:tabla de )?contenidos?|índice|sommaire|table des matières|obsah)$",
    re.I,
)
_ENTRY = re.compile(r"(?:\.{3,}|…|\t|\s)\s*(?:\D{0,2}\d{1,4}|[ivxl]+)?\s*$|\.{4,}", re.I)
_PAGE_NUMBER = re.compile(r"(?:\s|\.|\D)\d{1,4}$")


def contents_pages(pages: Sequence[RawPage]) -> frozenset[int]:
    """Numbers of the pages that a table of contents fills; a page that shares it with prose is not among them."""
    found: set[int] = set()
    inside = False
    for page in pages:
        titled = any(_TITLE.match(squeeze(line.text)) for line in page.lines)
        inside = (titled or inside) and _share_of_entries(page) >= 0.5
        if inside:
            found.add(page.number)
    return frozenset(found)


def _share_of_entries(page: RawPage) -> float:
    lines = [line.text for line in page.lines if not _TITLE.match(squeeze(line.text))]
    entries = [line for line in lines if _ENTRY.search(line) and _PAGE_NUMBER.search(line.rstrip())]
    return len(entries) / len(lines) if lines else 0.0
