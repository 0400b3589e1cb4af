from pathlib import Path

import pytest

from icarus.errors import UnreadableFileError
from icarus.records import Document
from icarus_ingest.blocks import page_text
from icarus_ingest.text_file import read_text

DOCUMENT = Document(id="doc", title="A report", source="doc.txt")
PROSE = "This page holds a paragraph of prose that is long enough to be told from the caption of a logo, and ends."


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "doc.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_pages_are_parted_by_gaps_and_running_headers_go(tmp_path: Path) -> None:
    bodies = [f"{word} page. {PROSE}" for word in ("First", "Second", "Third", "Fourth", "Fifth")]
    pages = "\n\n\n\n".join(f"mail@project.eu\n\n{body}" for body in bodies)
    raw = read_text(written(tmp_path, pages), DOCUMENT)
    assert [page_text(p) for p in raw.pages] == bodies
    assert raw.document.running == ("mail@project.eu",)


def test_pages_that_say_the_same_keep_their_words(tmp_path: Path) -> None:
    raw = read_text(written(tmp_path, "\n\n\n\n".join([PROSE] * 5)), DOCUMENT)
    assert [page_text(p) for p in raw.pages] == [PROSE] * 5


def test_form_feeds_part_pages_where_there_are_any(tmp_path: Path) -> None:
    raw = read_text(written(tmp_path, f"One.\n\n\n\n\nStill one.\f\f{PROSE}"), DOCUMENT)
    assert [p.number for p in raw.pages] == [1, 2, 3]
    assert "Still one." in page_text(raw.pages[0])
    assert [(w.page, w.message) for w in raw.warnings] == [(2, "no text on this page")]


@pytest.mark.parametrize(
    "note", ["¹⁰ https://example.org/note", " $^{^{17}}$ Missing data.", "https://example.org/a_b"]
)
def test_a_part_with_footnotes_only_belongs_to_the_page_before(tmp_path: Path, note: str) -> None:
    raw = read_text(written(tmp_path, f"{PROSE}\n\n\n\n{note}\n\n\n\n{PROSE}"), DOCUMENT)
    assert len(raw.pages) == 2
    assert len(raw.pages[0].lines) == 2


def test_captions_after_the_last_page_are_left_out_and_named(tmp_path: Path) -> None:
    raw = read_text(written(tmp_path, f"{PROSE}\n\n\n\nPARTNERS\n\n\n\nUniversity of X"), DOCUMENT)
    assert len(raw.pages) == 1
    (warning,) = raw.warnings
    assert "PARTNERS; University of X" in warning.message


def test_a_short_page_in_the_middle_is_a_page(tmp_path: Path) -> None:
    raw = read_text(written(tmp_path, f"{PROSE}\n\n\n\nPart two\n\n\n\n{PROSE}"), DOCUMENT)
    assert [page_text(p) for p in raw.pages] == [PROSE, "Part two", PROSE]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it holds no text"),
        (b" \n\n ", "it holds no text"),
        (b"\xef\xbb\xbf", "it holds no text"),
        (b"\x00" * 3000, "it is no text but a binary file"),
        (bytes(range(256)) * 40, "it is not UTF-8 text"),
        (b"\xff\xfe\xff", "it begins as UTF-16 but does not go on so"),
        (b"%PDF-1.7\n", "it is no text but a PDF: name it .pdf"),
        (b"PK\x03\x04word/document.xml", "it is no text but an office document or archive"),
        (b"\x89PNG\r\n\x1a\n", "it is no text but an image"),
        ("Ασφάλεια στις πόλεις".encode("iso-8859-7"), "it is not UTF-8 text: save it with that encoding"),
    ],
)
def test_files_that_hold_no_text_are_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "doc.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=reason) as refused:
        read_text(path, DOCUMENT)
    assert str(refused.value).startswith("doc.txt cannot be read: ")
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_text_is_read_in_whatever_encoding_it_gives_away(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "doc.txt"
    text = "Las ciudades de España y Köln: programas de prevención. Estos son los textos, y siguen así."
    path.write_bytes(text.encode(encoding))
    raw = read_text(path, DOCUMENT)
    assert page_text(raw.pages[0]) == text
    assumed = [w.message for w in raw.warnings]
    assert [("Windows-1252" in message) for message in assumed] == ([True] if encoding in {"cp1252", "latin-1"} else [])


def test_a_damaged_character_does_not_cost_the_file(tmp_path: Path) -> None:
    path = tmp_path / "doc.txt"
    path.write_bytes("Él llegó allá según él.".encode()[:-1] + b"\xff.")
    raw = read_text(path, DOCUMENT)
    assert page_text(raw.pages[0]).startswith("Él llegó allá según él")
    assert raw.warnings[0].message.startswith("1 of its characters are damaged")


def test_zeros_that_a_converter_left_are_dropped(tmp_path: Path) -> None:
    raw = read_text(written(tmp_path, PROSE.replace("paragraph", "para\x00graph")), DOCUMENT)
    assert page_text(raw.pages[0]) == PROSE


def test_a_file_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("icarus_ingest.text_file.MOST_BYTES", 10)
    with pytest.raises(UnreadableFileError, match=r"doc\.txt cannot be read: it is larger than"):
        read_text(written(tmp_path, PROSE), DOCUMENT)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"gone\.txt cannot be read"):
        read_text(tmp_path / "gone.txt", DOCUMENT)
