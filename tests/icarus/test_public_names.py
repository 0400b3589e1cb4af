"""`import icarus` and the few names that most programs need."""

import doctest
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import icarus
from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus.assistant import Assistant


@pytest.mark.parametrize("name", icarus.__all__)
def test_every_name_is_there_and_documented(name: str) -> None:
    assert getattr(icarus, name).__doc__
    assert name in dir(icarus)
    assert f"{name}`" in (ROOT / "src" / "README.md").read_text(encoding="utf-8")


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'Oracle'"):
        _ = icarus.Oracle


def test_importing_it_imports_nothing_else() -> None:
    script = "import sys, icarus; print([m for m in sys.modules if m.startswith('icarus.') or m == 'pydantic'])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "[]\n"


def test_the_example_is_true(assistant: "Assistant") -> None:
    results = doctest.testmod(icarus, extraglobs={"assistant": assistant})
    assert (results.failed, results.attempted) == (0, 2)
