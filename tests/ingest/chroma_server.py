"""A real Chroma server on this machine, for tests."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import HttpUrl

from icarus.settings import ChromaServer


@contextmanager
def running_server(folder: Path) -> Iterator[ChromaServer]:
    """`chroma run` on a free port, with its data in a folder."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(folder), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/v2/heartbeat")
            yield ChromaServer(url=HttpUrl(f"http://127.0.0.1:{port}"))
        finally:
            process.kill()


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(url, timeout=5):  # noqa: S310 an address of our own
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(url)
