"""Shortlist, comparison and files, in the real window."""

import csv
import io
import re
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Download, Locator, Page, Route, expect

from icarus.assistant import Assistant
from tests.browser.window import Window

TOOLS = ("Calm Street", "Hayat", "Extreme Dialogue")


def card_of(window: Window, name: str) -> Locator:
    """The card of a tool in the panel, found among all tools."""
    window.tab.locator("#head").get_by_role("button", name="All tools").click()
    expect(window.status).to_have_text("104 of 104 tools")  # the list that was open is on its way out until then
    window.panel.get_by_role("searchbox").fill(name)
    window.panel.get_by_role("searchbox").press("Enter")
    expect(window.status).to_have_text(re.compile(r"^\d{1,2} of 104 tools$"))  # a click before would be on what goes
    card = window.panel.locator(".card.row").filter(has=window.tab.get_by_role("button", name=name, exact=True))
    expect(card).to_have_count(1)
    return card


def put_aside(window: Window, *names: str) -> None:
    for name in names:
        card_of(window, name).get_by_role("button", name=f"Shortlist: {name}").click()
        expect(window.status).to_contain_text(f"{name} is put aside.")


def open_list(window: Window) -> Locator:
    window.tab.locator("#head").get_by_role("button", name="Shortlist").click()
    expect(window.panel.get_by_role("heading", level=2)).to_have_text("Shortlist")
    return window.panel


def open_comparison(window: Window) -> Locator:
    put_aside(window, *TOOLS)
    window.tab.locator(".tray").get_by_role("button", name="Compare").click()
    expect(window.panel.locator(".compare thead .card-name")).to_have_text(TOOLS)
    return window.panel


def test_tools_are_put_aside_from_an_answer_a_card_and_all_tools(window: Window) -> None:
    turn = window.ask()
    keep = turn.get_by_role("button", name="Shortlist: Calm Street")
    keep.click()
    expect(keep).to_have_attribute("aria-pressed", "true")
    expect(keep).to_be_focused()
    expect(window.status).to_have_text("Calm Street is put aside. 1 tool on the shortlist.")

    card_of(window, "Hayat").get_by_role("button", name="Hayat", exact=True).click()
    window.panel.get_by_role("button", name="Shortlist: Hayat").click()
    expect(window.tab.locator("#head [data-kept-count]")).to_have_text("2")
    put_aside(window, "Extreme Dialogue")

    window.ask("Which evaluation tools are there for radicalisation?")
    expect(keep).to_have_attribute("aria-pressed", "true")
    expect(open_list(window).locator(".card-name")).to_have_text(TOOLS)
    assert window.errors == []


def test_tools_are_taken_off_one_by_one_and_all_at_once(window: Window) -> None:
    put_aside(window, *TOOLS)
    panel = open_list(window)
    panel.get_by_role("button", name="Shortlist: Hayat").click()
    expect(panel.locator(".card-name")).to_have_text(["Calm Street", "Extreme Dialogue"])
    expect(window.status).to_have_text("Hayat is taken off. 2 tools on the shortlist.")
    next_one = panel.get_by_role("button", name="Shortlist: Extreme Dialogue")
    expect(next_one).to_be_focused()
    next_one.click()
    expect(panel.locator(".card-name")).to_have_text(["Calm Street"])
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    panel.get_by_role("button", name="Take all off").click()
    expect(panel).to_contain_text("Nothing is put aside yet")
    expect(window.tab.locator("#head [data-kept-count]")).to_have_text("")
    expect(window.tab.locator(".tray")).to_be_hidden()
    window.panel.get_by_role("button", name="Close").click()
    expect(window.tab.locator("#head").get_by_role("button", name="Shortlist")).to_be_focused()


def test_quick_clicks_are_all_taken(window: Window) -> None:
    window.tab.get_by_role("button", name="All tools").click()
    window.panel.locator(".tool-rows").wait_for()
    window.tab.evaluate("[...document.querySelectorAll('.tool-rows .keep')].slice(0, 12).forEach((k) => k.click())")
    expect(window.tab.locator("#head [data-kept-count]")).to_have_text("12")
    expect(window.panel.locator(".keep[aria-pressed='true']")).to_have_count(12)
    listed = window.tab.locator(".tool-rows .card-name").all_text_contents()[:12]
    expect(window.tab.locator("#tray")).to_contain_text("12")
    expect(open_list(window).locator(".card-name")).to_have_text(listed)


