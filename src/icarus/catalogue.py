"""The catalogue of tools: filter, count and look up; complete, because it never goes through a search."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from icarus.places import PlaceNames, is_city, place_words
from icarus.records import Category, FocusArea, Quote, ToolCard
from icarus.text import fold, squash
from icarus.tool_names import ToolNames
from icarus.topic import Phrase, PhraseSet, Unit, theme_units, topic_units
from icarus.vocabulary import same_meaning, stem_sequence

# 'tensions between the police and young people', 'resentment towards the police in the youth population'
_BETWEEN = re.compile(r"\b(?:between|towards?|relation(?:ship)?s? (?:of|with))((?:\W+[\w'’-]+){2,16})")


class ThemeHit(NamedTuple):
    """A tool that has to do with a theme, and the quote that shows it."""

    card: ToolCard
    quote: Quote | None


class Catalogue:
    """All tools of the corpus, in the order of its documents."""

    def __init__(self, cards: Sequence[ToolCard], passages_with: dict[str, int] | None = None) -> None:
        """Take the cards, and in how many passages of the corpus each stem occurs."""
        self.cards = tuple(cards)
        self._by_id = {card.id: card for card in cards}
        self.places = PlaceNames(place for card in cards for place in card.located)
        self._passages_with = passages_with or {}

    def get(self, tool_id: str) -> ToolCard | None:
        """The card of an id, or None."""
        return self._by_id.get(tool_id)

    @cached_property
    def names(self) -> ToolNames:
        """Finds the catalogue's tools in a text by their names."""
        return ToolNames(self.cards, self._passages_with, [p for card in self.cards for p in card.located])

    def select(
        self,
        *,
        focus_area: FocusArea | None = None,
        category: Category | None = None,
        place: str | None = None,
        theme: str | None = None,
        text: str | None = None,
    ) -> list[ToolCard]:
        """Every tool that meets all conditions given.

        Args:
            focus_area: one of the four areas.
            category: one of the three categories.
            place: a city, region, country, or group of countries ('Benelux'); by any of its names.
            theme: words for what a tool is about or uses; met literally, or else by words of the same meaning.
            text: words that must all stand on the card, literally.
        """
        cards = [
            card
            for card in self.cards
            if (focus_area is None or focus_area in card.focus_areas)
            and (category is None or category in card.categories)
            and (place is None or self.places.matches(place, card.located))
        ]
        if text:
            cards = [card for card in cards if self._holds_words(card, text)]
        return [hit.card for hit in self.about(theme_units(theme), cards)] if theme else cards

    def about(self, units: Sequence[Unit], cards: Sequence[ToolCard], *, in_rows: bool = False) -> list[ThemeHit]:
        """The tools that have to do with every one of some things, each with the quote that shows the first.

        One word alone, or each of such alternatives, that any of the cards uses is asked for literally; otherwise
        synonyms count. With `in_rows` it is to stand in the rows of the catalogue's tables, whatever is told elsewhere.
        """
        alone = len(units) == 1 and all(len(phrase) == 1 for phrase in units[0].literal)
        literal = self._printed(units[0], cards) if alone else frozenset()
        wanted = [literal] if literal else [unit.literal | unit.similar for unit in units]
        words = self._row_words if in_rows else self._words
        met = [card for card in cards if wanted and all(words(card).holds_any(phrases) for phrases in wanted)]
        return [ThemeHit(card, self._showing(card, wanted[0]) if wanted else None) for card in met]

    def _printed(self, unit: Unit, cards: Sequence[ToolCard]) -> frozenset[Phrase]:
        """The words of a thing, and for each that no card uses those of the same meaning; none if no card uses any."""
        used = {phrase for phrase in unit.literal if any(self._words(card).holds(phrase) for card in cards)}
        unused = (phrase for phrase in unit.literal if not any(_is_form(phrase, other) for other in used))
        others = (same_meaning(*phrase) & unit.similar for phrase in unused)
        return unit.literal.union(*others) if used else frozenset()

    def has(self, words: str) -> bool:
        """Whether any tool's name, row or narrative holds some words side by side."""
        phrase = stem_sequence(words)
        return any(self._words(card).holds(phrase) for card in self.cards)

    @staticmethod
    def named_with(words: str, cards: Sequence[ToolCard]) -> list[ToolCard]:
        """The tools whose names have one of some words in them: 'toolbox or toolkit'."""
        parts = {squash(word).removesuffix("s") for word in re.split(r"\W+(?:or|and)\W+(?:an? )?|[,/]", words)} - {""}
        return [card for card in cards if not parts.isdisjoint(_runs_of_words(card.name))]

    def made_by(self, units: Sequence[Unit], cards: Sequence[ToolCard]) -> list[ThemeHit]:
        """The tools whose makers are all of some things, each with the quote that names the maker."""
        hits = []
        for card in cards:
            said = PhraseSet(q.text for q in card.organisations)
            if units and all(said.holds_any(unit.literal) for unit in units):
                hits.append(ThemeHit(card, next(iter(card.organisations))))
        return hits

    def between(self, units: Sequence[Unit], cards: Sequence[ToolCard]) -> list[ThemeHit]:
        """The tools of which it is said that something is between two of some things, such as tensions or a dialogue.

        Each comes with the quote that says it; where that is its name, with none.
        """
        hits = []
        for card in cards:
            quotes = [q for q in _told_of(card) if _joins(q.text, units)]
            if quotes or any(_joins(name, units) for name in (card.name, *card.aliases)):
                hits.append(ThemeHit(card, next(iter(quotes), None)))
        return hits

    def placing(self, card: ToolCard, place: str | None) -> Quote | None:
        """The quote that says where a tool is, if its first row does not; None without a place or such a quote."""
        if place is None:
            return None
        quotes = _told_of(card)
        named = [q for q in quotes if any(self.places.matches(place, [p]) for p in self.places.find(q.text))]
        near = [q for q in quotes if set(self.places.find(q.text)) & set(card.located)]
        return next(iter([*named, *near]), None)

    def is_named_after_its_place(self, card: ToolCard) -> bool:
        """Whether the name of a tool says in which town or region it is: 'Barcelona: ...'."""
        named = {place for place in self.places.find(card.name) if fold(place) not in place_words().countries}
        return not named.isdisjoint(card.located)

    def of_one_town(self, cards: Sequence[ToolCard], *, or_region: bool = False) -> list[ToolCard]:
        """The tools that belong to a city or town, or to a region where that is enough; not to a country alone."""
        wider = {*place_words().countries, *(() if or_region else place_words().regions)}
        return [card for card in cards if any(fold(place) not in wider or is_city(place) for place in card.located)]

    def named_after(self, place: str, cards: Sequence[ToolCard]) -> list[ToolCard]:
        """The tools of a place in whose names it stands; where it stands in none, those with their town in them."""
        itself = [card for card in cards if squash(place) in squash(card.name)]
        return itself or [card for card in cards if self.is_named_after_its_place(card)]

    def prints(self, card: ToolCard, place: str) -> bool:
        """Whether what is said of a tool, or its name, holds the name of a place itself."""
        said = (card.name, *(quote.text for quote in _told_of(card)))
        return any(squash(place) == squash(named) for text in said for named in self.places.find(text))

    def speaks_of(self, unit: Unit, cards: Sequence[ToolCard]) -> bool:
        """Whether a thing, or one that means the same, is spoken of in what is told of any of some tools."""
        return any(self._words(card).speaks_of(unit) for card in cards)

    def share_said_of(self, tool_id: str, units: Sequence[Unit]) -> float:
        """The share of some things that a tool's name, row or narrative speaks of, 0 to 1; 0 for an unknown tool."""
        card = self.get(tool_id)
        if card is None or not units:
            return 0.0
        said = self._words(card)
        return sum(map(said.speaks_of, units)) / len(units)

    def _showing(self, card: ToolCard, phrases: frozenset[tuple[str, ...]]) -> Quote | None:
        return next((q for q in _told_of(card) if PhraseSet([q.text]).holds_any(phrases)), None)

    def _holds_words(self, card: ToolCard, text: str) -> bool:
        return all(self._words(card).holds_any(unit.literal) for unit in topic_units(text))

    @staticmethod
    def _row_words(card: ToolCard) -> PhraseSet:
        return PhraseSet([card.name, *(quote.text for quote in card.summary)])

    def _words(self, card: ToolCard) -> PhraseSet:
        if card.id not in self._phrase_sets:
            self._phrase_sets[card.id] = PhraseSet([card.name, *card.aliases, *(q.text for q in _told_of(card))])
        return self._phrase_sets[card.id]

    @cached_property
    def _phrase_sets(self) -> dict[str, PhraseSet]:
        return {}


def _is_form(one: Phrase, other: Phrase) -> bool:
    """Whether two words are one, or a creed and one who holds it: 'Salafism', whose stem is 'salaf', and 'Salafist'."""
    return one[0].startswith(other[0]) or other[0].startswith(one[0])


def _runs_of_words(name: str) -> set[str]:
    """All words of a name and all that follow each other, squashed, in the singular: 'street work' is 'streetwork'."""
    words = [squash(word) for word in re.split(r"[^\w]+", name)]
    ends = range(1, len(words) + 1)
    return {"".join(words[first:end]).removesuffix("s") for end in ends for first in range(end)}


def _told_of(card: ToolCard) -> tuple[Quote, ...]:
    """All that the report says of a tool: in its row, and elsewhere."""
    return (*card.summary, *card.narrative)


def _joins(text: str, units: Sequence[Unit]) -> bool:
    """Whether a text speaks of what is between two of some things."""
    spans = (PhraseSet([match[1]]) for match in _BETWEEN.finditer(text))
    return any(sum(map(span.speaks_of, units)) > 1 for span in spans)
