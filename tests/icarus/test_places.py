"""The geography that a text leaves unsaid: which places a question names, and which tools belong to them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.catalogue import Catalogue
from icarus.places import (
    PlaceNames,
    country_of_region,
    is_city,
    is_no_country,
    names_country_of,
    words_of_countries,
)


@pytest.fixture(scope="module")
def places(catalogue: Catalogue) -> PlaceNames:
    return catalogue.places


class TestFind:
    @pytest.mark.parametrize(
        ("question", "named"),
        [
            ("Which tools come from Sweden?", ["Sweden"]),
            ("the Italian cities", ["Italy"]),
            ("what do the Italians do", ["Italy"]),
            ("Anything from the Netherlands?", ["Netherlands"]),
            ("what has Bordeaux done?", ["Bordeaux"]),
            ("projects in malmoe and Wien", ["Malmö", "Vienna"]),
            ("Catalan tools", ["Catalonia"]),
            ("practices in Emilia-Romagna", ["Emilia-Romagna"]),
            ("tools from the Benelux", ["Benelux"]),
            ("Brussels-Capital Region working groups", ["Brussels-Capital-Region"]),
            ("How is the audit done?", []),
            ("Is it there in Italian or Swedish?", []),
            ("Italian and Swedish tools", ["Italy", "Sweden"]),
        ],
    )
    def test_places_are_found_by_any_of_their_names(self, places: PlaceNames, question: str, named: list[str]) -> None:
        assert [name.replace(" ", "-") for name in places.find(question)] == [name.replace(" ", "-") for name in named]

    def test_each_place_is_named_once(self, places: PlaceNames) -> None:
        assert places.find("German tools from Germany") == ["Germany"]

    @pytest.mark.parametrize(
        "question",
        ["tell us about SAM", "Can the guide help us?", "how does it turn out", "a nice project for the spa"],
    )
    def test_words_that_are_also_places_are_words(self, places: PlaceNames, question: str) -> None:
        assert places.find(question) == []

    def test_they_are_places_where_printed_as_such(self, places: PlaceNames) -> None:
        assert places.find("Is there a tool from the US?") == ["United States"]
        assert places.find("What has the city of Nice done?") == ["Nice"]

    def test_a_place_inside_a_word_is_none(self, places: PlaceNames) -> None:
        assert places.find("parishes, finishing and comparison") == []

    @given(st.text(max_size=200))
    def test_no_text_breaks_it(self, text: str) -> None:
        names = PlaceNames(["Malmö", "L'Hospitalet de Llobregat", "Sweden"])
        assert len(names.find(text)) == len(set(names.find(text)))

    def test_a_text_can_be_had_without_them(self, places: PlaceNames) -> None:
        assert places.without("the mapping in France, or that of Malmö") == "the mapping in or that of"


def test_a_country_goes_by_many_words() -> None:
    assert {"New Zealand", "New Zealander"} <= words_of_countries()["nz"]
    assert "Sweden" in words_of_countries()["swedish"]
    assert "nice" not in words_of_countries()
    assert "turkey" not in words_of_countries()


class TestMatches:
    @pytest.mark.parametrize(
        ("asked", "located"),
        [
            ("Italy", ("Bari", "Italy")),
            ("Scandinavia", ("Malmö", "Sweden")),
            ("Benelux", ("Rotterdam", "Netherlands")),
            ("Emilia Romagna", ("Emilia-Romagna", "Italy")),
            ("Torino", ("Turin", "Italy")),
            ("Malmo", ("Malmö", "Sweden")),
            ("Brussels-Capital Region", ("Brussels", "Belgium")),
            ("L'Hospitalet", ("L'Hospitalet de Llobregat", "Spain")),
        ],
    )
    def test_a_tool_belongs_to_the_place_and_to_what_holds_it(self, asked: str, located: tuple[str, ...]) -> None:
        assert PlaceNames.matches(asked, located)

    @pytest.mark.parametrize(
        ("asked", "located"),
        [
            ("Italy", ("Stockholm", "Sweden")),
            ("Nice", ("Bordeaux", "France")),
            ("Sweden", ()),
            ("Scandinavia", ("Helsinki", "Finland")),
        ],
    )
    def test_and_to_no_other(self, asked: str, located: tuple[str, ...]) -> None:
        assert not PlaceNames.matches(asked, located)


@pytest.mark.parametrize(
    ("region", "country"), [("Catalonia", "Spain"), ("emilia-romagna", "Italy"), ("Bavaria", "Germany")]
)
def test_a_region_lies_in_a_country(region: str, country: str) -> None:
    assert country_of_region(region) == country


def test_what_is_no_region_lies_nowhere() -> None:
    assert country_of_region("Atlantis") is None


def test_cities_are_known_anywhere() -> None:
    assert is_city("Amsterdam")
    assert is_city("málaga")
    assert not is_city("safety")


@pytest.mark.parametrize(
    ("text", "told"),
    [("the Italian law was followed", True), ("only 16 have an English portal", False), ("the member states", False)],
)
def test_a_law_is_of_a_country_and_a_language_of_none(text: str, told: bool) -> None:
    assert names_country_of(text) is told


def test_a_town_or_a_region_is_no_country() -> None:
    assert [place for place in ("Vienna", "Catalonia", "Austria", "Benelux") if is_no_country(place)] == [
        "Vienna",
        "Catalonia",
    ]
