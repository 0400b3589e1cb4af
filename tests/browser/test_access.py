import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.window import Window

AXE = Path(__file__).parent / "axe" / "axe.min.js"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
PHONE: ViewportSize = {"width": 390, "height": 844}


def violations(tab: Page) -> list[str]:
    """What axe-core finds on the page as it is, one line each."""
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = tab.evaluate("axe.run(document).then((result) => result.violations)")
    return [f"{v['id']}: {v['help']}: {json.dumps([n['html'][:160] for n in v['nodes']][:3])}" for v in found]


def first_look(window: Window) -> None:
    expect(window.tab.locator(".welcome")).to_be_visible()


def an_answer(window: Window) -> None:
    window.ask()


def open_details(window: Window) -> None:
    window.ask().locator("summary").first.click()


def a_list(window: Window) -> None:
    window.ask("Which tools are there on organised crime?").locator("summary").first.click()


def a_source(window: Window) -> None:
    window.ask()
    window.open_source()


def a_page(window: Window) -> None:
    a_source(window)
    window.panel.get_by_role("button", name="Read on the page").click()
    window.panel.locator(".sheet").wait_for()


def a_card(window: Window) -> None:
    window.ask().get_by_role("button", name="Calm Street", exact=True).click()
    window.panel.locator(".fields").wait_for()


def all_tools(window: Window) -> None:
    window.tab.get_by_role("button", name="All tools").click()
    window.panel.locator(".inventory").wait_for()
    for summary in window.panel.locator("summary").all():
        summary.click()


def put_aside(window: Window, count: int) -> None:
    """Put tools on the shortlist, from a list of all tools."""
    window.tab.get_by_role("button", name="All tools").click()
    for i in range(count):
        window.panel.locator(".keep").nth(i).click()
        expect(window.tab.locator("[data-kept-count]")).to_have_text(str(i + 1))


def a_shortlist(window: Window) -> None:
    put_aside(window, 3)
    window.tab.locator(".tray").get_by_role("button", name="Show them").click()
    window.panel.locator(".tick").first.wait_for()


def an_empty_shortlist(window: Window) -> None:
    window.tab.get_by_role("button", name="Shortlist").click()
    window.panel.get_by_text("Nothing is put aside yet").wait_for()


def a_comparison(window: Window) -> None:
    put_aside(window, 4)
    window.tab.locator(".tray").get_by_role("button", name="Compare").click()
    window.panel.locator(".compare").wait_for()
    for summary in window.panel.locator("summary").all():
        summary.click()


def a_save_menu(window: Window) -> None:
    window.ask().get_by_text("Save as").click()


def a_problem(window: Window) -> None:
    window.box.press("Enter")
    window.tab.locator(".problem").wait_for()


VIEWS: list[Callable[[Window], None]] = [
    first_look, an_answer, open_details, a_list, a_source, a_page, a_card, all_tools, a_problem,
    an_empty_shortlist, a_shortlist, a_comparison, a_save_menu,
]  # fmt: skip


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_axe_finds_nothing(chromium: Browser, served: str, view: Callable[[Window], None], size: ViewportSize) -> None:
    with closing(chromium.new_context(viewport=size, reduced_motion="reduce")) as context:
        window = Window(context.new_page()).open(served)
        view(window)
        for scheme in SCHEMES:
            window.tab.emulate_media(color_scheme=scheme)
            window.tab.wait_for_timeout(300)
            assert violations(window.tab) == [], scheme


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_shows_everything_in_its_width(chromium: Browser, served: str, width: int) -> None:
    with closing(chromium.new_context(viewport={"width": width, "height": 844}, has_touch=True)) as context:
        window = Window(context.new_page()).open(served)
        for view in (first_look, a_list, a_save_menu, all_tools, a_comparison, a_source):
            if window.panel.count():
                window.panel.get_by_role("button", name="Close").click()
            view(window)
            widest = window.tab.evaluate("document.documentElement.scrollWidth")
            assert widest <= width, view.__name__
        box = window.panel.bounding_box()
        assert box is not None
        assert (box["x"], box["width"]) == (0, width)
        assert window.tab.locator("#talk").evaluate("(element) => element.inert")
        window.panel.get_by_role("button", name="Close").click()
        expect(window.panel).to_have_count(0)
        expect(window.turns.last.get_by_role("button", name="Source 1: ").first).to_be_focused()


@pytest.mark.parametrize("view", [an_answer, a_card, all_tools, a_shortlist, a_comparison], ids=lambda v: v.__name__)
def test_what_can_be_clicked_is_24_pixels_wide_and_high(window: Window, view: Callable[[Window], None]) -> None:
    view(window)
    small = window.tab.evaluate(
        """[...document.querySelectorAll('button, summary, input, textarea')].filter((e) => e.checkVisibility())
            .filter((e) => !e.matches('.skip, .areas input') && !e.closest('p.answer'))
            .map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 90)])
            .filter(([box]) => box.width < 23.9 || box.height < 23.9).map(([, html]) => html)"""
    )
    assert small == []


def test_a_whole_session_by_keyboard(window: Window) -> None:
    press = window.tab.keyboard.press
    window.tab.locator("body").focus()
    press("Tab")
    expect(window.tab.get_by_role("button", name="Skip to the question")).to_be_focused()
    press("Enter")
    expect(window.box).to_be_focused()
    window.tab.keyboard.type("What is Calm Street in Stockholm?")
    press("Enter")
    window.answered(1)
    expect(window.box).to_be_focused()
    press("Shift+Tab")
    expect(window.tab.get_by_role("radio", name="All areas")).to_be_focused()
    press("ArrowRight")
    expect(window.tab.get_by_role("radio", name="Juvenile delinquency")).to_be_checked()
    marker = window.turns.last.get_by_role("button", name="Source 1: ").first
    for _ in range(40):
        press("Shift+Tab")
        if marker.evaluate("(element) => element === document.activeElement"):
            break
    press("Enter")
    expect(window.panel.get_by_role("heading", level=2)).to_be_focused()
    press("Escape")
    expect(window.panel).to_have_count(0)
    expect(marker).to_be_focused()


def test_screen_readers_are_told_when_the_answer_is_there(window: Window) -> None:
    window.ask()
    expect(window.status).to_have_count(1)
    expect(window.status).to_contain_text("Answer ready: Answered from the report")
    window.open_source(1)
    expect(window.status).to_contain_text("Source 1 is open")


def test_the_choice_of_dark_is_kept(window: Window, served: str) -> None:
    window.tab.get_by_role("button", name="Light or dark").click()
    expect(window.tab.locator("body.dark")).to_have_count(1)
    window.open(served)
    expect(window.tab.locator("body.dark")).to_have_count(1)
