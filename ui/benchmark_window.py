"""How the window bears 50 conversations at once, and whether its memory grows; run by hand, never in the tests.

    python ui/benchmark_window.py [--visitors 50] [--more 2000]

Starts the real `icarus chat` on the index that the settings name, and asks it over plain HTTP as the page's own script
does (gradio_client would be the bottleneck). Each visitor keeps a heartbeat open and writes a number of its own into
its questions: a foreign number in what comes back is a crossing. Prints

- warm: the median of 20 answers to one visitor alone, after one that loads the model,
- at once: median, 95th percentile and slowest of all visitors asking five questions each at the same time, the 95th
  as a multiple of warm, the errors and the crossings,
- memory: resident memory of the server (Linux) before and after so many more questions, a new conversation after each
  five.

Exits 1 where there is an error or a crossing, the multiple is above 50, or the memory grew by more than a tenth.
"""

import argparse
import asyncio
import json
import re
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console

_console = Console(highlight=False, soft_wrap=True)
QUESTIONS_OF_A_CONVERSATION = 5
MOST_TIMES_WARM = 50
MOST_GROWTH = 1.1
TOPICS = (
    "What is Calm Street?",
    "Which tools are there against organised crime?",
    "How many evaluation tools prevent radicalisation?",
    "Who runs it?",
    "What is the yearly budget of Prevent Watch?",
    "Which tools help young people who committed offences?",
)


