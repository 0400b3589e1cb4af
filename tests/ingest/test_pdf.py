from pathlib import Path

import pytest

from benchmark_pdfs import measured
from icarus.errors import UnreadableFileError
from icarus_ingest import pdf
from icarus_ingest.blocks import take_apart
from icarus_ingest.model import Kind
from tests.ingest.pdf_maker import BODY, Words, lines, read, texts, write_pdf


def test_lines_of_a_paragraph_are_joined(tmp_path: Path) -> None:
    raw = read(write_pdf(tmp_path / "doc.pdf", [lines(BODY)]))
    assert texts(raw) == [" ".join(BODY)]


def test_hyphens_at_line_ends_are_mended_by_the_words_of_the_document(tmp_path: Path) -> None:
    page = lines(
        [
            "The cooperation of the police with all of the young people of the towns is coopera-",
            "tion, and the multi-stakeholder approach of the project is a very good multi-",
            "stakeholder one.",
        ]
    )
    (text,) = texts(read(write_pdf(tmp_path / "doc.pdf", [page])))
    assert "is cooperation, and" in text
    assert "good multi-stakeholder one." in text


def test_headings_are_told_by_size_and_weight(tmp_path: Path) -> None:
    page = [
        Words(70, 760, "A Report on Towns", 24),
        Words(70, 720, "1 Introduction", 16),
        *lines(BODY, top=690),
        Words(70, 640, "Aims of the project", 11, bold=True),
        *lines(BODY, top=610),
    ]
    layout = take_apart(read(write_pdf(tmp_path / "doc.pdf", [page])))
    headings = [(b.number, b.text, b.rank) for b in layout.blocks if b.kind is Kind.HEADING]
    assert headings == [(None, "A Report on Towns", 1), ("1", "Introduction", 2), (None, "Aims of the project", 3)]


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"left column, line number {n} of twelve" for n in range(12)]
    right = [f"right column, line number {n} of twelve" for n in range(12)]
    page = [w for pair in zip(lines(left, 60), lines(right, 320), strict=True) for w in pair]
    (text,) = texts(read(write_pdf(tmp_path / "doc.pdf", [page])))
    assert text == " ".join([*left, *right])


def test_table_rows_keep_their_cells(tmp_path: Path) -> None:
    rows = [
        (700, "Tool", "Description"),
        (680, "Calm Street", "A project that began in the year 1995"),
        (666, "", "and trains young people as guardians."),
        (646, "Hayat", "Counselling for families."),
    ]
    page = [Words(x, y, text) for y, *cells in rows for x, text in zip((70, 220), cells, strict=True) if text]
    (text,) = texts(read(write_pdf(tmp_path / "doc.pdf", [page])))
    assert text.split("\n\n") == [
        "Tool\tDescription",
        "Calm Street\tA project that began in the year 1995 and trains young people as guardians.",
        "Hayat\tCounselling for families.",
    ]


def test_raised_small_digits_are_footnote_marks(tmp_path: Path) -> None:
    page = [
        Words(70, 700, "The project ended"),
        Words(160, 704, "3", 6),
        Words(170, 700, "and was praised."),
        *lines(BODY, top=660),
        Words(70, 83, "3", 5),
        Words(75, 80, "See https://example.org/report for more of it.", 8),
    ]
    layout = take_apart(read(write_pdf(tmp_path / "doc.pdf", [page])))
    assert layout.blocks[0].text.startswith("The project ended and was praised.")
    assert [m.label for m in layout.blocks[0].run.marks] == ["3"] if layout.blocks[0].run else False
    assert [(n.label, n.pieces) for n in layout.notes] == [("3", ("See https://example.org/report for more of it.",))]


def test_running_headers_and_page_numbers_go(tmp_path: Path) -> None:
    subjects = ("towns", "harbours", "schools", "parks")
    pages = [
        [
            Words(70, 800, "Deliverable 2.2 of the project"),
            *lines([f"This page is about {s}, and {s} are what all of its words are about."]),
            Words(300, 30, str(n)),
        ]
        for n, s in enumerate(subjects, start=1)
    ]
    expected = [f"This page is about {s}, and {s} are what all of its words are about." for s in subjects]
    raw = read(write_pdf(tmp_path / "doc.pdf", pages))
    assert texts(raw) == expected
    assert raw.document.running == ("Deliverable 2.2 of the project",)


