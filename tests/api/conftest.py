"""What the tests of the HTTP API and of MCP share: real servers, on the real index and on a small one."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from icarus.live import LiveAssistant
from icarus.settings import Settings
from icarus_api.app import create_app
from tests.api.serving import served
from tests.ingest.small_model import SmallModel
from tests.small_index import publish_small

if TYPE_CHECKING:
    from icarus.assistant import Assistant


@pytest.fixture(scope="session")
def address(assistant: "Assistant") -> Iterator[str]:
    """Where the real index is served, by an assistant whose model is loaded."""
    assistant.ask("What is the aim of this report?")
    with served(create_app(lambda: assistant, "127.0.0.1")) as address:
        yield address


@pytest.fixture
def api(address: str) -> Iterator[httpx.Client]:
    """A client of the real index."""
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


def small_index(folder: Path) -> Settings:
    """The settings of a small index that is published in a folder."""
    settings = Settings(index=folder / "index", embedding_model="small")
    publish_small(settings, "aaa", 1995)
    return settings


def small_assistant(settings: Settings) -> LiveAssistant:
    """An assistant on whatever generation of a small index is published."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("icarus.assistant.EmbeddingModel.load", lambda *_: SmallModel())
        return LiveAssistant(settings)


@pytest.fixture(scope="session")
def small_live(tmp_path_factory: pytest.TempPathFactory) -> LiveAssistant:
    """An assistant on a small index that nobody changes."""
    return small_assistant(small_index(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="session")
def small_api(small_live: LiveAssistant) -> Iterator[httpx.Client]:
    """A client of that index."""
    with served(create_app(small_live.current, "127.0.0.1")) as address, httpx.Client(base_url=address) as client:
        yield client
