import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from icarus_ui.markdown import blocks, render
from tests.ui.material import HOSTILE


def marker(n: int) -> Markup | None:
    return Markup("<button>{}</button>").format(n) if n in (1, 2) else None


def test_markers_become_buttons_and_cling_to_the_word_before() -> None:
    assert render("Ends here. [1] [2]", marker) == (
        '<p>Ends <span class="bound">here.\u00a0<button>1</button></span>'
        '<span class="bound">\u00a0<button>2</button></span></p>\n'
    )


def test_a_number_without_a_citation_stays_text() -> None:
    assert render("See [3] and [x].", marker) == "<p>See\u00a0[3] and [x].</p>\n"


def test_lists_and_bold_are_rendered() -> None:
    assert render("- **Calm Street** [1]\n- SAM", marker) == (
        '<ul>\n<li><strong>Calm Street</strong><span class="bound">\u00a0<button>1</button></span></li>\n'
        "<li>SAM</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "a*b*c",
        "snake_case_name",
        "_x_",
        "__x__",
        "[text](http://x.test)",
        "![alt](http://x.test/i.png)",
        "# no heading",
    ],
)
def test_other_markdown_is_shown_as_printed(text: str) -> None:
    assert render(text, marker) == f'<p class="own">{text}</p>\n'


def test_words_of_the_window_s_own_are_told_from_the_report_s() -> None:
    assert render("It does not say.\n\nIt says this. [1]", marker).count('class="own"') == 1
    assert render("- It says this. [1]", marker).count('class="own"') == 0


def test_a_bold_name_of_a_tool_is_linked_and_other_bold_words_are_not() -> None:
    shown = render("**Calm <Street>** and **bold**", marker, {"Calm <Street>": Markup("<b>link</b>")}.get)
    assert "<strong><b>link</b></strong> and <strong>bold</strong>" in shown


def test_cells_of_a_row_stay_apart() -> None:
    assert "Vienna\u2003Austria" in render("Vienna\tAustria [1]", marker)


def test_html_is_shown_as_text() -> None:
    shown = render(HOSTILE, marker)
    assert "&lt;script&gt;boom()&lt;/script&gt;" in shown
    assert "<script" not in shown
    assert "<img" not in shown
    assert "<a " not in shown


@given(st.text())
def test_nothing_but_the_few_known_tags_comes_out(text: str) -> None:
    tags = set(re.findall(r"</?([a-zA-Z!?][^\s>]*)", render(text, marker)))
    assert tags <= {"p", "br", "ul", "ol", "li", "strong", "span", "button"}


def test_blocks_are_the_words_without_mark_up() -> None:
    answer = "Two tools:\n\n- **One**: it *helps*\tyou [1]\n- **Two** [2]\n\n\\[e\\]nd <b> ![x](//evil.test)"
    first, one, two, last = blocks(answer)
    assert [block.item for block in (first, one, two, last)] == [False, True, True, False]
    assert "".join(run.text for run in one.runs) == "One: it *helps* you [1]"
    assert [(run.text, run.style) for run in one.runs if run.style != "plain"] == [("One", "bold"), ("[1]", "marker")]
    assert "".join(run.text for run in last.runs) == "[e]nd <b> ![x](//evil.test)"
