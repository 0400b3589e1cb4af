"""What letters stand for: asked for, and spelled out or not."""

import pytest

from icarus.abbreviation import letters_asked, spells_out


@pytest.mark.parametrize(
    ("question", "letters"),
    [
        ("What does GVI stand for?", "GVI"),
        ("What do the letters TENR stand for in the manual?", "TENR"),
        ("The letters B.C.F. on the extinguisher, what are they short for?", "B.C.F."),
        ("In '88 gegen rechts', what does the 88 stand for?", "88"),
        ("How many probes did the Parliament open in 2015, and what was written out in full?", ""),
        ("Which tools stand for youth work in the EU?", ""),
    ],
)
def test_it_is_heard_which_letters_a_question_wants_spelled_out(question: str, letters: str) -> None:
    assert letters_asked(question) == letters


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("The Group Violence Initiative (GVI) is a strategy.", "GVI"),
        ("four dimensions (Technological, Human, Organisational, Regulatory)", "THOR"),
        ("It works towards the Prevention of Violent Extremism.", "PVE"),
        ('The title PRODCOM comes from the French "PRODuction COMmunautaire".', "PRODCOM"),
        ("TENR: threat, exposure, necessity, response", "TENR"),
    ],
)
def test_a_text_spells_them_out(text: str, letters: str) -> None:
    assert spells_out(text, letters)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("The commander must consider the TENR assessment.", "TENR"),
        ("a B.C.F. chemical extinguisher", "B.C.F."),
        ("The campaign '88 gegen rechts' used posters.", "88"),
        ("evaluations of CVE and PVE programmes", "CVE"),
    ],
)
def test_letters_alone_do_not(text: str, letters: str) -> None:
    assert not spells_out(text, letters)
