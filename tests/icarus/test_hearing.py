"""What is heard of a text that somebody typed: the question that is there, and nothing else happens."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.errors import QuestionError
from icarus.hearing import heard

REAL = "How many languages do the SAM teams speak?"


class TestPlainQuestions:
    def test_a_question_is_heard_as_it_is(self) -> None:
        assert heard(REAL, 4000) == REAL

    def test_spaces_and_line_ends_are_one_space(self) -> None:
        assert heard("  Who made\r\n\tCalm   Street? \n", 4000) == "Who made Calm Street?"

    def test_umlauts_accents_and_other_scripts_stay(self) -> None:
        assert heard("Was macht Malmö? Τι είναι το SAM;", 4000) == "Was macht Malmö? Τι είναι το SAM;"

    def test_control_signs_go(self) -> None:
        assert heard("What\x00 is\x1b[31m BOUNCE\u200b\u202e?", 4000).startswith("What is")

    def test_mark_up_goes(self) -> None:
        assert heard("<script>alert(1)</script>What is <b>BOUNCE</b>?", 4000) == "alert(1) What is BOUNCE ?"

    def test_smaller_and_greater_are_not_mark_up(self) -> None:
        assert heard("Tools for youth of age > 12 and < 18?", 4000) == "Tools for youth of age > 12 and < 18?"


class TestNoQuestion:
    @pytest.mark.parametrize("text", ["", "   ", "\n\t", "???", "\x00\x07", "<br>", "\u200b\u200d", "!…—"])
    def test_nothing_is_no_question(self, text: str) -> None:
        with pytest.raises(QuestionError, match="The question is empty"):
            heard(text, 4000)

    def test_a_long_text_without_a_question_is_refused_in_one_sentence(self) -> None:
        with pytest.raises(QuestionError, match="5,000 characters long and holds no question") as caught:
            heard("a" * 5000, 4000)
        assert "\n" not in str(caught.value)


class TestLongTexts:
    def test_the_question_in_it_is_heard(self) -> None:
        noise = "Minutes of the meeting of the safety board. " * 120
        assert heard(f"{noise}{REAL} {noise}", 4000) == REAL

    def test_of_several_the_last_is_heard(self) -> None:
        noise = "Nothing here is asked. " * 250
        assert heard(f"Is this the first question? {noise} {REAL} {noise}", 4000) == REAL

    def test_a_question_longer_than_allowed_is_no_question(self) -> None:
        with pytest.raises(QuestionError):
            heard("why " * 2000 + "?", 4000)

    def test_a_text_of_just_the_length_is_heard_whole(self) -> None:
        assert heard("a" * 4000, 4000) == "a" * 4000


@given(st.text(max_size=300), st.integers(1, 200))
def test_any_text_is_heard_or_refused_in_words(text: str, longest: int) -> None:
    try:
        question = heard(text, longest)
    except QuestionError as error:
        assert str(error)
    else:
        assert 0 < len(question) <= longest
        assert any(c.isalnum() for c in question)
        assert not any(unicodedata.category(c)[0] == "C" for c in question)


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_read_as_text_do_no_harm(raw: bytes) -> None:
    for encoding in ("latin-1", "utf-8"):
        text = raw.decode(encoding, errors="surrogateescape" if encoding == "utf-8" else "strict")
        try:
            heard(text, 100).encode("utf-8")
        except QuestionError as error:
            assert str(error)
