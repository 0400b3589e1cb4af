"""The window in other languages than English, in a real Chromium."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from icarus_ui.wording import LANGUAGES, wording_of
from tests.browser.serving import serving
from tests.browser.test_access import DESKTOP, PHONE, SCHEMES, violations
from tests.browser.window import QUESTION

GREEK_QUESTION = "Τι είναι το Calm Street στη Στοκχόλμη;"


class Speaking:
    """One tab with the window in some language."""

    def __init__(self, tab: Page, language: str) -> None:
        self.tab = tab
        self.say = wording_of(language).say
        tab.set_default_timeout(20_000)

    def open(self, address: str) -> "Speaking":
        """Go to the window and wait for its first look."""
        self.tab.goto(address)
        self.tab.locator(".welcome").wait_for()
        self.tab.wait_for_function("window.icarus")
        self.box.wait_for()
        return self

    @property
    def box(self) -> Locator:
        """The question box, by what it is called in the language."""
        return self.tab.get_by_label(self.say("composer", "question_label"))

    @property
    def choice(self) -> Locator:
        """The choice of the language."""
        return self.tab.get_by_label(self.say("header", "language"))

    def button(self, section: str, key: str) -> Locator:
        """A button by its name in the language."""
        return self.tab.get_by_role("button", name=self.say(section, key)).first

    def ask(self, question: str) -> Locator:
        """Ask, and wait for the answer."""
        self.box.fill(question)
        self.box.press("Enter")
        turn = self.tab.locator(".turn").last
        turn.locator(".status").wait_for()
        return turn

    def status(self) -> Locator:
        """What screen readers are told."""
        return self.tab.locator("#announcer").get_by_role("status")


@pytest.fixture
def speaking(chromium: Browser) -> Iterator[Callable[..., Speaking]]:
    """Opens tabs of browsers of their own, each with the language that it prefers."""
    opened = []

    def open_one(language: str, size: ViewportSize = DESKTOP) -> Speaking:
        opened.append(chromium.new_context(viewport=size, locale=language, reduced_motion="reduce"))
        return Speaking(opened[-1].new_page(), language)

    yield open_one
    for context in opened:
        context.close()


def test_the_browsers_own_language_is_the_first_guess(speaking: Callable[..., Speaking], served: str) -> None:
    window = speaking("it").open(served)
    expect(window.tab.locator("html")).to_have_attribute("lang", "it")
    expect(window.choice).to_have_value("it")
    expect(window.box).to_have_attribute("placeholder", window.say("composer", "placeholder"))
    expect(window.button("composer", "send")).to_be_visible()


def test_nothing_of_the_first_look_is_painted_in_another_language(
    speaking: Callable[..., Speaking], served: str
) -> None:
    window = speaking("fr")
    window.tab.add_init_script(
        """new MutationObserver(() => { window.seen = (window.seen || '') + document.body?.innerText; })
            .observe(document, { subtree: true, childList: true, characterData: true })"""
    )
    window.open(served)
    english = wording_of("en").say
    seen = window.tab.evaluate("window.seen")
    assert window.say("welcome", "title") in seen
    for text in (english("welcome", "title"), english("header", "new"), english("composer", "all_areas")):
        assert text not in seen


def test_the_language_is_chosen_by_keyboard_and_kept(speaking: Callable[..., Speaking], served: str) -> None:
    window = speaking("en").open(served)
    window.ask(QUESTION).get_by_role("button", name="Source 1: ").first.click()
    window.tab.locator(".panel mark").first.wait_for()
    window.tab.get_by_role("button", name="Skip to the question").focus()
    for _ in range(6):
        window.tab.keyboard.press("Tab")
        if window.choice.evaluate("(element) => element === document.activeElement"):
            break
    expect(window.choice).to_be_focused()
    window.tab.keyboard.type("Deu")
    german = Speaking(window.tab, "de")
    expect(window.tab.locator("html")).to_have_attribute("lang", "de")
    expect(german.status()).to_have_text(german.say("announce", "language"))
    expect(german.choice).to_be_focused()
    expect(german.choice).to_have_value("de")
    expect(window.tab.locator(".turn .status")).to_have_text(german.say("status", "answered"))
    expect(window.tab.locator(".panel h2")).to_have_text(german.say("source", "title"))
    expect(window.tab.locator(".panel mark").first).to_be_visible()
    expect(german.box).to_have_attribute("placeholder", german.say("composer", "placeholder"))
    expect(german.button("composer", "send")).to_be_visible()
    expect(window.tab.get_by_role("radio", name=german.say("areas", "public_spaces"))).to_be_attached()
    expect(window.tab.locator(".notice .corpus")).to_contain_text("Antwortet aus 1 Bericht")
    german.open(served)
    expect(window.tab.locator("html")).to_have_attribute("lang", "de")
    expect(german.choice).to_have_value("de")


def test_the_chosen_area_survives_another_language(speaking: Callable[..., Speaking], served: str) -> None:
    window = speaking("en").open(served)
    window.tab.get_by_text("Public spaces", exact=True).last.click()
    window.choice.select_option("es")
    spanish = Speaking(window.tab, "es")
    chosen = window.tab.get_by_role("radio", name=spanish.say("areas", "public_spaces"))
    expect(chosen).to_be_checked()
    turn = spanish.ask("¿Qué herramientas de diagnóstico hay?")
    expect(turn.locator(".asked .chip")).to_have_text(spanish.say("areas", "public_spaces"))


def test_the_address_says_the_language_and_follows_the_choice(speaking: Callable[..., Speaking], served: str) -> None:
    window = speaking("en")
    greek = Speaking(window.tab, "el").open(f"{served}?lang=el#to=tools&place=Germany")
    expect(window.tab.locator(".panel h2")).to_have_text(greek.say("browse", "title"))
    greek.choice.select_option("nl")
    dutch = Speaking(window.tab, "nl")
    expect(window.tab.locator(".panel h2")).to_have_text(dutch.say("browse", "title"))
    expect(window.tab).to_have_url(f"{served}?lang=nl#to=tools&place=Germany")
    window.tab.reload()
    expect(window.tab.locator(".panel h2")).to_have_text(dutch.say("browse", "title"))


def test_two_windows_at_once_keep_their_languages(speaking: Callable[..., Speaking], served: str) -> None:
    windows = [speaking("fr").open(served), speaking("el").open(served)]
    for window in windows:
        window.box.fill(QUESTION)
    for window in windows:
        window.box.press("Enter")
    for window in windows:
        expect(window.tab.locator(".turn .status")).to_have_text(window.say("status", "answered"))
        expect(window.status()).to_contain_text(window.say("status", "answered"))
        expect(window.button("turn", "edit")).to_be_visible()


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a window whose answers take half a minute."""
    with serving("tests.browser.slow_window", log=tmp_path_factory.mktemp("slow") / "log.txt") as address:
        yield address


