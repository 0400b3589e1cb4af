"""Python runs this at its start when the folder is on PYTHONPATH, in child processes as well.

It lets sockets reach loopback only, and notes every other attempt in the file OFFLINE_LOG names, so that one that
a library swallows is seen too.
"""

import ipaddress
import os
import sys

_CONNECTING = {"socket.connect", "socket.connect_ex", "socket.sendto", "socket.sendmsg"}
_LOOKING_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def _host_of(event: str, arguments: tuple[object, ...]) -> str | None:
    """The host that an event wants to reach, or None where it reaches none."""
    if event in _LOOKING_UP:
        host = arguments[0]
    elif event in _CONNECTING and len(arguments) > 1 and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return None
    return host.decode() if isinstance(host, bytes) else str(host) if host else None


def _is_here(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host == "localhost"
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if not event.startswith("socket."):
        return
    host = _host_of(event, arguments)
    if host is not None and not _is_here(host):
        with open(os.environ["OFFLINE_LOG"], "a", encoding="utf-8") as log:  # noqa: PTH123 - loaded into everything
            log.write(f"{event} {host}\n")
        raise OSError(f"offline: {event} {host}")


if "OFFLINE_LOG" in os.environ:
    sys.addaudithook(_watch)
