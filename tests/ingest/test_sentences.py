import socket

import pytest

from icarus_ingest.model import Fragment, Run
from icarus_ingest.sentences import sentence_spans, sentences_of


@pytest.mark.parametrize(
    "sentences",
    [
        ["See e.g. the case of St. Denis.", "It was vast, i.e. long."],
        ["Seven partners (health, education, etc.) met.", "Then they left."],
        ["Row 5 (p. 19) says so.", "No. 7 does not."],
        ["It runs for youth under the age of 21.", "The project organises meetings."],
        ["Security: 1. identification; 2. investigation; 3. Increased complexity; and, lastly, 4. perception."],
        ["It is aimed at evaluators. (Rummens 2016)."],
        ["Do you agree?", "Yes!", "Good."],
        ["City.Risks is a tool.", "Safetipin.com is another."],
        ["Hate is online, e.g. on social media (eg. Facebook)."],
    ],
)
def test_sentences_end_where_they_end(sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_other_languages_have_their_own_abbreviations() -> None:
    text = "Das gilt z.B. für Wien. Es ist so."
    assert [text[a:b] for a, b in sentence_spans(text, "de")] == ["Das gilt z.B. für Wien.", "Es ist so."]


def test_a_sentence_over_a_page_end_knows_both_halves() -> None:
    run = Run((Fragment(20, "It starts here. Opinions are not anti-"), Fragment(21, "democratic views. Thus it ends.")))
    cut = sentences_of(run)
    assert [s.text for s in cut] == ["It starts here.", "Opinions are not anti-democratic views.", "Thus it ends."]
    assert cut[1].parts == ((20, "Opinions are not anti-"), (21, "democratic views."))


def test_cutting_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    assert len(sentence_spans("Una frase. Otra frase.", "es")) == 2
