"""Words, stems and quotes: what is cut from a page of D2.2 is found on it again, however it was copied."""

import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.text import content_stems, find_quote, fold, parts_of, slug, squash, stem, stems_of, words
from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus_ingest.understand import Understood

PRINTED = (ROOT / "corpus" / "icarus-d2.2.txt").read_text(encoding="utf-8")
PAGES = [part for part in PRINTED.split("\n\n\n\n") if sum(map(str.isalpha, part)) > 200]


def has_words(quote: str) -> bool:
    return len(squash(quote)) > 0


@st.composite
def pages_and_quotes(draw: st.DrawFn) -> tuple[str, str]:
    """A page as printed and some words of it that follow each other."""
    page = draw(st.sampled_from(PAGES))
    spans = [match.span() for match in re.finditer(r"\S+", page)]
    first = draw(st.integers(0, len(spans) - 1))
    last = draw(st.integers(first, min(len(spans) - 1, first + 80)))
    return page, page[spans[first][0] : spans[last][1]]


class TestFold:
    def test_case_accents_and_spaces_do_not_count(self) -> None:
        assert fold("  Málaga\u00a0and\tLIÈGE ") == "malaga and liege"

    def test_a_german_sharp_s_is_two(self) -> None:
        assert fold("Straße") == "strasse"

    @pytest.mark.parametrize("hyphen", "‐‑‒–—")
    def test_all_hyphens_are_one(self, hyphen: str) -> None:
        assert fold(f"co{hyphen}production") == "co-production"

    def test_mark_up_is_not_text(self) -> None:
        assert fold("<u>DARE</u> and <i>convivencia</i>") == "dare and convivencia"

    @given(st.text())
    def test_folding_twice_changes_nothing_more(self, text: str) -> None:
        assert fold(fold(text)) == fold(text)


class TestSquash:
    def test_only_letters_and_digits_are_left(self) -> None:
        assert squash("City.Risks – 10 «Rules»") == "cityrisks10rules"

    def test_footnote_signs_are_no_digits(self) -> None:
        assert squash("The Behaviour Barometer² is an education tool") == squash(
            "The Behaviour Barometer is an education tool"
        )
        assert squash("their assessments. $^{17}$Almost half") == squash("their assessments. Almost half")

    def test_mark_up_remnants_are_set_aside(self) -> None:
        assert squash("The <u>Cutting Crime Impact</u> project") == "thecuttingcrimeimpactproject"

    def test_ligatures_are_their_letters(self) -> None:
        assert squash("ﬁnancial oﬀenders") == "financialoffenders"


class TestFindQuote:
    def test_it_gives_the_place_on_the_page(self) -> None:
        page = "Since 2013, the municipality of Vilvoorde has been organising regular meetings."
        assert find_quote(page, "the municipality of Vilvoorde") == (12, 41)

    def test_a_quote_that_the_page_breaks_is_found(self) -> None:
        page = "information-sharing and community partici-\npation can greatly contribute"
        found = find_quote(page, "community participation can")
        assert found is not None
        assert page[slice(*found)] == "community partici-\npation can"

    def test_a_changed_digit_is_another_text(self) -> None:
        page = "More than 76,000 individuals have been signalled to the authorities"
        assert find_quote(page, "More than 76,000 individuals")
        assert find_quote(page, "More than 75,000 individuals") is None

    def test_a_left_out_word_is_another_text(self) -> None:
        page = "Closed and private groups and pages are not included in this analysis."
        assert find_quote(page, "groups and pages are included in this analysis") is None

    @pytest.mark.parametrize("quote", ["", "   ", "…", "—"])
    def test_what_holds_no_word_is_nowhere(self, quote: str) -> None:
        assert find_quote("a page", quote) is None

    def test_a_footnote_sign_inside_does_not_hide_a_quote(self) -> None:
        page = "Nordic Safe Cities has launched the *Nordic Pioneers Award*.³ Each year, the board"
        assert find_quote(page, "the Nordic Pioneers Award. Each year")

    @given(pages_and_quotes())
    def test_what_is_cut_from_a_page_is_found_again(self, cut: tuple[str, str]) -> None:
        page, quote = cut
        found = find_quote(page, quote)
        assert (found is not None) == has_words(quote)
        if found:
            assert squash(page[slice(*found)]) == squash(quote)

    @given(pages_and_quotes(), st.sampled_from(["\n", "\r\n", " \t\r \u00a0", "\u200b ", "  "]))
    def test_other_line_ends_and_spaces_do_not_matter(self, cut: tuple[str, str], space: str) -> None:
        page, quote = cut
        assert (find_quote(page, quote.replace(" ", space)) is not None) == has_words(quote)

    @given(pages_and_quotes(), st.sampled_from(["", "\u00ad", "‐", "-\n", "–"]))
    def test_other_hyphens_do_not_matter(self, cut: tuple[str, str], hyphen: str) -> None:
        page, quote = cut
        assert (find_quote(page, quote.replace("-", hyphen)) is not None) == has_words(quote)

    @given(pages_and_quotes())
    def test_other_marks_do_not_matter(self, cut: tuple[str, str]) -> None:
        page, quote = cut
        other = quote.replace("'", "’").replace('"', "”").replace(",", "").replace(".", " …").replace("(", "[")
        assert (find_quote(page, other) is not None) == has_words(quote)

    @given(pages_and_quotes())
    def test_composed_and_decomposed_letters_are_the_same(self, cut: tuple[str, str]) -> None:
        page, quote = cut
        assert (find_quote(page, unicodedata.normalize("NFD", quote)) is not None) == has_words(quote)

    @given(st.text(max_size=80), st.text(max_size=40))
    def test_whatever_is_asked_the_place_is_inside_the_page(self, page: str, quote: str) -> None:
        found = find_quote(page, quote)
        if found:
            assert 0 <= found[0] < found[1] <= len(page)


