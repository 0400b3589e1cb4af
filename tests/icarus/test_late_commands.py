"""Commands of other programs are listed without being loaded, and loaded when called."""

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from icarus import late_commands as late


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two commands in modules that leave a trace when they are imported."""
    for name, body in {
        "first_program": 'def go() -> None:\n    """Go somewhere.\n\n    And more.\n    """\n',
        "second_program": "import a_library_that_is_not_there\n\ndef stay(): ...\n",
    }.items():
        (tmp_path / f"{name}.py").write_text(body)
    monkeypatch.syspath_prepend(tmp_path)
    points = (
        EntryPoint("go", "first_program:go", late.GROUP),
        EntryPoint("stay", "second_program:stay", late.GROUP),
        EntryPoint("gone", "no_such_package.cli:gone", late.GROUP),
    )
    monkeypatch.setattr(late, "entry_points", lambda group: points)
    monkeypatch.delitem(sys.modules, "first_program", raising=False)


@pytest.mark.usefixtures("programs")
def test_listing_loads_nothing_and_shows_the_first_line() -> None:
    found = late.late_commands(["--help"])
    assert {name: command.__doc__ for name, command in found.items()} == {"go": "Go somewhere.", "stay": "", "gone": ""}
    assert "first_program" not in sys.modules


@pytest.mark.usefixtures("programs")
def test_only_the_command_that_is_called_is_loaded() -> None:
    found = late.late_commands(["go", "stay"])
    assert found["go"].__module__ == "first_program"
    assert "second_program" not in sys.modules


@pytest.mark.usefixtures("programs")
def test_a_program_whose_library_is_missing_says_which() -> None:
    with pytest.raises(ModuleNotFoundError) as caught:
        late.late_commands(["stay"])
    assert caught.value.name == "a_library_that_is_not_there"


def test_the_house_brings_its_three() -> None:
    assert {"chat", "ingest", "eval"} <= late.late_commands([]).keys()
