"""Turns that lean on the ones before: pronouns, 'the second one', 'only Sweden', 'what else from this city'."""

import re
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from icarus.catalogue import Catalogue
from icarus.question import Ask, Question, filters_of
from icarus.reading import Reading
from icarus.records import Filters
from icarus.topic import topic_units
from icarus.wording import says

_T = TypeVar("_T")
_PRONOUN = re.compile(
    r"\b(it|its|it's|itself|they|them|their|theirs|this|that|those|these|he|his|she|her|him|the (one|ones|same|former|"
    r"latter|first|second|third|fourth|fifth|last)( one| of (them|these|those))?|the other)\b|"
    r"\bthe (programme|program|project|tool|practice|initiative|method|guide|manual|toolkit|app|platform|game|scheme)\b"
    r"(?=\W*$| (is|are|was|were|has|have|had|does|do|did|can|could|will|would|last|take|run|work|cost|use|need|and|or)"
    r"\b)",
    re.I,
)
_NO_PRONOUN = re.compile(
    r"\b(this|that|the) (report|deliverable|document|inventory|annex)\b|\bis it (true|possible|right)\b|\bthose who\b|"
    r"\bthat (is|are|was|were|use|uses|can|could|has|have|will|would|help|helps|lets?|works?|deal|gives?|produced?|"
    r"exists?|the|a|an|we|you|kids|people|involve|focus|address|support|target)\b",
    re.I,
)
# 'And the working group on design, how is it run?' names what its pronoun stands for.
_NAMES_IT = re.compile(
    r"^\W*(?:(?:ok|okay|and|so|but|now|then|thanks?|what about|as for)\W+)*(?:the |your |that )?"
    r"(?!(?:how|what|who|when|where|why|which|one|ones|other|others|same)\b)(?P<thing>(?:[\w'-]+ ){1,7}[\w'-]+), "
    r"(?:how|what|who|when|where|why|which|does|do|is|are|was|were|has|have|can|did)\b",
    re.I,
)
# Words that drop what went before; a pronoun then stands for something that the turn itself names.
_TURNS_AWAY = re.compile(
    r"\bsomething (quite |completely |totally |entirely |very )?different\b|\bsomething else (entirely|altogether)\b|"
    r"\b(different|another|new|other) (topic|subject|question|matter)\b|\bchang(e|ing) (of |the )?(topic|subject)\b|"
    r"\b(forget|leave|leaving) (about )?(that|this|it|them)( aside)?\b|\bunrelated\b",
    re.I,
)
_CONTINUES = re.compile(
    r"^\W*(and|also|but|or|only|just|keep (?:just|only)|leave (?:just|only|out)|drop the|besides?|apart from|"
    r"what about|how about|same|then|so|yes|no|ok|okay|i mean|more|any others?|"
    r"anything else|who else|which of)\b",
    re.I,
)
_ORDINAL = re.compile(r"\b(?:the )?(first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)( one| of| tool|\b)", re.I)
_ORDINALS = ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th")
_AMONG = re.compile(
    r"\b(which|any|how many|one|some|all|none|most) of (those|these|them)\b|\b(those|these|them)\b", re.I
)
_THIS_PLACE = re.compile(r"\b(this|that|the same|its|their) (city|town|place|region|country|municipality)\b", re.I)
_ELSE = re.compile(r"\b(else|other|others|more|another)\b", re.I)
_THE_ONE = re.compile(r"\bone\b", re.I)
_REPORT = re.compile(r"\b(report|deliverable|document|inventory|annex|authors?)\b", re.I)
_HALF = 0.5
_BRIEF, _ELLIPSIS = 2, 4  # things that a turn is about at most, to be an ellipsis; with a word that continues, more


class Context(NamedTuple):
    """What a conversation leaves for its next turn: the last question, the tools shown, where the asker is from."""

    question: Question | None = None
    shown: tuple[str, ...] = ()
    home: str | None = None


