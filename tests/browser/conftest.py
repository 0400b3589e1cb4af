"""The real window, on the real index and model, in a real Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.window import Window

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 180


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser and a real index."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker("slow")


@pytest.fixture(scope="session")
def served(index_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `icarus chat`, run as users run it."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("served") / "log.txt"
    command = [sys.executable, "-m", "icarus", "chat", "--port", str(port)]
    environment = {**os.environ, **index_env, "ICARUS_CORPUS": str(ROOT / "corpus")}
    with log.open("w") as output, subprocess.Popen(command, env=environment, stdout=output, stderr=output) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", server, log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
    assert "Traceback" not in log.read_text()


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 (our own address)
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"The window did not open: {log.read_text()}")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. It is closed with these tests, since its event loop would be in the way of others'."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.skip("there is no Chromium on this machine: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if os.geteuid() == 0 else [])
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