def test_a_language_chosen_while_an_answer_comes_is_there_in_the_end(
    speaking: Callable[..., Speaking], slow: str
) -> None:
    window = speaking("en").open(slow)
    window.box.fill("What is Calm Street?")
    window.box.press("Enter")
    expect(window.tab.locator(".turn .answer")).to_contain_text("The Swedish youth", timeout=10_000)
    window.choice.select_option("pt")
    portuguese = Speaking(window.tab, "pt")
    expect(portuguese.button("composer", "stop")).to_be_visible()
    portuguese.button("composer", "stop").click()
    expect(window.tab.locator(".turn")).to_contain_text(portuguese.say("turn", "stopped"))
    expect(portuguese.button("turn", "retry")).to_be_visible()


def test_screen_readers_are_told_which_words_are_the_reports(speaking: Callable[..., Speaking], served: str) -> None:
    window = speaking("el").open(served)
    turn = window.ask(GREEK_QUESTION)
    expect(turn.locator(".question")).to_have_attribute("lang", "el")
    expect(turn.locator(".answer")).to_have_attribute("lang", "en")
    expect(turn.locator(".marker").first).to_have_attribute("lang", "el")
    expect(turn.locator(".card-name").first).to_have_attribute("lang", "en")
    expect(turn.locator(".suggestion").first).to_have_attribute("lang", "el")
    turn.locator(".marker").first.click()
    expect(window.tab.locator(".panel blockquote").first).to_have_attribute("lang", "en")
    greek_in_english = window.tab.evaluate(
        """[...document.querySelectorAll('[lang="en"]')].filter((e) => !e.querySelector('[lang]'))
            .map((e) => e.textContent).filter((text) => /[Ͱ-Ͽ]/.test(text))"""
    )
    assert greek_in_english == []