class TestWords:
    def test_names_with_marks_inside_are_one_word(self) -> None:
        assert words("E4J, MEDI@4SEC and City.Risks") == ["e4j", "medi@4sec", "and", "city.risks"]

    def test_a_genitive_is_the_word_itself(self) -> None:
        assert words("Malmö's “streets”") == ["malmo", "streets"]

    def test_typographic_apostrophes_are_plain_ones(self) -> None:
        assert words("l’Hospitalet") == words("l'Hospitalet")

    def test_parts_of_a_hyphenated_word(self) -> None:
        assert parts_of("right-wing") == ["right-wing", "right", "wing"]
        assert parts_of("villa") == ["villa"]


class TestStems:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("radicalisation", "radicalization"),
            ("organised", "organized"),
            ("neighbourhood", "neighborhood"),
            ("behaviour", "behavior"),
            ("evaluating", "evaluated"),
            ("cities", "city"),
        ],
    )
    def test_forms_and_spellings_of_one_word_share_a_stem(self, one: str, other: str) -> None:
        assert stem(one) == stem(other)

    def test_words_of_different_things_do_not(self) -> None:
        assert stem("police") != stem("policy")

    def test_stop_words_carry_no_topic(self) -> None:
        assert content_stems("What is it about, and who is it for?") == []

    def test_hyphenated_words_count_by_their_parts_too(self) -> None:
        assert set(stems_of(["self-assessment", "self", "assessment"])) == set(content_stems("self-assessment"))

    def test_figures_count(self) -> None:
        assert content_stems("the 9 parameters") == ["9", stem("parameters")]


class TestSlug:
    def test_it_is_readable(self) -> None:
        assert slug('City of Vienna: "SAM" – mobile social work') == "city-of-vienna-sam-mobile-social-work"

    def test_it_is_cut_at_the_end_of_a_word(self) -> None:
        assert slug("Third European Union Handbook on the Administrative Approach", 40) == (
            "third-european-union-handbook-on-the"
        )

    @given(st.text(), st.integers(1, 60))
    def test_it_is_plain_and_short_whatever_the_text(self, text: str, limit: int) -> None:
        made = slug(text, limit)
        assert len(made) <= limit
        assert all(c.isascii() and (c.isalnum() or c == "-") for c in made)


def test_every_sentence_that_ingestion_cuts_stands_on_its_page(understood: "Understood") -> None:
    texts = {page.number: page.text for page in understood.pages}
    parts = [part for passage in understood.passages for s in passage.sentences for part in s.parts]
    assert len(parts) > 1000
    assert [(page, cut) for page, cut in parts if find_quote(texts[page], cut) is None] == []
