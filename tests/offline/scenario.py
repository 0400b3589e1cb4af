"""A day without internet: ingest, ask, open the window. Run in a process of its own; prints what happened as JSON.

With the argument `--alone` it is in a network namespace that has nothing but loopback, and reports how many
packets the kernel found no way out for: attempts of native code, which no Python hook sees, are among them.
"""

import fcntl
import json
import socket
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

_IFF_UP_RUNNING = 0x1 | 0x40
_SIOCSIFFLAGS = 0x8914


def icarus(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "icarus", *arguments], capture_output=True, encoding="utf-8", check=False, timeout=300
    )


def open_window() -> dict[str, object]:
    """Start the chat window, get its page, stop it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    window = subprocess.Popen([sys.executable, "-m", "icarus", "chat", "--port", str(port)], stderr=subprocess.PIPE)
    try:
        page = _get(f"http://127.0.0.1:{port}/", window)
    finally:
        window.terminate()
        _, errors = window.communicate(timeout=30)
    return {"page": "gradio" in page, "stderr": errors.decode()}


def _get(url: str, window: "subprocess.Popen[bytes]", patience: float = 180) -> str:
    end = time.monotonic() + patience
    while time.monotonic() < end and window.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    return ""


def raise_loopback() -> None:
    """A new namespace has loopback, but down."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as handle:
        fcntl.ioctl(handle, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _IFF_UP_RUNNING))


def packets_without_a_way() -> int:
    """What the kernel counted in this namespace, for IPv4 and IPv6."""
    names, values = (line.split() for line in Path("/proc/net/snmp").read_text().splitlines()[:2])
    v4 = int(dict(zip(names, values, strict=True))["OutNoRoutes"])
    v6 = [line.split()[1] for line in Path("/proc/net/snmp6").read_text().splitlines() if "Ip6OutNoRoutes" in line]
    return v4 + sum(map(int, v6))


def main() -> None:
    """The day itself."""
    alone = "--alone" in sys.argv
    if alone:
        raise_loopback()
    ingest = icarus("ingest")
    ask = icarus("ask", "Which towns renewed their street lighting?", "--json")
    happened = {
        "ingest": {"code": ingest.returncode, "stderr": ingest.stderr},
        "ask": {"code": ask.returncode, "stdout": ask.stdout, "stderr": ask.stderr},
        "window": open_window(),
        "stray_packets": packets_without_a_way() if alone else 0,
    }
    sys.stdout.write(json.dumps(happened))


if __name__ == "__main__":
    main()
