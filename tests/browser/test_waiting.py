from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.serving import serving
from tests.browser.slow_window import SENTENCE
from tests.browser.window import Window


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a window whose answers take half a minute."""
    with serving("tests.browser.slow_window", log=tmp_path_factory.mktemp("slow") / "log.txt") as address:
        yield address


@pytest.fixture
def waiting(tab: Page, slow: str) -> Window:
    """That window with a question on its way, its first words there."""
    window = Window(tab).open(slow)
    window.box.fill("What is Calm Street?")
    window.box.press("Enter")
    expect(window.turns.last.locator(".answer")).to_contain_text("The Swedish youth", timeout=10_000)
    return window


def test_words_come_as_they_are_found_and_can_be_stopped(waiting: Window) -> None:
    expect(waiting.tab.get_by_role("button", name="Ask", exact=True)).to_be_hidden()
    waiting.tab.get_by_role("button", name="Stop").click()
    expect(waiting.turns.last).to_contain_text("Stopped before the answer was ready.")
    waiting.tab.wait_for_timeout(1500)
    expect(waiting.turns.last).to_contain_text("Stopped before the answer was ready.")
    waiting.box.fill("Be quick")
    waiting.box.press("Enter")
    expect(waiting.answered(2).locator(".status")).to_have_text("Answered from the report")


def test_what_is_typed_while_an_answer_is_on_its_way_stays(waiting: Window) -> None:
    waiting.box.fill("And its results?")
    waiting.tab.wait_for_timeout(1500)
    waiting.tab.get_by_role("button", name="Stop").click()
    expect(waiting.turns.last).to_contain_text("Stopped before the answer was ready.")
    expect(waiting.box).to_have_value("And its results?")


def test_a_question_asked_the_moment_an_answer_is_there_is_not_lost(tab: Page, slow: str) -> None:
    window = Window(tab).open(slow)
    window.ask("Be quick")
    window.ask("Be quick again")
    tab.wait_for_timeout(1500)
    expect(window.turns).to_have_count(2)
    expect(window.box).to_have_value("")


def test_the_report_can_be_read_while_an_answer_is_on_its_way(waiting: Window) -> None:
    waiting.tab.get_by_role("button", name="Read the report").click()
    expect(waiting.panel).to_be_visible(timeout=2000)
    expect(waiting.turns.last).to_have_class("turn waiting")


def test_a_new_conversation_ends_the_answer_on_its_way(waiting: Window) -> None:
    waiting.tab.get_by_role("button", name="New conversation").click()
    expect(waiting.tab.locator(".welcome")).to_be_visible()
    waiting.tab.wait_for_timeout(1500)
    expect(waiting.turns).to_have_count(0)


def test_a_failure_is_said_in_words_and_the_question_kept(tab: Page, slow: str) -> None:
    window = Window(tab).open(slow)
    turn = window.ask("Is it damaged?")
    expect(turn.locator(".status")).to_have_text("Could not be answered")
    expect(turn).to_contain_text(SENTENCE)
    expect(window.box).to_have_value("Is it damaged?")
