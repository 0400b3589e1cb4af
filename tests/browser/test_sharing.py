"""The window as others see it: the login page, thumbs, and what is said to who asks too often."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import serving
from tests.browser.test_access import DESKTOP, PHONE, SCHEMES, violations
from tests.browser.window import Window

PASSWORD = "open sesame"  # noqa: S105 (of these tests alone)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kept") / "kept"


@pytest.fixture(scope="module")
def shared(index_env: dict[str, str], kept: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `icarus chat` served to others, with a password, feedback, and few questions a minute."""
    settings = {
        "ICARUS_PASSWORD": PASSWORD,
        "ICARUS_KEEP_FEEDBACK": "1",
        "ICARUS_KEPT": str(kept),
        "ICARUS_QUESTIONS_PER_MINUTE": "6",
    }
    log = tmp_path_factory.mktemp("shared") / "log.txt"
    with serving("icarus", "chat", "--host", "0.0.0.0", "--port", log=log, env=index_env | settings) as address:  # noqa: S104
        yield address


def log_in(tab: Page, address: str) -> Window:
    window = Window(tab)
    tab.goto(address)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.keyboard.press("Enter")
    tab.locator(".welcome").wait_for()
    window.box.wait_for()
    tab.wait_for_function("window.icarus")
    return window


def login_page(tab: Page, address: str) -> None:
    tab.goto(address)
    expect(tab.get_by_role("heading", name="Log in")).to_be_visible()


def wrong_password(tab: Page, address: str) -> None:
    login_page(tab, address)
    tab.get_by_label("Password").fill("something else")
    tab.get_by_role("button", name="Log in").click()
    expect(tab.get_by_role("alert")).to_have_text("This is not the password.")


def thumbs(tab: Page, address: str) -> None:
    log_in(tab, address).ask("What is Calm Street?")
    expect(tab.locator(".feedback summary")).to_have_count(2)


def thumbs_form(tab: Page, address: str) -> None:
    thumbs(tab, address)
    tab.locator("summary", has_text="Not helpful").click()
    expect(tab.get_by_label("The source does not fit")).to_be_visible()


def thanks(tab: Page, address: str) -> None:
    thumbs(tab, address)
    tab.locator("summary").get_by_text("Helpful", exact=True).click()
    tab.get_by_role("button", name="Send").click()
    expect(tab.locator(".thanks")).to_be_focused()


VIEWS: list[Callable[[Page, str], None]] = [login_page, wrong_password, thumbs_form, thanks]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_axe_finds_nothing(chromium: Browser, shared: str, view: Callable[[Page, str], None], size: object) -> None:
    with closing(chromium.new_context(viewport=size, reduced_motion="reduce")) as context:  # type: ignore[arg-type]
        for scheme in SCHEMES:
            tab = context.new_page()
            tab.emulate_media(color_scheme=scheme)
            context.clear_cookies()
            view(tab, shared)
            tab.wait_for_timeout(300)
            assert violations(tab) == [], scheme
            assert tab.locator("body.dark").count() == (scheme == "dark")


@pytest.mark.parametrize("view", [login_page, thumbs_form], ids=lambda view: view.__name__)
def test_it_fits_a_narrow_phone(chromium: Browser, shared: str, view: Callable[[Page, str], None]) -> None:
    with closing(chromium.new_context(viewport={"width": 320, "height": 640})) as context:
        tab = context.new_page()
        view(tab, shared)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320


def test_in_and_out_by_keyboard(tab: Page, shared: str) -> None:
    tab.goto(f"{shared}#to=tools&place=Germany")
    expect(tab.get_by_label("Password")).to_be_focused()
    tab.keyboard.type(PASSWORD)
    tab.keyboard.press("Enter")
    expect(tab.locator(".tools-panel .found")).to_contain_text("of 104 tools")
    tab.keyboard.press("Escape")
    button = tab.get_by_role("button", name="Log out")
    button.focus()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="Log in")).to_be_visible()
    tab.goto(shared)
    expect(tab.get_by_role("heading", name="Log in")).to_be_visible()


def test_thumbs_by_keyboard_are_kept_once(tab: Page, shared: str, kept: Path) -> None:
    window = log_in(tab, shared)
    turn = window.ask("Who runs Prevent Watch?")
    summary = turn.locator("summary", has_text="Not helpful")
    summary.focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowDown")
    expect(turn.get_by_label("It is not complete")).to_be_checked()
    tab.keyboard.press("Tab")
    tab.keyboard.type("${1+1} <b>page 70 says more</b>")
    expect(turn.get_by_role("textbox", name="Comment")).to_have_accessible_description(
        "Sent, this is kept on the machine that runs Icarus for 30 days: your questions so far, this answer, and what "
        "you enter here. No name is kept: do not type one."
    )
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(turn.locator(".thanks")).to_be_focused()
    expect(window.status).to_have_text("Thank you: it was sent to the people who look after Icarus.")
    line = json.loads((kept / "feedback.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (line["turns"], line["rating"], line["reason"]) == (["Who runs Prevent Watch?"], "down", "incomplete")
    assert line["comment"] == "${1+1} <b>page 70 says more</b>"
    assert line["reply"]["citations"]
    assert not (kept / "questions.jsonl").exists()
    window.ask("What is Calm Street?")
    expect(window.turns.first.locator("form")).to_have_count(0)
    assert not window.errors


def test_who_asks_too_often_is_told_and_keeps_the_question(tab: Page, shared: str) -> None:
    window = log_in(tab, shared)
    for n in range(6):
        window.ask(f"Will it rain tomorrow? {n}")
    window.box.fill("And who runs it?")
    window.box.press("Enter")
    expect(tab.locator(".problem")).to_contain_text("many questions in a short time: ask this one again in ")
    expect(window.box).to_have_value("And who runs it?")
    expect(window.turns).to_have_count(6)
    assert violations(tab) == []


def test_where_nobody_switched_it_on_there_are_no_thumbs_and_no_logout(window: Window) -> None:
    window.ask()
    expect(window.tab.locator(".feedback")).to_have_count(0)
    expect(window.tab.get_by_role("button", name="Log out")).to_have_count(0)
