import re
import time

from playwright.sync_api import BrowserContext, Page, Route, expect

from icarus.assistant import Assistant
from tests.browser.window import QUESTION, Window


def test_ask_click_a_marker_see_the_quote_on_its_page(window: Window, assistant: Assistant) -> None:
    cited = assistant.ask(QUESTION).citations[0]
    turn = window.ask()
    expect(turn.locator(".status")).to_have_text("Answered from the report")
    panel = window.open_source(1)
    expect(panel.locator(".current .page")).to_have_text(f"Page {cited.page}")
    marked = " ".join(window.marks.all_inner_texts())
    assert re.sub(r"\s+", " ", marked) == re.sub(r"\s+", " ", cited.quote)
    expect(panel.locator(".current")).to_contain_text(assistant.index.documents[0].title)

    panel.get_by_role("button", name="Read on the page").click()
    expect(panel).to_contain_text(f"Page {cited.page} of 81")
    assert re.sub(r"\s+", " ", " ".join(window.marks.all_inner_texts())) == re.sub(r"\s+", " ", cited.quote)
    panel.get_by_role("button", name="Next page").click()
    expect(panel).to_contain_text(f"Page {cited.page + 1} of 81")
    panel.get_by_role("button", name="Back").click()
    expect(panel.locator(".current .number")).to_have_text("1")
    assert window.errors == []


def test_an_example_and_then_a_suggestion_are_asked_with_a_click(window: Window) -> None:
    window.tab.get_by_role("button", name=QUESTION).click()
    turn = window.answered(1)
    suggestion = turn.locator(".suggestion").first
    text = suggestion.inner_text()
    suggestion.click()
    expect(window.answered(2).locator(".question")).to_have_text(text)


def test_a_click_at_first_sight_is_not_lost(tab: Page, served: str) -> None:
    tab.route("**/icarus/window.js", come_late)
    tab.add_init_script(
        """const look = () => {
            const button = document.querySelector(".example button");
            button ? button.click() : requestAnimationFrame(look);
        };
        look();"""
    )
    window = Window(tab)
    tab.goto(served)
    window.answered(1)


def come_late(route: Route) -> None:
    """Let a request through two seconds after it was sent: a slow network."""
    time.sleep(2)
    route.continue_()


def test_the_card_of_a_tool_opens_and_can_be_asked_about(window: Window) -> None:
    turn = window.ask()
    turn.get_by_role("button", name="Calm Street", exact=True).click()
    expect(window.panel.get_by_role("heading", level=2)).to_have_text("Calm Street")
    expect(window.panel).to_contain_text("Not stated in the report")
    window.panel.get_by_role("button", name="Ask about this tool").click()
    expect(window.answered(2).locator(".question")).to_have_text("What is Calm Street?")


def test_a_name_in_a_list_opens_its_card(window: Window) -> None:
    window.ask("Which tools are there on organised crime?").get_by_role("link", name="THOR Methodology").click()
    expect(window.panel.get_by_role("heading", level=2)).to_have_text("THOR Methodology")


def test_the_focus_area_limits_the_answer(window: Window) -> None:
    window.tab.locator(".areas").get_by_text("Radicalisation").click()
    turn = window.ask("Which evaluation tools are there?")
    expect(turn.locator(".limits")).to_contain_text("Radicalisation")
    turn.locator(".card-name").first.click()
    window.panel.get_by_role("button", name="Ask about this tool").click()
    expect(window.answered(2).locator(".limits")).to_have_count(0)
    chips = turn.locator(".card .chip.area")
    expect(chips).to_have_text(["Radicalisation"] * chips.count())
    assert chips.count() == 3  # the table of the contract


def test_a_follow_up_is_understood_in_its_conversation(window: Window) -> None:
    window.ask()
    turn = window.ask("Who runs it?")
    expect(turn).to_contain_text("Fryshuset")


def test_take_back_edit_ask_again_and_start_anew(window: Window) -> None:
    window.ask()
    window.ask("What does CAPRI in Bordeaux do?")
    window.tab.get_by_role("button", name="Remove").click()
    expect(window.turns).to_have_count(1)
    window.tab.get_by_role("button", name="Ask again").click()
    expect(window.answered(1).locator(".question")).to_have_text(QUESTION)
    window.tab.get_by_role("button", name="Edit question").click()
    expect(window.turns).to_have_count(0)
    expect(window.box).to_have_value(QUESTION)
    window.ask()
    window.tab.get_by_role("button", name="New conversation").click()
    expect(window.tab.locator(".welcome")).to_be_visible()
    expect(window.box).to_have_value("")


def test_copy_takes_the_answer_with_its_sources(window: Window, session: BrowserContext) -> None:
    session.grant_permissions(["clipboard-read", "clipboard-write"])
    window.ask().get_by_role("button", name="Copy").click()
    expect(window.turns.last.get_by_role("button", name="Copied")).to_be_visible()
    copied = window.tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"# {QUESTION}\n")
    assert re.search(r"\n- \[1\] Report describing .*, p{1,2}\. \d+", copied)


def test_a_question_that_cannot_be_taken_says_why_and_stays(window: Window) -> None:
    window.box.press("Enter")
    expect(window.tab.locator(".problem")).to_have_text("Type a question first.")
    window.box.fill("x" * 5000)
    window.box.press("Enter")
    expect(window.tab.locator(".problem")).to_contain_text("4000 characters at most")
    expect(window.box).to_have_value("x" * 5000)
    expect(window.turns).to_have_count(0)


def test_what_the_report_does_not_say_is_said(window: Window) -> None:
    turn = window.ask("What is the yearly budget of Calm Street?")
    expect(turn.locator(".status")).to_have_text("Not in the report")


def test_a_chip_corrects_what_was_understood(window: Window) -> None:
    turn = window.ask("Which evaluation tools are there on radicalisation?")
    expect(turn.locator(".answer")).to_contain_text("3 evaluation tools")
    turn.locator(".choice summary", has_text="Focus area").click()
    turn.locator(".choice[open]").get_by_role("button", name="Organised crime").click()
    corrected = window.tab.locator(".turn", has_text="2 evaluation tools")
    corrected.wait_for()
    expect(window.turns).to_have_count(1)
    corrected.locator(".choice summary", has_text="Kind of tool").click()
    corrected.locator(".choice[open]").get_by_role("button", name="any").click()
    expect(window.turns.first.locator(".answer")).to_contain_text("19 tools and practices")
    assert window.errors == []


def test_a_chip_is_opened_and_closed_by_keyboard(window: Window) -> None:
    turn = window.ask("Which evaluation tools are there on radicalisation?")
    chip = turn.locator(".choice summary", has_text="Place")
    chip.focus()
    chip.press("Enter")
    expect(turn.locator(".choice[open] button").first).to_be_visible()
    turn.locator(".choice[open] button").first.press("Escape")
    expect(turn.locator(".choice[open]")).to_have_count(0)
    expect(chip).to_be_focused()
