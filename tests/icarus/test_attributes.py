"""The attribute asked for must stand in a sentence about that very thing: sentences of D2.2, and near-misses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.attributes import asked_attributes, is_left_unnamed, names_wanted
from icarus.counting import counted_things, items_asked, items_in, parts_counted, states_count, states_number
from icarus.records import Passage, PassageKind, Sentence
from icarus.wording import attributes

AUDIT = "It consists of a set of 9 parameters that together contribute to the perception of safety."
TEAMS = "The teams include men and women from different ages and backgrounds, who together speak 8 languages."
HOUSES = "There are 12 Info-houses in Denmark, one for each police region."
SIGNALLED = "More than 76,000 individuals have been signalled to the authorities, of which about 6,000 were dangerous."
HELPLINE = "The CPRLV strongly advises any person using the barometer to reach out to their helpline."


def names(question: str) -> list[str]:
    return [attribute.name for attribute in asked_attributes(question)]


@pytest.mark.parametrize(
    ("question", "attribute"),
    [
        ("What is Calm Street's yearly budget?", "a cost or budget"),
        ("How much does it cost to run?", "a cost or budget"),
        ("What is the phone number of the helpline?", "a telephone number"),
        ("Which number should I call?", "a telephone number"),
        ("What is their e-mail address?", "an e-mail address"),
        ("What are the opening hours?", "a postal address or opening hours"),
        ("Who is the director of the centre?", "the name of a person"),
        ("What is the name of its founder?", "the name of a person"),
        ("When was it founded?", "a date"),
        ("In what year did it start?", "a date"),
        ("How long does the training last?", "how long it takes or lasts"),
        ("within what time must it be erased?", "how long it takes or lasts"),
        ("Which age group was surveyed?", "an age group"),
        ("What fine is there for it?", "a penalty"),
        ("What jail term did they get?", "a penalty"),
        ("How often do they meet?", "how often"),
        ("Under which law may they do so?", "a legal basis"),
        ("Which safety standard must the gloves meet?", "a standard"),
        ("Which firms took part?", "which organisation that is"),
        ("What satisfaction score did the users give?", "a score"),
        ("Which version of the browser was tested?", "a version"),
        ("Under which licence is the list published?", "a licence"),
        ("Is the difference statistically significant?", "how statistically significant it is"),
        ("What is the maximum amount per member?", "a figure"),
        ("What is the name of the Maltese reporter?", "the name of a person"),
        ("What share of the cities took part? What percentage?", "a percentage"),
        ("Who developed the barometer?", "who made it"),
    ],
)
def test_what_is_asked_of_a_thing_is_recognised(question: str, attribute: str) -> None:
    assert attribute in names(question)


@pytest.mark.parametrize(
    "question",
    [
        "What is the THOR methodology?",
        "Which tools are there on radicalisation?",
        "What does Safetipin do for women?",
        "What hinders cooperation?",
        "How does the number of stakeholders matter?",
        "When is it better to talk than to go in?",
        "Who makes sure that the vans go back?",
        "The amounts are in euros, as the form says: what code do I put?",
    ],
)
def test_a_plain_question_asks_for_none(question: str) -> None:
    assert names(question) == []


@pytest.mark.parametrize(
    ("attribute", "sentence"),
    [
        ("a date", "Since 2013, the municipality of Vilvoorde has been organising regular meetings."),
        ("how long it takes or lasts", "The Mother Schools programme lasts a year."),
        ("a percentage", "57% of the reviewed strategies mention the priority of tackling gender-based violence."),
        ("a percentage", "Two thirds of the local or regional authorities state that polarisation is their concern."),
        ("who made it", "The tool was developed by the Canadian Centre for the Prevention of Radicalisation."),
        ("who made it", "The Swedish youth organisation Fryshuset started the Calm Street project."),
        ("a cost or budget", "it does not require financial resources or technology."),
        ("how often", "The group meets twice a year."),
        ("how long it takes or lasts", "It took 28 testing days."),
        ("a legal basis", "They act under section 35 of the Policing Act."),
        ("a version", "The browser was driven by Selenium 3.4."),
        ("a licence", "The data are published under CC-BY."),
        ("how statistically significant it is", "The difference is large (p < 0.05)."),
    ],
)  # fmt: skip
def test_a_sentence_that_states_it_is_recognised(attribute: str, sentence: str) -> None:
    [given_by] = [a.given for a in attributes() if a.name == attribute]
    assert given_by.search(sentence)


@pytest.mark.parametrize(
    ("attribute", "sentence"),
    [
        ("a cost or budget", "this approach requires long-term investment in time and resources"),
        ("a cost or budget", "The project is financed by the national prevention programme."),
        ("a telephone number", HELPLINE),
        ("a telephone number", SIGNALLED),
        ("an e-mail address", "MEDI@4SEC brought law enforcement agencies together."),
        ("a date", "The module is informed by academic research and press reports."),
        ("how often", "The municipality has been organising regular meetings with police and youth."),
        ("the name of a person", "meetings organised by the mayor between the city and young people"),
        ("a percentage", TEAMS),
    ],
)
def test_a_near_miss_is_not(attribute: str, sentence: str) -> None:
    [given_by] = [a.given for a in attributes() if a.name == attribute]
    assert not given_by.search(sentence)


class TestCounts:
    @pytest.mark.parametrize(
        ("question", "things"),
        [
            ("How many social workers does SAM employ?", ["social workers"]),
            ("how many registered users", ["registered users"]),
            ("What is the number of languages?", ["languages"]),
            ("How many pupils took part, and how many schools?", ["pupils", "schools"]),
            ("how many people get it each year", ["people"]),
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


class TestNames:
    @pytest.mark.parametrize(
        ("question", "things"),
        [
            ("Which insurance company backed the contest?", ["insurance company"]),
            ("What university evaluated it, and which bank paid?", ["university", "bank"]),
            ("Which is the company's aim?", []),
            ("Which tools does the university use?", []),
        ],
    )
    def test_a_question_may_want_one(self, question: str, things: list[str]) -> None:
        assert names_wanted(question) == things

    @pytest.mark.parametrize(
        "sentence",
        ["It was run with the schools, an insurance company, and Nantes.", "Two large companies backed it."],
    )
    def test_what_is_one_of_its_kind_has_none(self, sentence: str) -> None:
        assert is_left_unnamed("insurance company", [sentence])

    @pytest.mark.parametrize(
        "sentence",
        [
            "It was run with an insurance company called Maif.",
            "One of the companies, the Acme Company, backed it.",
            "The company backed it.",
        ],
    )
    def test_what_is_called_or_was_named_before_may_have_one(self, sentence: str) -> None:
        assert not is_left_unnamed("insurance company", [sentence])
