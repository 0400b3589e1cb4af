"""Where a tool belongs: the places that printed names and sentences mention, with the geography left unsaid."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus_ingest.places import Place, in_their_countries, located, places_in

if TYPE_CHECKING:
    from icarus_ingest.understand import Understood

NOTHING: frozenset[str] = frozenset()


def named(text: str, common_words: frozenset[str] = NOTHING) -> list[tuple[str, str | None]]:
    return [(place.name, place.country) for place in places_in(text, common_words)]


class TestPlacesIn:
    @pytest.mark.parametrize(
        ("sentence", "places"),
        [
            ("a mobile team of social workers in Vienna (Austria)", [("Vienna", "Austria"), ("Austria", "Austria")]),
            ("Workshops in Bordeaux organised by professionals", [("Bordeaux", "France")]),
            ("the Emilia-Romagna Region developed a model", [("Emilia-Romagna", "Italy")]),
            ("Housed within the Municipality of Bari, AGECO operates", [("Bari", "Italy")]),
            ("Hayat is a German counselling program", [("Germany", "Germany")]),
            ("City of L'Hospitalet", [("L'Hospitalet", "Spain")]),
            ("the municipality of Vilvoorde has been organising meetings", [("Vilvoorde", "Belgium")]),
            ("A think tank based in Greece", [("Greece", "Greece")]),
            ("There are 12 Info-houses in Denmark, one for each police region.", [("Denmark", "Denmark")]),
        ],
    )
    def test_places_come_with_their_country(self, sentence: str, places: list[tuple[str, str | None]]) -> None:
        assert named(sentence) == places

    @pytest.mark.parametrize(
        "sentence",
        [
            "The handbook is available in English and Dutch and provides detailed information.",
            "Calm Street (or 'Lugna Gatan' in Swedish)",
            "The module was last updated in March 2018.",
            "MAGNETO empowered LEAs with superior crime analysis",
            "requalification of the Garibaldi 2 social estate",
            "The objective was to develop a comprehensive approach.",
            "it helps us to reach the young",
        ],
    )
    def test_languages_months_acronyms_and_words_are_none(self, sentence: str) -> None:
        assert named(sentence) == []

    def test_a_town_whose_name_is_a_word_of_the_document_needs_a_cue(self) -> None:
        common = frozenset({"nice"})
        assert named("Partnership against Violent Radicalisation - City of Nice", common) == [("Nice", "France")]
        assert named("Nice weather makes nice people", common) == []

    def test_they_come_in_the_order_of_the_sentence_each_once(self) -> None:
        sentence = "Swedish cities such as Malmö and Stockholm, and Malmö again"
        assert [place for place, _ in named(sentence)] == ["Sweden", "Malmö", "Stockholm"]

    @given(st.text(max_size=200))
    def test_any_text_is_taken(self, text: str) -> None:
        found = places_in(text)
        assert len(found) == len(set(found))
        assert all(isinstance(place, Place) for place in found)


class TestLocated:
    def test_cities_come_before_countries(self) -> None:
        sentences = ["SAM is a mobile team of social workers in Vienna (Austria) who work in public areas."]
        assert located('"SAM" – mobile social work in public areas', sentences, NOTHING) == ("Vienna", "Austria")

    def test_where_something_was_tried_is_not_where_it_belongs(self) -> None:
        sentences = ["five workshops were conducted in Brasov, Eindhoven, Málaga, and Vilnius."]
        assert located("Vulnerability Assessment Manual", sentences, NOTHING) == ()

    def test_a_town_that_no_gazetteer_has_is_taken_from_the_name(self) -> None:
        assert located("City of Berceto- Villa Berceto", [], NOTHING) == ("Berceto",)

    def test_the_region_of_a_town_is_known_though_no_sentence_says_it(self) -> None:
        assert located("City of Maranello - Bed & Breakfast", [], NOTHING) == ("Maranello", "Emilia-Romagna", "Italy")

    def test_nothing_said_is_nowhere(self) -> None:
        assert located("COPKIT", ["A toolkit for knowledge production."], NOTHING) == ()


class TestInTheirCountries:
    @pytest.mark.parametrize(
        "text",
        [
            "It was tried in the Portuguese city of\nVila Serrana in 2019.",
            "the Portuguese mountain town of Vila Serrana",
            "Vila Serrana (Portugal) was the first.",
            "City of Vila Serrana\tPortugal",
        ],
    )
    def test_the_country_of_an_unknown_town_is_taken_from_the_report(self, text: str) -> None:
        assert in_their_countries(("Vila Serrana",), text) == ("Vila Serrana", "Portugal")

    def test_a_country_that_is_known_stays(self) -> None:
        assert in_their_countries(("Nice", "France"), "Nice (Italy)") == ("Nice", "France")

    @pytest.mark.parametrize(
        "text", ["Vila Serrana is small.", "Portuguese Vila Serranas", "Vila Serrana and Portugal"]
    )
    def test_what_is_not_told_is_not_guessed(self, text: str) -> None:
        assert in_their_countries(("Vila Serrana",), text) == ("Vila Serrana",)

    def test_nowhere_stays_nowhere(self) -> None:
        assert in_their_countries((), "the Portuguese city of Vila Serrana") == ()


@pytest.mark.parametrize(
    ("tool", "places"),
    [
        ("calm-street", ("Stockholm", "Sweden")),
        ("sam-mobile-social-work-in-public-areas", ("Vienna", "Austria")),
        ("street-art-workshops", ("Bordeaux", "Nouvelle-Aquitaine", "France")),
        ("full-of-beans-espoir-18-paris", ("Paris", "Île-de-France", "France")),
        ("88-gegen-rechts", ("Salzburg", "Austria")),
        ("sure-smart-urban-security-and-event-resilience", ("Tampere", "Finland")),
        ("city-of-vilvoorde-meetings-with-youth", ("Vilvoorde", "Flanders", "Belgium")),
        ("city-of-maranello-bed-breakfast", ("Maranello", "Emilia-Romagna", "Italy")),
        ("kemea-training-programmes", ("Greece",)),
        ("the-garibaldi-2-experience-in-calderara-di-reno", ("Calderara di Reno", "Emilia-Romagna", "Italy")),
        ("city-of-rotterdam-radicalisation-contact-and-advisory-point", ("Rotterdam", "South Holland", "Netherlands")),
        ("police-station-social-worker-city-of-moissy-cramayel", ("Moissy-Cramayel", "Île-de-France", "France")),
        ("besecure", ()),
        ("vulnerability-assessment-manual-protect-eu-project", ()),
        ("copkit", ()),
    ],
)
def test_the_tools_of_d22_are_where_the_report_puts_them(d22: "Understood", tool: str, places: tuple[str, ...]) -> None:
    [card] = [card for card in d22.cards if card.id == tool]
    assert card.located == places
