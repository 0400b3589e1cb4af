"""`icarus serve` as a person starts it."""

import os
import re
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from icarus.listening import listen
from tests.browser.serving import serving
from tests.conftest import HEAVY, ROOT, Run


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_help_loads_nothing_heavy(run_icarus: Run, command: str) -> None:
    done = run_icarus(command, "--help", env={"PYTHONPROFILEIMPORTTIME": "1", "PATH": os.environ["PATH"]})
    assert done.returncode == 0
    assert not {line.rsplit("|", 1)[-1].strip() for line in done.stderr.splitlines()} & HEAVY


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "icarus.example"])  # noqa: S104  refused
def test_others_are_not_let_in_without_a_token(run_icarus: Run, host: str) -> None:
    done = run_icarus("serve", "--host", host)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"Others can reach [^\n]*: set ICARUS_API_TOKEN [^\n]*\n", done.stderr)


def test_a_port_in_use_is_one_line_and_exit_1(run_icarus: Run) -> None:
    with closing(listen("127.0.0.1", 0)) as taken:
        done = run_icarus("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert re.fullmatch(r"Port [^\n]* is in use: [^\n]*\n", done.stderr)


def test_without_an_index_it_says_so(run_icarus: Run, tmp_path: Path) -> None:
    with closing(listen("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    done = run_icarus("serve", "--port", str(port), env={"ICARUS_INDEX": str(tmp_path / "none")})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("There is no index yet: build it with `icarus ingest`.\n")
    assert "Traceback" not in done.stderr


def test_it_serves_who_bears_the_token_and_calls_nobody(index_env: dict[str, str], tmp_path: Path) -> None:
    log, attempts = tmp_path / "log.txt", tmp_path / "attempts"
    path = os.pathsep.join([str(ROOT / "tests" / "offline"), os.environ.get("PYTHONPATH", "")])
    env = index_env | {"ICARUS_API_TOKEN": "secret", "PYTHONPATH": path, "OFFLINE_LOG": str(attempts)}
    asked = {"turns": ["How many languages do the teams of SAM speak together?"]}
    with serving("icarus", "serve", "--port", log=log, env=env) as address:
        assert f"HTTP API: {address}v1  (described in {address}openapi.json)" in log.read_text()
        assert httpx.post(f"{address}v1/ask", json=asked).status_code == 401
        bearing = {"authorization": "Bearer secret"}
        reply = httpx.post(f"{address}v1/ask", json=asked, headers=bearing, timeout=120).json()
        assert reply["citations"][0]["page"] == 43
    assert "languages" not in log.read_text()
    assert not attempts.exists()
