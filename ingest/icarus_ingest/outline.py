"""The outline: which section every block stands in, with its path, focus area, category and tools."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from icarus.records import Category, Document, FocusArea, Section
from icarus.taxonomy import category_of_heading, focus_area_of_heading
from icarus_ingest.model import Block, Kind

_ANNEX = re.compile(r"(annex|appendix|anexo|anhang|annexe)\b", re.I)
_CLOSING = re.compile(r"\b(overview of|general considerations|insights|conclusions?|summary|outlook)\b", re.I)
_LEFT_OUT = re.compile(r"(revision|document|version|change)\s+(history|control|log)", re.I)


@dataclass(slots=True)
class Place:
    """A section as ingestion knows it: the public record and what is inherited from it.

    `role` is 'area', 'category', 'tool', 'closing' or 'theme' for headings without a number, 'numbered' or 'root'.
    """

    section: Section
    role: str
    parent: "Place | None" = None
    tools: tuple[str, ...] = ()
    blocks: list[int] = field(default_factory=list)

    @property
    def is_titled(self) -> bool:
        """Whether its title says more than a chapter's does, so that its first passage begins with it."""
        return self.role in {"tool", "theme"}

    @property
    def left_out(self) -> bool:
        """Whether the section is about the document's own making and holds no passages."""
        return bool(_LEFT_OUT.search(self.section.title))


Linker = Callable[[str, FocusArea | None, int], tuple[str, ...]]


def outline(document: Document, blocks: Sequence[Block], link: Linker) -> list[Place]:
    """The sections of a document in reading order, each with the blocks that stand in it.

    `link` gives the ids of the tools that a heading (title, focus area, place among the blocks) is about.
    """
    root = Place(
        Section(document=document.id, title=document.title, number=None, level=0, page=1, path=document.title), "root"
    )
    places, open_places, numbered = [root], [root], False
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            numbered = numbered or block.number is not None
            place = _place(block, index, open_places, link)
            open_places = [p for p in open_places if p.section.level < place.section.level] + [place]
            places.append(place)
            continue
        if not numbered and block.page != open_places[-1].section.page and not block.rank:
            open_places = open_places[:1]  # before the first chapter a heading goes no further than its page
        open_places[-1].blocks.append(index)
    return places


def _place(block: Block, index: int, open_places: Sequence[Place], link: Linker) -> Place:
    title, own_area, own_category = block.text, focus_area_of_heading(block.text), category_of_heading(block.text)
    inherited_area = _area(_above(block, open_places))
    area = inherited_area or own_area
    # Tools are told of inside the chapter of their area; a heading that opens an area is about none of them.
    tools = link(title, area, index) if inherited_area and not block.number else ()
    role = _role(block, tools, None if inherited_area else own_area, own_category)
    level = _level(block, role, open_places)
    parent = [p for p in open_places if p.section.level < level][-1]
    section = Section(
        document=open_places[0].section.document,
        title=title,
        number=block.number,
        level=level,
        page=block.page,
        path=_path(block, parent),
        focus_area=parent.section.focus_area or own_area,
        category=parent.section.category or (own_category if area else None),
    )
    return Place(section, role, parent, tools)


def _above(block: Block, open_places: Sequence[Place]) -> Sequence[Place]:
    """The open sections that can hold a heading: for a numbered one, those of fewer numbers."""
    if block.number:
        depth = block.number.count(".") + 1
        return [p for p in open_places if p.section.level < depth and p.role in {"numbered", "root"}]
    if _ANNEX.match(block.text):
        return open_places[:1]
    if focus_area_of_heading(block.text) is None:
        return open_places
    # A heading that names an area opens it anew, beside the area that is open now.
    return list(takewhile(lambda p: p.role != "area", open_places))


def _area(places: Sequence[Place]) -> FocusArea | None:
    return next((p.section.focus_area for p in reversed(places) if p.section.focus_area), None)


def _role(block: Block, tools: tuple[str, ...], area: FocusArea | None, category: Category | None) -> str:
    if block.number or _ANNEX.match(block.text):
        return "numbered"
    if tools:
        return "tool"
    if category and re.match(r"category\b|.*\btools?$", block.text, re.I):
        return "category"
    if area:
        return "area"
    return "closing" if _CLOSING.search(block.text) else "theme"


def _level(block: Block, role: str, open_places: Sequence[Place]) -> int:
    if block.number:
        return block.number.count(".") + 1
    if _ANNEX.match(block.text):
        return 1
    if block.rank:
        return block.rank
    base = max(p.section.level for p in open_places if p.role in {"numbered", "root"})
    opened = {p.role: p.section.level for p in open_places if p.section.level > base}
    if role in {"area", "closing"}:
        return base + 1
    if "area" in opened:
        return opened["area"] + 1
    return opened["theme"] + 1 if role == "tool" and "theme" in opened else base + 1


def _path(block: Block, parent: Place) -> str:
    """Titles from the deepest numbered section down, or from the chapter where none is numbered."""
    title = f"{block.number} {block.text}" if block.number else block.text
    if block.number or parent.role == "root":
        return title
    return f"{parent.section.path} > {title}"
