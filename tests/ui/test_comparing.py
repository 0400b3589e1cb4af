import re

from icarus.records import Quote
from icarus_ui import render
from icarus_ui.address import CompareAddress
from icarus_ui.cards import FIELDS
from icarus_ui.comparing import compare
from icarus_ui.conversation import Conversation
from icarus_ui.reading import open_address
from icarus_ui.shortlist import Shortlist
from tests.ui.material import HOSTILE, card, desk

QUOTES = tuple(Quote(text=f"It worked {i} times.", page=i, page_end=i + 1, passage="p") for i in (3, 5, 7))
ONE = card(id="one", name="One", results=QUOTES)
TWO = card(id="two", name="Two", target_group=())
AT = desk(None, ONE, TWO, *(card(id=f"more-{i}", name=f"More {i}") for i in range(3)))


def test_every_field_is_a_row_and_every_tool_a_column() -> None:
    compared = compare(["two", "one"], AT)
    assert compared
    assert [view.card.name for view in compared.views] == ["Two", "One"]
    assert tuple(row.field for row in compared.rows) == FIELDS
    cells = {row.field: row.cells for row in compared.rows}
    assert cells["results"] == ((), QUOTES)
    assert cells["target_group"] == ((), ONE.target_group)


def test_only_two_to_four_tools_of_the_reports_are_compared() -> None:
    many = ["one", "two", "more-0", "more-1", "more-2"]
    assert compare([], AT) is None
    assert compare(["one", "one"], AT) is None
    assert compare(["one", "unknown"], AT) is None
    assert compare(many, AT) is None
    assert compare(many[:4], AT) is not None


def test_the_table_has_its_heads_its_pages_and_says_what_is_not_stated() -> None:
    shown = open_address(Conversation(), Shortlist(), CompareAddress(tools=("one", "two")), AT)
    assert shown.announced == "Compared side by side: One, Two."
    assert len(re.findall(r'<th scope="col"', shown.panel)) == 2
    assert len(re.findall(r'<th scope="row"', shown.panel)) == len(FIELDS) + 3
    (results,) = re.findall(r'<th scope="row">Results</th>.*?</tr>', shown.panel, re.DOTALL)
    assert "It worked 3 times." in results
    assert "Pages 3–4" in results
    assert results.count("not stated in the report") == 1
    assert re.search(r"<summary>1 more</summary>.*It worked 7 times", results, re.DOTALL)
    assert "no thorough information on how well they work" in shown.panel


def test_too_few_tools_are_said_to_be_so() -> None:
    shown = open_address(Conversation(), Shortlist(), CompareAddress(tools=("one",)), AT)
    assert shown.announced == "Choose two to four tools to compare."


def test_hostile_words_are_text() -> None:
    quote = Quote(text=HOSTILE, page=1, page_end=1, passage="p")
    tools = [card(id=name, name=HOSTILE, barriers=(quote,)) for name in ("one", "two")]
    at = desk(None, *tools)
    compared = compare(["one", "two"], at)
    assert compared
    panel = render.comparison(CompareAddress(tools=("one", "two")), compared, at)
    assert "<script" not in panel
    assert "<img" not in panel
    assert panel.count("&lt;script&gt;boom()&lt;/script&gt;") >= 4
