"""A program in a process of its own, to be asked, watched and stopped."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.conftest import ROOT

SECONDS_TO_START = 120


@dataclass(frozen=True)
class Running:
    """The process, where it answers, and what it has written to standard error so far."""

    process: "subprocess.Popen[bytes]"
    address: str
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        """Its log, each line read as JSON."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def stop(self, seconds: float) -> int:
        """Wait until it has ended; its exit code."""
        return self.process.wait(seconds)


@contextmanager
def running(folder: Path, *command: str, **env: str) -> Iterator[Running]:
    """`python -m COMMAND --port FREE`, once it answers; ended at the end, if it has not by itself."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    log = folder / "log.jsonl"
    settings: Mapping[str, str] = {"ICARUS_CORPUS": str(ROOT / "corpus"), "ICARUS_LOG_FORMAT": "json", **env}
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, **settings},
            stdout=output,
            stderr=output,
        )
        try:
            program = Running(process, f"http://127.0.0.1:{port}", log)
            _wait(program)
            yield program
        finally:
            process.kill()
            process.wait(20)


def _wait(program: Running) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and program.process.poll() is None:
        try:
            assert httpx.get(f"{program.address}/healthz", timeout=5).status_code == 200
            return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError(f"It did not start: {program.log.read_text()}")
