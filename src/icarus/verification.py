"""Whether an index can be trusted, and whether its corpus has changed since it was built."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from icarus.generation import IndexManifest, published_generation, read_manifest
from icarus.index import Index
from icarus.records import Document, Passage, Quote, Record, ToolCard
from icarus.text import find_quote, squash

_CORPUS_SUFFIXES = frozenset({".txt", ".pdf"})
QUESTIONS_SUFFIX = ".questions.toml"


class CorpusChange(Record):
    """Names of files of the corpus folder that are not what the index was built from."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is a difference at all."""
        return bool(self.new or self.changed or self.missing)


def published_manifest(root: Path) -> IndexManifest:
    """What built the index that is published under a folder, without opening its collections.

    Raises:
        IndexMissingError: nothing is published there.
        IndexUnusableError: it is damaged or of another format.
    """
    return read_manifest(published_generation(root))


def corpus_change(documents: Iterable[Document], corpus: Path) -> CorpusChange:
    """What differs between a corpus folder and the documents of an index, by SHA-256 of each file."""
    listed = tuple(documents)
    built_from = {document.source: document.sha256 for document in listed}
    built_from |= {document.questions: document.questions_sha256 for document in listed if document.questions}
    here = {path.name: path for path in _corpus_files(corpus)}
    return CorpusChange(
        new=tuple(sorted(here.keys() - built_from.keys())),
        changed=tuple(sorted(n for n in here.keys() & built_from.keys() if sha256_of(here[n]) != built_from[n])),
        missing=tuple(sorted(built_from.keys() - here.keys())),
    )


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def problems(index: Index) -> Iterator[str]:
    """Everything that is wrong with an index, a sentence each; none for one that can be trusted.

    The counts of the collections are checked where the index is opened; here: that the pages are all there, that
    every passage and card stands on its pages word for word, and that what they refer to exists.
    """
    cards: dict[str, list[ToolCard]] = {}
    for card in index.tools:
        cards.setdefault(card.document, []).append(card)
    for document in index.documents:  # one at a time: a corpus may be larger than the memory
        texts = {(document.id, number): page.text for number, page in index.pages(document.id).items()}
        yield from _page_problems(document, texts)
        passages = {passage.id: passage for passage in index.find_passages(document=document.id)}
        for passage in passages.values():
            yield from _passage_problems(passage, texts)
        for card in cards.get(document.id, ()):
            yield from _card_problems(card, passages, texts)


def _corpus_files(corpus: Path) -> list[Path]:
    if not corpus.is_dir():
        return []
    return [p for p in corpus.iterdir() if p.is_file() and (p.suffix.lower() in _CORPUS_SUFFIXES or _asks(p))]


def _asks(path: Path) -> bool:
    return path.name.endswith(QUESTIONS_SUFFIX)


def _page_problems(document: Document, texts: dict[tuple[str, int], str]) -> Iterator[str]:
    lost = [n for n in range(1, document.pages + 1) if (document.id, n) not in texts]
    if lost:
        yield f"{document.id} lacks the pages {', '.join(map(str, lost))}."


def _passage_problems(passage: Passage, texts: dict[tuple[str, int], str]) -> Iterator[str]:
    for sentence in passage.sentences:
        for page, words in sentence.parts:
            text = texts.get((passage.document, page))
            if text is None:
                yield f"Passage {passage.id} names page {page} of {passage.document}, which is not there."
            elif words not in text and squash(words) and find_quote(text, words) is None:
                yield f"Passage {passage.id} is not on page {page} of {passage.document} as it says: {_short(words)}"


def _card_problems(card: ToolCard, passages: dict[str, Passage], texts: dict[tuple[str, int], str]) -> Iterator[str]:
    if not card.rows:
        yield f"The tool {card.name!r} stands in no row of a catalogue."
    for row in card.rows:
        if row not in passages:
            yield f"The tool {card.name!r} refers to the row {row}, which is not there."
    for page in card.pages:
        if (card.document, page) not in texts:
            yield f"The tool {card.name!r} names page {page} of {card.document}, which is not there."
    for quote in quotes_of(card):
        yield from _quote_problems(card, quote, passages)


def _quote_problems(card: ToolCard, quote: Quote, passages: dict[str, Passage]) -> Iterator[str]:
    """A quote stands where its passage stands, and passages are checked word for word against their pages."""
    passage = passages.get(quote.passage)
    if passage is None:
        yield f"The tool {card.name!r} quotes the passage {quote.passage}, which is not there."
    elif squash(quote.text) not in squash(passage.text):
        yield f"The tool {card.name!r} quotes words that its passage does not hold: {_short(quote.text)}"
    elif not passage.page <= quote.page <= quote.page_end <= passage.page_end:
        yield f"The tool {card.name!r} quotes page {quote.page}, but the passage is on {passage.page}."


def quotes_of(card: ToolCard) -> Iterator[Quote]:
    """Every quote that a tool card holds, field by field."""
    for field in type(card).model_fields:
        value = getattr(card, field)
        if isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Quote))


def _short(words: str, limit: int = 80) -> str:
    return repr(words if len(words) <= limit else f"{words[:limit]} ...")
