"""The log is JSON lines that say how it went and never what was asked or who asked."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from icarus.logs import REQUEST, JsonLines, tell, write_json_lines
from tests.operation.running import running
from tests.ui.visitor import Visitor, browser

MARK = "Xylophonfabrik"
QUESTION = f"What does the report say of the {MARK} in Vienna?"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the log of this process writes while a test runs."""
    stream, root = io.StringIO(), logging.getLogger()
    before, level = list(root.handlers), root.level
    root.handlers.clear()
    write_json_lines(stream)
    yield stream
    logging.captureWarnings(False)
    root.handlers[:] = before
    root.setLevel(level)


def line_of(stream: io.StringIO) -> dict[str, Any]:
    [line] = stream.getvalue().splitlines()
    content: dict[str, Any] = json.loads(line)
    return content


def test_an_event_is_a_line_with_its_fields_and_the_request(written: io.StringIO) -> None:
    token = REQUEST.set("abcd")
    tell("question", status="answered", duration_ms=12.5)
    REQUEST.reset(token)
    line = line_of(written)
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "level": "info",
        "event": "question",
        "status": "answered",
        "duration_ms": 12.5,
        "request": "abcd",
    }


def test_an_exception_is_told_without_its_words(written: io.StringIO) -> None:
    try:
        raise ValueError(QUESTION)
    except ValueError:
        logging.getLogger("icarus_ui.asking").exception("A question could not be answered.")
    line = line_of(written)
    assert (line["level"], line["message"]) == ("error", "A question could not be answered.")
    assert line["error"] == "ValueError"
    assert line["at"][0].startswith("test_logs.py:")
    assert MARK not in written.getvalue()


def test_other_libraries_are_not_given_the_word(written: io.StringIO) -> None:
    logging.getLogger("some.library").error("failed on %s", QUESTION)
    line = line_of(written)
    assert line["logger"] == "some.library"
    assert line["at"][0].startswith("test_logs:")
    assert MARK not in written.getvalue()


def test_a_line_stays_a_line() -> None:
    record = logging.LogRecord("uvicorn.error", logging.WARNING, "x.py", 1, "one\ntwo %s", ("\u2028",), None)
    assert len(JsonLines().format(record).split("\n")) == 1


@pytest.mark.slow
def test_the_api_logs_how_it_went_and_not_what_was_asked(index_env: dict[str, str], tmp_path: Path) -> None:
    with running(tmp_path, "icarus", "serve", **index_env) as program:
        with httpx.Client(base_url=program.address, timeout=120) as client:
            body = {"turns": [QUESTION]}
            first = client.post("/v1/ask", json=body, headers={"x-request-id": "0123456789abcdef"})
            assert first.headers["x-request-id"] == "0123456789abcdef"
            forged = client.post("/v1/ask/stream", json=body, headers={"x-request-id": MARK})
            assert MARK not in forged.headers["x-request-id"]
            assert client.get("/v1/tools", params={"text": MARK}).status_code == 200
            assert client.get(f"/v1/tools/{MARK}").status_code == 404
            assert client.get(f"/{MARK}").status_code == 404
            assert client.post("/v1/ask", content=f'{{"turns": "{MARK}"').status_code in (400, 422)
            call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call"}
            wanted = {"name": "ask_report", "arguments": {"question": QUESTION}}
            accept = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}
            assert client.post("/mcp", json=call | {"params": wanted}, headers=accept).status_code == 200
        lines = program.lines()
    assert MARK.lower() not in program.log.read_text().lower()
    assert "127.0.0.1" not in "".join(json.dumps(line) for line in lines if line["event"] != "ready")
    questions = [line for line in lines if line["event"] == "question"]
    assert len(questions) == 3
    assert {"status", "duration_ms", "generation", "request"} < questions[0].keys()
    assert questions[0]["request"] == "0123456789abcdef"
    routes = [(line["route"], line["status"]) for line in lines if line["event"] == "request"]
    assert ("/v1/ask", 200) in routes
    assert ("/v1/tools/{tool}", 404) in routes
    assert ("other", 404) in routes


@pytest.mark.slow
def test_the_window_logs_how_it_went_and_not_what_was_asked(index_env: dict[str, str], tmp_path: Path) -> None:
    with (
        running(tmp_path, "icarus", "chat", ICARUS_LOG_ADDRESSES="1", **index_env) as program,
        browser(program.address) as client,
    ):
        client.timeout = httpx.Timeout(120)
        assert MARK in Visitor(client).ask(QUESTION)
        assert client.get(f"/{MARK}?q={MARK}").status_code == 404
        lines = program.lines()
    assert MARK.lower() not in program.log.read_text().lower()
    [question] = [line for line in lines if line["event"] == "question"]
    assert question["status"] in {"not_in_report", "answered", "partial"}
    pages = [line for line in lines if line["event"] == "request" and line["route"] == "/"]
    assert pages[0]["address"] == "127.0.0.1"


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_text_is_the_default_and_says_nothing_of_questions(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        tell("question", status="answered")
    assert caplog.records == []
