"""Whether the evidence names the place that a question asks for; chapter 5 of D2.2 keeps its cities anonymous."""

import re

from icarus.judged import Case
from icarus.places import PlaceNames, is_no_country, names_city, names_country_of
from icarus.question import Ask
from icarus.text import fold
from icarus.wording import says

_ABOUT_A_PLACE = 0.9  # share of the best score from which a sentence may name the place of the same thing
_TOWN = re.compile(r"\b(?:cit(?:y|ies)|towns?|villages?|municipalit(?:y|ies))$", re.I)
_OR_A_COUNTRY = re.compile(r"\W*(?:and|or|/) (?:which )?(?:countr|regions?|states?)", re.I)
_A_TOWN = re.compile(r"\b(?:[Cc]ity|[Tt]own|[Vv]illage|[Mm]unicipality) of [A-ZÀ-Ý]")


def leaves_place_unnamed(case: Case, places: PlaceNames) -> bool:
    """Whether a question wants the name of a place and none of the sentences near its answer gives one.

    Args:
        case: the question with the evidence on it.
        places: the places of the catalogue.
    """
    question = case.question
    asks = says("which_place").search(question.focus)
    if not asks or not case.chosen or question.ask in {Ask.LINK, Ask.REASON}:
        return False
    best = max(e.score for e in case.chosen)
    near = [e for e in case.chosen if e.score >= _ABOUT_A_PLACE * best]
    asked = {fold(word) for word in re.findall(r"[\w-]+", question.standalone)}
    town = bool(_TOWN.search(asks.group())) and not _OR_A_COUNTRY.match(question.focus[asks.end() :])
    told = (f"{e.hit.passage.heading if case.subject else ''} {e.text}" for e in near)
    return not any(_names_place(text, asked, places, town=town) for text in told)


def _names_place(text: str, asked: set[str], places: PlaceNames, *, town: bool) -> bool:
    """Whether a text names a place, or a town where one is asked for, that the question does not name itself."""
    fresh = " ".join(word for word in text.split() if fold(word.strip(".,;:()'’")) not in asked)
    found = places.find(fresh)
    if town:
        return any(is_no_country(place) for place in found) or names_city(fresh) or bool(_A_TOWN.search(fresh))
    return bool(found) or names_city(fresh) or names_country_of(fresh)
