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


def test_the_last_of_two_quick_clicks_counts(window: Window) -> None:
    window.tab.locator("#head").evaluate(
        """(head) => ["All tools", "Shortlist"].forEach((name) =>
             [...head.querySelectorAll("button")].find((button) => button.textContent.includes(name)).click())"""
    )
    expect(window.panel.get_by_role("heading", level=2)).to_have_text("Shortlist")


def test_on_a_tablet_a_click_beside_the_panel_closes_it(window: Window) -> None:
    window.tab.set_viewport_size({"width": 768, "height": 1024})
    opener = window.tab.get_by_role("button", name="All tools")
    opener.click()
    window.panel.locator(".inventory").click(position={"x": 5, "y": 5})
    expect(window.panel).to_be_visible()
    window.tab.mouse.click(40, 500)
    expect(window.panel).to_have_count(0)
    expect(opener).to_be_focused()


def test_tools_are_found_by_their_words(window: Window) -> None:
    window.tab.get_by_role("button", name="All tools").click()
    window.panel.get_by_role("searchbox").fill("Fryshuset")
    window.panel.get_by_role("searchbox").press("Enter")
    expect(window.panel.locator(".tool-rows > li")).to_have_count(1)
    expect(window.panel.locator(".tool-rows")).to_contain_text("Calm Street")
    window.panel.get_by_role("button", name="Calm Street", exact=True).click()
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


def test_a_theme_filters_and_can_be_shared(window: Window, chromium: Browser) -> None:
    window.tab.get_by_role("button", name="All tools").click()
    window.panel.get_by_text("Theme", exact=True).click()
    police = window.panel.locator(".pick").filter(has_text="Police")
    count = police.locator(".count").inner_text()
    police.click()
    expect(window.panel.locator(".tool-rows > li")).to_have_count(int(count))
    window.panel.get_by_role("button", name="Radicalisation").first.click()
    expect(window.panel.locator(".tool-rows > li")).not_to_have_count(int(count))
    shown = window.panel.locator(".tool-rows > li").count()
    assert 0 < shown < int(count)
    shared = window.tab.url
    assert shared.endswith("#to=tools&focus_area=radicalisation&theme=police")
    with closing(chromium.new_context()) as other:
        second = Window(other.new_page()).open(shared)
        expect(second.panel.locator(".tool-rows > li")).to_have_count(shown)
        expect(second.panel.locator(".pick").filter(has_text="Police")).to_have_attribute("aria-pressed", "true")


def test_related_tools_say_why_and_lead_on_and_back(window: Window, chromium: Browser) -> None:
    window.tab.get_by_role("button", name="All tools").click()
    window.panel.get_by_role("button", name="Signpost (Wegweiser)", exact=True).click()
    related = window.panel.get_by_role("region", name="Related tools").get_by_role("listitem")
    hayat = related.filter(has_text="Hayat")
    expect(hayat).to_contain_text("Place: Germany · Theme: Young people · Focus area: Radicalisation")
    hayat.get_by_role("button", name="Hayat").click()
    expect(window.panel.get_by_role("heading", level=2)).to_have_text("Hayat")
    with closing(chromium.new_context()) as other:
        second = Window(other.new_page()).open(window.tab.url)
        expect(second.panel.get_by_role("heading", level=2)).to_have_text("Hayat")
    window.panel.get_by_role("button", name="Back").click()
    expect(window.panel.get_by_role("heading", level=2)).to_have_text("Signpost (Wegweiser)")
    window.panel.get_by_role("button", name="Back").click()
    expect(window.panel.locator(".tool-rows > li")).to_have_count(104)
