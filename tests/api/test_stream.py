"""An answer as it comes about, read by httpx as a program would."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx

from icarus.live import LiveAssistant
from icarus_api.app import create_app
from tests.api.serving import served
from tests.small_index import ASKED

if TYPE_CHECKING:
    import pytest

    from icarus.assistant import Assistant

Event = tuple[str, dict[str, Any]]


def stream(client: httpx.Client, *turns: str) -> list[Event]:
    with client.stream("POST", "/v1/ask/stream", json={"turns": turns}) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].startswith("text/event-stream")
        return list(events(response.iter_lines()))


def events(lines: Iterator[str]) -> Iterator[Event]:
    name = ""
    for line in lines:
        field, _, value = line.partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, json.loads(value)


def test_the_steps_come_in_order_and_end_with_the_reply(api: httpx.Client, assistant: "Assistant") -> None:
    turns = ["What is Safetipin?", "In which country was it first launched?"]
    found = stream(api, *turns)
    assert [name for name, _ in found] == ["searching", "found", "words", "done"]
    searching, places, words, done = (data for _, data in found)
    reply = assistant.ask(turns).model_dump(mode="json", exclude={"id"})
    assert done | {"elapsed_ms": 0} == reply | {"elapsed_ms": 0}
    assert searching == {"standalone_question": reply["standalone_question"], "filters": reply["filters"]}
    assert words["text"] == reply["answer"]
    cited = {(citation["document"], citation["page"]) for citation in reply["citations"]}
    assert {(place["document"], place["page"]) for place in places["passages"]} == cited


def test_lines_of_an_answer_stay_within_their_event(api: httpx.Client) -> None:
    (_, words), *_ = [event for event in stream(api, "Which evaluation tools are there?") if event[0] == "words"]
    assert words["text"].count("\n") > 2


def test_what_breaks_off_on_the_way_is_an_event(
    small_live: LiveAssistant, monkeypatch: "pytest.MonkeyPatch", caplog: "pytest.LogCaptureFixture"
) -> None:
    assistant = small_live.current()

    def breaks(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(assistant, "_turn", breaks)
    with served(create_app(lambda: assistant, "127.0.0.1")) as address, httpx.Client(base_url=address) as client:
        (first, _), (last, problem) = stream(client, ASKED)
    assert (first, last) == ("searching", "error")
    assert problem["detail"] == "Something unexpected went wrong: the log of the server says what."
    assert "secret" in caplog.text
    assert ASKED not in caplog.text
