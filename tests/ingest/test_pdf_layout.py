"""What real deliverables do to a page's layout, each in the smallest PDF that does it."""

from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, NameObject, NumberObject

from icarus_ingest.blocks import take_apart
from icarus_ingest.contents import contents_pages
from icarus_ingest.corpus import Source
from icarus_ingest.model import Kind, RawDocument
from icarus_ingest.reading import read as read_source
from tests.ingest.pdf_maker import BODY, DOCUMENT, Words, lines, read, texts, write_pdf


def headings(raw: RawDocument) -> list[tuple[str | None, str]]:
    return [(b.number, b.text) for b in take_apart(raw).blocks if b.kind is Kind.HEADING]


def test_a_page_number_is_not_joined_to_the_footnote_above_it(tmp_path: Path) -> None:
    subjects = ("towns", "harbours", "schools", "parks")
    pages = [
        [
            Words(70, 730, "Deliverable 6.7 - v.3"),
            *lines([f"and so on about {s}, for this page goes on with the one before it."], top=716),
            Words(70, 72, f"4 The {s} of Europe", 8),
            Words(300, 61, str(n), 8),
        ]
        for n, s in enumerate(subjects, start=7)
    ]
    raw = read(write_pdf(tmp_path / "doc.pdf", pages))
    assert texts(raw)[0].split("\n\n") == [
        "and so on about towns, for this page goes on with the one before it.",
        "The towns of Europe",
    ]
    assert [note.pieces for note in take_apart(raw).notes] == [(f"The {s} of Europe",) for s in subjects]


def test_a_line_that_repeats_at_other_heights_is_no_header(tmp_path: Path) -> None:
    tops = (760, 700, 640, 580, 520)
    pages = [[Words(70, top, "Description"), *lines(BODY[:1], top=top - 40)] for top in tops]
    assert all(text.startswith("Description") for text in texts(read(write_pdf(tmp_path / "doc.pdf", pages))))


def test_a_scan_with_a_stamp_on_each_page_is_warned_of(tmp_path: Path) -> None:
    stamp = Words(200, 20, "Proactively released by the Police")
    words = ("one", "two", "three", "four", "five", "six")
    pages = [
        [*(lines([f"Page {word} is about {word} of the many things there are."]) if n < 4 else []), stamp]
        for n, word in enumerate(words)
    ]
    raw = read(write_pdf(tmp_path / "doc.pdf", pages))
    assert [(w.page, w.message) for w in raw.warnings] == [(5, "no text on this page"), (6, "no text on this page")]


def test_footnotes_on_lines_that_follow_each_other_are_told_apart(tmp_path: Path) -> None:
    notes = [
        w for n in (1, 2, 3) for w in (Words(70, 105 - 11 * n, str(n), 5), Words(75, 102 - 11 * n, "See a page", 8))
    ]
    layout = take_apart(read(write_pdf(tmp_path / "doc.pdf", [[*lines([*BODY] * 3), *notes]])))
    assert [(n.label, n.pieces) for n in layout.notes] == [(str(n), ("See a page",)) for n in (1, 2, 3)]


def test_a_high_mark_stays_on_its_line(tmp_path: Path) -> None:
    page = [Words(70, 700, "They obey the laws", 12), Words(174, 705.6, "1", 7.9), Words(182, 700, "of the land.", 12)]
    (block,) = take_apart(read(write_pdf(tmp_path / "doc.pdf", [page]))).blocks
    assert block.run is not None
    assert (block.text, [m.label for m in block.run.marks]) == ("They obey the laws of the land.", ["1"])


def test_a_small_caption_beside_the_text_has_no_footnote_mark(tmp_path: Path) -> None:
    page = [Words(70, 700, "Reports of the year provide"), Words(300, 703, "Figure", 7), Words(323, 703, "1", 7)]
    assert "Figure 1" in texts(read(write_pdf(tmp_path / "doc.pdf", [page])))[0]


def test_a_word_shown_in_pieces_is_mended_where_the_document_has_it_whole(tmp_path: Path) -> None:
    page = [
        *lines(["The documentation is here, and so is the main part."]),
        *(Words(x, 650, text) for x, text in ((70, "do"), (87, "cumentation"), (150, "main"), (178, "part"))),
    ]
    (text,) = texts(read(write_pdf(tmp_path / "doc.pdf", [page])))
    assert text.split("\n\n")[1] == "documentation main part"


def test_letters_set_wide_are_no_words_where_spaces_are_shown(tmp_path: Path) -> None:
    # Between 'askin' and 'g' stand 2.5 points, a shown space has 3.06: the page needs no guessing.
    shown = [Words(460, 685.7, " "), Words(460, 657.1, " ")]
    page = [*lines([*BODY] * 2), *shown, Words(70, 600, "We are askin"), Words(136.7, 600, "g for more of it now")]
    (text,) = texts(read(write_pdf(tmp_path / "doc.pdf", [page])))
    assert text.endswith("We are asking for more of it now")


def test_long_names_beside_longer_descriptions_are_no_columns_of_prose(tmp_path: Path) -> None:
    page = []
    for n in range(10):
        page.append(Words(70, 780 - 52 * n, f"Name of the tool number {n}"))
        page += lines([f"what tool {n} does, line {k} of the three" for k in range(3)], x=300, top=780 - 52 * n)
    (text,) = texts(read(write_pdf(tmp_path / "doc.pdf", [page])))
    assert text.index("Name of the tool number 1") > text.index("what tool 0 does")


