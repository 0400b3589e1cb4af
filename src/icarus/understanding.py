"""Reads a turn in the light of its conversation: what is asked, about which tools, restricted to what."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from icarus.catalogue import Catalogue
from icarus.question import (
    Ask,
    Question,
    asks_for_a_tool,
    categories_in,
    filters_of,
    focus_areas_in,
    kind_of,
    wants_both,
    without_filters,
)
from icarus.records import Category, Filters, FocusArea
from icarus.spelling import Spelling
from icarus.text import content_stems, fold
from icarus.tool_names import NameMatch
from icarus.topic import topic_units

_NAMED = 0.7
_PRONOUN = re.compile(
    r"\b(it|its|it's|itself|they|them|their|theirs|this|that|those|these|he|his|she|her|him|the (one|ones|same|former|"
    r"latter|first|second|third|fourth|fifth|last)( one| of (them|these|those))?|the other)\b",
    re.I,
)
_NO_PRONOUN = re.compile(
    r"\b(this|that|the) (report|deliverable|document|inventory|annex)\b|\bis it (true|possible|right)\b|\bthose who\b|"
    r"\bthat (is|are|was|were|use|uses|can|could|has|have|will|would|help|helps|lets?|works?|deal|gives?|produced?|"
    r"exists?|the|a|an|we|you|kids|people|involve|focus|address|support|target)\b",
    re.I,
)
_CONTINUES = re.compile(
    r"^\W*(and|also|but|or|only|just|what about|how about|same|then|so|why|when|who|where|how|yes|no|ok|okay|i mean|"
    r"more|any others?|anything else|which of)\b",
    re.I,
)
_ORDINAL = re.compile(r"\b(?:the )?(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)( one| of| tool|\b)", re.I)
_ORDINALS = {
    "first": 0,
    "1st": 0,
    "second": 1,
    "2nd": 1,
    "third": 2,
    "3rd": 2,
    "fourth": 3,
    "4th": 3,
    "fifth": 4,
    "5th": 4,
    "last": -1,
}
_AMONG = re.compile(
    r"\b(which|any|how many|one|some|all|none|most) of (those|these|them)\b|\b(those|these|them)\b", re.I
)
_THIS_PLACE = re.compile(r"\b(this|that|the same|its|their) (city|town|place|region|country|municipality)\b", re.I)
_ELSE = re.compile(r"\b(else|other|others|more|another)\b", re.I)
_HOME = re.compile(
    r"\b(i|we)('m|'re| am| are| work| live| come| represent)\b|\b(my|our) (city|town|country|region)\b", re.I
)
_AT_HOME = re.compile(r"\b(my|our) (own )?(country|city|town|region|municipality)\b|\b(here|at home)\b", re.I)


class Context(NamedTuple):
    """What a conversation leaves for its next turn."""

    question: Question | None = None
    shown: tuple[str, ...] = ()
    home: str | None = None


class _Reading(NamedTuple):
    """The parts of a turn that are found by looking at it alone."""

    text: str
    kind: Ask
    names: tuple[str, ...]
    name_stems: frozenset[str]
    areas: list[FocusArea]
    categories: list[Category]
    places: list[str]
    one_tool: bool

    def topic(self) -> tuple[str, ...]:
        skip = {*self.name_stems, *(s for place in self.places for s in content_stems(place))}
        skip |= set(content_stems(" ".join(_place_words(self.text))))
        return tuple(unit.printed for unit in topic_units(without_filters(self.text), skip))


def _place_words(text: str) -> list[str]:
    from icarus.places import place_words

    known = place_words().countries
    return [w for w in re.findall(r"[\w-]+", text) if fold(w) in known]


class Understanding:
    """Understands questions against one catalogue."""

    def __init__(self, catalogue: Catalogue, spelling: Spelling) -> None:
        self._catalogue = catalogue
        self._spelling = spelling

    def read(self, text: str, context: Context = Context(), forced: Filters | None = None) -> Question:
        """The question that a turn asks.

        Args:
            text: the turn, as typed.
            context: what the turns before leave.
            forced: filters that a person has set; they go before what the words say.
        """
        reading = self._look_at(text)
        question = self._standalone(text, reading, context)
        if context.question and self._depends(reading, context):
            question = self._in_context(text, reading, context)
        return _with_filters(question, forced) if forced else question

    def home_of(self, text: str) -> str | None:
        """The place that a person says to be from: 'I work for a Dutch municipality' gives 'Netherlands'."""
        places = self._catalogue.places.find(text)
        return places[0] if places and _HOME.search(text) else None

    def _look_at(self, text: str) -> _Reading:
        mended = self._spelling.correct(text)
        matches = self._catalogue.names.find(mended)
        areas, categories = focus_areas_in(mended), categories_in(mended)
        named = [m for m in matches if m.strength >= _NAMED]
        if not any(not m.by_place for m in named) and kind_of(mended) is not Ask.COMPARE:
            named = [m for m in named if not m.by_place or len(topic_units(mended, content_stems(m.text))) <= 1]
        stems = frozenset(s for m in named for s in content_stems(m.text))
        places = self._catalogue.places.find(mended)
        return _Reading(
            mended, kind_of(mended), _distinct(named), stems, areas, categories, places, asks_for_a_tool(mended)
        )

    def _standalone(self, asked: str, reading: _Reading, context: Context) -> Question:
        place = reading.places[0] if reading.places else None
        if place is None and context.home and _AT_HOME.search(reading.text):
            place = context.home
        kind = _settled(reading, place)
        theme = reading.topic()
        catalogued = kind in {Ask.LIST, Ask.COUNT}
        filters = filters_of(reading.areas, reading.categories, place, " ".join(theme) or None if catalogued else None)
        return Question(
            asked=asked,
            standalone=reading.text,
            focus=_without_names(reading),
            ask=kind,
            filters=filters if catalogued else Filters(focus_area=filters.focus_area, place=filters.place),
            tools=reading.names,
            topic=theme,
            categories=tuple(reading.categories) if wants_both(reading.text) else (),
        )

    def _depends(self, reading: _Reading, context: Context) -> bool:
        """Whether a turn needs the turns before it: a pronoun without its noun, an ellipsis, a bare filter."""
        if reading.kind in {Ask.SMALL_TALK, Ask.OUT_OF_SCOPE}:
            return False
        plain = _NO_PRONOUN.sub(" ", reading.text)
        points_back = bool(_PRONOUN.search(plain) or _ORDINAL.search(plain))
        if reading.names:
            return False
        short = len(reading.topic()) <= 2
        counts_anew = reading.kind is Ask.COUNT and reading.text.lower().startswith("how many")
        continues = bool(_CONTINUES.search(reading.text)) and len(reading.topic()) <= 4 and not counts_anew
        bare = short and reading.kind in {Ask.FACT, Ask.FIGURE, Ask.REASON, Ask.LINK} and not reading.areas
        filters_only = not reading.topic() and bool(reading.areas or reading.places or reading.categories)
        return points_back or continues or bare or (filters_only and reading.kind is Ask.FACT)

    def _in_context(self, asked: str, reading: _Reading, context: Context) -> Question:
        last = context.question
        assert last is not None
        ordinal = _ORDINAL.search(reading.text)
        if ordinal and context.shown:
            position = _ORDINALS[ordinal.group(1).lower()]
            if -len(context.shown) <= position < len(context.shown):
                return self._about_tools(asked, reading, (context.shown[position],))
        same_place = self._same_place(asked, reading, context)
        if same_place:
            return same_place
        there = self._shown_there(reading, context)
        if there:
            return self._about_tools(asked, reading, there)
        if _is_filter_change(reading) and last.ask in {Ask.LIST, Ask.COUNT}:
            return self._refiltered(asked, reading, last)
        if len(context.shown) > 1 and _AMONG.search(reading.text):
            kind = Ask.COUNT if reading.kind is Ask.COUNT else Ask.LIST
            theme = " ".join(reading.topic()) or None
            filters = filters_of(
                reading.areas, reading.categories, reading.places[0] if reading.places else None, theme
            )
            return Question(
                asked=asked,
                standalone=f"{reading.text} ({last.standalone})",
                ask=kind,
                filters=filters,
                topic=reading.topic(),
                among=context.shown,
            )
        if context.shown and last.ask not in {Ask.LIST, Ask.COUNT} or len(context.shown) == 1:
            return self._about_tools(asked, reading, context.shown[:1])
        joined = self._look_at(f"{reading.text} ({_stripped(last.standalone, reading)})")
        kind = reading.kind if reading.kind is not Ask.FACT else last.ask
        kind = Ask.FACT if kind in {Ask.LIST, Ask.COUNT, Ask.SMALL_TALK} and not _is_filter_change(reading) else kind
        return self._standalone(asked, joined._replace(kind=kind), context).model_copy(update={"focus": reading.text})

    def _same_place(self, asked: str, reading: _Reading, context: Context) -> Question | None:
        """'What else do you have from this city': the other tools in the place of the one shown."""
        match = _THIS_PLACE.search(reading.text)
        card = self._catalogue.get(context.shown[0]) if context.shown else None
        if not match or not card or not card.located:
            return None
        place = card.located[-1] if match.group(2).lower() == "country" else card.located[0]
        filters = filters_of(reading.areas, reading.categories, place, None)
        others = [c.id for c in self._catalogue.select(place=place) if c.id not in context.shown]
        among = tuple(others) if _ELSE.search(reading.text) else ()
        return Question(
            asked=asked,
            standalone=f"{reading.text} ({place})",
            focus=reading.text,
            ask=Ask.LIST,
            filters=filters,
            among=among,
        )

    def _shown_there(self, reading: _Reading, context: Context) -> tuple[str, ...]:
        """The one tool of a place that 'the Malmö one' means, if the last answer was on its focus area."""
        if not reading.places or reading.areas or reading.categories or not re.search(r"\bone\b", reading.text, re.I):
            return ()
        cards = self._catalogue.select(place=reading.places[0])
        areas = {a for tool in context.shown if (card := self._catalogue.get(tool)) for a in card.focus_areas}
        near = [card for card in cards if card.id in context.shown or not areas or areas & set(card.focus_areas)]
        return (near[0].id,) if len(near) == 1 else ()

    def _about_tools(self, asked: str, reading: _Reading, tools: Sequence[str]) -> Question:
        card = self._catalogue.get(tools[0])
        name = card.name if card else tools[0]
        kind = reading.kind if reading.kind not in {Ask.LIST, Ask.COUNT} else Ask.FACT
        return Question(
            asked=asked,
            standalone=f"{reading.text} ({name})",
            focus=reading.text,
            ask=kind,
            tools=tuple(tools),
            topic=reading.topic(),
        )

    def _refiltered(self, asked: str, reading: _Reading, last: Question) -> Question:
        theme = " ".join(reading.topic()) or last.filters.theme
        filters = Filters(
            focus_area=reading.areas[0] if reading.areas else last.filters.focus_area,
            category=reading.categories[0] if reading.categories else last.filters.category,
            place=reading.places[0] if reading.places else last.filters.place,
            theme=theme,
        )
        return last.model_copy(
            update={
                "asked": asked,
                "standalone": f"{last.standalone} {reading.text}",
                "filters": filters,
                "topic": tuple((theme or "").split()),
            }
        )


def _distinct(matches: Sequence[NameMatch]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match.tool for match in matches))


def _settled(reading: _Reading, place: str | None) -> Ask:
    """The kind of answer, given what is named: a named tool is not a list, two are a comparison."""
    restricted = bool(place or reading.categories)
    if reading.kind is Ask.FACT and place and not reading.topic() and not reading.names:
        return Ask.LIST
    if reading.kind is Ask.FACT and reading.one_tool and restricted and not reading.names:
        return Ask.LIST
    if reading.kind in {Ask.LIST, Ask.COUNT} and reading.names and not reading.areas and not reading.categories:
        return Ask.COMPARE if len(reading.names) == 2 else Ask.FACT
    if reading.kind is Ask.FACT and len(reading.names) == 2:
        return Ask.COMPARE
    if reading.kind is Ask.FACT and reading.areas and reading.categories and not reading.names and not reading.topic():
        return Ask.LIST
    return reading.kind


def _without_names(reading: _Reading) -> str:
    """What is asked of the tools named, without their names: those stand in every sentence about them."""
    kept = [w for w in reading.text.split() if not set(content_stems(w)) & reading.name_stems]
    return " ".join(kept) if reading.names and reading.topic() else reading.text


def _is_filter_change(reading: _Reading) -> bool:
    named = bool(reading.areas or reading.places or reading.categories)
    return named and len(reading.topic()) <= 1 and len(reading.text.split()) <= 9


def _stripped(text: str, reading: _Reading) -> str:
    """The earlier question without what the new turn replaces."""
    return without_filters(text) if reading.areas else text


def _with_filters(question: Question, forced: Filters) -> Question:
    kept = {name: value for name, value in forced if value is not None}
    return question.model_copy(update={"filters": question.filters.model_copy(update=kept)})
