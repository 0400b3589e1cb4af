"""The command line as users and their scripts meet it, by the real command in a process of its own."""

import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from icarus import cli
from icarus.errors import IndexMissingError
from tests.conftest import Run

COMMANDS = ("chat", "ask", "ingest", "status", "verify", "tools", "eval", "doctor")
HEAVY = ("torch", "gradio", "chromadb", "llama_index", "sentence_transformers", "transformers", "numpy")


def test_help_lists_every_command_with_what_it_does(run_icarus: Run) -> None:
    done = run_icarus("--help", env={"COLUMNS": "120"})
    assert done.returncode == 0
    for name in COMMANDS:
        line = next(line for line in done.stdout.splitlines() if line.startswith(f"│ {name} "))
        assert len(line.strip("│ ").split()) > 3, line


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_answers_help(run_icarus: Run, name: str) -> None:
    done = run_icarus(name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"Usage: icarus {name}" in done.stdout


def test_listing_the_commands_loads_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['icarus', '--help']\n"
        "from icarus.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stderr.strip() == "[]"


def test_the_version_is_the_installed_one(run_icarus: Run) -> None:
    assert run_icarus("--version").stdout == f"icarus {metadata.version('icarus-assistant')}\n"


def test_no_command_shows_the_help_as_wrong_usage(run_icarus: Run) -> None:
    done = run_icarus()
    assert done.returncode == 2
    assert "Usage: icarus" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("fly",), "No such command 'fly'"),
        (("ask",), "Give a question, or --jsonl"),
        (("ask", "--jsonl", "and a question"), "Give a question, or --jsonl"),
        (("ask", "one", "two"), "unexpected extra argument"),
        (("status", "--yaml"), "No such option"),
        (("tools", "--focus-area", "cooking"), "juvenile_delinquency"),
        (("tools", "--category", "cooking"), "Evaluation tools"),
        (("tools", "--format", "xml"), "none of: table, json, csv, md"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_right(run_icarus: Run, arguments: tuple[str, ...], says: str) -> None:
    done = run_icarus(*arguments, env={"COLUMNS": "400"})
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (IndexMissingError("There is no index."), "There is no index."),
        (
            ModuleNotFoundError("No module named 'x'", name="x"),
            "A part of Icarus is not installed (x): `icarus doctor` says what is missing.",
        ),
        (
            RuntimeError("two\nlines"),
            "Something unexpected went wrong: two lines; run with ICARUS_DEBUG=1 for details.",
        ),
        (KeyError(), "Something unexpected went wrong: KeyError; run with ICARUS_DEBUG=1 for details."),
    ],
)
def test_every_failure_is_one_line(error: Exception, sentence: str) -> None:
    assert cli.sentence_of(error) == sentence


Failing = Callable[[BaseException], None]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Failing:
    """Make `icarus status` fail with an error, in this process."""

    def fail_with(error: BaseException) -> None:
        def fail(_: Path) -> None:
            raise error

        monkeypatch.setattr("icarus.verification.published_manifest", fail)
        monkeypatch.setattr(sys, "argv", ["icarus", "status"])

    monkeypatch.delenv("ICARUS_DEBUG", raising=False)
    return fail_with


def test_the_unexpected_exits_1_without_a_traceback(failing: Failing, capsys: pytest.CaptureFixture[str]) -> None:
    failing(RuntimeError("boom"))
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 1
    assert capsys.readouterr().err.startswith("Something unexpected went wrong: boom;")


def test_debugging_shows_the_traceback(failing: Failing, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(RuntimeError("boom"))
    monkeypatch.setenv("ICARUS_DEBUG", "1")
    with pytest.raises(RuntimeError, match="boom"):
        cli.main()


def test_an_interrupt_exits_130(failing: Failing, capsys: pytest.CaptureFixture[str]) -> None:
    failing(KeyboardInterrupt())
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 130
    assert "Traceback" not in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error() -> None:
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {sys.executable} -m icarus doctor | true; echo ${{PIPESTATUS[0]}}"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
