import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus_ingest.marks import fold_characters, plain, set_aside


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("the *Calm Street* project", "the Calm Street project"),
        ("- **Surveillance:** spaces", "- Surveillance: spaces"),
        ("<u>DARE</u>", "DARE"),
        ("of LGTBQ* people and the LGTBQ* community", "of LGTBQ* people and the LGTBQ* community"),
        ("a *Teacher's Guide*⁵, which", "a Teacher's Guide, which"),
        (" $^{^{17}}$ The missing percentage", "The missing percentage"),
        ("communities they serve. ¹⁰ GVI is", "communities they serve. GVI is"),
        ('of all citizens" ¹⁶.', 'of all citizens".'),
        ("a * b * c", "a * b * c"),
        ("As laid down above, 14 this review", "As laid down above, 14 this review"),
    ],
)
def test_mark_up_and_footnote_marks_are_set_aside(printed: str, words: str) -> None:
    assert set_aside(printed, 1).text == words


def test_marks_keep_their_places() -> None:
    fragment = set_aside("The *Barometer*² is one. ³ Each year⁴", 7)
    assert fragment.text == "The Barometer is one. Each year"
    assert [(fragment.text[: m.offset], m.label) for m in fragment.marks] == [
        ("The Barometer", "2"),
        ("The Barometer is one.", "3"),
        ("The Barometer is one. Each year", "4"),
    ]


def test_cells_stay_apart() -> None:
    assert plain("<u>Hayat</u>\tHayat is *German*") == "Hayat\tHayat is German"


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("e\ufb03cient", "efficient"),
        ("co\u2010operate", "co-operate"),
        ("high-\u00ad\u2010level", "high-level"),
        ("word\u00ading", "wording"),
        ("a\u00a0b", "a b"),
        ("zero\u200bwidth", "zerowidth"),
        ("nul\x00", "nul"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("lone \ud800surrogate", "lone surrogate"),
        ("foot¹note", "foot¹note"),
    ],
)
def test_odd_characters_are_folded(raw: str, folded: str) -> None:
    assert fold_characters(raw) == folded


@given(st.text(alphabet="ab ¹²*/.,-\t", max_size=60))
def test_setting_aside_loses_no_letter_and_marks_lie_inside(text: str) -> None:
    """Of text without tags, which are looked at above: what a mark splits can look like one."""
    fragment = set_aside(text, 1)
    assert fragment.text.count("b") == text.count("b")
    assert all(0 <= m.offset <= len(fragment.text) for m in fragment.marks)
    assert set_aside(fragment.text, 1).text == fragment.text or "*" in text
