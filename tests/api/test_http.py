"""The HTTP API as a program meets it, over a real connection."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from icarus.records import Reply
from icarus_api.app import create_app
from icarus_api.messages import MAX_BODY_BYTES
from tests.api.conftest import small_assistant, small_index
from tests.api.serving import served
from tests.conftest import Run
from tests.small_index import ASKED, publish_small

if TYPE_CHECKING:
    from icarus.assistant import Assistant

SAM = "How many languages do the teams of SAM speak together?"
QUESTIONS = [
    ["What is Safetipin?", "In which country was it first launched?"],
    ["Which evaluation tools are there for organised crime?"],
    ["What is Calm Street's yearly budget?"],
    [SAM],
    ["Compare Hayat with Wegweiser"],
]


def without_time(reply: dict[str, Any]) -> dict[str, Any]:
    return reply | {"elapsed_ms": 0}


def expected(assistant: "Assistant", turns: list[str]) -> dict[str, Any]:
    return without_time(assistant.ask(turns).model_dump(mode="json", exclude={"id"}))


def problem_of(response: httpx.Response) -> str:
    """The sentence of a response that is a problem in its whole form."""
    assert response.headers["content-type"] == "application/problem+json"
    content = response.json()
    assert set(content) == {"type", "title", "status", "detail"}
    assert content["status"] == response.status_code
    assert response.headers["x-content-type-options"] == "nosniff"
    return str(content["detail"])


class TestAsk:
    @pytest.mark.parametrize("turns", QUESTIONS, ids=lambda turns: turns[-1])
    def test_a_reply_is_that_of_the_contract(self, api: httpx.Client, assistant: "Assistant", turns: list[str]) -> None:
        response = api.post("/v1/ask", json={"turns": turns})
        assert response.status_code == 200
        assert list(response.json()) == [name for name in Reply.model_fields if name != "id"]
        assert without_time(response.json()) == expected(assistant, turns)

    def test_it_is_what_the_command_line_prints(
        self, api: httpx.Client, run_icarus: Run, index_env: dict[str, str]
    ) -> None:
        printed = json.loads(run_icarus("ask", SAM, "--json", env=index_env).stdout)
        assert without_time(api.post("/v1/ask", json={"turns": [SAM]}).json()) == without_time(printed)

    def test_filters_go_before_what_the_words_say(self, api: httpx.Client) -> None:
        asked = {"turns": ["Which tools are there on organised crime?"], "filters": {"category": "evaluation"}}
        reply = api.post("/v1/ask", json=asked).json()
        assert [tool["name"] for tool in reply["tools"]] == ["MEDEA", "THOR Methodology"]
        assert reply["filters"]["category"] == "evaluation"

    def test_a_filter_that_is_null_is_set_by_hand_too(self, api: httpx.Client) -> None:
        turns = ["Which evaluation tools are there for organised crime?"]
        reply = api.post("/v1/ask", json={"turns": turns, "filters": {"category": None}}).json()
        assert reply["filters"]["category"] is None
        assert len(reply["tools"]) > 2

    def test_twenty_at_once_get_what_they_get_one_by_one(self, address: str, assistant: "Assistant") -> None:
        conversations = QUESTIONS * 4
        alone = [expected(assistant, turns) for turns in conversations]
        assistant.forget()  # else what was asked alone would be answered from memory
        with ThreadPoolExecutor(len(conversations)) as pool:
            replies = list(
                pool.map(lambda t: httpx.post(f"{address}/v1/ask", json={"turns": t}, timeout=120), conversations)
            )
        assert [without_time(reply.json()) for reply in replies] == alone


class TestCatalogueAndPages:
    @pytest.mark.parametrize(
        "filters",
        [
            {},
            {"focus_area": "radicalisation", "category": "evaluation"},
            {"place": "Stockholm"},
            {"theme": "gender"},
            {"text": "bullying school"},
        ],
        ids=str,
    )
    def test_tools_are_those_of_the_command_line(
        self, api: httpx.Client, run_icarus: Run, index_env: dict[str, str], filters: dict[str, str]
    ) -> None:
        options = [part for name, value in filters.items() for part in (f"--{name.replace('_', '-')}", value)]
        printed = json.loads(run_icarus("tools", *options, "--format", "json", env=index_env).stdout)
        assert printed
        assert api.get("/v1/tools", params=filters).json() == printed

    def test_one_tool(self, api: httpx.Client) -> None:
        listed = {card["id"]: card for card in api.get("/v1/tools").json()}
        assert api.get("/v1/tools/calm-street").json() == listed["calm-street"]

    def test_a_quote_stands_on_the_page_that_it_names(self, api: httpx.Client) -> None:
        [citation, *_] = api.post("/v1/ask", json={"turns": [SAM]}).json()["citations"]
        page = api.get(f"/v1/documents/{citation['document']}/pages/{citation['page']}").json()
        assert citation["quote"].split(".")[0] in " ".join(page["text"].split())

    def test_documents_and_status(self, api: httpx.Client, assistant: "Assistant") -> None:
        [document] = api.get("/v1/documents").json()
        assert (document["id"], document["pages"]) == ("icarus-d2.2", 81)
        status = api.get("/v1/status").json()
        assert (status["tools"], status["generation"]) == (104, assistant.index.manifest.generation)

    @pytest.mark.parametrize(
        ("path", "says"),
        [
            ("/v1/tools/calm", "No tool has the id 'calm'; near it: calm-street."),
            ("/v1/tools/calm-stret", "No tool has the id 'calm-stret'; near it: calm-street"),
            ("/v1/documents/nowhere/pages/1", "No document has the id 'nowhere': there is icarus-d2.2."),
            ("/v1/documents/icarus-d2.2/pages/82", "icarus-d2.2 has no page 82: its pages are 1 to 81."),
            ("/v2/ask", "There is nothing at this address"),
        ],
    )
    def test_what_is_not_there_is_told(self, api: httpx.Client, path: str, says: str) -> None:
        response = api.get(path)
        assert response.status_code == 404
        assert problem_of(response).startswith(says)


class TestBadRequests:
    @pytest.mark.parametrize(
        ("body", "says"),
        [
            ('{"turns": [" "]}', "The question is empty: type one."),
            (json.dumps({"turns": ["why " * 1250]}), "The text is 4,999 characters long and holds no question"),
            ('{"turns": []}', "turns: tuple should have at least 1 item"),
            ('{"turns": [5]}', "turns.0: input should be a valid string."),
            ('{"turns": ["\\ud800"]}', "turns.0: input should be a valid string"),
            ('{"turns": "What?"}', "turns: input should be a valid tuple."),
            ('{"question": "What?"}', "turns: field required."),
            ('{"turns": ["What?"], "filter": {}}', "filter: extra inputs are not permitted."),
            ('{"turns": ["What?"], "filters": {"category": "x"}}', "filters.category: input should be 'diagnostic'"),
            ("What?", "The body is not JSON."),
            ("", "The body is empty."),
        ],
    )
    @pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
    def test_each_is_told_in_a_sentence(self, small_api: httpx.Client, path: str, body: str, says: str) -> None:
        response = small_api.post(path, content=body, headers={"content-type": "application/json"})
        assert response.status_code == 422
        assert problem_of(response).startswith(says)

    def test_a_filter_that_is_misspelt_is_not_passed_over(self, small_api: httpx.Client) -> None:
        response = small_api.get("/v1/tools", params={"focus_areas": "radicalisation"})
        assert problem_of(response) == "focus_areas: extra inputs are not permitted."

    def test_another_method_is_told(self, small_api: httpx.Client) -> None:
        response = small_api.get("/v1/ask")
        assert (response.status_code, response.headers["allow"]) == (405, "POST")
        assert "does not take that method" in problem_of(response)

    @pytest.mark.parametrize("path", ["/v1/ask", "/mcp"])
    @pytest.mark.parametrize("announced", [True, False])
    def test_a_body_that_is_too_long_is_refused(self, small_api: httpx.Client, path: str, announced: bool) -> None:
        body = b"x" * (MAX_BODY_BYTES + 1)

        def pieces() -> Iterator[bytes]:
            yield from (body[i : i + 1000] for i in range(0, len(body), 1000))

        headers = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
        response = small_api.post(path, content=body if announced else pieces(), headers=headers)
        assert response.status_code == 413

    def test_the_unexpected_is_no_traceback(self, capfd: pytest.CaptureFixture[str]) -> None:
        def broken() -> "Assistant":
            raise RuntimeError("secret")

        with served(create_app(broken, "127.0.0.1")) as address:
            response = httpx.post(f"{address}/v1/ask", json={"turns": ["What?"]})
        assert response.status_code == 500
        assert problem_of(response) == "Something unexpected went wrong: the log of the server says what."
        assert "RuntimeError: secret" in capfd.readouterr().err


def test_a_new_generation_is_taken_up(tmp_path: Path) -> None:
    settings = small_index(tmp_path)
    live = small_assistant(settings)
    with served(create_app(live.current, "127.0.0.1")) as address, httpx.Client(base_url=address) as api:
        assert "1995" in api.post("/v1/ask", json={"turns": [ASKED]}).json()["answer"]
        assert api.get("/v1/status").json()["generation"] == "aaa"
        publish_small(settings, "bbb", 2001)
        assert "2001" in api.post("/v1/ask", json={"turns": [ASKED]}).json()["answer"]
        assert api.get("/v1/status").json()["generation"] == "bbb"


def test_health(small_api: httpx.Client) -> None:
    assert small_api.get("/healthz").json() == {"status": "ok"}
