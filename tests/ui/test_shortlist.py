import pytest

from icarus.records import Quote
from icarus_ui import render
from icarus_ui.desk import Desk
from icarus_ui.shortlist import Shortlist, change
from tests.ui.material import HOSTILE, card, desk

TOOLS = tuple(card(id=f"tool-{i}", name=f"Tool {i}") for i in range(6))


@pytest.fixture
def front() -> Desk:
    return desk(None, *TOOLS)


def test_tools_are_put_on_in_order_and_taken_off(front: Desk) -> None:
    one = change(Shortlist(), ["tool-3"], front)
    two = change(one.shortlist, ["tool-3", "tool-1"], front)
    assert two.shortlist.tools == ("tool-3", "tool-1")
    assert two.announced == "Tool 1 is put aside. 2 tools on the shortlist."
    back = change(two.shortlist, ["tool-1"], front)
    assert back.shortlist.tools == ("tool-1",)
    assert back.announced == "Tool 3 is taken off. 1 tool on the shortlist."


def test_several_changes_at_once_are_counted(front: Desk) -> None:
    changed = change(Shortlist(tools=("tool-1",)), ["tool-2", "tool-3", "tool-2"], front)
    assert changed == (Shortlist(tools=("tool-2", "tool-3")), "2 tools on the shortlist.")


def test_it_can_be_emptied(front: Desk) -> None:
    emptied = change(Shortlist(tools=("tool-1", "tool-2")), [], front)
    assert emptied == (Shortlist(), "The shortlist is empty.")


def test_a_list_that_the_window_has_forgotten_is_taken_up_again(front: Desk) -> None:
    assert change(Shortlist(), ["tool-1", "tool-2", "tool-3"], front).shortlist.tools == ("tool-1", "tool-2", "tool-3")


@pytest.mark.parametrize("sent", [None, 7, "", "tool-2", [["tool-2"]], ["tool-1", None], {"tool": "tool-1"}])
def test_what_is_no_list_of_tools_changes_nothing(sent: object, front: Desk) -> None:
    before = Shortlist(tools=("tool-1",))
    assert change(before, sent, front).shortlist == before


def test_an_unknown_tool_is_left_out_and_said_to_be_gone(front: Desk) -> None:
    changed = change(Shortlist(tools=("tool-1",)), ["tool-1", "__class__"], front)
    assert changed == (Shortlist(tools=("tool-1",)), front.wording.say("tool", "gone"))


def test_a_tool_that_a_new_generation_lacks_is_left_out(front: Desk) -> None:
    assert [shown.id for shown in Shortlist(tools=("gone", "tool-2")).cards(front)] == ["tool-2"]


def test_the_view_offers_what_can_be_done(front: Desk) -> None:
    views = [render.shortlist(list(TOOLS[:number]), front) for number in (0, 1, 2, 6)]
    assert ["data-form=" in view for view in views] == [False, True, True, True]
    assert ["Compare the ticked tools" in view for view in views] == [False, False, True, True]
    assert [view.count(" checked") for view in views] == [0, 0, 2, 4]


def test_the_tray_tells_the_script_what_is_kept_and_compares_as_many_as_can_be(front: Desk) -> None:
    trays = [render.tray(Shortlist(tools=tuple(t.id for t in TOOLS[:n])), front) for n in (0, 1, 3, 5)]
    assert [" hidden" in tray for tray in trays] == [True, False, False, False]
    assert ["Compare" in tray for tray in trays] == [False, False, True, False]
    assert 'data-kept="[&#34;tool-0&#34;]" data-change="0"' in trays[1]


def test_hostile_words_are_text() -> None:
    quote = Quote(text=HOSTILE, page=1, page_end=1, passage="p")
    tools = [card(id=name, name=HOSTILE, located=(HOSTILE,), summary=(quote,)) for name in ("one", "two")]
    shown = render.shortlist(tools, desk(None, *tools))
    assert "<script" not in shown
    assert "<img" not in shown
    assert shown.count("&lt;script&gt;boom()&lt;/script&gt;") >= 4
