"""Pages that quotes are checked against."""

from pathlib import Path

from icarus.records import Document, Page
from icarus_evals.page_texts import PageTexts, split_pages


def test_the_checkpoints_of_d22(pages: PageTexts) -> None:
    for heading, page in (
        ("4.3.3 Evaluation tools", 36),
        ("5.2 Concepts and approaches", 50),
        ("6. Lessons learned", 62),
    ):
        assert pages.holds_word_for_word("icarus-d2.2", page, page, heading)
        assert not pages.holds_word_for_word("icarus-d2.2", page + 1, page + 1, heading)


def test_a_part_that_holds_only_a_footnote_belongs_to_the_page_before() -> None:
    text = "info@x\nOne\n\n\n\n¹ See this.\n\n\n\ninfo@x\nTwo"
    assert {n: " ".join(t.split()) for n, t in split_pages(text).items()} == {
        1: "One ¹ See this.",
        2: "Two",
    }


def test_a_sentence_that_runs_over_a_page_is_whole_whatever_header_is_printed_there() -> None:
    text = "Harbours D1\nIt is\n\n\n\nHarbours D1\nopen. It was\n\n\n\nHarbours D1\nclosed."
    pages = PageTexts({"d": split_pages(text)})
    assert pages.holds_word_for_word("d", 1, 2, "It is open.")
    assert pages.holds_word_for_word("d", 2, 3, "It was closed.")


def test_a_quote_may_run_over_pages_and_must_not_be_empty() -> None:
    pages = PageTexts({"d": {1: "It began", 2: "in 1995."}})
    assert pages.holds_word_for_word("d", 1, 2, "began in 1995")
    assert not pages.holds_word_for_word("d", 1, 1, "began in 1995")
    assert not pages.holds_word_for_word("d", 1, 2, "")
    assert not pages.holds_word_for_word("other", 1, 2, "began")


def test_a_document_that_is_not_plain_text_is_read_from_the_index(tmp_path: Path) -> None:
    document = Document(id="p", title="P", source="p.pdf", pages=2)
    (tmp_path / "p.pdf").write_bytes(b"%PDF-")
    held = {("p", 1): "First page.", ("p", 2): "Second."}

    def index_page(document: str, number: int) -> Page | None:
        text = held.get((document, number))
        return Page(document=document, number=number, text=text) if text else None

    pages = PageTexts.of([document], tmp_path, index_page)
    assert pages.pages(document) == [(1, "First page."), (2, "Second.")]
    assert pages.holds_word_for_word("p", 1, 1, "first page")
    assert not pages.holds_word_for_word("p", 3, 3, "first page")
