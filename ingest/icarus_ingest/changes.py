"""What a run changes: each document, its pages, passages and tools, against the generation that serves."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path

from icarus.generation import current_generation, read_manifest
from icarus.index import Index
from icarus.records import Document, Page, Passage, Record, ToolCard
from icarus.settings import ChromaServer
from icarus_ingest.understand import Understood


class ChangeKind(StrEnum):
    """What happened to a document."""

    ADDED = "added"
    CHANGED = "changed"
    RENAMED = "renamed"
    REMOVED = "removed"


class DocumentChange(Record):
    """What changed in one document; tools by name.

    `before` is its id in the generation before, where that was another. Of a new document the pages are not listed.
    """

    document: str
    kind: ChangeKind
    before: str | None = None
    pages: tuple[int, ...] = ()
    new_passages: int = 0
    gone_passages: int = 0
    new_tools: tuple[str, ...] = ()
    changed_tools: tuple[str, ...] = ()
    gone_tools: tuple[str, ...] = ()


class Changes(Record):
    """What changed since a generation (`since` is its id); of a first run, everything is new and `since` is None."""

    since: str | None = None
    documents: tuple[DocumentChange, ...] = ()


@dataclass(slots=True)
class _Content:
    """What a generation holds of one document: sums of its pages, passages and cards, and the names of these."""

    document: Document
    pages: dict[int, bytes] = field(default_factory=dict)
    passages: dict[str, bytes] = field(default_factory=dict)
    cards: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Published:
    """What the generation that serves holds, by the id of each document."""

    generation: str | None = None
    contents: dict[str, _Content] = field(default_factory=dict)


def published(root: Path, server: ChromaServer | None = None) -> Published:
    """What serves under an index folder; nothing where there is no index, or none that can be read."""
    try:
        folder = current_generation(root)
        if folder is None:
            return Published()
        with closing(Index(read_manifest(folder), folder, server)) as index:
            return Published(index.manifest.generation, dict(_contents_of(index)))
    except Exception:  # a damaged index is no hindrance: everything is new then
        return Published()


def changes(before: Published, understood: Iterable[Understood]) -> Changes:
    """What differs between what serves and what was understood of the corpus."""
    now = {u.document.id: _content(u.document, u.pages, u.passages, u.cards) for u in understood}
    names = _renamed(before.contents, now)
    found: list[DocumentChange | None] = []
    for name, content in now.items():
        old = before.contents.get(names.get(name, name))
        found.append(_change(old, content))
    gone = before.contents.keys() - now.keys() - set(names.values())
    found += [_removed(before.contents[name]) for name in sorted(gone)]
    return Changes(since=before.generation, documents=tuple(change for change in found if change))


def _contents_of(index: Index) -> Iterator[tuple[str, _Content]]:
    for document in index.documents:
        passages = index.find_passages(document=document.id)
        cards = [card for card in index.tools if card.document == document.id]
        yield document.id, _content(document, index.pages(document.id).values(), passages, cards)


def _content(
    document: Document, pages: Iterable[Page], passages: Iterable[Passage], cards: Iterable[ToolCard]
) -> _Content:
    named = {card.id: card for card in cards}
    return _Content(
        document,
        {page.number: _sum(page) for page in pages},
        {passage.id: _sum(passage) for passage in passages},
        {name: _sum(card) for name, card in named.items()},
        {name: card.name for name, card in named.items()},
    )


def _sum(record: Record) -> bytes:
    return blake2b(record.model_dump_json().encode(), digest_size=16).digest()


def _renamed(before: Mapping[str, _Content], now: Mapping[str, _Content]) -> dict[str, str]:
    """The former ids of documents whose file is the same under another name."""
    former = {content.document.sha256: name for name, content in before.items() if name not in now}
    return {
        name: former[content.document.sha256]
        for name, content in now.items()
        if name not in before and content.document.sha256 in former
    }


def _change(old: _Content | None, new: _Content) -> DocumentChange | None:
    """What changed in a document, or None where nothing did."""
    if old is None:
        return DocumentChange(
            document=new.document.id,
            kind=ChangeKind.ADDED,
            new_passages=len(new.passages),
            new_tools=tuple(new.names.values()),
        )
    is_renamed = old.document.id != new.document.id or old.document.source != new.document.source
    if is_renamed and old.document.sha256 == new.document.sha256:
        return DocumentChange(document=new.document.id, kind=ChangeKind.RENAMED, before=old.document.id)
    if (old.document, old.pages, old.passages, old.cards) == (new.document, new.pages, new.passages, new.cards):
        return None
    both = old.cards.keys() & new.cards.keys()
    return DocumentChange(
        document=new.document.id,
        kind=ChangeKind.CHANGED,
        pages=tuple(sorted(n for n in old.pages | new.pages if old.pages.get(n) != new.pages.get(n))),
        new_passages=len(new.passages.keys() - old.passages.keys()),
        gone_passages=len(old.passages.keys() - new.passages.keys()),
        new_tools=_names(new, new.cards.keys() - both),
        changed_tools=_names(new, {i for i in both if old.cards[i] != new.cards[i]}),
        gone_tools=_names(old, old.cards.keys() - both),
    )


def _removed(old: _Content) -> DocumentChange:
    return DocumentChange(
        document=old.document.id,
        kind=ChangeKind.REMOVED,
        gone_passages=len(old.passages),
        gone_tools=tuple(old.names.values()),
    )


def _names(content: _Content, wanted: Iterable[str]) -> tuple[str, ...]:
    chosen = set(wanted)
    return tuple(name for card, name in content.names.items() if card in chosen)