@pytest.mark.parametrize("sign", ["•", "-", "1.", "a)"])
def test_a_list_is_no_table(tmp_path: Path, sign: str) -> None:
    page = [
        w for n in range(4) for w in (Words(70, 700 - 14 * n, sign), Words(88, 700 - 14 * n, f"item number {n} of it"))
    ]
    raw = read(write_pdf(tmp_path / "doc.pdf", [page]))
    assert [line.text for line in raw.pages[0].lines] == [f"{sign} item number {n} of it" for n in range(4)]


def test_contents_with_leaders_are_text_and_left_out(tmp_path: Path) -> None:
    entries = ["1 Introduction", "1.1 Purpose of the work", "2 Conclusion"]
    contents = [
        Words(70, 760, "Table of Contents", 16),
        *lines([f"{e} {'.' * 90} {n}" for n, e in enumerate(entries, 2)]),
    ]
    raw = read(write_pdf(tmp_path / "doc.pdf", [contents, lines(BODY), lines(BODY[::-1])]))
    assert raw.warnings == ()
    assert [line.text.split(" .")[0] for line in raw.pages[0].lines[1:]] == entries
    assert contents_pages(raw.pages) == {1}


def test_a_numbered_item_is_no_chapter_where_the_letters_tell_chapters(tmp_path: Path) -> None:
    page = [
        Words(70, 760, "1 Introduction", 16),
        *lines(["2. Create a project", BODY[0]], top=730),
        Words(70, 660, "2 Methods", 16),
        *lines(BODY, top=630),
    ]
    assert headings(read(write_pdf(tmp_path / "doc.pdf", [page]))) == [("1", "Introduction"), ("2", "Methods")]


def test_a_heading_whose_second_line_begins_with_digits_is_one(tmp_path: Path) -> None:
    page = [Words(70, 760, "Nomenclature of Units, version", 16), Words(70, 741, "2013 (NUTS 2013)", 16), *lines(BODY)]
    assert headings(read(write_pdf(tmp_path / "doc.pdf", [page, lines(BODY)])))[0][1] == (
        "Nomenclature of Units, version 2013 (NUTS 2013)"
    )


def test_the_bold_beginning_of_a_sentence_is_no_heading(tmp_path: Path) -> None:
    page = [
        Words(70, 760, "Validation metric 2.1: To", bold=True),
        *lines(["decrease the effort.", *BODY * 4], top=746),
    ]
    raw = read(write_pdf(tmp_path / "doc.pdf", [page]))
    assert headings(raw) == []
    assert texts(raw)[0].startswith("Validation metric 2.1: To decrease the effort.")


def test_an_address_in_large_letters_is_no_heading(tmp_path: Path) -> None:
    page = [*lines(BODY * 4), Words(70, 500, "Contact: desk@project.eu", 16), Words(70, 470, "www.project.eu", 16)]
    assert headings(read(write_pdf(tmp_path / "doc.pdf", [page]))) == []


def test_a_bold_row_of_cells_is_no_heading(tmp_path: Path) -> None:
    row = [Words(x, 600, text, bold=True) for x, text in ((70, "Metric"), (300, "Value"))]
    assert headings(read(write_pdf(tmp_path / "doc.pdf", [[*lines(BODY * 4), *row]]))) == []


def test_the_title_is_the_largest_of_the_first_page_in_one_piece(tmp_path: Path) -> None:
    cover = [
        Words(70, 760, "D7.1", 30),
        Words(70, 700, "Survey of code lists,", 20),
        Words(70, 676, "their use and misuse", 20),
        Words(70, 600, "Lead partner", 14),
    ]
    path = write_pdf(tmp_path / "doc.pdf", [cover, [Words(70, 760, "Table of contents of this", 28), *lines(BODY * 4)]])
    raw = read_source(Source(path, DOCUMENT, listed=False))
    assert raw.document.title == "Survey of code lists, their use and misuse"


def test_bookmarks_that_give_page_numbers_are_followed(tmp_path: Path) -> None:
    pages = [lines(["Opening words", *BODY]), lines(["Aims of the project", *BODY])]
    writer = pypdf.PdfWriter(write_pdf(tmp_path / "plain.pdf", pages))
    writer.add_outline_item(title="Aims of the project", page_number=1)
    first = writer.get_outline_root().raw_get("/First").get_object()
    first[NameObject("/Dest")] = ArrayObject([NumberObject(1), NameObject("/Fit")])
    writer.write(tmp_path / "doc.pdf")
    assert headings(read(tmp_path / "doc.pdf")) == [(None, "Aims of the project")]


@pytest.mark.parametrize("pitch", [13, 24])
def test_rows_of_one_line_each_are_told_apart_at_any_distance(tmp_path: Path, pitch: int) -> None:
    rows = [
        ("Full Title", "Flow code list"),
        ("Scope", "International"),
        ("Link", "See the registry"),
        ("Usage", "Flow"),
    ]
    page = [Words(x, 700 - pitch * n, row[i]) for n, row in enumerate(rows) for i, x in enumerate((70, 220))]
    raw = read(write_pdf(tmp_path / "doc.pdf", [page]))
    assert [line.text for line in raw.pages[0].lines] == ["\t".join(row) for row in rows]


def test_cells_that_wrap_together_are_one_row(tmp_path: Path) -> None:
    rows = [
        ("Media through which it is", "Information system for"),
        ("available", "public procurement"),
        ("Link", "None"),
    ]
    page = [Words(x, 700 - 13 * n, row[i]) for n, row in enumerate(rows) for i, x in enumerate((70, 260))]
    raw = read(write_pdf(tmp_path / "doc.pdf", [page]))
    assert (
        raw.pages[0].lines[0].text == "Media through which it is available\tInformation system for public procurement"
    )
