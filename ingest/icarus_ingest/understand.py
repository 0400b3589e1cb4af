"""From the pages of a document to everything the index holds of it: pages, sections, passages, tool cards."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from icarus.records import Document, FocusArea, Page, Passage, PassageKind, Section, Sentence, ToolCard
from icarus.text import squash
from icarus_ingest.blocks import page_text, take_apart
from icarus_ingest.cards import Tool, card_of, common_words, tools_of, with_headings
from icarus_ingest.catalogue_tables import catalogue_entries
from icarus_ingest.footnotes import Carried, carried_notes
from icarus_ingest.linking import Known, ToolLinker
from icarus_ingest.model import Block, Kind, Layout, RawDocument, Warn
from icarus_ingest.outline import Place, outline
from icarus_ingest.passages import PassageMaker
from icarus_ingest.places import in_their_countries

_OPENING_CHARS = 400


@dataclass(slots=True)
class Understood:
    """What was understood of one document; `questions` are those expected for a tool, by its id."""

    document: Document
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    cards: tuple[ToolCard, ...]
    questions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: list[Warn] = field(default_factory=list)
    footnotes: int = 0
    tables: int = 0
    rows: int = 0


def understand(raw: RawDocument, count: Callable[[str], int], max_pieces: int, taken: Iterable[str] = ()) -> Understood:
    """Everything that the index holds of a document.

    `count` gives the word pieces of a text for a model that reads `max_pieces`; `taken` are tool ids in use.
    """
    document = raw.document.model_copy(update={"pages": len(raw.pages)})
    pages = tuple(Page(document=document.id, number=p.number, text=page_text(p)) for p in raw.pages)
    layout = take_apart(raw)
    entries = catalogue_entries(layout.blocks)
    words = "\n".join(p.text for p in pages)
    tools = tools_of(entries, words, taken)
    linker = ToolLinker([_known(t) for t in tools], [p.text for p in pages])
    places = outline(document, layout.blocks, _heading_linker(linker, layout.blocks))
    tools = [with_headings(t, (p.section.title for p in places if t.id in p.tools)) for t in tools]
    linker = ToolLinker([_known(t) for t in tools], ())
    make = PassageMaker(document, count, max_pieces)
    found = sorted(_passages(layout, places, tools, make), key=lambda p: p.page)
    texts = {p.number: squash(p.text) for p in pages}
    passages = tuple(_standing((_with_mentions(p, linker) for p in found), texts, layout.warnings))
    common = frozenset(common_words(words))
    return Understood(
        document=document,
        pages=pages,
        sections=tuple(p.section for p in places[1:]),
        passages=passages,
        cards=tuple(
            card.model_copy(update={"located": in_their_countries(card.located, words)})
            for card in (card_of(t, [p for p in passages if t.id in p.tools], texts, common) for t in tools)
        ),
        warnings=layout.warnings,
        footnotes=len(layout.notes),
        tables=sum(b.kind is Kind.TABLE for b in layout.blocks),
        rows=len(entries),
    )


def _known(tool: Tool) -> Known:
    return Known(tool.id, tool.name, (tool.name, *tool.aliases), tool.focus_areas, tool.description)


def _heading_linker(
    linker: ToolLinker, blocks: Sequence[Block]
) -> Callable[[str, FocusArea | None, int], tuple[str, ...]]:
    def link(title: str, area: FocusArea | None, index: int) -> tuple[str, ...]:
        opening = blocks[index + 1].text if index + 1 < len(blocks) and blocks[index + 1].kind is Kind.PARAGRAPH else ""
        return linker.by_heading(title, area, opening[:_OPENING_CHARS])

    return link


def _passages(layout: Layout, places: Sequence[Place], tools: Sequence[Tool], make: PassageMaker) -> Iterator[Passage]:
    """All passages: covers, then section by section prose, tables, catalogue rows and footnotes."""
    rows = {(e.block, e.row): (e, t.id) for t in tools for e in t.entries}
    tables = {block for block, _ in rows}
    notes = carried_notes(layout.notes, places, layout.blocks, make.language)
    yield from make.of_covers(places[0], layout.blocks)
    for place in (p for p in places if not p.left_out):
        plain = replace(place, blocks=[i for i in place.blocks if i not in tables])
        section = list(make.of_section(plain, layout.blocks))
        for entry, tool in (rows[key] for key in sorted(rows) if key[0] in place.blocks):
            told = {"focus_areas": (entry.focus_area,), "categories": (entry.category,)}
            rows_of_entry = make.of_row(place, entry.name, (entry.description, *entry.others), (tool,))
            section += [row.model_copy(update=told) for row in rows_of_entry]
        yield from _with_notes(section, [n for n in notes if n.place is place], make)


def _with_notes(section: list[Passage], notes: Sequence[Carried], make: PassageMaker) -> list[Passage]:
    """The passages of a section with its footnotes, each after the passage that carries its mark."""
    for note in notes:
        own = [Sentence(parts=((note.note.page, text),)) for text in note.note.pieces]
        passage = make.of_note(note.place, [*([note.sentence] if note.sentence else []), *own], note.place.tools)
        at = next((i for i, p in enumerate(section) if note.sentence in p.sentences), len(section) - 1)
        section.insert(at + 1, passage)
    return section


def _with_mentions(passage: Passage, linker: ToolLinker) -> Passage:
    """A passage with the tools that it names, where its section is not about one."""
    if passage.tools or passage.kind in (PassageKind.ROW, PassageKind.TABLE):
        return passage
    area = passage.focus_areas[0] if passage.focus_areas else None
    return passage.model_copy(update={"tools": linker.mentioned(passage.text, area)})


def _standing(passages: Iterable[Passage], texts: Mapping[int, str], warnings: list[Warn]) -> Iterator[Passage]:
    """The passages whose every word stands on its page; another is a defect of reading, and left out with a warning."""
    for passage in passages:
        parts = [part for s in passage.sentences for part in s.parts]
        stray = [(page, words) for page, words in parts if squash(words) not in texts[page]]
        if stray:
            warnings.append(Warn(stray[0][0], f"left out, for it does not stand on the page: {stray[0][1][:60]!r}..."))
        else:
            yield passage
