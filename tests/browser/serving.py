"""Serve a window in a process of its own while a test runs."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 180


@contextmanager
def serving(module: str, *arguments: str, log: Path, env: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address at which `python -m module *arguments PORT` serves; what it prints goes to `log`.

    Raises:
        AssertionError: it did not start, or a traceback was printed.
    """
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", module, *arguments, str(port)]
    environment = {**os.environ, "ICARUS_CORPUS": str(ROOT / "corpus"), **(env or {})}
    with log.open("w") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", server, log)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait(timeout=20)
    assert "Traceback" not in log.read_text()


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 (our own address)
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"The window did not open: {log.read_text()}")
