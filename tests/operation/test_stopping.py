"""Programs that are told to stop finish what they are answering, refuse what comes then, and end in order."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from icarus.settings import Settings
from icarus.stopping import Stopping
from tests.operation.running import Running, running
from tests.small_index import ASKED, publish_small
from tests.ui.visitor import Visitor, browser

PROGRAM = "tests.operation.slow_program"
AROUND = 12  # seconds that a busy machine may take for what takes one


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The settings of a small index."""
    folder = tmp_path_factory.mktemp("index") / "index"
    publish_small(Settings(index=folder, embedding_model="small"), "aaa", 1995)
    return {"ICARUS_INDEX": str(folder), "ICARUS_EMBEDDING_MODEL": "small"}


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def asked(program: Running) -> httpx.Response:
    return httpx.post(f"{program.address}/v1/ask", json={"turns": [ASKED]}, timeout=60)


def until_busy(program: Running) -> None:
    """Wait until a question is being answered."""
    deadline = time.monotonic() + AROUND
    while "icarus_questions_in_flight 1.0" not in httpx.get(f"{program.address}/metrics").text:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def told_to_stop(program: Running) -> float:
    program.process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + AROUND
    while httpx.get(f"{program.address}/readyz").status_code != 503:
        assert time.monotonic() < deadline
    return time.monotonic()


@pytest.mark.slow
def test_the_api_finishes_what_it_answers_and_refuses_the_rest(
    tmp_path: Path, index: dict[str, str], pool: ThreadPoolExecutor
) -> None:
    with running(tmp_path, PROGRAM, "4", "serve", ICARUS_METRICS="1", **index) as program:
        answer: Future[httpx.Response] = pool.submit(asked, program)
        until_busy(program)
        told_to_stop(program)
        late = asked(program)
        assert (late.status_code, late.headers["retry-after"]) == (503, "5")
        assert late.json()["detail"] == "Icarus is being stopped: ask again in a moment."
        assert httpx.get(f"{program.address}/healthz").status_code == 200
        reply = answer.result(60).json()
        assert "1995" in reply["answer"]
        assert program.stop(AROUND) == 0
    assert [line["status"] for line in program.lines() if line["event"] == "question"] == [reply["status"]]


@pytest.mark.slow
def test_the_window_finishes_what_it_answers_and_refuses_the_rest(
    tmp_path: Path, index: dict[str, str], pool: ThreadPoolExecutor
) -> None:
    with running(tmp_path, PROGRAM, "4", "chat", ICARUS_METRICS="1", **index) as program:
        with browser(program.address) as client, browser(program.address) as other:
            visitor, latecomer = Visitor(client), Visitor(other, "late")
            visitor.join(ASKED)
            answer = pool.submit(visitor.hear)
            until_busy(program)
            told_to_stop(program)
            sent = {"data": [None, ASKED, ""], "fn_index": latecomer.asking, "session_hash": "late"}
            late = other.post("/gradio_api/queue/join", json=sent)
            assert late.status_code == 503
            assert late.json()["detail"] == "Icarus is being stopped: try again in a moment."
            assert other.get("/").status_code == 503
            assert "1995" in answer.result(60)
        assert program.stop(AROUND) == 0
    assert [line["event"] for line in program.lines()].count("question") == 1


@pytest.mark.slow
@pytest.mark.parametrize("command", ["serve", "chat"])
def test_an_answer_without_end_is_cut_off(
    tmp_path: Path, index: dict[str, str], pool: ThreadPoolExecutor, command: str
) -> None:
    with running(tmp_path, PROGRAM, "600", command, ICARUS_METRICS="1", ICARUS_STOP_SECONDS="1", **index) as program:
        if command == "serve":
            pool.submit(asked, program)
        else:
            with browser(program.address) as client:
                Visitor(client).join(ASKED)
        until_busy(program)
        since = told_to_stop(program)
        assert program.stop(1 + 5 + AROUND) == 0
        assert time.monotonic() - since < 1 + 5 + AROUND
    assert program.lines()[-1] | {"time": ""} == {"time": "", "level": "info", "event": "cut off", "unfinished": 1}


@pytest.mark.slow
@pytest.mark.parametrize("command", ["serve", "chat"])
def test_without_work_it_ends_at_once_and_tells_nothing(tmp_path: Path, index: dict[str, str], command: str) -> None:
    with running(tmp_path, PROGRAM, "0", command, **index) as program:
        program.process.send_signal(signal.SIGTERM)
        assert program.stop(AROUND) == 0
    assert [line["event"] for line in program.lines()] == ["ready"]


class TestTheTime:
    def test_it_is_not_over_before_it_begins(self) -> None:
        assert not Stopping(0, lambda: 0).over()

    def test_it_waits_for_answers_and_a_moment_more(self) -> None:
        now, busy = [0.0], [1]
        stopping = Stopping(20, lambda: busy[0], lambda: now[0])
        stopping.begin()
        now[0] = 19.0
        assert not stopping.over()
        busy[0], now[0] = 0, 19.2
        assert not stopping.over()
        now[0] = 19.4
        assert stopping.over()

    def test_it_does_not_wait_for_ever(self) -> None:
        now = [0.0]
        stopping = Stopping(20, lambda: 1, lambda: now[0])
        stopping.begin()
        now[0] = 20.0
        assert stopping.over()
        assert stopping.unfinished() == 1


@pytest.mark.slow
def test_open_tabs_do_not_keep_the_window(tmp_path: Path, index: dict[str, str]) -> None:
    with running(tmp_path, PROGRAM, "0", "chat", **index) as program, browser(program.address) as client:
        Visitor(client)
        with client.stream("GET", "/gradio_api/heartbeat/abc") as beats:
            assert beats.status_code == 200
            program.process.send_signal(signal.SIGTERM)
            assert program.stop(AROUND) == 0
    assert {line["event"] for line in program.lines()} == {"ready", "request"}
