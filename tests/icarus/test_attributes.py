"""The attribute asked for must stand in a sentence about that very thing: sentences of D2.2, and near-misses."""

import pytest

from icarus.attributes import asked_attributes, is_left_unnamed, names_wanted
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
        ("Since which year has it been running?", "when it began"),
        ("In which year did the town start with it?", "when it began"),
        ("Why is it called Marta?", "where its name comes from"),
        ("Why is there an 88 in its name?", "where its name comes from"),
        ("Do my officers get a diploma after it?", "whether a certificate comes with it"),
        ("What does rule number four say?", "what the single steps or points are"),
        ("It has five phases, what is each phase called?", "what the single steps or points are"),
        ("Is there still a social worker at the police?", "whether it still runs"),
        ("Did anyone complain that the map gives it a bad name?", "whether there were complaints or incidents"),
        ("Please give me the law that allows it.", "a legal basis"),
        ("When is it open?", "a postal address or opening hours"),
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
        ("Where does the money for it come from?", "who pays for it"),
        ("Did the neighbours like the alley gates?", "what its users think of it"),
        ("Has it been switched off by now?", "whether it still runs"),
        ("Has any other town copied it?", "who else uses it"),
        ("Are there any plans to extend it?", "what is planned"),
        ("Were there any complaints about it?", "whether there were complaints or incidents"),
        ("What training do the mentors need?", "what training it takes"),
        ("Who works there, volunteers or paid staff?", "who works for it"),
        ("What software does it run on?", "what software it uses"),
        ("Is burglary going up or down?", "whether it goes up or down"),
        ("How many pages has the manual?", "how big or long it is"),
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
        ("a date", "The office is open for two hours every Tuesday."),
        ("a postal address or opening hours", "It is open from 8 a.m. to 4 p.m."),
        ("whether a certificate comes with it", "Those who finish receive a certificate of the ministry."),
        ("what the single steps or points are", "Step II: identification of good practices."),
        ("where its name comes from", "The title comes from the French for common production."),
        ("when it began", "Calm Street was started in 1995 by a youth organisation."),
        ("when it began", "Since 2013, the municipality of Vilvoorde has been organising regular meetings."),
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
        (
            "when it began",
            "An external evaluation in 2020 found that most were satisfied; 134 circles took place in 2022.",
        ),
        ("how often", "The municipality has been organising regular meetings with police and youth."),
        ("the name of a person", "meetings organised by the mayor between the city and young people"),
        ("a percentage", TEAMS),
    ],
)
def test_a_near_miss_is_not(attribute: str, sentence: str) -> None:
    [given_by] = [a.given for a in attributes() if a.name == attribute]
    assert not given_by.search(sentence)


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
