"""A socket to listen on, and whether an address is this machine's own."""

import errno
import ipaddress
import socket

from icarus.errors import ListenError

_IN_USE = {errno.EADDRINUSE, errno.EACCES}


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on the address; 0 for a port that is free.

    Raises:
        ListenError: the port is in use, or the address is not this machine's.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno in _IN_USE:
            raise ListenError(
                f"Port {port} on {host} is in use: stop the other program or choose another port with --port."
            ) from error
        raise ListenError(f"Cannot listen on {host}, port {port}: {error.strerror or error}.") from error


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def url_of(host: str, port: int) -> str:
    """The address of a page on a host, without a path; IPv6 addresses stand in brackets there."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
