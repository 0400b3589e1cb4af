"""Look up by name what programs ask for: a tool's card, a page; what is not there is said in one sentence."""

import difflib
from collections.abc import Iterable, Sequence

from icarus.catalogue import Catalogue
from icarus.errors import NotThereError
from icarus.index import Index
from icarus.records import Document, Page, ToolCard

_SHOWN = 160  # characters of what was asked for that a sentence repeats
_NEAR = 5  # names that a sentence offers instead


def card_of_id(catalogue: Catalogue, tool: str) -> ToolCard:
    """The card of a tool's id.

    Raises:
        NotThereError: no tool has that id.
    """
    card = catalogue.get(tool)
    if card is None:
        alike = difflib.get_close_matches(tool[:_SHOWN], [c.id for c in catalogue.cards], n=_NEAR)
        near = alike or [c.id for c in _speaking_of(catalogue, tool)]
        raise NotThereError(f"No tool has the id {_shown(tool)}{_instead(near)}.")
    return card


def card_of_name(catalogue: Catalogue, tool: str) -> ToolCard:
    """The card of the one tool that an id, or a name in any of its spellings, means.

    Raises:
        NotThereError: it means no tool, or several; the sentence names those that are near.
    """
    folded = tool.strip().casefold()
    called = [c for c in catalogue.cards if folded in {name.casefold() for name in (c.id, c.name, *c.aliases)}]
    found = called or _named(catalogue, tool)
    if len(found) != 1:
        means = "more than one tool" if found else "no tool"
        near = found or _speaking_of(catalogue, tool)
        raise NotThereError(f"{_shown(tool)} means {means}{_instead(c.name for c in near)}.")
    return found[0]


def document_of(documents: Sequence[Document], document: str | None) -> Document:
    """The document of an id; without an id the only one there is.

    Raises:
        NotThereError: no document has that id, or none is named and there are several.
    """
    found = [d for d in documents if document in (None, d.id)]
    if len(found) != 1:
        asked = "Name the document" if document is None else f"No document has the id {_shown(document)}"
        raise NotThereError(f"{asked}: there is {', '.join(d.id for d in documents)}.")
    return found[0]


def page_of(index: Index, document: str | None, number: int) -> Page:
    """A page of a document, of the only one where none is named.

    Raises:
        NotThereError: there is no such document, or it has no page of that number.
    """
    there = document_of(index.documents, document)
    page = index.page(there.id, number) if 1 <= number <= there.pages else None
    if page is None:
        raise NotThereError(f"{there.id} has no page {number}: its pages are 1 to {there.pages}.")
    return page


def _named(catalogue: Catalogue, text: str) -> list[ToolCard]:
    """The tools that a text names most plainly."""
    matches = catalogue.names.find(text)
    best = max((match.strength for match in matches), default=0.0)
    ids = dict.fromkeys(match.tool for match in matches if match.strength == best)
    return [card for card in map(catalogue.get, ids) if card]


def _speaking_of(catalogue: Catalogue, text: str) -> list[ToolCard]:
    """The tools whose cards hold the words of a text; none for a text without words to go by, which all would meet."""
    found = catalogue.select(text=text.replace("-", " "))
    return found if len(found) < len(catalogue.cards) else []


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]} ...")


def _instead(near: Iterable[str]) -> str:
    names = ", ".join(list(near)[:_NEAR])
    return f"; near it: {names}" if names else ""
