from contextlib import closing

from playwright.sync_api import Browser, expect

from tests.browser.window import Window

# The table of D2.2's annex: tools by focus area and category.
INVENTORY = [["1", "12", "0"], ["11", "37", "3"], ["10", "7", "2"], ["14", "10", "0"]]


def test_the_inventory_counts_every_tool_and_filters_on_a_click(window: Window) -> None:
    window.tab.get_by_role("button", name="All tools").click()
    rows = window.panel.locator(".inventory tbody tr")
    expect(rows).to_have_count(4)
    assert [row.locator(".cell").all_inner_texts() for row in rows.all()] == INVENTORY
    expect(window.panel.locator(".found strong")).to_have_text("104 of 104 tools")
    expect(window.panel.locator(".tool-rows > li")).to_have_count(104)
    window.panel.get_by_role("button", name="3 tools: Radicalisation, Evaluation").click()
    expect(window.panel.locator(".tool-rows > li")).to_have_count(3)
    window.panel.get_by_role("button", name="Show all").click()
    expect(window.panel.locator(".tool-rows > li")).to_have_count(104)


def test_tools_are_found_by_their_words(window: Window) -> None:
    window.tab.get_by_role("button", name="All tools").click()
    window.panel.get_by_role("searchbox").fill("Fryshuset")
    window.panel.get_by_role("searchbox").press("Enter")
    expect(window.panel.locator(".tool-rows > li")).to_have_count(1)
    expect(window.panel.locator(".tool-rows")).to_contain_text("Calm Street")
    window.panel.get_by_role("button", name="Calm Street").click()
    expect(window.panel.get_by_role("heading", level=2)).to_have_text("Calm Street")


def test_what_is_filtered_can_be_shared(window: Window, chromium: Browser) -> None:
    window.tab.get_by_role("button", name="All tools").click()
    window.panel.get_by_role("button", name="2 tools: Organised crime, Evaluation").click()
    expect(window.panel.locator(".tool-rows > li")).to_have_count(2)
    shared = window.tab.url
    assert shared.endswith("#to=tools&focus_area=organised_crime&category=evaluation")
    with closing(chromium.new_context()) as other:
        second = Window(other.new_page()).open(shared)
        expect(second.panel.locator(".tool-rows > li")).to_have_count(2)
    window.panel.get_by_role("button", name="Close").click()
    expect(window.panel).to_have_count(0)
    assert "#" not in window.tab.url
