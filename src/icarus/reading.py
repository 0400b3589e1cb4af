"""What is found in a turn by looking at it alone: its kind, the tools, areas, categories and places it names."""

import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from icarus.catalogue import Catalogue
from icarus.places import place_words
from icarus.question import (
    Ask,
    asks_for_a_tool,
    categories_in,
    focus_areas_in,
    kind_of,
    parts_of_areas,
    without_exceptions,
    without_filters,
)
from icarus.records import Category, FocusArea
from icarus.spelling import Spelling
from icarus.text import content_stems, fold, stem
from icarus.tool_names import NameMatch
from icarus.topic import QUOTED, Phrase, Unit, framing, scaffolding, theme_units, topic_units
from icarus.vocabulary import phrases_of
from icarus.wording import says

_NAMED, _WHOLE = 0.7, 0.9  # strength from which a tool counts as named, and as named by its whole name
_INTRODUCES = re.compile(r"\W*(I|we|I'm|we're|my|our|hello|hi|dear|good (morning|day|evening))\b(?!.*\?)", re.I)
_SHORT_CHANGE = 9  # words that a change of filters has at most: 'and what about evaluation tools in Spain?'
_POINTS_BACK = re.compile(
    r"\b(like (that|this)|(that|this) way|(do|does|did) (that|this|so)|for (that|this)\b(?! \w)|such \w+|"
    r"(this|these|those|exactly that) (is|are|was|were|kind|sort|current|very|\w+ship)|"
    r"(with|of|about|by|from|to|on) (it|them|this|that|these|those)\W*$)",
    re.I,
)
# 'Our women's group asks: ...' says who asks; 'For parents: which tools are there?' may say about what
_INTRODUCING = re.compile(r"(?:^|(?<=[.!?] ))(?:(?P<who>I|we|I'm|we're|my|our)|for|as|in)\b[^:?!.]{0,80}:\s+", re.I)
_WHO_ASKS = re.compile(  # 'my mayor asks what ...', 'a full list for my police chief'
    r"\b(?:my|our) (?:[\w-]+ ){1,2}(?:asks?|wants?|wonders?|would like)\b(?: to know)?"
    r"|\b(?:I|we) (?:work|live|am|are|come)(?: \w+)? (?:in|for|at|from) [^,.?!]+"
    r"|\bfor (?:my|our) (?:[\w-]+ ){0,2}(?:boss|chief|mayor|director|manager|head|minister|councillors?|colleagues?|"
    r"superiors?|meeting|report|presentation)\b",
    re.I,
)
# 'never mind the theme', 'regardless of the country', 'not just in schools', 'whose annex row names teachers'
_NO_MATTER = re.compile(
    r"\b(?:never mind|regardless of|irrespective of|no matter(?: what| which)?)(?: the| its| what| which)* [\w-]+|"
    r"\b(?:annex|table|catalogue|inventory) (?:rows?|lines?|entry|entries)\b|\b(?:at|in) the (?:very )?(?:end|back)\b|"
    r"\brather than [^,;:.?!]*|\bnot [\w -]{1,40}? in general\b|"
    r"\bnot (?:just|only|merely)\b[^,;:.?!)]*?(?=\bbut\b|[,;:.?!)]|$)|"
    r"(?<=selves) \([^()]*\)|\beven (?:if|though|when) [^,;:.?!]*|:[^:?]*\bthem\b[^:?]*|"
    r"\bfor (?:a|the|one) (?:study )?"
    r"(?:trip|visit|tour|slide|presentation|speech|paper|article|leaflet|meeting|report)s?\b",
    re.I,
)
# what stands in brackets is another word for what stands before, or examples: 'on a stage (theatre, stand-up)'
_BRACKETED = re.compile(r"(?<=\w) \((?:e\.?g\.?,? |such as |like |for example,? )?(?P<listed>[^()\d]{1,60})\)")
# 'the association Nordic Safe Cities'
_KIND_OF_BODY = re.compile(
    r"\b(?:association|organi[sz]ation|network|foundation|charity|company|agency|institute|university) (?=[A-Z][\w-]+)"
)
_SMILEY = re.compile(r"\s*[:;]-?[()DP](?=\s|$)")
_HYPHENATED_NAME = re.compile(r"\b([A-Z]\w+)-(of|for|and|the|in)-([A-Z]\w+)")  # 'Internet-of-Things'
# 'buses, trams and trains': not those of a trainer
_OTHER_VEHICLES = r"(?:bus(?:es)?|metros?|trams?|tubes?|subways?|underground|planes?|stations?)"
_RAIL = re.compile(
    rf"(?P<before>\b{_OTHER_VEHICLES}(?:,? (?:and |or )?|/)(?:{_OTHER_VEHICLES}(?:,? (?:and |or )?|/))*)trains?\b"
    rf"|\btrains(?=(?:,? (?:and |or )?|/){_OTHER_VEHICLES}\b)",
    re.I,
)
_NUMBER_OF = re.compile(r"\b(?:nr|no|num|nb)\.? of\b", re.I)
_OF_EACH = re.compile(r"\b(each|both|either|the two)\b", re.I)
# what is asked of two things, of which one may be named and the other described
_TWO_SIDES = re.compile(
    r"\beach of (?:them|these|those|the two)\b|"
    r"\b(?:does|do|did|is|are) each\b(?! (?:of|part|section|step|module|one of)\b)|"
    r"\bthe one\b[^?]{1,80}\bthe other\b",
    re.I,
)
# 'the Canadian centre CPRLV', 'the CPRLV, the Canadian centre', 'a centre in Canada that works on radicalisation
# (CPRLV)': the acronym is its name
_CALLED = re.compile(
    r"\b(?:the|an?)\s+(?:(?!the\b|an?\b)[\w'’-]+\s+){1,12}?\((?P<bracketed>[A-Z][A-Z\d-]{2,})\)"
    r"|\b(?P<led>[A-Z][A-Z\d-]{2,}), (?:the|an?|that|this)\s[^,.?!]+"
    r"|\b(?:the|an?)\s+(?P<words>(?:(?!the\b|an?\b)[\w'’-]+\s+){1,4}?)(?P<bare>[A-Z][A-Z\d-]{2,})\b"
)


