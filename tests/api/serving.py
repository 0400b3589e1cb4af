"""A real server in a thread of its own while a test runs."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from starlette.types import ASGIApp

from icarus.listening import listen
from icarus_api.server import server_of


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address at which an application is served on a port that is free."""
    server = server_of(app)
    with closing(listen("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.01)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)
