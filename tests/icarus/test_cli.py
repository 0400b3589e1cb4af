"""The command line as users and their scripts meet it, by the real command in a process of its own."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from icarus import cli
from icarus.errors import IndexMissingError
from icarus.records import Citation, FocusArea, Reply
from icarus.taxonomy import FOCUS_AREA_LABELS
from tests.conftest import HEAVY, Run, loaded_by
from tests.d22 import CELLS

COMMANDS = ("chat", "ask", "ingest", "status", "verify", "tools", "eval", "serve", "mcp", "doctor")


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
    script = "sys.argv = ['icarus', '--help']\nfrom icarus.__main__ import main\ntry: main()\nexcept SystemExit: pass\n"
    assert loaded_by(script) & (HEAVY | {"numpy"}) == set()


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


def shell(command: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """A command line of bash in which `icarus` is the real command."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("icarus", f"{sys.executable} -m icarus")],
        env={**os.environ, **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("command", ["icarus tools --format json | head -1", "icarus status | true"])
def test_a_reader_that_goes_away_is_no_error(index_env: dict[str, str], command: str) -> None:
    assert shell(command, index_env).stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("command", ["icarus tools --format json", "icarus status"])
def test_a_full_disk_is_told(index_env: dict[str, str], command: str) -> None:
    done = shell(f"{command} > /dev/full", index_env)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "No space left on device" in done.stderr


def test_closed_streams_are_no_harm(index_env: dict[str, str]) -> None:
    assert shell("icarus status >&-", index_env).returncode == 0
    assert shell("icarus fly 2>&-", index_env).returncode == 2


def test_json_is_utf8_whatever_the_terminal(index_env: dict[str, str]) -> None:
    done = shell("icarus tools --place Malmö --format json", index_env | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"})
    assert "Malmö" in json.dumps(json.loads(done.stdout), ensure_ascii=False)


def test_a_stray_byte_in_a_question_is_no_harm(index_env: dict[str, str]) -> None:
    done = shell("icarus ask $'What is \\xff Calm Street?' --json", index_env)
    assert json.loads(done.stdout)["status"] == "answered"


def test_status_says_what_is_indexed(run_icarus: Run, index_env: dict[str, str]) -> None:
    content = json.loads(run_icarus("status", "--json", env=index_env).stdout)
    assert [d["id"] for d in content["documents"]] == ["icarus-d2.2"]
    assert (content["pages"], content["tools"], content["model"]) == (81, 104, "all-MiniLM-L6-v2")
    assert content["passages"] > 200
    assert content["corpus_changed"] is False
    table = run_icarus("status", env=index_env).stdout
    assert str(content["passages"]) in table
    assert "unchanged" in table


def test_status_sees_that_the_corpus_changed(run_icarus: Run, index_env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "icarus-d2.2.txt").write_text("something else")
    (tmp_path / "new.txt").write_text("new")
    env = index_env | {"ICARUS_CORPUS": str(tmp_path)}
    content = json.loads(run_icarus("status", "--json", env=env).stdout)
    assert content["corpus_changed"] is True
    assert content["corpus_change"] == {
        "new": ["new.txt"],
        "changed": ["icarus-d2.2.txt"],
        "missing": ["icarus-d2.2.questions.toml"],
    }
    assert (
        "new: new.txt; changed: icarus-d2.2.txt; missing: icarus-d2.2.questions.toml (run `icarus ingest`)"
        in run_icarus("status", env=env).stdout
    )


def test_verify_trusts_a_whole_index(run_icarus: Run, index_env: dict[str, str]) -> None:
    done = run_icarus("verify", env=index_env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "The index is whole" in done.stdout


def test_verify_does_not_trust_an_index_that_lost_a_page(run_icarus: Run, built_index: Path, tmp_path: Path) -> None:
    copy = tmp_path / "index"
    shutil.copytree(built_index, copy)
    manifest = next(copy.glob("generations/*/manifest.json"))
    content = json.loads(manifest.read_text())
    content["documents"][0]["pages"] += 1
    manifest.write_text(json.dumps(content))
    done = run_icarus("verify", env={"ICARUS_INDEX": str(copy)})
    assert done.returncode == 1
    assert "icarus-d2.2 lacks the pages 82." in done.stdout
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("The index cannot be trusted (problems: 1)")


def test_tools_are_all_there(run_icarus: Run, index_env: dict[str, str]) -> None:
    cards = json.loads(run_icarus("tools", "--format", "json", env=index_env).stdout)
    assert len(cards) == len({card["id"] for card in cards}) == 104
    assert {card["document"] for card in cards} == {"icarus-d2.2"}
    found = Counter((a, c) for card in cards for a in card["focus_areas"] for c in card["categories"])
    assert found == Counter(CELLS)


@pytest.mark.parametrize(("area", "kind"), [("public_spaces", "evaluation"), ("radicalisation", "evaluation")])
def test_tools_are_filtered_by_key_or_label(run_icarus: Run, index_env: dict[str, str], area: str, kind: str) -> None:
    by_key = run_icarus("tools", "--focus-area", area, "--category", kind, "--format", "json", env=index_env)
    by_label = run_icarus(
        "tools", "--focus-area", FOCUS_AREA_LABELS[FocusArea(area)].upper(), "--category", "evaluation tools",
        "--format", "json", env=index_env,
    )  # fmt: skip
    assert by_key.stdout == by_label.stdout
    assert len(json.loads(by_key.stdout)) == CELLS[area, kind]


def test_tools_in_every_format_are_the_same_tools(run_icarus: Run, index_env: dict[str, str]) -> None:
    def listed(form: str) -> str:
        return run_icarus("tools", "--place", "Stockholm", "--format", form, env=index_env).stdout

    names = [card["name"] for card in json.loads(listed("json"))]
    assert "Calm Street" in names
    assert [row["name"] for row in csv.DictReader(io.StringIO(listed("csv")))] == names
    assert [line.split(" | ")[0].removeprefix("| ") for line in listed("md").splitlines()[2:-2]] == names
    assert all(name.split()[0] in listed("table") for name in names)


def test_ask_without_an_index_builds_none(run_icarus: Run, tmp_path: Path) -> None:
    done = run_icarus("ask", "What is Calm Street?", env={"ICARUS_INDEX": str(tmp_path / "index")})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "There is no index yet: build it with `icarus ingest`.\n"
    assert not (tmp_path / "index").exists()


def test_ask_shows_the_answer_then_its_sources(run_icarus: Run, index_env: dict[str, str]) -> None:
    done = run_icarus("ask", "What is SAM in Vienna?", env=index_env)
    assert (done.returncode, done.stderr) == (0, "")
    answer, _, sources = done.stdout.partition("Sources")
    assert "[1]" in answer
    assert "  [1] " in sources
    assert "p. " in sources


def test_ask_as_json_is_the_reply_of_the_contract(run_icarus: Run, index_env: dict[str, str]) -> None:
    done = run_icarus("ask", "What is SAM in Vienna?", "--json", env=index_env)
    reply = json.loads(done.stdout)
    assert list(reply) == [name for name in Reply.model_fields if name != "id"]
    assert reply["status"] == "answered"
    assert "mobile team of social workers" in " ".join(c["quote"].lower() for c in reply["citations"])
    assert set(reply["citations"][0]) == set(Citation.model_fields)


def test_ask_many_answers_each_line_in_order(run_icarus: Run, index_env: dict[str, str]) -> None:
    lines = [
        '{"id": "one", "turns": ["What is Calm Street?"]}',
        "this is no JSON",
        "",
        '{"id": "long", "turns": ["' + "why " * 1250 + '"]}',
        '{"id": "three", "turns": ["What is Calm Street?", "Which city runs it?"]}',
    ]
    done = run_icarus("ask", "--jsonl", stdin="\n".join(lines), env=index_env)
    assert (done.returncode, done.stderr) == (0, "")
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert [reply["id"] for reply in replies] == ["one", None, "long", "three"]
    assert [reply["status"] for reply in replies] == ["answered", "error", "error", "answered"]
    assert replies[1]["answer"].startswith("Line 2: ")
    assert replies[2]["answer"].startswith("Line 4: ")
    assert "stockholm" in json.dumps(replies[3]).lower()
