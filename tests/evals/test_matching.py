"""When two texts count as the same."""

import pytest

from icarus_evals.matching import holds, norm, squash, states, tool_key, without_markers


def test_marks_headers_and_markers_do_not_count() -> None:
    printed = "The *Calm  Street* project¹² info@icarus-innovation.eu is “new” – co- production [3] <u>here</u> [1, 2]"
    assert norm(printed) == 'the calm street project is "new" - co-production here'
    assert squash("Malmö: e-mail, A1!") == "malmoemaila1"


def test_a_quote_is_held_letter_for_letter_whatever_the_breaks() -> None:
    assert holds("They run the Tryghedsundersøg elsen survey.", "Tryghedsundersøgelsen")
    assert not holds("They run the survey.", "Tryghedsundersøgelsen")


def test_a_quote_is_held_with_four_fifths_of_its_trigrams() -> None:
    # 7 words make 5 trigrams; a changed last word spoils one of them, a changed middle word three.
    quote = "one two three four five six seven"
    assert holds("zero one two three four five six eight", quote)
    assert not holds("one two three new five six seven", quote)
    assert not holds("anything", "two words")


@pytest.mark.parametrize(
    ("text", "fact", "stated"),
    [
        ("There are twelve tools", "12", True),
        ("There are 12 tools", "twelve", True),
        ("It was 57 % of 170", "7", False),
        ("It was 57%", "57%", True),
        ("front-line workers", "front-line", True),
        ("They deconstruct it", "deconstruct", True),
        ("They deconstructed it", "deconstruct", True),
        ("a list of staff", "list", True),
        ("a listing", "list", False),
        ("The Tryghedsundersøg elsen of 2022", "Tryghedsundersøgelsen", True),
    ],
)
def test_a_fact_is_stated_as_words_of_its_own(text: str, fact: str, stated: bool) -> None:
    assert states(text, fact) is stated


def test_tools_are_known_by_letters_and_digits() -> None:
    assert tool_key("The House of Juvenile Law") == tool_key("House of Juvenile-Law")
    assert tool_key("City.Risks") == tool_key("City Risks") == "cityrisks"


def test_markers_and_emphasis_are_no_words_of_an_answer() -> None:
    assert without_markers("**Calm Street** helps [1][2, 3] youth.") == "Calm Street helps youth."
