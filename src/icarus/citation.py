"""Numbers the evidence, quotes it, and checks every quote against its page when the reply is made."""

from collections.abc import Iterable, Sequence

from icarus.index import Index
from icarus.records import Citation, Passage, Sentence
from icarus.text import find_quote, squash

_SHORTEST = 12  # letters; less than this of a broken sentence is no quote


class Citations:
    """Collects the sources of one reply; the same words are numbered once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._titles = {document.id: document.title for document in index.documents}
        self._made: list[Citation] = []
        self._numbers: dict[tuple[str, str], int] = {}

    def cite(self, passage: Passage, sentences: Sequence[Sentence], tool: str | None = None) -> int | None:
        """Number of the source for some adjoining sentences of a passage, or None if they stand on no page.

        Args:
            passage: the whole passage.
            sentences: adjoining sentences of it; a table row is cited with its first cell when these are all or none.
            tool: id of the tool it is cited for; the passage's own one where it has only one.
        """
        found = self._quote(passage, sentences)
        if found is None:
            return None
        quote, page, page_end = found
        key = (passage.id, squash(quote))
        if key not in self._numbers:
            self._numbers[key] = len(self._made) + 1
            self._made.append(
                Citation(
                    n=self._numbers[key],
                    document=passage.document,
                    title=self._titles.get(passage.document, passage.document),
                    page=page,
                    page_end=page_end,
                    section=passage.section,
                    quote=quote,
                    passage=passage.text,
                    tool=tool or (passage.tools[0] if len(passage.tools) == 1 else None),
                )
            )
        return self._numbers[key]

    def runs(self, passage: Passage, sentences: Sequence[Sentence]) -> list[list[Sentence]]:
        """Adjoining sentences in the fewest runs that each stand in one piece: a footnote may come between two."""
        runs: list[list[Sentence]] = []
        for sentence in sentences:
            if runs and self._stands(passage, [*runs[-1], sentence]):
                runs[-1].append(sentence)
            else:
                runs.append([sentence])
        return runs

    def all(self) -> tuple[Citation, ...]:
        """The citations made so far, in the order of their numbers."""
        return tuple(self._made)

    def _quote(self, passage: Passage, sentences: Sequence[Sentence]) -> tuple[str, int, int] | None:
        parts = [part for sentence in sentences for part in sentence.parts]
        if not parts:
            return None
        if self._stands(passage, sentences):
            return " ".join(sentence.text for sentence in sentences), parts[0][0], parts[-1][0]
        # A footnote or a table head stands between the halves: quote the longer half.
        halves = sorted(_by_page(parts), key=lambda half: -len(half[1]))
        for page, words in halves:
            if len(squash(words)) >= _SHORTEST and find_quote(self._text(passage.document, [page]), words):
                return words, page, page
        return None

    def _stands(self, passage: Passage, sentences: Sequence[Sentence]) -> bool:
        parts = [part for sentence in sentences for part in sentence.parts]
        pages = self._text(passage.document, range(parts[0][0], parts[-1][0] + 1))
        return find_quote(pages, " ".join(sentence.text for sentence in sentences)) is not None

    def _text(self, document: str, numbers: Iterable[int]) -> str:
        pages = [self._index.page(document, number) for number in numbers]
        return "\n".join(page.text for page in pages if page)


def _by_page(parts: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    joined: dict[int, list[str]] = {}
    for page, words in parts:
        joined.setdefault(page, []).append(words)
    return [(page, " ".join(words)) for page, words in joined.items()]