@dataclass
class Seen:
    """What the visitors saw: seconds of each answer, what went wrong, numbers of others in one's own answers."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    crossings: int = 0


class Visitor:
    """One browser's session."""

    def __init__(self, client: httpx.AsyncClient, number: int, seen: Seen) -> None:
        self.client = client
        self.number = number
        self.seen = seen
        self.session = f"bench{number}"
        self.events: dict[str, int] = {}
        self.asked = 0

    async def open(self) -> None:
        """Load the page, and learn from it which event is which."""
        page = await self.client.get("/")
        found = re.search(r"window.gradio_config = (\{.*?\});</script>", page.text, re.DOTALL)
        if not found:
            raise RuntimeError(f"The page did not come: {page.status_code}.")
        config = json.loads(found[1])
        names = {c["id"]: c["props"].get("elem_id") for c in config["components"]}
        handled = [d for d in config["dependencies"] if d["backend_fn"]]
        self.events = {t[1]: d["id"] for d in handled for t in d["targets"] if names.get(t[0]) == "conversation"}

    async def ask(self, topic: str) -> None:
        """Ask, wait for the answer, and look whose it is."""
        self.asked += 1  # no question twice, or the assistant remembers its answer
        question = f"Visitor number-{self.number}-here, question {self.asked}: {topic}"
        started = time.perf_counter()
        try:
            answer = await self._answer(question)
        except httpx.HTTPError as error:
            self.seen.errors.append(f"{type(error).__name__}: {error}")
            return
        self.seen.seconds.append(time.perf_counter() - started)
        self.seen.crossings += bool(set(re.findall(r"number-(\d+)-here", answer)) - {str(self.number)})
        if question not in answer or 'class=\\"status' not in answer:
            self.seen.errors.append(f"no answer to {question}")

    async def clear(self) -> None:
        """Begin a new conversation."""
        body = self._body("click", [None, "", "en"], event_data={"act": "clear"})
        answer = await self.client.post("/gradio_api/run/predict", json=body)
        if answer.status_code != 200:
            self.seen.errors.append(f"no new conversation: {answer.status_code}")

    async def stay(self) -> None:
        """Keep the heartbeat open, as a page does."""
        with suppress(httpx.HTTPError):
            async with self.client.stream("GET", f"/gradio_api/heartbeat/{self.session}", timeout=None) as beats:
                async for _ in beats.aiter_bytes():
                    pass

    async def _answer(self, question: str) -> str:
        joined = await self.client.post("/gradio_api/queue/join", json=self._body("submit", [None, question, "", "en"]))
        joined.raise_for_status()
        last = ""
        where = {"session_hash": self.session}
        async with self.client.stream("GET", "/gradio_api/queue/data", params=where) as events:
            async for line in events.aiter_lines():
                last = line if '"process_' in line and "class=" in line else last
        return last

    def _body(self, event: str, data: list[Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401
        return {"data": data, "fn_index": self.events[event], "session_hash": self.session, **more}


@contextmanager
def chat() -> Iterator[tuple[str, int]]:
    """Address and process id of a window of its own."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "icarus", "chat", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 (our own)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_until_ready(address, server)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_until_ready(address: str, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{address}/readyz", timeout=60, trust_env=False).status_code == 200:
                return
        time.sleep(0.3)
    raise SystemExit("The window did not open.")


@asynccontextmanager
async def visitors(address: str, count: int, seen: Seen) -> AsyncIterator[list[Visitor]]:
    """So many visitors with the page open, each with cookies of its own."""
    clients = [httpx.AsyncClient(base_url=address, timeout=300, trust_env=False) for _ in range(count)]
    coming = [Visitor(client, number, seen) for number, client in enumerate(clients)]
    for visitor in coming:
        await visitor.open()
    beats = [asyncio.create_task(visitor.stay()) for visitor in coming]
    yield coming
    for beat in beats:
        beat.cancel()
    await asyncio.gather(*beats, return_exceptions=True)
    for client in clients:
        await client.aclose()


async def converse(visitor: Visitor, questions: int) -> None:
    """Ask one question after the other, a new conversation after each five."""
    for n in range(questions):
        await visitor.ask(TOPICS[(visitor.number + n) % len(TOPICS)])
        if n % QUESTIONS_OF_A_CONVERSATION == QUESTIONS_OF_A_CONVERSATION - 1:
            await visitor.clear()


async def measure(address: str, server: int, count: int, more: int) -> bool:
    """Print the figures; whether all is as it should be."""
    alone, together, later = Seen(), Seen(), Seen()
    async with visitors(address, 1, alone) as (visitor,):
        await converse(visitor, QUESTIONS_OF_A_CONVERSATION)
        alone.seconds.clear()
        await converse(visitor, 20)
    warm = statistics.median(alone.seconds)
    _console.print(f"warm: {warm * 1000:.0f} ms")
    async with visitors(address, count, together) as all_at_once:
        started = time.perf_counter()
        await asyncio.gather(*(converse(visitor, QUESTIONS_OF_A_CONVERSATION) for visitor in all_at_once))
        took = time.perf_counter() - started
        before = resident(server)
        for visitor in all_at_once:
            visitor.seen = later
        await asyncio.gather(*(converse(visitor, more // count) for visitor in all_at_once))
    after = resident(server)
    times = sorted(together.seconds) or [float("inf")]
    late = times[int(len(times) * 0.95)]
    _console.print(
        f"at once: {count} conversations, {len(times)} answers in {took:.1f} s; "
        f"median {statistics.median(times):.2f} s, slowest {times[-1]:.2f} s, "
        f"95th percentile {late:.2f} s = {late / warm:.0f} times warm"
    )
    errors = alone.errors + together.errors + later.errors
    crossings = alone.crossings + together.crossings + later.crossings
    _console.print(f"errors: {len(errors)} {errors[:3] or ''}; crossings: {crossings}")
    _console.print(
        f"memory: {before} MB, after {len(later.seconds)} more questions {after} MB ({after / before - 1:+.1%})"
    )
    return not errors and not crossings and late <= MOST_TIMES_WARM * warm and after <= MOST_GROWTH * before


def resident(process: int) -> int:
    """Resident memory of a process in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visitors", type=int, default=50)
    parser.add_argument("--more", type=int, default=2000)
    given = parser.parse_args()
    with chat() as (where, pid):
        well = asyncio.run(measure(where, pid, given.visitors, given.more))
    sys.exit(0 if well else 1)
