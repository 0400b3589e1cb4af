"""The real window, on the real index and model, in a real Chromium."""

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.serving import serving
from tests.browser.window import SECONDS, Window

expect.set_options(timeout=20 * SECONDS)  # a busy machine is no defect


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser and a real index."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker("slow")


@pytest.fixture(scope="session")
def served(index_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `icarus chat`, run as users run it."""
    with serving(
        "icarus", "chat", "--port", log=tmp_path_factory.mktemp("served") / "log.txt", env=index_env
    ) as address:
        yield address


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. It is closed with these tests, since its event loop would be in the way of others'."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@pytest.fixture
def session(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser session of its own, on a desktop."""
    with closing(chromium.new_context(viewport={"width": 1440, "height": 900})) as made:
        yield made


@pytest.fixture
def tab(session: BrowserContext) -> Page:
    """An empty tab."""
    return session.new_page()


@pytest.fixture
def window(tab: Page, served: str) -> Window:
    """The window, opened."""
    return Window(tab).open(served)
