"""What all tests share: the real command, a real index built once, the material that only maintainers have."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings
from rich.console import Console

from icarus.settings import Settings, get_settings

if TYPE_CHECKING:
    from icarus.assistant import Assistant

# The same examples on every run where a failure blocks people; fresh ones at the desk, where they find defects.
hypothesis_settings.register_profile("repeatable", derandomize=True)
if os.environ.get("CI"):
    hypothesis_settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parent.parent
# What takes long to load, and no start of the command has to wait for.
HEAVY = frozenset(
    {"torch", "gradio", "fastapi", "mcp", "uvicorn", "chromadb", "llama_index", "sentence_transformers", "transformers"}
)
MARKED_BY_FIXTURE = {"built_index": "slow", "shared_dir": "shared"}
Run = Callable[..., "subprocess.CompletedProcess[str]"]


def loaded_by(script: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after a script."""
    code = f"import sys\n{script}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    return set(done.stderr.splitlines()[-1].split())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that takes a real index is slow, one that takes ../shared needs it: nobody has to remember to say so."""
    for item in items:
        for fixture, mark in MARKED_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


@pytest.fixture(autouse=True, scope="session")
def _without_settings_of_the_shell() -> Iterator[None]:
    """Tests see the defaults, whatever ICARUS_* the shell has."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("ICARUS_")]:
            patch.delenv(name)
        get_settings.cache_clear()
        yield


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder `shared` beside the repository, which users do not have."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("there is no ../shared: its material is not part of the repository")
    return folder


@pytest.fixture(scope="session")
def built_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real index of the repository's corpus, with the real model, built once for all tests: read it, never write."""
    from icarus_ingest.run import run

    index = tmp_path_factory.mktemp("built") / "index"
    assert run([], Settings(corpus=ROOT / "corpus", index=index), console=Console(quiet=True)) == 0
    return index


@pytest.fixture(scope="session")
def index_settings(built_index: Path) -> Settings:
    """The settings that use the index built for all tests."""
    return Settings(corpus=ROOT / "corpus", index=built_index)


@pytest.fixture(scope="session")
def index_env(built_index: Path) -> dict[str, str]:
    """The environment variables that make a command use the index built for all tests."""
    return {"ICARUS_INDEX": str(built_index)}


@pytest.fixture(scope="session")
def assistant(index_settings: Settings) -> "Assistant":
    """The real assistant on the index built for all tests."""
    from icarus.assistant import Assistant

    return Assistant.open(index_settings)


@pytest.fixture(scope="session")
def run_icarus(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Call the real `icarus` in a process of its own: `run_icarus("ask", "...", env={...}, stdin="...")`.

    It knows the repository's corpus, and is run in an empty folder unless told another.
    """
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(
        *arguments: str, cwd: Path = elsewhere, env: dict[str, str] | None = None, stdin: str = "", timeout: float = 300
    ) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "icarus", *arguments],
            cwd=cwd,
            env={**os.environ, "ICARUS_CORPUS": str(ROOT / "corpus"), **(env or {})},
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run