def test_a_list_opened_in_the_same_moment_shows_what_is_being_put_on_it(window: Window) -> None:
    window.ask()
    window.tab.route("**/gradio_api/run/predict**", answer_late, times=1)  # the click on the star
    window.tab.evaluate(
        "document.querySelector('.turn .keep').click(); document.querySelector('#head [data-go*=shortlist]').click()"
    )
    expect(window.panel.locator(".card-name")).to_have_text(["Calm Street"])


def answer_late(route: Route) -> None:
    """Let a request through a second after it was sent."""
    time.sleep(1)
    route.continue_()


def test_a_second_session_has_a_shortlist_of_its_own(window: Window, chromium: Browser, served: str) -> None:
    put_aside(window, "Calm Street")
    with closing(chromium.new_context()) as other:
        second = Window(other.new_page()).open(served)
        expect(open_list(second)).to_contain_text("Nothing is put aside yet")
        put_aside(second, "Hayat")
    expect(open_list(window).locator(".card-name")).to_have_text(["Calm Street"])


def test_the_ticked_tools_are_compared(window: Window) -> None:
    put_aside(window, *TOOLS, "MEDEA")
    card_of(window, "Street Work Online").locator(".keep").click()
    expect(window.tab.locator(".tray").get_by_role("button", name="Compare")).to_have_count(0)
    panel = open_list(window)
    ticks = panel.get_by_role("checkbox")
    expect(ticks).to_have_count(5)
    ticks.nth(0).uncheck()
    panel.get_by_role("button", name="Shortlist: Hayat").click()
    expect(ticks).to_have_count(4)
    assert [tick.is_checked() for tick in ticks.all()] == [False, True, True, True]
    put_aside(window, "BOUNCE")
    open_list(window)
    assert [tick.is_checked() for tick in ticks.all()] == [False, True, True, True, False]
    for i in (0, 4):
        ticks.nth(i).check()
    panel.get_by_role("button", name="Compare the ticked tools").click()
    assert ticks.nth(0).evaluate("(tick) => tick.validationMessage") == "Choose two to four tools to compare."
    expect(panel.locator(".compare")).to_have_count(0)
    for i in (0, 1, 4):
        ticks.nth(i).uncheck()
    panel.get_by_role("button", name="Compare the ticked tools").click()
    expect(panel.locator(".compare thead .card-name")).to_have_text(["MEDEA", "Street Work Online"])


def test_each_cell_has_its_quotes_and_their_pages(window: Window, assistant: Assistant) -> None:
    panel = open_comparison(window)
    cards = {card.name: card for card in assistant.catalogue.cards}
    for field, label in (("results", "Results"), ("target_group", "Target group"), ("gender", "Gender")):
        row = panel.locator("tr").filter(has=window.tab.get_by_role("rowheader", name=label, exact=True))
        for name, cell in zip(TOOLS, row.locator("td").all(), strict=True):
            quotes = getattr(cards[name], field)
            assert [shown.text_content() for shown in cell.locator(".report").all()] == [q.text for q in quotes]
            assert ("not stated in the report" in cell.inner_text()) is not quotes
    expect(panel.get_by_role("columnheader").filter(has_text="Hayat")).to_have_count(1)
    expect(panel).to_contain_text("no thorough information on how well they work")


def test_a_comparison_is_gone_back_to_and_shared(window: Window, chromium: Browser) -> None:
    panel = open_comparison(window)
    shared = window.tab.url
    assert "#to=compare&tools=calm-street" in shared
    panel.locator(".compare .page-link").first.click()
    expect(panel.locator(".position")).to_contain_text("of 81")
    panel.get_by_role("button", name="Next page").click()
    panel.get_by_role("button", name="Back").click()
    expect(panel.locator(".compare")).to_be_visible()
    assert window.tab.url == shared
    panel.locator(".compare .card-name").first.click()
    expect(panel.locator(".fields")).to_be_visible()
    window.tab.go_back()
    expect(panel.locator(".compare")).to_be_visible()
    with closing(chromium.new_context()) as other:
        second = Window(other.new_page()).open(shared)
        expect(second.panel.locator(".compare thead .card-name")).to_have_text(TOOLS)
        expect(second.panel.get_by_role("button", name="Back")).to_be_hidden()


def test_the_browser_s_back_closes_the_panel_and_keeps_the_conversation(window: Window) -> None:
    window.ask()
    window.open_source()
    window.tab.go_back()
    expect(window.panel).to_have_count(0)
    expect(window.turns).to_have_count(1)


