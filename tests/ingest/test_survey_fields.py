"""The survey's questions answered in the text's own sentences: what is said in so many words, and nothing else."""

import pytest

from icarus.records import Passage, PassageKind, Quote, Sentence
from icarus_ingest.survey_fields import survey_fields


def fields_of(*sentences: str, name: str = "Lighthouse") -> dict[str, tuple[Quote, ...]]:
    """The fields of a tool of whom some sentences tell; only Riverton is a place."""
    passage = Passage(
        id="p",
        document="d",
        text=" ".join(sentences),
        page=3,
        page_end=3,
        section="Tools",
        heading=name,
        kind=PassageKind.PROSE,
        sentences=tuple(Sentence(parts=((3, s),)) for s in sentences),
    )

    def quoted(text: str) -> Quote:
        return Quote(text=text, page=3, page_end=3, passage="p")

    return survey_fields(
        [passage],
        lambda p: [quoted(s.text) for s in p.sentences],
        lambda text: "Riverton" in text,
        [quoted(name)],
    )


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("organisations", "It was set up by the Harbour Foundation."),
        ("organisations", "The Harbour Foundation has launched a night bus."),
        ("project", "It is the fruit of an EU-funded project on harbours."),
        ("end_users", "The kit helps front-line practitioners to map lighting."),
        ("target_group", "It offers courses to teenagers aged 13-15."),
        ("resources", "The yearly costs are 40,000 euros."),
        ("results", "A survey showed a clear reduction in complaints, which fell by 12 %."),
        ("evaluation", "The bus was externally evaluated in 2020."),
        ("success_factors", "Its success depends on the drivers."),
        ("barriers", "The obstacles are costs and staff."),
        ("gender", "Women in particular felt safer."),
        ("technology", "Passengers report through an app."),
        ("partners", "It is run in close cooperation with the port police."),
        ("transnational", "It is used in three Baltic countries."),
        ("partners", "Actors such as schools and the harbour master take part."),
        ("results", "Passengers are less likely to miss it."),
        ("barriers", "The crews have little experience with crowds."),
        ("places", "It began in Riverton."),
    ],
)
def test_a_sentence_that_says_so_fills_the_field(field: str, sentence: str) -> None:
    assert [quote.text for quote in fields_of("It shines at night.", sentence)[field]] == [sentence]


def test_what_is_not_said_stays_empty() -> None:
    assert {field for field, quotes in fields_of("It shines at night.").items() if quotes} == set()


def test_a_name_that_holds_a_place_or_a_project_is_quoted() -> None:
    fields = fields_of("It shines.", name="City of Riverton: Lighthouse (EU project)")
    assert [quote.text for quote in fields["places"]] == ["City of Riverton: Lighthouse (EU project)"]
    assert fields["project"] == fields["places"]


@pytest.mark.parametrize(
    "sentence",
    [
        "This tool has created trust.",
        "Fighting organised crime;",
        "A Guide designed for teachers.",
        "It made them laugh.",
    ],
)
def test_a_sentence_without_a_maker_names_no_organisation(sentence: str) -> None:
    assert fields_of(sentence)["organisations"] == ()


def test_the_same_words_in_two_places_are_quoted_once() -> None:
    assert len(fields_of("It began in Riverton.", "It began in Riverton.")["places"]) == 1


def test_what_a_tool_developed_has_not_made_the_tool() -> None:
    assert fields_of("Lighthouse has developed a night bus.", name="Lighthouse")["organisations"] == ()
