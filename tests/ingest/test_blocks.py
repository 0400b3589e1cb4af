from collections.abc import Callable

import pytest

from icarus_ingest.blocks import take_apart
from icarus_ingest.model import Kind, RawDocument
from icarus_ingest.numbering import HeadingNumbers

Make = Callable[..., RawDocument]


def kinds(raw: RawDocument) -> list[tuple[str, str]]:
    return [(b.kind.value, b.text) for b in take_apart(raw).blocks]


def test_headings_paragraphs_and_bullets(raw_of: Make) -> None:
    raw = raw_of(
        "1. Introduction\n\nThe project has aims.\n\nAims of the work\n\nIt aims to\n\n- learn\n- teach\n\n"
        "Step I: scoring\n\n- one\n\n1.1 Method\n\nWe asked."
    )
    assert kinds(raw) == [
        ("heading", "Introduction"),
        ("paragraph", "The project has aims."),
        ("heading", "Aims of the work"),
        ("paragraph", "It aims to"),
        ("bullet", "learn"),
        ("bullet", "teach"),
        ("paragraph", "Step I: scoring"),
        ("bullet", "one"),
        ("heading", "Method"),
        ("paragraph", "We asked."),
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("It is mixed up with anti-", "democratic views.", "It is mixed up with anti-democratic views."),
        (
            "They feel accepted. This is",
            "important because it helps.",
            "They feel accepted. This is important because it helps.",
        ),
        ("Services such as the", "Police Academy help.", "Services such as the Police Academy help."),
    ],
)
def test_a_paragraph_that_the_page_end_cut_is_whole_again(raw_of: Make, first: str, second: str, whole: str) -> None:
    raw = raw_of(f"1. One\n\n{first}\n\n¹ See https://example.org/a", f"{second}\n\nAnother paragraph.")
    (block,) = [b for b in take_apart(raw).blocks if b.text == whole]
    assert block.run is not None
    assert [f.page for f in block.run.fragments] == [1, 2]


def test_a_heading_at_the_foot_of_a_page_is_not_joined(raw_of: Make) -> None:
    raw = raw_of("1. One\n\nText ends here.\n\nBrussels: closing the gap", "Whenever police are late, it is late.")
    assert ("heading", "Brussels: closing the gap") in kinds(raw)


def test_footnotes_are_taken_out_with_the_addresses_beside_them(raw_of: Make) -> None:
    raw = raw_of("1. One\n\nA claim.¹\n\nhttps://example.org/a_b\n\n¹ United Nations, Annex,", "Go on.")
    layout = take_apart(raw)
    (note,) = layout.notes
    assert (note.label, note.page, note.pieces) == ("1", 1, ("United Nations, Annex,", "https://example.org/a_b"))
    assert [b.text for b in layout.blocks] == ["One", "A claim.", "Go on."]


def test_an_address_without_footnotes_stays_where_it_stands(raw_of: Make) -> None:
    texts = [b.text for b in take_apart(raw_of("1. One\n\nSee\n\nhttps://example.org\n\nor ask us.")).blocks]
    assert texts.index("https://example.org") < texts.index("or ask us.")


def test_rows_cut_by_a_page_end_are_rejoined_cell_by_cell(raw_of: Make) -> None:
    raw = raw_of(
        "Tool/ practice\tDescription\nToolbox\tIt supports local",
        "\tcooperation in the field.\nCalm Street\tA project.",
    )
    (table,) = [b for b in take_apart(raw).blocks if b.kind is Kind.TABLE]
    assert table.header is not None
    assert table.header.words(1) == "Description"
    assert [(r.words(0), r.words(1)) for r in table.rows] == [
        ("Toolbox", "It supports local cooperation in the field."),
        ("Calm Street", "A project."),
    ]
    cell = table.rows[0].cells[1]
    assert cell is not None
    assert (cell.page, cell.page_end) == (1, 2)


def test_a_table_that_repeats_its_header_and_rows_over_a_page_is_one(raw_of: Make) -> None:
    raw = raw_of("City\tCountry\nVienna\tAustria\nLyon\tFrance", "City\tCountry\nVienna\tAustria\nLisbon\tPortugal")
    (table,) = take_apart(raw).blocks
    assert [r.words(0) for r in table.rows] == ["Vienna", "Lyon", "Lisbon"]


def test_the_table_of_contents_is_left_out(raw_of: Make) -> None:
    raw = raw_of("Contents\n\n1. One\t3\n1.1 Two\t4\n\tExtremism\t20", "1. One\n\nText.", "More text.")
    layout = take_apart(raw)
    assert [b.text for b in layout.blocks] == ["One", "Text.", "More text."]
    assert [(w.page, w.message) for w in layout.warnings] == [(1, "table of contents on page 1 left out")]


def test_cover_lines_are_no_headings(raw_of: Make) -> None:
    raw = raw_of("D 2.2\n\nReport on tools\n\nPublic", "1. One\n\nText.")
    assert [b.kind for b in take_apart(raw).blocks] == [
        Kind.COVER,
        Kind.COVER,
        Kind.COVER,
        Kind.HEADING,
        Kind.PARAGRAPH,
    ]


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (["1. One", "1.1 Two", "1.1.1 Three", "2 Four"], ["1", "1.1", "1.1.1", "2"]),
        (["1 One", "4.2Tools"], ["1", None]),
        (["4.2Tools"], [None]),
        (["1. One", "18 municipal authorities", "2. Two"], ["1", None, "2"]),
        (["1. One", "57% of strategies", "1. One again"], ["1", None, None]),
        (["1. One", "1.2 Skips one", "1.5 Skips too many"], ["1", "1.2", None]),
        (["2. Starts late"], [None]),
    ],
)
def test_numbers_are_headings_where_they_are_due(lines: list[str], numbers: list[str | None]) -> None:
    due = HeadingNumbers()
    assert [due.split(line)[0] for line in lines] == numbers


def test_numbers_may_be_missing_where_the_source_marks_headings() -> None:
    due = HeadingNumbers()
    assert due.split("3.1.2 Productivity", sure=True) == ("3.1.2", "Productivity")
    assert due.split("0 Unitary", sure=True)[0] is None
