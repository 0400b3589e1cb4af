"""A model's text in pieces becomes sentences without markers and mark-up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.answer.sentences import Sentences, Worded


def taken(text: str, step: int = 3) -> list[Worded]:
    sentences = Sentences()
    found = [s for start in range(0, len(text), step) for s in sentences.feed(text[start : start + step])]
    return found + sentences.last()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is one. [1] It is two [2].", [("It is one.", (1,)), ("It is two.", (2,))]),
        ("It costs 3.5 million, e.g. in St. Pauli [1, 3]. Next [2]!", [
            ("It costs 3.5 million, e.g. in St. Pauli.", (1, 3)), ("Next!", (2,))]),
        ("Said so 【2†source】. And so (Passage 3). End [4]", [("Said so.", (2,)), ("And so.", (3,)), ("End", (4,))]),
        ("## Answer\n- **One** thing [1].\n2. Another [2].", [("One thing.", (1,)), ("Another.", (2,))]),
        ("<think>Secret. [9] Plan.</think>Open [1].", [("Open.", (1,))]),
        ("<think>It never ends. Not at all.", []),
        ("![x](http://evil.example/a) <script>x()</script> Hi.", [
            ("! x (http://evil.example/a) x() Hi.", ())]),
        ("Ze\u200bro \u202eand\x00 more.", [("Zero and more.", ())]),
        ("", []),
        (" [1] [2] ...", []),
    ],
)  # fmt: skip
def test_a_text_is_taken_apart(text: str, told: list[tuple[str, tuple[int, ...]]]) -> None:
    for step in (1, 4, 1000):
        assert taken(text, step) == [Worded(*expected) for expected in told]


def test_a_sentence_is_given_when_the_next_begins() -> None:
    sentences = Sentences()
    assert sentences.feed("It is one. [1]") == []
    assert sentences.feed(" I") == [Worded("It is one.", (1,))]


def test_a_text_without_an_end_is_cut() -> None:
    sentences = Sentences()
    assert sum(len(sentences.feed("and ")) for _ in range(2000)) == 3


@given(st.text(), st.integers(1, 20))
def test_no_text_breaks_it(text: str, step: int) -> None:
    for sentence in taken(text, step):
        assert not set(sentence.text) & set("[]*_`#<>\\\u200b\x00\n")
