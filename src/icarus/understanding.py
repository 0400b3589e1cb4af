"""Reads a turn in the light of its conversation: what is asked, about which tools, restricted to what."""

import re
from collections.abc import Sequence

from icarus.asking import asks_for_several
from icarus.catalogue import Catalogue
from icarus.conversation import Context, Conversation
from icarus.languages.gloss import Corpus
from icarus.languages.lexicon import ENGLISH
from icarus.languages.translation import Translator
from icarus.places import OR
from icarus.question import Ask, Question, either_of, filters_of, wants_both, without_focus_areas, without_guess
from icarus.reading import Reader, Reading
from icarus.records import Filters
from icarus.spelling import Spelling

_HOME = re.compile(
    r"\b(i|we)('m|'re| am| are| work| live| come| represent)\b|\b(my|our) (city|town|country|region)\b", re.I
)
_AT_HOME = re.compile(r"\b(my|our) (own )?(country|city|town|region|municipality)\b|\b(here|at home)\b", re.I)
_LISTED_TWICE = re.compile(
    r"categor|\btwice\b.*\b(?:inventory|annex|catalogue|list|overview|collection)\b|\blist\w*\b.*\btwice\b", re.I
)
_SEVERAL_FILTERED = 0.5
_SEVERAL = 0.7  # how likely a question that the rules do not know must be after several tools
_FEWEST = 2
_FIRST_TURN = Context()

ByHand = tuple[tuple[str, str | None], ...]