_ASKING = frozenset(("which", "what", "many"))


class Found(NamedTuple):
    """What the words of a turn name; `text` is the turn with its typing errors mended.

    `wanted` is the text without what a list is to leave out, which is `excepted`: nothing of that is named by the
    rest. `place_words` are those by which places are named.
    """

    text: str
    wanted: str
    excepted: str
    kind: Ask
    names: tuple[str, ...]
    name_stems: frozenset[str]
    areas: tuple[FocusArea, ...]
    categories: tuple[Category, ...]
    places: tuple[str, ...]
    place_words: tuple[str, ...]


class Reading:
    """A turn as read, with what follows from its words."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.text, self.kind, self.names = found.text, found.kind, found.names
        self.areas, self.categories, self.places = found.areas, found.categories, found.places

    @property
    def introduced(self) -> bool:
        """Whether it says first who asks: 'My aunt in Portugal asks: is there anything from her country?'."""
        return bool((told := _INTRODUCING.search(self.text)) and told["who"])

    @cached_property
    def topic(self) -> tuple[str, ...]:
        """The things that it is about, once names, places and filters are set aside."""
        countries = place_words().countries
        placed = [word for word in re.findall(r"[\w-]+", self.text) if fold(word) in countries]
        skip = {*self.found.name_stems, *content_stems(" ".join([*self.places, *self.found.place_words, *placed]))}
        request = request_in(self.found.wanted, self.kind)
        if self.kind not in {Ask.LIST, Ask.COUNT}:
            return _printed(topic_units(without_filters(request), skip))
        filtered = self.areas or self.categories or self.places
        areas = frozenset(phrase for area in self.areas for phrase in phrases_of(area))
        themes = self._themes(_INTRODUCING.sub("", request), skip, areas)
        told = _INTRODUCING.search(request)
        if not themes and not (filtered and told and told["who"]):
            themes = self._themes(request, skip, areas)
        if not themes and not filtered and not topic_units(request, skip):  # 'We work with mothers. Which ones?'
            themes = self._themes(self.found.wanted, skip, areas)
        return _printed(themes if themes or filtered else topic_units(without_filters(request), skip))

    @staticmethod
    def _themes(request: str, skip: set[str], areas: frozenset[Phrase]) -> list[Unit]:
        """The things that tools in a list are to have to do with."""
        asked = says("of_one_town").sub(" ", _NO_MATTER.sub(" ", _WHO_ASKS.sub(" ", request)))
        asked = _BRACKETED.sub(lambda more: " or " + re.sub(r",\s*(?:or )?", " or ", more["listed"]), asked)
        asked = QUOTED.sub(lambda q: q[0] if q["words"] == without_filters(q["words"]) else q["words"], asked)
        asked = _KIND_OF_BODY.sub("", asked)
        units = theme_units(f"{without_filters(asked)} {parts_of_areas(asked)}", {*skip, *framing()})
        return [unit for unit in units if not unit.literal & areas]  # 'drawn into extremism' is the area itself

    @property
    def focus(self) -> str:
        """What is asked of the tools named, without their names: those stand in every sentence about them."""
        words = self.text.split()
        asked_for = {after for before, after in pairwise(words) if fold(before) in _ASKING}  # 'in which cities'
        kept = [w for w in words if w in asked_for or not set(content_stems(w)) & self.found.name_stems]
        return " ".join(kept) if self.names and self.topic else self.text

    @property
    def only_changes_filters(self) -> bool:
        """Whether it names another area, category or place and little else: 'and for radicalisation?'."""
        names_one = bool(self.areas or self.places or self.categories)
        return names_one and len(self.topic) <= 1 and len(self.text.split()) <= _SHORT_CHANGE

    def settled(self, place: str | None) -> Ask:
        """The kind of answer, given what is named: a named tool is not a list, two are a comparison."""
        about_tools = bool(self.names)
        if len(self.names) == 2 and self.kind in {Ask.LIST, Ask.COUNT, Ask.FACT} and _OF_EACH.search(self.text):
            return Ask.COMPARE
        if self.kind is Ask.FACT and not about_tools and self._lists(place):
            return Ask.LIST
        if self.kind in {Ask.LIST, Ask.COUNT} and about_tools and not self.areas and not self.categories:
            if len(self.names) == 2:
                return Ask.COMPARE
            return Ask.FIGURE if self.kind is Ask.COUNT else Ask.FACT
        two_sides = len(self.names) == 2 or (len(self.names) == 1 and _TWO_SIDES.search(self.text))
        if self.kind is Ask.FACT and two_sides:
            return Ask.COMPARE
        return self.kind

    def _lists(self, place: str | None) -> bool:
        """Whether a question worded as a fact is after all tools that meet its filters."""
        bare = not self.topic
        one_of_a_kind = asks_for_a_tool(self.text) and bool(place or self.categories)
        return one_of_a_kind or (bare and bool(place)) or (bare and bool(self.areas) and bool(self.categories))


def _printed(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(unit.printed for unit in units)


def _is_capitals(text: str, match: NameMatch) -> bool:
    """Whether a name is printed in capitals, as an acronym is, in a text that is not."""
    return text[match.start : match.start + len(match.text)].isupper() and not text.isupper()


def request_in(text: str, kind: Ask) -> str:
    """The sentences of a turn that ask: not those in which the asker says who they are, if any other is left.

    A list is asked for by its question alone, unless that points back: 'which tools work like that?'
    """
    sentences = re.split(r"(?<=[.!?])\s+", text)
    asking = [s for s in sentences if not _INTRODUCES.match(s)]
    if kind in {Ask.LIST, Ask.COUNT}:
        asking = [s for s in asking if s.endswith("?")] or asking
    return text if not asking or any(_POINTS_BACK.search(s) for s in asking) else " ".join(asking)


class Reader:
    """Reads turns against one catalogue."""

    def __init__(self, catalogue: Catalogue, spelling: Spelling) -> None:
        self._catalogue = catalogue
        self._spelling = spelling

    def read(self, text: str, kind: Ask | None = None) -> Reading:
        """What a turn names, its typing errors mended; its kind is told by its words where none is given."""
        text = _RAIL.sub(lambda rail: f"{rail['before'] or ''}railway", text)
        plain = _HYPHENATED_NAME.sub(r"\1 \2 \3", _SMILEY.sub(".", _NUMBER_OF.sub("number of", text)))
        mended = self._spelling.correct(plain)
        listed = kind is not None
        kind = kind or kind_of(mended, catalogued=bool(self._catalogue.cards))
        wanted, excepted = mended, ""
        if kind in {Ask.LIST, Ask.COUNT}:
            wanted, excepted = without_exceptions(_CALLED.sub(self._by_acronym, mended), listed=listed)
        named = self._named(wanted, kind)
        mentions = self._catalogue.places.mentions(wanted)
        return Reading(
            Found(
                text=mended,
                wanted=wanted,
                excepted=excepted,
                kind=kind,
                names=tuple(dict.fromkeys(match.tool for match in named)),
                name_stems=frozenset(s for match in named for s in content_stems(match.text)),
                areas=tuple(focus_areas_in(request_in(wanted, kind)) or focus_areas_in(wanted)),
                categories=tuple(categories_in(wanted)),
                places=tuple(dict.fromkeys(name for _, name in mentions)),
                place_words=tuple(word for word, _ in mentions),
            )
        )

    def with_kind(self, reading: Reading, kind: Ask) -> Reading:
        """The same reading as a question of another kind."""
        return Reading(reading.found._replace(kind=kind))

    def _by_acronym(self, described: re.Match[str]) -> str:
        """What is described and then called by its acronym, by that alone if the catalogue has it."""
        acronym = described["bracketed"] or described["led"] or described["bare"]
        plain = described["words"] is None or not set(map(stem, described["words"].split())) & scaffolding()
        return acronym if plain and self._catalogue.has(acronym) else described[0]

    def _named(self, text: str, kind: Ask) -> Sequence[NameMatch]:
        """The tools named; a tool named by its place alone only in comparisons, or where little else is asked.

        A list of tools is asked for by plain words, which also stand in names: there a whole name must be among them.
        """
        named = [match for match in self._catalogue.names.find(text) if match.strength >= _NAMED]
        if kind in {Ask.LIST, Ask.COUNT} and not any(
            match.strength >= _WHOLE or _is_capitals(text, match) for match in named
        ):
            return []
        if kind is Ask.COMPARE or any(not match.by_place for match in named):
            return named
        return [match for match in named if len(topic_units(text, content_stems(match.text))) <= 1]
