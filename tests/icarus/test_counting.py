"""Numbers that count what is asked for, and things named one by one: sentences of D2.2, and near-misses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.counting import (
    counted_things,
    items_asked,
    items_in,
    parts_counted,
    says_as_many,
    states_count,
    states_figure,
    states_number,
)
from icarus.records import Passage, PassageKind, Sentence

AUDIT = "It consists of a set of 9 parameters that together contribute to the perception of safety."
TEAMS = "The teams include men and women from different ages and backgrounds, who together speak 8 languages."
HOUSES = "There are 12 Info-houses in Denmark, one for each police region."
SIGNALLED = "More than 76,000 individuals have been signalled to the authorities, of which about 6,000 were dangerous."


class TestCounts:
    @pytest.mark.parametrize(
        ("question", "things"),
        [
            ("How many social workers does SAM employ?", ["social workers"]),
            ("how many registered users", ["registered users"]),
            ("What is the number of languages?", ["languages"]),
            ("How many pupils took part, and how many schools?", ["pupils", "schools"]),
            ("how many people get it each year", ["people"]),
            ("How many see it as a way to talk?", ["are there"]),
            ("How many turned out to be dangerous?", ["are there"]),
            ("How many took part in the vote?", ["are there"]),
            ("How many work placements did it offer?", ["work placements"]),
            ("How many sports clubs are there?", ["sports clubs"]),
            ("How many extinguishers should a section have?", ["extinguishers"]),
            ("Which tools are there?", []),
        ],
    )
    def test_what_is_to_be_counted(self, question: str, things: list[str]) -> None:
        assert counted_things(question) == things

    def test_a_part_of_a_group_is_what_is_to_be_counted(self) -> None:
        assert parts_counted("How many of the 14 testers in the survey were women?") == ["women"]
        assert parts_counted("Of the 14 testers in the pilot survey how many were women?") == ["women"]
        assert parts_counted("Of those in the survey, how many were women, and did they differ?") == ["women"]
        assert parts_counted("How many of the cities work with schools?") == []
        assert parts_counted("Of the young people coached, how many were caught again later?") == ["caught again later"]
        assert parts_counted("How many of the towns say that crime is going up with them?") == []
        assert parts_counted("Of the countries, how many are in the EU?") == []

    def test_as_many_things_as_asked_for_are_spoken_of(self) -> None:
        families = "Into what four families do the products fall?"
        assert says_as_many(families, "The tools fall into four categories: scientific, linguistic and others.")
        assert not says_as_many(families, "The tools fall into five categories.")
        assert not says_as_many("What has been done in the four years?", "There are four categories.")

    def test_a_number_that_names_a_part_of_a_report_counts_nothing(self) -> None:
        assert not states_count("In Task 1 of WP 6 members were asked.", "members")
        assert not states_number("The answers stand in Figure 19.")

    @pytest.mark.parametrize(
        "sentence",
        [
            "It is a tree of codes of up to nine digits.",
            "Its codes rest on Regulation No 213/2008 of 28 November 2007.",
            "Its structure is not that of ISCO-08.",
            "ISO 4217 is a list of currency codes.",
            "The codes cost 300 euros.",
        ],
    )
    def test_a_measure_a_date_and_a_number_in_a_name_count_nothing(self, sentence: str) -> None:
        assert not states_number(sentence, "How many codes are there?")

    def test_people_are_people_whatever_they_are_called(self) -> None:
        assert states_count("The survey involved 14 testers, 7 in each group.", "persons")
        assert not states_count("The survey involved 14 testers, 7 in each group.", "women")

    @pytest.mark.parametrize(
        "sentence",
        [
            "This task has four main allowances provided to MEPs.",
            "A difficult one to evaluate: most MEPs are aware of it.",
            "The tool is rated 80% by MEPs.",
        ],
    )
    def test_a_number_counts_what_follows_it_alone(self, sentence: str) -> None:
        assert not states_count(sentence, "MEPs")

    def test_a_share_of_them_counts_them(self) -> None:
        assert states_count("38% of the reviewed strategies focus on youth.", "strategies")

    def test_how_many_without_a_noun_wants_any_number(self) -> None:
        assert states_count("More than 76,000 have been signalled.", *counted_things("How many got reported so far?"))

    def test_places_are_places_whatever_they_are_called(self) -> None:
        assert states_count("By examining 8 urban areas throughout Europe, it built indicators.", "places")
        assert not states_count("By examining 8 urban areas throughout Europe, it built indicators.", "schools")

    def test_a_figure_that_is_in_the_question_is_no_answer(self) -> None:
        assert states_number("The list of 2015 has 12 codes.", "How many codes are in the list of 2015?")
        assert not states_number("The list of 2015 has codes.", "How many codes are in the list of 2015?")

    @pytest.mark.parametrize(
        ("sentence", "thing"),
        [
            (TEAMS, "languages"),
            (AUDIT, "parameters"),
            (HOUSES, "info houses"),
            (SIGNALLED, "individuals"),
            ("The curriculum comprises seven consecutive workshops.", "workshops"),
            ("It is a workbook of 6 spreadsheets.", "sheets"),
        ],
    )
    def test_a_number_before_the_thing_counts_it(self, sentence: str, thing: str) -> None:
        assert states_count(sentence, thing)

    @pytest.mark.parametrize(
        ("sentence", "thing"),
        [
            (TEAMS, "social workers"),
            (TEAMS, "women"),
            (AUDIT, "schools"),
            ("Several cities refer to mediators.", "mediators"),
        ],
    )
    def test_a_number_of_something_else_does_not(self, sentence: str, thing: str) -> None:
        assert not states_count(sentence, thing)

    @given(st.text(max_size=120), st.text(max_size=40))
    def test_any_text_is_taken(self, sentence: str, thing: str) -> None:
        assert states_count(sentence, thing) in {True, False}
        assert all(counted.strip() for counted in counted_things(sentence))


class TestFigures:
    @pytest.mark.parametrize("sentence", ["14 testers took part.", "It fell by 5%.", "It lasts 3 months."])
    def test_a_count_a_share_and_a_measure_are_figures(self, sentence: str) -> None:
        assert states_figure(sentence)

    @pytest.mark.parametrize("sentence", ["See https://a.eu/4.", "Act 212 of May 2024 says so.", "Due 31.08.2015."])
    def test_an_address_a_law_and_a_date_are_none(self, sentence: str) -> None:
        assert not states_figure(sentence)


class TestItems:
    @pytest.mark.parametrize(
        ("question", "number"),
        [
            ("What are the nine parameters of the Safety Audit?", 9),
            ("List the 10 rules of thumb", 10),
            ("Which five pillars does the handbook detail?", 5),
            ("What are the two objectives?", 0),
            ("Which four cities see right-wing extremism as a threat?", 0),
            ("What is Safetipin?", 0),
        ],
    )
    def test_how_many_things_are_to_be_named(self, question: str, number: int) -> None:
        assert items_asked(question) == number

    def test_a_list_names_its_items_and_a_number_does_not(self) -> None:
        pillars = passage(
            "The Handbook details five pillars of the Administrative Approach's strategy:",
            "Protecting the legal infrastructure and economy;",
            "To be a complementary approach paired with traditional instruments of criminal law;",
            "A multi-agency approach;",
            "Information sharing between law enforcement and administrative authorities;",
            "Taking actions in order to set up barriers.",
        )
        assert items_in(pillars) >= 5
        assert items_in(passage(AUDIT)) < 9

    def test_what_commas_set_apart_counts_too(self) -> None:
        six = "quality of life, social cohesion, liveability, sense of safety, urban security and conditions"
        assert items_in(passage(six)) >= 6


def passage(*sentences: str) -> Passage:
    """A passage of some sentences, as they stand on one page."""
    return Passage(
        id="p", document="d", text=" ".join(sentences), page=1, page_end=1, section="s", heading="h",
        kind=PassageKind.PROSE, sentences=tuple(Sentence(parts=((1, s),)) for s in sentences),
    )  # fmt: skip
