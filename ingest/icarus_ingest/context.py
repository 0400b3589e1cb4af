"""The context that is embedded and looked up with a passage, without being part of it."""

from icarus.records import Passage, PassageKind
from icarus.taxonomy import FOCUS_AREA_LABELS


def context_of(passage: Passage) -> str:
    """A few words that say what a passage is about: its headings below the numbered one, else the focus area.

    A catalogue row begins with its tool's name and needs no more than its area.
    """
    areas = [FOCUS_AREA_LABELS[area] for area in passage.focus_areas[:1]]
    if passage.kind is PassageKind.ROW:
        return "; ".join(areas)
    titles = passage.section.split(" > ")
    below = [t for t in titles[1:] if t.casefold() not in passage.text[:120].casefold()]
    return ": ".join(below or [*areas, titles[0].lstrip("0123456789. ")])