class Understanding:
    """Understands questions against one catalogue."""

    def __init__(self, catalogue: Catalogue, spelling: Spelling) -> None:
        self._catalogue = catalogue
        self._reader = Reader(catalogue, spelling)
        self._translator = Translator(catalogue.names.find, Corpus(spelling.prints, spelling.correct))
        self._conversation = Conversation(catalogue)

    def read(self, text: str, context: Context = _FIRST_TURN, by_hand: ByHand = ()) -> Question:
        """The question that a turn asks.

        Args:
            text: the turn, as typed.
            context: what the turns before leave.
            by_hand: fields of the filters that a person has set, be it to None; they go before what the words say.
        """
        before = context.question.language if context.question else ENGLISH
        english, language = self._translator.to_english(text, before)
        wanted, guess = without_guess(english)
        reading = self._reader.read(wanted)
        last = context.question
        if last and (fewer := self._fewer(text, reading, last)):
            question = fewer
        elif last and self._conversation.depends(reading, context):
            question = self._conversation.resolve(text, reading, context) or self._carried(text, reading, last, context)
        else:
            question = self._standalone(text, self._seen_as_list(reading, language), context)
        question = question.model_copy(update={"language": language, "guess": guess})
        return _with_filters(question, by_hand) if by_hand else question

    def forget(self) -> None:
        """Drop the translations that are remembered."""
        self._translator.to_english.cache_clear()

    def home_of(self, question: Question) -> str | None:
        """The place that a person says to be from: 'I work for a Dutch municipality' gives 'Netherlands'."""
        if not _HOME.search(question.standalone):
            return None
        return next(iter(self._catalogue.places.find(question.standalone)), None)

    def _standalone(self, asked: str, reading: Reading, context: Context) -> Question:
        place = self._place(reading.places)
        if place is None and context.home and _AT_HOME.search(reading.text):
            place = context.home
        kind = reading.settled(place)
        catalogued = kind in {Ask.LIST, Ask.COUNT}
        several = catalogued and _wants_several(reading)
        theme = " ".join(reading.topic) or None
        filters = filters_of(reading.areas, reading.categories, place, theme if catalogued and not several else None)
        both = wants_both(reading.text)
        return Question(
            asked=asked,
            standalone=reading.text,
            focus=reading.focus,
            ask=kind,
            filters=filters if catalogued else Filters(focus_area=filters.focus_area, place=filters.place),
            tools=reading.names,
            topic=reading.topic,
            categories=tuple(reading.categories) if both else (),
            either=either_of(reading.areas, () if both else reading.categories) if catalogued else (),
            among=self._in_several_categories() if several else (),
            excluded=self._excluded(reading) if reading.found.excepted and catalogued else (),
        )

    def _fewer(self, asked: str, reading: Reading, last: Question) -> Question | None:
        """'And without those on extremism?': the last list without these, or None where a turn asks for more."""
        listing = self._reader.read(reading.text, Ask.LIST)
        asks = listing.areas or listing.categories or listing.places or listing.topic or listing.names
        if last.ask not in {Ask.LIST, Ask.COUNT} or not listing.found.excepted or asks:
            return None
        fewer = (*last.excluded, *self._excluded(listing))
        standalone = f"{last.standalone} {reading.text}"
        return last.model_copy(update={"asked": asked, "standalone": standalone, "excluded": fewer}) if fewer else None

    def _seen_as_list(self, reading: Reading, language: str) -> Reading:
        """A turn that is after several tools in words that no rule knows, read as such, if the catalogue has them."""
        if reading.kind is Ask.FACT and reading.settled(self._place(reading.places)) is Ask.LIST:
            listing = self._reader.read(reading.text, Ask.LIST)
            return listing if listing.found.excepted or listing.introduced else reading
        rules_know = reading.settled(self._place(reading.places)) is not Ask.FACT or reading.names
        filtered = bool(reading.places or reading.areas or reading.categories)
        likely = asks_for_several(reading.text) >= (_SEVERAL_FILTERED if filtered else _SEVERAL)
        if rules_know or language != ENGLISH or not likely:
            return reading
        listing = self._reader.read(reading.text, Ask.LIST)
        place, theme = self._place(listing.places), " ".join(listing.topic) or None
        asked = filters_of(listing.areas, listing.categories, place, theme).model_dump()
        found = self._catalogue.select(**asked) if any(asked.values()) else []
        return listing if len(found) >= _FEWEST else reading

    def _in_several_categories(self) -> tuple[str, ...]:
        return tuple(card.id for card in self._catalogue.cards if len(card.categories) > 1)

    def _excluded(self, whole: Reading) -> tuple[str, ...]:
        """The tools that a list leaves out: those named, or those of the area, category, place and theme named.

        None where a category is asked for and another left out: 'the assessments, not the actions'.
        """
        reading = self._reader.read(whole.found.excepted)
        if whole.categories and reading.categories and not (reading.areas or reading.places or reading.topic):
            return ()
        cards = [card for tool in reading.names if (card := self._catalogue.get(tool))]
        filters = filters_of(reading.areas, reading.categories, self._place(reading.places), " ".join(reading.topic))
        if not cards and any(filters.model_dump().values()):
            cards = self._catalogue.select(**{**filters.model_dump(), "theme": filters.theme or None})
        return tuple(card.id for card in cards)

    def _place(self, places: Sequence[str]) -> str | None:
        """The place that a list is restricted to: of several, each, but of 'Bordeaux, France' the first."""
        first, *others = places or (None,)
        if first is None:
            return None
        there = self._catalogue.select(place=first)
        apart = [other for other in others if not any(self._catalogue.places.matches(other, c.located) for c in there)]
        return OR.join([first, *apart])

    def _carried(self, asked: str, reading: Reading, last: Question, context: Context) -> Question:
        """A turn that leans on the topic of the last one: both are asked, the new words weigh more."""
        before = last.standalone
        if reading.areas:
            before = without_focus_areas(before)
        joined = self._reader.read(f"{reading.text} ({before})")
        kind = reading.kind if reading.kind is not Ask.FACT else last.ask
        if kind in {Ask.LIST, Ask.COUNT, Ask.SMALL_TALK} and not reading.only_changes_filters:
            kind = Ask.FACT
        question = self._standalone(asked, self._reader.with_kind(joined, kind), context)
        return question.model_copy(update={"focus": reading.text, "carried": True})


def _wants_several(reading: Reading) -> bool:
    """'Which tools stand in two categories?', without saying which."""
    return not reading.categories and bool(_LISTED_TWICE.search(reading.text)) and wants_both(reading.text)


def fields_set(filters: Filters | None) -> ByHand:
    """The fields of filters that were given, with their values: `Filters(place=None)` gives one, `Filters()` none."""
    return tuple(sorted((name, getattr(filters, name)) for name in filters.model_fields_set)) if filters else ()


def _with_filters(question: Question, by_hand: ByHand) -> Question:
    filters = question.filters.model_copy(update=dict(by_hand))
    return question.model_copy(update={"filters": filters, "limits": Filters.model_validate(dict(by_hand))})
