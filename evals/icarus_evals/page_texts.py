"""The text of pages that quotes are checked against, read from the corpus itself where it is plain text.

The measure should not take the pages from the index that it measures. Only documents that are not plain text (PDF)
are checked against the index's own pages.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from icarus.records import Document, Page
from icarus_evals.matching import squash

# A part without the running header that begins with a footnote belongs to the page before it.
_FOOTNOTE_ONLY = re.compile(r"\s*(¹|\$\^\{|https?://www\.unodc)")
_HEADED = 1 / 3  # share of the parts that a line must lead to be their running header

IndexPage = Callable[[str, int], Page | None]


def split_pages(text: str) -> dict[int, str]:
    """Pages of a page-marked text by number, from 1: parts between four or more newlines, their running header off."""
    parts = [part.strip() for part in re.split(r"\n{4,}", text)]
    header = _running_header(parts)
    pages: dict[int, str] = {}
    number = 0
    for part in parts:
        headed = bool(header) and part.startswith(header)
        if headed or not _FOOTNOTE_ONLY.match(part):
            number += 1
        pages[number] = pages.get(number, "") + "\n" + (part.removeprefix(header) if headed else part)
    return pages


def _running_header(parts: Sequence[str]) -> str:
    """The line that many parts begin with; a sentence that runs over a page is printed around it."""
    ((line, number),) = Counter(part.partition("\n")[0] for part in parts).most_common(1)
    return line if number > _HEADED * len(parts) and len(parts) > 1 else ""


class PageTexts:
    """Pages of some documents by document id and number."""

    def __init__(self, plain: Mapping[str, Mapping[int, str]], index_page: IndexPage | None = None) -> None:
        self._plain = plain
        self._index_page = index_page

    @classmethod
    def of(cls, documents: Sequence[Document], corpus: Path, index_page: IndexPage | None) -> "PageTexts":
        """The pages of the documents of an index: from the corpus where it holds them as plain text."""
        plain = {}
        for document in documents:
            source = corpus / document.source
            if source.suffix == ".txt" and source.is_file():
                plain[document.id] = split_pages(source.read_text(encoding="utf-8"))
        return cls(plain, index_page)

    def pages(self, document: Document) -> list[tuple[int, str]]:
        """All pages of a document as (number, text), in order."""
        numbers = self._plain.get(document.id) or range(1, document.pages + 1)
        return [(number, self._page(document.id, number)) for number in numbers if number]

    def text(self, document: str, first: int, last: int) -> str:
        """The text of a run of pages; pages that do not exist are empty."""
        return " ".join(self._page(document, number) for number in range(first, last + 1))

    def holds_word_for_word(self, document: str, first: int, last: int, quote: str) -> bool:
        """Whether a quote stands on a run of pages: all its letters and digits, in their order, and there are some."""
        return bool(quote) and squash(quote) in squash(self.text(document, first, last))

    def _page(self, document: str, number: int) -> str:
        if document in self._plain:
            return self._plain[document].get(number, "")
        page = self._index_page(document, number) if self._index_page else None
        return page.text if page else ""
