"""Tool cards: merge catalogue rows by name, and fill them with the report's own words and their pages."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import partial_ratio

from icarus.records import Category, FocusArea, Passage, PassageKind, Quote, ToolCard
from icarus.text import content_stems, fold, slug, squash
from icarus_ingest.catalogue_tables import Entry
from icarus_ingest.naming import mend, other_names
from icarus_ingest.places import located, places_in
from icarus_ingest.survey_fields import survey_fields

_URL = re.compile(r"https?://|www\.")


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool as the catalogue lists it: one name, one or more rows."""

    id: str
    name: str
    aliases: tuple[str, ...]
    entries: tuple[Entry, ...]

    @property
    def focus_areas(self) -> tuple[FocusArea, ...]:
        """The areas it is listed under."""
        return tuple(dict.fromkeys(e.focus_area for e in self.entries))

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories it is listed under."""
        return tuple(dict.fromkeys(e.category for e in self.entries))

    @property
    def description(self) -> str:
        """The text of its rows."""
        return " ".join(cell.words for e in self.entries for cell in (e.description, *e.others))


def tools_of(entries: Sequence[Entry], words: str, taken: Iterable[str] = ()) -> list[Tool]:
    """The tools of a document's catalogue; `words` is its whole text, `taken` the ids other documents use."""
    merged: dict[str, list[Entry]] = {}
    for entry in entries:
        merged.setdefault(squash(entry.name.text), []).append(entry)
    stems = {
        key: frozenset(content_stems(" ".join(f"{e.name.text} {e.description.text}" for e in es)))
        for key, es in merged.items()
    }
    common = common_words(words)
    ids = set(taken)
    tools = []
    for key, group in merged.items():
        printed = group[0].name.words
        name = mend(printed, lambda form: form in words)
        rare = _rarity(key, stems)
        identifier = _free(slug(name) or "tool", ids)
        aliases = other_names(name, printed, rare, lambda word: common[word] > 1)
        tools.append(Tool(identifier, name, tuple(aliases), tuple(group)))
    return tools


def common_words(text: str) -> Counter[str]:
    """How often a text prints each word in lower case, folded: a name among them is not sure to be one."""
    counts = Counter(re.findall(r"\b[a-zà-ÿ]+\b", text))
    folded: Counter[str] = Counter()
    for word, count in counts.items():
        folded[fold(word)] += count
    return folded


def with_headings(tool: Tool, titles: Iterable[str]) -> Tool:
    """The tool with the spellings of the headings that are about it."""
    known = {fold(tool.name), *map(fold, tool.aliases)}
    return replace(tool, aliases=tool.aliases + tuple(t for t in dict.fromkeys(titles) if fold(t) not in known))


def card_of(tool: Tool, passages: Sequence[Passage], texts: Mapping[int, str], common: frozenset[str]) -> ToolCard:
    """The card of a tool, from the passages that speak of it.

    `texts` are the document's pages, squashed, by number; `common` its plain words.
    """
    rows = [p for p in passages if p.kind is PassageKind.ROW]
    story = [p for p in passages if p.kind in (PassageKind.PROSE, PassageKind.LIST)]
    names = {fold(name) for name in (tool.name, *tool.aliases)}
    about = [p for p in story if fold(p.heading) in names] or [_from_mention(p, tool) for p in story]
    summary = tuple(q for p in rows for q in _quotes(p, texts))
    return ToolCard(
        id=tool.id,
        document=passages[0].document,
        name=tool.name,
        aliases=tool.aliases,
        focus_areas=tool.focus_areas,
        categories=tool.categories,
        page=rows[0].page,
        located=located(tool.name, [*tool.aliases, *(s.text for p in rows + about for s in p.sentences)], common),
        pages=tuple(sorted({n for p in passages for s in p.sentences for n, _ in s.parts} | {p.page for p in rows})),
        summary=summary,
        narrative=tuple(q for p in about for q in _quotes(p, texts)),
        links=tuple(_links(passages, texts)),
        rows=tuple(p.id for p in rows),
        **survey_fields(
            rows + about,
            lambda p: _sentence_quotes(p, texts),
            lambda text: bool(places_in(text, common)),
            [Quote(text=p.heading, page=p.page, page_end=p.page, passage=p.id) for p in rows if p.heading],
        ),
    )


def _from_mention(passage: Passage, tool: Tool) -> Passage:
    """A passage about something wider, from the first sentence that names the tool."""
    names = [squash(name) for name in (tool.name, *tool.aliases)]
    texts = [squash(s.text) for s in passage.sentences]
    scores = [max((partial_ratio(name, text) for name in names if len(name) <= len(text)), default=0) for text in texts]
    return passage.model_copy(update={"sentences": passage.sentences[scores.index(max(scores)) :]})


def _quotes(passage: Passage, pages: Mapping[int, str]) -> list[Quote]:
    """The words of a passage as one quote, or sentence by sentence where a footnote or a heading stands between."""
    words = " ".join(s.text for s in passage.sentences)
    if _stands(words, passage.page, passage.page_end, pages):
        return [Quote(text=words, page=passage.page, page_end=passage.page_end, passage=passage.id)]
    return _sentence_quotes(passage, pages)


def _sentence_quotes(passage: Passage, pages: Mapping[int, str]) -> list[Quote]:
    quotes = []
    for sentence in passage.sentences:
        first, last = sentence.parts[0][0], sentence.parts[-1][0]
        if _stands(sentence.text, first, last, pages):
            quotes.append(Quote(text=sentence.text, page=first, page_end=last, passage=passage.id))
        else:
            quotes += [Quote(text=words, page=n, page_end=n, passage=passage.id) for n, words in sentence.parts]
    return quotes


def _stands(words: str, first: int, last: int, pages: Mapping[int, str]) -> bool:
    return squash(words) in "".join(pages.get(n, "") for n in range(first, last + 1))


def _links(passages: Sequence[Passage], pages: Mapping[int, str]) -> Iterator[Quote]:
    for passage in passages:
        for quote in _sentence_quotes(passage, pages):
            if _URL.search(quote.text):
                yield quote


def _rarity(key: str, stems: dict[str, frozenset[str]]) -> Callable[[str], bool]:
    """Whether a name has words that no other tool's name and description have together."""

    def rare(name: str) -> bool:
        wanted = frozenset(content_stems(name))
        return bool(wanted) and not any(wanted <= theirs for other, theirs in stems.items() if other != key)

    return rare


def _free(identifier: str, ids: set[str]) -> str:
    number, free = 1, identifier
    while free in ids:
        number += 1
        free = f"{identifier}-{number}"
    ids.add(free)
    return free
