"""A visitor of the window over plain HTTP: what a browser sends, without the browser."""

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace

import httpx
import uvicorn

from icarus.listening import listen
from icarus.operation import Operation
from icarus_ui.desk import Desk
from icarus_ui.server import create_app, server_for
from icarus_ui.sharing.access import Access
from tests.ui.material import desk

HERE = ("127.0.0.1",)


@contextmanager
def serving(
    access: Access | None = None, front: Desk | None = None, operation: Operation | None = None
) -> Iterator[str]:
    """The address of the window before the material's desk, served as `icarus chat` serves it."""
    servers: list[uvicorn.Server] = []

    async def serve() -> None:  # in a running loop, or Gradio makes one that it never closes
        servers.append(server_for(create_app(lambda: front or desk(), access or Access(), operation), operation))
        await servers[0].serve(sockets=[listening])

    with closing(listen("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        servers[0].should_exit = True
        thread.join(20)


def browser(address: str, **headers: str) -> httpx.Client:
    """A browser with cookies of its own; it follows no redirects. `headers` go with all it sends."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Client(base_url=address, headers=named, timeout=30, trust_env=False)


class Visitor:
    """What the page's own script sends, for one session that it names itself."""

    def __init__(self, client: httpx.Client, session: str = "abc", language: str = "en") -> None:
        self.client = client
        self.session = session
        self.language = language
        page = client.get("/")
        assert page.status_code == 200, page.text
        config = json.loads(re.search(r"window.gradio_config = (\{.*?\});</script>", page.text, re.DOTALL)[1])  # type: ignore[index]
        handled = [d for d in config["dependencies"] if d["backend_fn"]]
        targets = {(config_id(config, t[0]), t[1]): d["id"] for d in handled for t in d["targets"]}
        self.asking = targets["conversation", "submit"]
        self.acting = targets["conversation", "click"]
        self.going = targets["conversation", "select"]
        self.liking = targets["conversation", "like"]

    def join(self, question: str) -> str:
        """Ask a question; the id of the event."""
        sent = {"data": [None, question, "", self.language], "fn_index": self.asking, "session_hash": self.session}
        answer = self.client.post("/gradio_api/queue/join", json=sent)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["event_id"])

    def hear(self) -> str:
        """All that the session is sent until nothing is on its way, or until Gradio breaks off."""
        heard = ""
        events = self.client.stream("GET", "/gradio_api/queue/data", params={"session_hash": self.session})
        with suppress(httpx.RemoteProtocolError), events as answer:
            for text in answer.iter_text():
                heard += text
        return heard

    def ask(self, question: str) -> str:
        """Ask, and what is sent until the answer is there."""
        self.join(question)
        return self.hear()

    def act(self, event: int, data: list[object], **sent: object) -> str:
        """What comes back for a click."""
        body = {"data": data, "event_data": sent, "fn_index": event, "session_hash": self.session}
        return self.client.post("/gradio_api/run/predict", json=body).text

    def settle(self) -> str:
        """The whole conversation, as Stop shows it."""
        return self.act(self.acting, [None, "", self.language], act="stop")


def config_id(config: dict[str, list[dict[str, object]]], component: int | None) -> object:
    """The elem_id of a component of Gradio's configuration."""
    found = [c["props"] for c in config["components"] if c["id"] == component]
    return found[0].get("elem_id") if found and isinstance(found[0], dict) else None


def with_feedback(kept: list[object], works: bool = True) -> Desk:
    """The desk that keeps feedback in a list."""

    def keep(entry: object) -> bool:
        kept.append(entry)
        return works

    return replace(desk(), keep_feedback=keep, keep_days=30)
