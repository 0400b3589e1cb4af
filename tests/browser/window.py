"""The window as a person uses it: ask, open, read."""

from playwright.sync_api import Locator, Page, expect

SECONDS = 1000.0
QUESTION = "What is Calm Street in Stockholm?"


class Window:
    """One tab with the window in it."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.errors: list[str] = []
        self.requests: list[str] = []
        tab.set_default_timeout(20 * SECONDS)
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        tab.on("request", lambda request: self.requests.append(request.url))

    def open(self, address: str) -> "Window":
        """Go to the window and wait for its first look."""
        self.tab.goto(address)
        self.tab.locator(".welcome").wait_for()
        self.box.wait_for()
        return self

    @property
    def box(self) -> Locator:
        """The question box."""
        return self.tab.get_by_label("Your question")

    @property
    def turns(self) -> Locator:
        """The questions with their answers."""
        return self.tab.locator(".turn")

    @property
    def panel(self) -> Locator:
        """The sources panel."""
        return self.tab.locator(".panel")

    @property
    def status(self) -> Locator:
        """What screen readers are told."""
        return self.tab.locator("#announcer").get_by_role("status")

    @property
    def marks(self) -> Locator:
        """The marked words in the panel."""
        return self.panel.locator("mark")

    def ask(self, question: str = QUESTION) -> Locator:
        """Type a question, send it, wait for its answer."""
        before = self.turns.count()
        self.box.fill(question)
        self.box.press("Enter")
        return self.answered(before + 1)

    def answered(self, count: int) -> Locator:
        """The last of `count` turns, once it is answered."""
        expect(self.turns).to_have_count(count)
        turn = self.turns.nth(count - 1)
        turn.locator(".status").wait_for()
        return turn

    def open_source(self, n: int = 1) -> Locator:
        """Click the first marker with that number in the last answer."""
        self.turns.last.get_by_role("button", name=f"Source {n}: ").first.click()
        self.panel.wait_for()
        return self.panel
