"""Nothing calls out: ingesting, asking and the chat window, with every way out blocked and every attempt counted."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

GUARD = ROOT / "tests" / "offline"
REPORT = """1. Lighting

The town of Northwick renewed its street lighting in 2019 together with residents and shop keepers. The number of
people who felt safe after dark rose in every district of the town.

2. Guards

The town of Southwick has stewards who walk the station square in the evening and help people find their way.
"""


# Libraries that report home are silent where these are set, as they are not on a user's machine.
_QUIET = {"CI", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS"}


def guarded(log: Path, **variables: str) -> dict[str, str]:
    """The environment in which Python reaches loopback only, and attempts are noted."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("ICARUS_") and k not in _QUIET}
    return kept | {"PYTHONPATH": str(GUARD), "OFFLINE_LOG": str(log)} | variables


def namespace() -> list[str]:
    """The command in front that takes the network away from a process, where this machine lets us; else nothing."""
    if sys.platform != "linux" or not shutil.which("unshare"):
        return []
    command = ["unshare", "--map-root-user", "--net"]
    return command if subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0 else []


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What happened on a day without internet, with the attempts that Python saw."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "towns.txt").write_text(REPORT, encoding="utf-8")
    log = folder / "attempts"
    without_network = namespace()
    done = subprocess.run(
        [*without_network, sys.executable, str(GUARD / "scenario.py"), *(["--alone"] if without_network else [])],
        cwd=folder,
        env=guarded(log, ICARUS_CORPUS="corpus", ICARUS_INDEX="index"),
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=True,
    )
    happened: dict[str, Any] = json.loads(done.stdout)
    return happened | {"attempts": log.read_text().splitlines() if log.exists() else []}


@pytest.mark.slow
def test_everything_works_without_internet(day: dict[str, Any]) -> None:
    assert day["ingest"] == {"code": 0, "stderr": ""}
    assert (day["ask"]["code"], day["ask"]["stderr"]) == (0, "")
    assert "Northwick" in json.loads(day["ask"]["stdout"])["answer"]
    assert day["window"]["page"], day["window"]["stderr"]


@pytest.mark.slow
def test_nothing_calls_out(day: dict[str, Any]) -> None:
    assert day["attempts"] == []


@pytest.mark.slow
def test_native_code_does_not_call_out_either(day: dict[str, Any]) -> None:
    if not namespace():
        pytest.skip("this machine does not let a process have a network namespace of its own")
    assert day["stray_packets"] == 0


CALLS = {
    "connect": "socket.create_connection(('192.0.2.1', 80), 1)",
    "look up": "socket.getaddrinfo('example.org', 80)",
    "datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_guard_sees_a_call_that_is_swallowed(tmp_path: Path, call: str) -> None:
    script = f"import socket\ntry: {call}\nexcept OSError: pass\nsocket.create_server(('127.0.0.1', 0))"
    subprocess.run([sys.executable, "-c", script], env=guarded(tmp_path / "log"), check=True)
    assert (tmp_path / "log").read_text().count("\n") == 1


def test_the_kernel_counts_what_python_does_not_see() -> None:
    if not namespace():
        pytest.skip("this machine does not let a process have a network namespace of its own")
    script = (
        f"import sys; sys.path.insert(0, {str(GUARD)!r}); import scenario, socket\n"
        "scenario.raise_loopback()\n"
        "before = scenario.packets_without_a_way()\n"
        "try: socket.create_connection(('192.0.2.1', 80), 1)\n"
        "except OSError: pass\n"
        "print(before, scenario.packets_without_a_way())"
    )
    done = subprocess.run(
        [*namespace(), sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    before, after = map(int, done.stdout.split())
    assert before == 0
    assert after > 0


@pytest.mark.slow
def test_a_process_that_goes_on_for_long_does_not_call_out(tmp_path: Path, built_index: Path) -> None:
    if not namespace():
        pytest.skip("this machine does not let a process have a network namespace of its own")
    script = (
        f"import sys; sys.path.insert(0, {str(GUARD)!r}); import scenario, time\n"
        "scenario.raise_loopback()\n"
        "from icarus import Assistant, Settings\n"
        f"assistant = Assistant.open(Settings(index={str(built_index)!r}))\n"
        "assistant.ask('What is Calm Street?')\n"
        "time.sleep(10)  # reports that native code gathers are sent after a while\n"
        "print(scenario.packets_without_a_way())"
    )
    command = [*namespace(), sys.executable, "-c", script]
    done = subprocess.run(command, env=guarded(tmp_path / "log"), capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "0"
