import socket
from contextlib import closing

import pytest

from icarus_ui.server import ListenError, listen


def test_a_port_in_use_is_one_sentence() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ListenError, match=f"^Port {port} on 127.0.0.1 is in use: .* --port.$"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid"])
def test_an_address_that_is_not_this_machine_s_is_one_sentence(host: str) -> None:
    with pytest.raises(ListenError, match=f"^Cannot listen on {host}, port 7861: "):
        listen(host, 7861)


def test_a_free_port_is_listened_on() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    with closing(listen("127.0.0.1", port)) as listening, socket.create_connection(("127.0.0.1", port), timeout=5):
        assert listening.getsockname()[1] == port
