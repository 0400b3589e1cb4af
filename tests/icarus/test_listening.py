import socket
from contextlib import closing

import pytest

from icarus.errors import ListenError
from icarus.listening import is_loopback, listen, url_of


def test_a_port_that_is_free_can_be_listened_on() -> None:
    with closing(listen("127.0.0.1", 0)) as listening:
        socket.create_connection(listening.getsockname(), timeout=5).close()


def test_a_port_in_use_is_told() -> None:
    with closing(listen("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ListenError, match=f"^Port {port} on 127.0.0.1 is in use: stop the other program or choose"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_that_is_not_this_machine_s_is_told(host: str) -> None:
    with pytest.raises(ListenError, match=f"^Cannot listen on {host}, port 7861: .+\\.$"):
        listen(host, 7861)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost"])
def test_this_machine_alone(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "192.168.1.4", "icarus.example", "127.0.0.1.evil.test"])  # noqa: S104
def test_others_can_reach_it(host: str) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("host", "url"), [("127.0.0.1", "http://127.0.0.1:7860"), ("::1", "http://[::1]:7860"), ("a.b", "http://a.b:7860")]
)
def test_an_address_is_written_as_a_url(host: str, url: str) -> None:
    assert url_of(host, 7860) == url
