import os
import re
import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from icarus.listening import url_of
from icarus_ui import cli

Run = Callable[..., "CompletedProcess[str]"]


def test_help_names_host_and_port(run_icarus: Run) -> None:
    done = run_icarus("chat", "--help")
    assert done.returncode == 0
    assert re.search(r"--host.*--port", done.stdout, re.DOTALL)


def test_a_port_in_use_is_one_line_and_exit_1(run_icarus: Run) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        done = run_icarus("chat", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert re.fullmatch(r"[^\n]*in use: stop the other program[^\n]*\n", done.stderr)
    assert done.stdout == ""


def test_others_are_not_let_in_by_mistake(run_icarus: Run) -> None:
    done = run_icarus("chat", "--host", "0.0.0.0", env={"ICARUS_INDEX": "none"})  # noqa: S104
    assert done.returncode == 1
    assert re.fullmatch(r"Serving on 0.0.0.0 lets others in: set ICARUS_PASSWORD [^\n]*\n", done.stderr)


def test_what_was_kept_is_deleted_on_demand(run_icarus: Run, tmp_path: Path) -> None:
    for name in ("questions.jsonl", "feedback.jsonl"):
        (tmp_path / name).write_text("{}\n")
    done = run_icarus("chat", "--forget", env={"ICARUS_KEPT": str(tmp_path)})
    assert done.returncode == 0
    assert not list(tmp_path.glob("*.jsonl"))
    assert run_icarus("chat", "--forget", env={"ICARUS_KEPT": str(tmp_path)}).returncode == 0


def test_a_port_that_is_none_is_wrong_usage(run_icarus: Run) -> None:
    assert run_icarus("chat", "--port", "99999").returncode == 2


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("::", "[::1]"), ("icarus.example", "icarus.example")],
)
def test_the_address_is_shown_as_a_browser_takes_it(host: str, shown: str) -> None:
    assert url_of(cli._seen_from_here(host), 1) == f"http://{shown}:1"


def test_importing_the_command_loads_nothing_heavy(run_icarus: Run) -> None:
    done = run_icarus("--help", env={"PYTHONPROFILEIMPORTTIME": "1", "PATH": os.environ["PATH"]})
    loaded = {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()}
    assert not loaded & {"gradio", "torch", "chromadb", "fastapi"}