def words_of(path: Path) -> str:
    """All words of a saved file, as its reader shows them."""
    if path.suffix == ".csv":
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        return "\n".join("\t".join(row) for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    if path.suffix == ".md":
        return path.read_text(encoding="utf-8")
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def an_answer(window: Window) -> None:
    window.ask()


def a_shortlist(window: Window) -> None:
    put_aside(window, *TOOLS)
    open_list(window)


def a_comparison(window: Window) -> None:
    open_comparison(window)


def save(window: Window, form: str) -> Download:
    menu = window.tab.locator(".choice.save summary")
    with window.tab.expect_download() as saved:
        if not window.panel.count():
            menu.last.click()
        window.tab.get_by_role("button", name=form, exact=True).last.click()
    return saved.value


@pytest.mark.parametrize("view", [an_answer, a_shortlist, a_comparison], ids=lambda view: view.__name__)
def test_each_is_saved_in_each_format_and_read_back(
    window: Window, assistant: Assistant, tmp_path: Path, view: Callable[[Window], None]
) -> None:
    view(window)
    calm = assistant.catalogue.get("calm-street")
    assert calm
    quotes = [assistant.ask("What is Calm Street in Stockholm?").citations[0].quote] if view is an_answer else []
    quotes = quotes or [calm.summary[0].text, calm.narrative[0].text]
    for form, suffix in (("Word", ".docx"), ("Markdown", ".md"), ("CSV", ".csv")):
        saved = save(window, form)
        assert saved.url.startswith("blob:")  # nothing on the server that another could ask for
        path = tmp_path / saved.suggested_filename
        assert path.suffix == suffix
        saved.save_as(path)
        said = " ".join(words_of(path).replace("\\", "").split())
        title = assistant.index.documents[0].title
        wanted = [*(" ".join(quote.split()) for quote in quotes), title, "p. 17", "Report taken in on", "can be wrong"]
        assert [words for words in wanted if words not in said] == []
        expect(window.status).to_have_text(f"{saved.suggested_filename} is ready.")
    assert window.errors == []


def test_the_same_file_can_be_saved_twice(window: Window) -> None:
    window.ask()
    names = {save(window, "Markdown").suggested_filename for _ in range(2)}
    assert len(names) == 1


def test_another_session_cannot_ask_for_this_one_s_files(window: Window, chromium: Browser, served: str) -> None:
    window.ask()
    of = window.turns.last.locator("[data-form]").first.get_attribute("data-of")
    with closing(chromium.new_context()) as other:
        second = Window(other.new_page()).open(served)
        second.tab.locator(".example button").first.evaluate(
            "(button, of) => { delete button.dataset.ask; Object.assign(button.dataset, { form: 'md', of }); }", of
        )
        second.tab.locator("[data-form]").first.click()
        expect(second.status).to_have_text("There is nothing to save here any more.")
        expect(second.tab.locator("[data-parcel]")).to_have_count(0)


def tab_to(tab: Page, wanted: Locator, back: bool = False) -> None:
    """Tab until the wanted element has the focus."""
    for _ in range(80):
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
        tab.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError("It cannot be reached by Tab.")


def test_shortlist_comparison_and_file_by_keyboard_alone(window: Window) -> None:
    tab, press = window.tab, window.tab.keyboard.press
    window.ask("Which evaluation tools are there for radicalisation?")
    keeps = window.turns.last.locator(".keep")
    for i in range(keeps.count()):
        tab_to(tab, keeps.nth(i), back=i == 0)
        press("Space")
        expect(keeps.nth(i)).to_have_attribute("aria-pressed", "true")
    summary = window.turns.last.locator(".save summary")
    tab_to(tab, summary)
    press("Enter")
    with tab.expect_download():
        tab_to(tab, window.turns.last.get_by_role("button", name="Markdown"))
        press("Enter")
    button = tab.locator("#head").get_by_role("button", name="Shortlist")
    tab_to(tab, button, back=True)
    press("Enter")
    expect(window.panel.get_by_role("heading", level=2)).to_be_focused()
    tick = window.panel.get_by_role("checkbox").first
    tab_to(tab, tick)
    press("Space")
    expect(tick).not_to_be_checked()
    tab_to(tab, window.panel.get_by_role("button", name="Compare the ticked tools"))
    press("Enter")
    expect(window.panel.locator(".compare thead .card-name")).to_have_count(2)
    expect(window.panel.get_by_role("heading", level=2)).to_be_focused()
    region = window.panel.get_by_role("region", name="2 tools side by side")
    tab_to(tab, region)
    press("End")
    window.tab.wait_for_function("document.querySelector('.compare-box').scrollTop > 100")
    with tab.expect_download():
        tab_to(tab, window.panel.get_by_role("button", name="Word"), back=True)
        press("Enter")
    press("Escape")
    expect(window.panel).to_have_count(0)
    expect(button).to_be_focused()
