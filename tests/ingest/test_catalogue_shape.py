"""Catalogues are known by their shape and the headings above them, in whatever words; other tables are none."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from icarus.embedding import EmbeddingModel
from icarus.records import Category, Document, FocusArea, PassageKind
from icarus_ingest.blocks import take_apart
from icarus_ingest.catalogue_tables import catalogue_entries
from icarus_ingest.corpus import find_sources
from icarus_ingest.model import Line, RawDocument, RawPage
from icarus_ingest.reading import read
from icarus_ingest.understand import Understood, understand
from tests.ingest.test_blocks import Make
from tests.ingest.typesetter import Block as Printed
from tests.ingest.typesetter import Content, Style, heading, prose, table, typeset

YOUTH, EXTREMISM, SPACES = FocusArea.JUVENILE_DELINQUENCY, FocusArea.RADICALISATION, FocusArea.PUBLIC_SPACES
# Area, category, then name, what it does, country of each practice.
INVENTORY: dict[tuple[FocusArea, Category], tuple[tuple[str, str, str], ...]] = {
    (YOUTH, Category.DIAGNOSTIC): (
        ("School climate barometer", "A yearly survey in which pupils say how safe they feel on their way.", "Belgium"),
    ),
    (YOUTH, Category.ACTIVITY): (
        (
            "Night football league of the northern districts",
            "Coaches open the sports halls until midnight at weekends. Young people who have been in contact with the "
            "police are invited by letter, and social workers come to the matches.",
            "Portugal",
        ),
        ("Second Chance Kitchen", "Trains young offenders as cooks; restaurants of the town employ them.", "Spain"),
        ("Street mediators", "Pairs of mediators walk through the estates and speak with those they meet.", "France"),
    ),
    (EXTREMISM, Category.ACTIVITY): (
        ("Open Door hotline", "A telephone line for families who worry about a relative's new friends.", "Austria"),
        ("Debate Buses", "Two buses visit schools, where pupils discuss with former members of groups.", "Italy"),
    ),
    (SPACES, Category.EVALUATION): (
        ("Square Score", "Measures how a square is used before and after it has been rebuilt, by counting.", "Latvia"),
        ("Lamp Count", "Compares reported thefts in streets with old and with new street lamps.", "Poland"),
    ),
}
AREAS = {
    YOUTH: "Young people in crime",
    EXTREMISM: "Countering extremism",
    SPACES: "Safe squares and urban places",
}
CATEGORIES = {
    Category.DIAGNOSTIC: "Practices that monitor and assess",
    Category.ACTIVITY: "Activities",
    Category.EVALUATION: "Evaluating what was done",
}
FILLER = (
    "Towns have collected these practices for many years, and each of them was visited by two researchers of the "
    "project, who spoke with the people in charge and with some of those who take part. "
)


def deliverable() -> Content:
    """A report that shares no wording with D2.2, and has other tables under the same headings."""
    blocks: list[Printed] = [heading(1, "1 Introduction"), *[prose(FILLER * 3) for _ in range(4)]]
    blocks += [heading(2, "1.1 Partners"), tabulated(("Partner", "Role in the project"), PARTNERS)]
    blocks += [heading(1, "Annex: Inventory of practices")]
    for area, title in AREAS.items():
        blocks += [heading(2, title), prose(FILLER * 4), tabulated(("Year", "Budget"), BUDGET)]
        for (of, category), practices in INVENTORY.items():
            if of is area:
                listed = tabulated(("Title", "What it does", "Country"), practices, (3, 6, 2))
                blocks += [heading(3, CATEGORIES[category]), listed]
        blocks += [tabulated(("Abbreviation", "Meaning"), ABBREVIATIONS)]
    return Content("Practices of safer towns", blocks, covers=[["D4.1", "Practices of safer towns"]])


PARTNERS = (("Harbour Town", "Leads the work on squares."), ("University of the North", "Reviews the evidence."))
BUDGET = (("2021", "120,000 euros for staff, travel and the meetings of all partners"), ("2022", "90,000 euros"))
ABBREVIATIONS = (("EU", "European Union"), ("NGO", "Non-governmental organisation"), ("LEA", "Law enforcement agency"))


def tabulated(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float] = (1, 1)) -> Printed:
    return table([[[cell] for cell in row] for row in rows], [[cell] for cell in head], widths)


@pytest.mark.parametrize("style", [Style(), Style("New Computer Modern", 10, justify=False, rules=False)])
def test_a_typeset_inventory_in_other_words_gives_its_cards(
    style: Style, tmp_path: Path, model: EmbeddingModel
) -> None:
    printed = typeset(tmp_path / "practices.pdf", deliverable(), style)
    [source] = find_sources([printed.path])
    found = understand(read(source), model.count_pieces, model.max_pieces)
    expected = [(name, (area,), (category,)) for (area, category), rows in INVENTORY.items() for name, *_ in rows]
    assert [(c.name, c.focus_areas, c.categories) for c in found.cards] == expected
    summaries = {c.name: " ".join(q.text for q in c.summary).split() for c in found.cards}
    assert summaries == {n: f"{text} {country}".split() for rows in INVENTORY.values() for n, text, country in rows}
    assert plain_tables(found) == {"Partner\tRole in the project", "Year\tBudget", "Abbreviation\tMeaning"}


def plain_tables(found: Understood) -> set[str]:
    """The first lines of the tables that are no catalogues; they stay passages."""
    return {p.text.split("\n")[0] for p in found.passages if p.kind is PassageKind.TABLE and "\t" in p.text}


def entries(raw: RawDocument) -> list[str]:
    return [entry.name.text for entry in catalogue_entries(take_apart(raw).blocks)]


LONG = "A description that is long enough to be one, with a verb that says what is done."
ABOVE = "1. Preventing youth crime\n\nIt is here.\n\n1.1. Monitoring tools\n\n"


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (["Tool\tDescription", f"Barometer\t{LONG}"], ["Barometer"]),
        (["Title\tWhat it does", f"Barometer\t{LONG}"], ["Barometer"]),
        (["No.\tPractice\tIn short", f"1\tBarometer\t{LONG}", f"2\tRadar\t{LONG}"], ["Barometer", "Radar"]),
        ([f"Barometer\t{LONG}", f"Radar\t{LONG}"], ["Barometer", "Radar"]),
        (["Practice\tCountry\tIn short", f"Radar\tSpain\t{LONG}", f"Sonar\tSpain\t{LONG}"], ["Radar", "Sonar"]),
        (["What\tWhy", f"Barometer\t{LONG}"], []),  # one row under a header that says nothing
        (["Year\tEvent", f"2021\t{LONG}", f"2022\t{LONG}"], []),
        (["Indicator\tDefinition", f"Fear\t{LONG}", f"Trust\t{LONG}"], []),
        (["Tool\tCountry", "Barometer\tSpain", "Radar\tItaly"], []),
        (["Town\tWhat was said", f"Turin\t{LONG}", f"Turin\t{LONG} Also.", f"Turin\t{LONG} And."], []),
    ],
)
def test_the_shape_of_a_table_says_whether_it_is_a_catalogue(rows: list[str], names: list[str], raw_of: Make) -> None:
    assert entries(raw_of(ABOVE + "\n\n".join(rows))) == names


def test_a_catalogue_needs_an_area_and_a_category(raw_of: Make) -> None:
    table = f"\n\nTool\tDescription\n\nBarometer\t{LONG}"
    assert entries(raw_of("1. Preventing youth crime\n\nIt is here." + table)) == []
    assert entries(raw_of("1. Monitoring tools\n\nThey are here." + table)) == []
    assert entries(raw_of(ABOVE + "It is here.\n\n1.2. Partners\n\nThey are here." + table)) == []


def test_an_area_below_a_category_keeps_it() -> None:
    rows = (Line("Tool\tDescription", begins=True), Line(f"Barometer\t{LONG}"))
    category, areas = (
        Line("Monitoring tools", heading=1),
        [Line(a, heading=2) for a in ("Youth crime", "Public spaces")],
    )
    lines = (Line("The tools of the towns are listed here."), category, areas[0], *rows, areas[1], *rows)
    document = Document(id="doc", title="A report", source="doc.pdf")
    raw = RawDocument(document, (RawPage(1, lines),), knows_headings=True)
    found = catalogue_entries(take_apart(raw).blocks)
    assert [(e.focus_area, e.category) for e in found] == [(YOUTH, Category.DIAGNOSTIC), (SPACES, Category.DIAGNOSTIC)]