def test_words_around_the_quotes_are_in_the_language_asked_in(speaking: Callable[..., Speaking], served: str) -> None:
    turn = speaking("en").open(served).ask("Quels outils d’évaluation existe-t-il pour la radicalisation ?")
    expect(turn.locator(".answer p.own").first).to_have_attribute("lang", "fr")
    expect(turn.locator(".answer")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_the_accessibility_statement_is_there_in_every_language(
    speaking: Callable[..., Speaking], served: str, language: str
) -> None:
    window = speaking(language).open(served)
    window.button("access", "title").click()
    panel = window.tab.locator(".panel")
    expect(panel.get_by_role("heading", level=2)).to_have_text(window.say("access", "title"))
    expect(panel).to_contain_text("WCAG")
    expect(panel).to_contain_text(window.say("access", "how"))
    expect(window.tab).to_have_url(f"{served}#to=access")


def an_answer(window: Speaking) -> None:
    window.ask(GREEK_QUESTION)


def two_answers_with_cards(window: Speaking) -> None:
    window.ask(GREEK_QUESTION)
    window.button("turn", "retry").wait_for()
    window.ask("What is SAM, mobile social work in Vienna?")


def a_source(window: Speaking) -> None:
    an_answer(window)
    window.tab.locator(".marker").first.click()
    window.tab.locator(".panel").wait_for()


def all_tools(window: Speaking) -> None:
    window.button("header", "tools").click()
    window.tab.locator(".inventory").wait_for()
    for summary in window.tab.locator(".panel summary").all():
        summary.click()


def a_card(window: Speaking) -> None:
    window.button("header", "tools").click()
    window.tab.locator(".panel .card-name").first.click()
    window.tab.locator(".panel .fields").wait_for()


def a_comparison(window: Speaking) -> None:
    window.button("header", "tools").click()
    for i in range(3):
        window.tab.locator(".panel .keep").nth(i).click()
        expect(window.tab.locator("[data-kept-count]")).to_have_text(str(i + 1))
    window.tab.locator(".tray").get_by_role("button", name=window.say("compare", "compare")).last.click()
    window.tab.locator(".compare").wait_for()


def statement(window: Speaking) -> None:
    window.button("access", "title").click()
    window.tab.locator(".panel.access").wait_for()


VIEWS = [an_answer, two_answers_with_cards, a_source, all_tools, a_card, a_comparison, statement]


@pytest.mark.parametrize(("language", "size"), [("de", DESKTOP), ("el", PHONE)], ids=["de-desktop", "el-phone"])
def test_axe_finds_nothing_in_other_languages(
    speaking: Callable[..., Speaking], served: str, language: str, size: ViewportSize
) -> None:
    for view in VIEWS:
        window = speaking(language, size).open(served)
        view(window)
        for scheme in SCHEMES:
            window.tab.emulate_media(color_scheme=scheme)
            window.tab.wait_for_timeout(300)
            assert violations(window.tab) == [], (view.__name__, scheme)


@pytest.mark.parametrize("language", ["fr", "de", "el"])
def test_long_words_do_not_widen_a_phone(speaking: Callable[..., Speaking], served: str, language: str) -> None:
    for view in (an_answer, all_tools, a_card, a_comparison, statement):
        window = speaking(language, PHONE).open(served)
        view(window)
        for width in (390, 320):
            window.tab.set_viewport_size({"width": width, "height": 844})
            assert window.tab.evaluate("document.documentElement.scrollWidth") <= width, view.__name__
            assert overlapping(window.tab) == [], view.__name__


def overlapping(tab: Page) -> list[str]:
    """Buttons of the bar and of the inventory whose words stick out of them."""
    found: list[str] = tab.evaluate(
        """[...document.querySelectorAll('.bar-actions, .bar-actions button, .inventory button, #composer button')]
            .filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1).map((e) => e.textContent.trim())"""
    )
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_fits_in_every_language(speaking: Callable[..., Speaking], served: str, language: str) -> None:
    window = speaking(language).open(served)
    window.tab.evaluate("document.querySelector('#head [data-kept-count]').textContent = '12'")
    for width in (1440, 1024, 900, 768, 700, 390, 320):
        window.tab.set_viewport_size({"width": width, "height": 900})
        assert window.tab.evaluate("document.documentElement.scrollWidth") <= width
        right = window.tab.locator(".brand").evaluate("(e) => e.getBoundingClientRect().right")
        assert right <= window.tab.locator(".bar-actions").evaluate("(e) => e.getBoundingClientRect().left")
        box = window.choice.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
