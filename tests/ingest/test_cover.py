"""What is read off the cover of a deliverable."""

import pytest

from icarus.records import Document
from icarus_ingest.cover import described
from icarus_ingest.model import Line, RawDocument, RawPage

BODY = "The cities that took part in the project have all been asked what they do and why they do it in this way."


def cover(*lines: str | tuple[str, int], stem: str = "report") -> Document:
    """What is read off a cover of these lines; a pair is a heading and its rank."""
    read = [Line(line) if isinstance(line, str) else Line(line[0], heading=line[1]) for line in lines]
    known = Document(id="doc", title="", source=f"{stem}.pdf")
    raw = RawDocument(known, (RawPage(1, tuple(read)), RawPage(2, (Line(BODY),))))
    return described(raw, stem)


def test_a_title_below_its_number_may_take_two_lines() -> None:
    found = cover(
        ("A Project of Cities", 4),
        ("Deliverable 1.6", 3),
        ("Survey of what is done for the", 3),
        ("safety of parks", 3),
        BODY,
    )
    assert (found.deliverable, found.title) == ("D1.6", "Survey of what is done for the safety of parks")


def test_a_title_beside_its_number_loses_it() -> None:
    assert cover(("D7.1 Validation of the tools", 2), BODY).title == "Validation of the tools"
    assert cover("D7.1", ("D7.1 Validation of the tools", 2), BODY).title == "Validation of the tools"


def test_a_row_of_the_cover_s_table_is_no_title() -> None:
    assert cover("D7.1 Version\t1.0", ("D7.1 Validation of the tools", 2), BODY).title == "Validation of the tools"


def test_a_line_that_begins_small_goes_on_with_the_title() -> None:
    assert cover(("D7.1 Review of failures", 1), "and pitfalls", BODY).title == "Review of failures and pitfalls"


def test_a_title_that_a_comma_or_colon_leaves_open_goes_on() -> None:
    found = cover("Deliverable 2.3: Review of the project,", ("and of its results", 2), ("and pitfalls", 2), BODY)
    assert (found.deliverable, found.title) == ("D2.3", "Review of the project, and of its results and pitfalls")


def test_without_a_number_the_largest_letters_are_the_title() -> None:
    assert cover("Police Instructions", ("Cameras in Public Places", 2), BODY).title == "Cameras in Public Places"


def test_without_any_title_the_name_of_the_file_is_it() -> None:
    known = Document(id="doc", title="", source="x.pdf")
    assert described(RawDocument(known, (RawPage(1, ()),)), "parks-of-europe").title == "parks-of-europe"


def test_the_number_may_stand_in_the_name_of_the_file() -> None:
    assert cover(("Safe parks", 1), BODY, stem="icarus_D3.2_final").deliverable == "D3.2"


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["Month 20, March 2022"], "2022-03"),
        (["Start Date of Project: 01.05.2015 Duration: 30 months", "Due Date\t31.08.2015"], "2015-08"),
        (["Due Date of Deliverable\t31.08.2015", "Actual Submission Date\t25.07.2015"], "2015-07"),
        (["Project duration\t01-01-2017 to 31-12-2019", "Actual delivery date\t29-06-2018"], "2018-06"),
        (["This document was current at 7 May 2024."], "2024-05"),
        (["Berlin, September 8, 2017"], "2017-09"),
        (["Berlín, 8 de septiembre de 2017"], "2017-09"),
        (["2019-11-30"], "2019-11"),
        (["In the year 2019 it rained 13.13.2013"], None),
    ],
)
def test_the_date_is_the_documents_own(lines: list[str], date: str | None) -> None:
    assert cover(("Safe parks", 1), *lines).date == date


def test_project_and_grant_are_found_together_or_alone() -> None:
    both = cover(("Parks", 1), "Programme\tH2020", "Project Acronym\tGREENPARK", "Project Number\t688670")
    assert both.project == "GREENPARK (H2020 688670)"
    alone = cover(("Parks", 1), "This work was funded by Horizon Europe under grant agreement No 101073942.")
    assert alone.project == "Horizon Europe 101073942"
    assert cover(("Parks", 1), BODY).project is None


def test_who_may_read_it_and_under_which_licence() -> None:
    found = cover(("Parks", 1), "Dissemination Level\tPublic", "Creative Commons Attribution-ShareAlike 4.0")
    assert (found.dissemination, found.licence) == ("public", "CC BY-SA")
    assert cover(("Parks", 1), "Dissemination level: CO").dissemination == "confidential"
    assert cover(("Parks", 1), BODY).dissemination is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("La ville et ses partenaires ont mis en place un projet pour les jeunes qui ne vont pas à l'école.", "fr"),
        ("Die Stadt hat mit der Polizei und den Schulen ein Projekt für die Jugend ins Leben gerufen.", "de"),
        ("La ciudad y sus socios han puesto en marcha un proyecto para los jóvenes que no van a la escuela.", "es"),
        ("La città e i suoi partner hanno avviato un progetto per i giovani che non vanno a scuola.", "it"),
        ("A cidade e os seus parceiros lançaram um projeto para os jovens que não vão à escola.", "pt"),
        ("De stad en haar partners hebben een project opgezet voor de jongeren die niet naar school gaan.", "nl"),
        ("Ο δήμος και οι συνεργάτες του ξεκίνησαν ένα έργο για τους νέους που δεν πηγαίνουν στο σχολείο.", "el"),
        ("Město a jeho partneři zahájili projekt pro mladé lidi, kteří nechodí do školy.", None),
    ],
)
def test_the_language_is_told_by_its_function_words(text: str, language: str | None) -> None:
    raw = RawDocument(Document(id="doc", title="", source="x.pdf"), (RawPage(1, (Line(text),)),))
    assert described(raw, "x").language == language


def test_all_that_was_read_off_the_cover_is_marked() -> None:
    found = cover(("D7.1 Validation", 1), BODY)
    assert found.inferred == ("title", "deliverable", "language")