class Conversation:
    """Resolves dependent turns against one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def depends(self, reading: Reading, context: Context) -> bool:
        """Whether a turn needs the turns before it: a pronoun without its noun, an ellipsis, a bare filter."""
        turns_away = bool(reading.topic) and _TURNS_AWAY.search(reading.text)
        if reading.kind in {Ask.SMALL_TALK, Ask.OUT_OF_SCOPE} or reading.names or turns_away:
            return False
        named = _NAMES_IT.match(reading.text)
        if named and len(topic_units(named.group("thing"))) > 1:
            return False
        plain = _NO_PRONOUN.sub(" ", reading.text)
        if _PRONOUN.search(plain) or _ORDINAL.search(plain):
            return True
        counts_anew = reading.kind is Ask.COUNT and reading.text.lower().startswith("how many")
        if _CONTINUES.search(reading.text) and len(reading.topic) <= _ELLIPSIS and not counts_anew:
            return True
        names_filters = bool(reading.areas or reading.places or reading.categories)
        if not reading.topic and names_filters:
            return reading.kind in {Ask.FACT, Ask.FIGURE}
        brief = len(reading.topic) <= _BRIEF and not reading.areas and not _REPORT.search(reading.text)
        fits = brief and reading.kind in {Ask.FACT, Ask.FIGURE, Ask.REASON, Ask.LINK}
        return fits and self._is_about_shown(reading, context)

    def _is_about_shown(self, reading: Reading, context: Context) -> bool:
        """Whether what a brief turn names is spoken of with the tool shown: 'the volunteers', but not 'interviews'."""
        units = [u for u in topic_units(" ".join(reading.topic)) if not says("asked_of_a_tool").fullmatch(u.printed)]
        if not context.shown or not units:
            return True
        return self._catalogue.share_said_of(context.shown[0], units) > _HALF

    def resolve(self, asked: str, reading: Reading, context: Context) -> Question | None:
        """The question that a dependent turn asks about what was shown, or None where it leans on a topic alone."""
        ways = (self._nth, self._same_place, self._the_one_there, self._refiltered, self._among, self._the_one_shown)
        return next((question for way in ways if (question := way(asked, reading, context))), None)

    def _nth(self, asked: str, reading: Reading, context: Context) -> Question | None:
        """'The second one'."""
        match = _ORDINAL.search(reading.text)
        if not match or not context.shown:
            return None
        word = match.group(1).lower()
        place = next((i for i, words in enumerate(_ORDINALS) if word in words.split()), len(context.shown) - 1)
        return self._about(asked, reading, context.shown[place]) if place < len(context.shown) else None

    def _same_place(self, asked: str, reading: Reading, context: Context) -> Question | None:
        """'What else do you have from this city': the other tools in the place of the one shown."""
        match = _THIS_PLACE.search(reading.text)
        card = self._catalogue.get(context.shown[0]) if context.shown else None
        if not match or not card or not card.located:
            return None
        place = card.located[-1] if match.group(2).lower() == "country" else card.located[0]
        others = tuple(c.id for c in self._catalogue.select(place=place) if c.id not in context.shown)
        return Question(
            asked=asked,
            standalone=f"{reading.text} ({place})",
            focus=reading.text,
            ask=Ask.LIST,
            filters=filters_of(reading.areas, reading.categories, place, None),
            among=others if _ELSE.search(reading.text) else (),
        )

    def _the_one_there(self, asked: str, reading: Reading, context: Context) -> Question | None:
        """'I mean the Malmö one': the one tool of a place, if the last answer was on its focus area."""
        if not reading.places or reading.areas or reading.categories or not _THE_ONE.search(reading.text):
            return None
        areas = {a for tool in context.shown if (card := self._catalogue.get(tool)) for a in card.focus_areas}
        there = self._catalogue.select(place=reading.places[0])
        near = [c for c in there if c.id in context.shown or not areas or areas & set(c.focus_areas)]
        return self._about(asked, reading, near[0].id) if len(near) == 1 else None

    def _refiltered(self, asked: str, reading: Reading, context: Context) -> Question | None:
        """'And for radicalisation?', 'only Sweden': the last list with other filters."""
        last = context.question
        if last is None or last.ask not in {Ask.LIST, Ask.COUNT} or not reading.only_changes_filters:
            return None
        theme = " ".join(reading.topic) or last.filters.theme
        filters = Filters(
            focus_area=_first(reading.areas) or last.filters.focus_area,
            category=_first(reading.categories) or last.filters.category,
            place=_first(reading.places) or last.filters.place,
            theme=theme,
        )
        standalone = f"{last.standalone} {reading.text}"
        topic = tuple((theme or "").split())
        changed = {"asked": asked, "standalone": standalone, "filters": filters, "topic": topic, "carried": False}
        return last.model_copy(update=changed)

    def _among(self, asked: str, reading: Reading, context: Context) -> Question | None:
        """'Which of those can be run without a budget?'."""
        if context.question is None or len(context.shown) < 2 or not _AMONG.search(reading.text):
            return None
        theme = " ".join(reading.topic) or None
        return Question(
            asked=asked,
            standalone=f"{reading.text} ({context.question.standalone})",
            focus=reading.text,
            ask=Ask.COUNT if reading.kind is Ask.COUNT else Ask.LIST,
            filters=filters_of(reading.areas, reading.categories, _first(reading.places), theme),
            topic=reading.topic,
            among=context.shown,
        )

    def _the_one_shown(self, asked: str, reading: Reading, context: Context) -> Question | None:
        """'Who made it?': the tool that the last answer was about."""
        listed = context.question is not None and context.question.ask in {Ask.LIST, Ask.COUNT}
        if not context.shown or (listed and len(context.shown) > 1):
            return None
        return self._about(asked, reading, context.shown[0])

    def _about(self, asked: str, reading: Reading, tool: str) -> Question:
        card = self._catalogue.get(tool)
        return Question(
            asked=asked,
            standalone=f"{reading.text} ({card.name if card else tool})",
            focus=reading.text,
            ask=Ask.FACT if reading.kind in {Ask.LIST, Ask.COUNT} else reading.kind,
            tools=(tool,),
            topic=reading.topic,
        )


def _first(items: Sequence[_T]) -> _T | None:
    return items[0] if items else None