def test_a_footer_is_one_though_it_stands_higher_on_the_cover(tmp_path: Path) -> None:
    footer = "The most current version of this paper is that of the project's page"
    cover = [Words(70, 700, "A paper on harbours", 20), Words(70, 60, footer)]
    pages = [
        [
            *lines(
                [f"This page is about {s}, and {s} are what all of its words are about. {s.title()} are all it says."]
            ),
            Words(70, 30, f"{footer} {n}/4"),
        ]
        for n, s in enumerate(("towns", "schools", "parks"), start=2)
    ]
    assert texts(read(write_pdf(tmp_path / "doc.pdf", [cover, *pages])))[0] == "A paper on harbours"


def test_a_page_without_text_is_warned_of(tmp_path: Path) -> None:
    raw = read(write_pdf(tmp_path / "doc.pdf", [lines(BODY), [], lines(BODY)]))
    assert [(w.page, w.message) for w in raw.warnings] == [(2, "no text on this page")]
    assert [len(p.lines) for p in raw.pages] == [1, 0, 1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is empty"),
        (b"PK\x03\x04 word/document.xml", "it is no PDF but an office document or archive"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "a pointer of Git LFS"),
        (b"<!DOCTYPE html><html>", "it is no PDF but a web page"),
        (b"hello", "it is no PDF"),
        (b"%PDF-1.4\n%%EOF\n", "it is damaged"),
    ],
)
def test_what_is_no_pdf_is_refused_in_one_line(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "doc.pdf"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=reason) as refused:
        read(path)
    assert str(refused.value).startswith("doc.pdf cannot be read: ")
    assert "\n" not in str(refused.value)


def test_a_pdf_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="it holds no text"):
        read(write_pdf(tmp_path / "doc.pdf", [[]]))


def test_a_file_that_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "STALL_SECONDS", 0.01)
    with pytest.raises(UnreadableFileError, match="reading it takes too long"):
        read(write_pdf(tmp_path / "doc.pdf", [lines(BODY)]))


def test_a_bomb_of_operators_costs_no_more_than_its_limits(tmp_path: Path) -> None:
    bomb = b"\nBT /F1 1 Tf " + b"(a) Tj " * 600_000 + b"ET"
    raw = read(write_pdf(tmp_path / "doc.pdf", [lines(BODY), lines(["After the bomb."])], extra=bomb))
    assert texts(raw)[1] == "After the bomb."
    assert raw.warnings[0].page == 1
    assert raw.warnings[0].message.startswith("not read: ")


@pytest.mark.slow
def test_real_pdfs_go_in_with_the_headings_that_their_contents_name(shared_dir: Path) -> None:
    read_of = {"r02": 239, "r04": 36, "r06": 91, "r08": 11, "r10": 16, "r17": 9, "r18": 9, "r25": 8}
    most = {"r02": 300, "r04": 40, "r06": 155, "r08": 5, "r10": 45, "r17": 30, "r18": 55, "r25": 16}  # judged by eye
    named = set()
    for path in sorted((shared_dir / "pdfs" / "real").iterdir()):
        found, name = measured(path), path.name[:3]
        assert (found.refused, found.read) == ("", read_of[name]), name
        assert len(found.sections) <= most[name], name
        for on_page in (False, True) if found.expected else ():
            assert len(found.missed(on_page=on_page)) <= 0.1 * len(found.expected), name
            named.add(name)
    assert named == {"r02", "r04", "r06", "r08", "r10"}


def test_scans_among_pages_of_text_are_warned_of_one_by_one(shared_dir: Path) -> None:
    (path,) = (shared_dir / "pdfs" / "real").glob("r17_*")
    warnings = [(w.page, w.message) for w in read(path).warnings]
    scans = [2, 3, 5, 6, 7, 11, *range(15, 22)]
    assert warnings == [(page, "image without text: not read") for page in scans]


def test_figures_are_read_alike_whatever_else_is_installed(shared_dir: Path) -> None:
    """With fontTools, which comes along with tools for plots, pypdf took the 7 of this font for a footnote mark."""
    (path,) = (shared_dir / "pdfs" / "real").glob("r17_*")
    text = "\n".join(line.text for page in read(path).pages for line in page.lines)
    assert "Part 07 - Unlawful assembly and riot" in text
    assert "punishable by 7 years or more" in text
