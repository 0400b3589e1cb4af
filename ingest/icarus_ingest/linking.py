"""Tell which tools a heading or a passage speaks of, whatever spelling it uses; rather none than a wrong one."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from icarus.records import FocusArea
from icarus.text import content_stems, fold, squash
from icarus_ingest.naming import forms

_ALIKE = 0.62  # share of a title's and of a name's weight that must be common to both
_SPELT_ALIKE = 90.0
_LONG_NAME = 4
_SHORTEST = 7
_GENERIC = frozenset(content_stems("project projects tool tools eu european city region model programme practice"))
_PLACE = re.compile(
    r"\b(?:City|Region|Municipality|Town) of (?:the )?((?:[A-ZÀ-Ý][\w'’.-]*)(?:\s+(?:d[ei]l?\s+)?[A-ZÀ-Ý][\w'’.-]*)*)"
)
_ACRONYM = re.compile(r"\b(?:[A-Z][A-Z0-9@]{2,}[a-z]?|[A-Z]\d[A-Z])\b")


@dataclass(frozen=True, slots=True)
class Known:
    """A tool as linking knows it: its names, areas and the text of its rows."""

    id: str
    name: str
    names: tuple[str, ...]
    focus_areas: tuple[FocusArea, ...]
    description: str


class ToolLinker:
    """Links headings and running text to the tools of a catalogue."""

    def __init__(self, tools: Sequence[Known], pages: Iterable[str]) -> None:
        self._tools = tools
        self._weights = _Weights(pages)
        self._patterns = {t.id: _pattern(t) for t in tools}

    def by_heading(self, title: str, area: FocusArea | None, opening: str) -> tuple[str, ...]:
        """Ids of the tools that a section is about, by its title and the first sentences under it."""
        scored = [(self._likeness(title, tool, opening), tool.id) for tool in self._tools if area in tool.focus_areas]
        best = max(scored, default=(0.0, ""))
        return (best[1],) if best[0] >= _ALIKE else self._by_place(title, area)

    def mentioned(self, text: str, area: FocusArea | None) -> tuple[str, ...]:
        """Ids of the tools that a text names by one of their telling names."""
        return tuple(t.id for t in self._tools if (area is None or area in t.focus_areas) and self._names(t, text))

    def _likeness(self, title: str, tool: Known, opening: str) -> float:
        if any(_same_start(form, title) for name in tool.names for form in forms(name)):
            return 1.0 + len(squash(tool.name)) / 1000
        if _acronyms(title) & _acronyms(" ".join(tool.names)):
            return 1.0
        if _spelt_alike(tool.name, title):
            return 0.95
        mine, theirs = self._stems(title), self._stems(tool.name)
        shared = self._weights.of(mine & theirs)
        likeness = min(shared / self._weights.of(mine), shared / self._weights.of(theirs)) if mine and theirs else 0.0
        if self._names_fully(tool, opening) and mine & theirs:
            return max(likeness, 0.9)
        spelt = fuzz.token_set_ratio(fold(title), fold(tool.name)) / 100
        close = spelt >= 0.8 and bool(_acronyms(opening) & _acronyms(tool.description))
        return 0.8 if close and likeness >= 0.4 else likeness

    def _by_place(self, title: str, area: FocusArea | None) -> tuple[str, ...]:
        """The one tool of an area whose name holds the place that a title begins with."""
        place = _PLACE.match(title)
        if not place:
            return ()
        wanted = fold(place.group(1))
        found = [t.id for t in self._tools if area in t.focus_areas and wanted in fold(t.name)]
        return tuple(found) if len(found) == 1 else ()

    def _names(self, tool: Known, text: str) -> bool:
        pattern = self._patterns[tool.id]
        if pattern and pattern.search(text):
            return True
        return _spelt_alike(tool.name, text)

    def _names_fully(self, tool: Known, text: str) -> bool:
        return any(len(squash(name)) >= _SHORTEST and squash(name) in squash(text) for name in tool.names)

    def _stems(self, text: str) -> frozenset[str]:
        return frozenset(content_stems(text)) - _GENERIC


class _Weights:
    """How much a word tells: the fewer pages hold it, the more."""

    def __init__(self, pages: Iterable[str]) -> None:
        sets = [frozenset(content_stems(p)) for p in pages]
        self._count = len(sets)
        self._pages = Counter(stem for stems in sets for stem in stems)

    def of(self, stems: Iterable[str]) -> float:
        return sum(math.log((self._count + 1) / (self._pages[s] + 0.5)) for s in stems)


def _spelt_alike(name: str, text: str) -> bool:
    """Whether a text holds a long name but for a letter or a small word: 'EUCNP Toolbox' for 'EUCPN Toolbox'."""
    bare = fold(list(forms(name))[-1])
    return len(bare.split()) >= _LONG_NAME and fuzz.partial_ratio(bare, fold(text)) >= _SPELT_ALIKE


def _same_start(name: str, title: str) -> bool:
    """Whether one of name and title is the other, or begins or ends it, letter for letter."""
    title = list(forms(title))[-1]
    a, b = squash(name), squash(re.sub(r"\b(project|eu)\b", "", title, flags=re.I))
    short, long = sorted((a, b), key=len)
    return bool(short) and (a == b or (len(short) >= _SHORTEST and (long.startswith(short) or long.endswith(short))))


def _pattern(tool: Known) -> re.Pattern[str] | None:
    """Matches the names of a tool that are sure: several words, or one word that is no plain word."""
    sure = [n for n in tool.names if len(n.split()) > 1 or _is_coined(n)]
    if not sure:
        return None
    spelt = [
        r"[\s-]+".join(re.escape(w) for w in re.split(r"[\s-]+", n) if w) for n in sorted(sure, key=len, reverse=True)
    ]
    return re.compile(r"(?<!\w)(?:" + "|".join(spelt) + r")(?!\w)")


def _is_coined(word: str) -> bool:
    return sum(c.isupper() or c.isdigit() for c in word) >= 2 and len(word) >= 3


def _acronyms(text: str) -> frozenset[str]:
    return frozenset(a.upper() for a in _ACRONYM.findall(text)) - {
        "LEAS",
        "NGO",
        "NGOS",
        "EU",
        "CVE",
        "PVE",
        "COVID",
        "USA",
        "AND",
    }
