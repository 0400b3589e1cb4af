"""What all tests share: the real command, a real index built once, the material that only maintainers have."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    pass

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder `shared` beside the repository, which users do not have."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("there is no ../shared: its material is not part of the repository")
    return folder


@pytest.fixture(scope="session")
def run_icarus() -> Run:
    """Call the real `icarus` in a process of its own: `run_icarus("ask", "...", cwd=..., env={...}, stdin="...")`."""

    def run(
        *arguments: str, cwd: Path = ROOT, env: dict[str, str] | None = None, stdin: str = "", timeout: float = 300
    ) -> "subprocess.CompletedProcess[str]":
        variables = {k: v for k, v in os.environ.items() if not k.startswith("ICARUS_")}
        return subprocess.run(
            [sys.executable, "-m", "icarus", *arguments],
            cwd=cwd,
            env=variables | (env or {}),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )

    return run
