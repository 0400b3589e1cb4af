import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus_ui.highlight import lines, pieces, quote_span
from tests.ui.material import OTHER_QUOTE, QUOTE, annex_page


def marked(text: str, *quotes: str) -> list[str]:
    return [piece.text for piece in pieces(text, quotes) if piece.marked]


@pytest.mark.parametrize("quote", [QUOTE, OTHER_QUOTE])
def test_a_quote_is_marked_whole_on_its_page_with_its_full_stop(quote: str) -> None:
    assert marked(annex_page(), quote) == [quote]


def test_two_quotes_are_marked_apart_and_overlapping_ones_as_one() -> None:
    assert marked(annex_page(), QUOTE, OTHER_QUOTE) == [OTHER_QUOTE, QUOTE]
    assert marked("one two three four", "one two three", "three four") == ["one two three four"]


def test_a_quote_that_is_not_there_marks_nothing() -> None:
    assert marked(annex_page(), "Calm Street costs two million euros a year.") == []


def test_of_a_quote_that_runs_over_a_page_end_each_page_marks_its_part() -> None:
    first, second = (
        "A study, a manual and factsheets combine academic",
        "research, good practices and expert knowledge.",
    )
    assert marked(f"Before. {first}", f"{first} {second}") == [first]
    assert marked(f"{second} After.", f"{first} {second}") == [second]


def test_a_few_common_words_are_no_part_of_a_quote() -> None:
    assert quote_span("The end of the page.", "The strategies of municipalities differ a lot from each other.") is None


def test_marks_run_over_line_ends_and_rows_keep_their_cells() -> None:
    shown = lines("Name\tOne two\nthree four\n\n- five", ["two three"])
    assert [line.bullet for line in shown] == [False, False, True]
    assert [[p.text for p in cell] for cell in shown[0].cells] == [["Name"], ["One ", "two"]]
    assert [[p.text for p in cell if p.marked] for cell in shown[1].cells] == [["three"]]
    assert shown[2].cells[0][0].text == "five"


def test_headings_are_known_by_their_words_whatever_their_number() -> None:
    shown = lines("4.1.1. Activity-related tools\nActivity-related tools are many.", [], {"Activity-related  tools"})
    assert [line.heading for line in shown] == [True, False]


@given(text=st.text(), quotes=st.lists(st.text(max_size=30), max_size=3))
def test_the_pieces_are_the_text(text: str, quotes: list[str]) -> None:
    assert "".join(piece.text for piece in pieces(text, quotes)) == text


@given(before=st.text(), quote=st.text(alphabet="abcdef ", min_size=3).filter(str.strip), after=st.text())
def test_every_quote_that_is_there_is_marked(before: str, quote: str, after: str) -> None:
    assert marked(f"{before} {quote} {after}", quote)
