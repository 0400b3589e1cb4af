"""MCP as the `mcp` package's own client speaks it, over standard streams and over HTTP."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp_types import CallToolResult, TextContent, Tool

from icarus.live import LiveAssistant
from icarus.records import Reply
from icarus_api.app import create_app
from tests.api.serving import served
from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus.assistant import Assistant

NAMES = ["ask_report", "find_tools", "get_tool", "read_page"]
SAM = "How many languages do the teams of SAM speak together?"
Server = StdioServerParameters | str
Result = TypeVar("Result")


def visit(server: Server, do: Callable[[Client], Awaitable[Result]], mode: str = "auto") -> Result:
    """What a client does with a server that it starts, or finds at an address."""

    async def visiting() -> Result:
        async with Client(server, mode=mode) as client:
            return await do(client)

    return asyncio.run(visiting())


def call(server: Server, name: str, mode: str = "auto", **arguments: object) -> CallToolResult:
    return visit(server, lambda client: client.call_tool(name, arguments), mode)


def content(result: CallToolResult) -> dict[str, Any]:
    """The typed result of a call that went well; its text says the same."""
    assert not result.is_error
    assert isinstance(result.structured_content, dict)
    [text] = result.content
    assert isinstance(text, TextContent)
    assert json.loads(text.text) == result.structured_content
    return result.structured_content


def failure(result: CallToolResult) -> str:
    assert result.is_error
    [text] = result.content
    assert isinstance(text, TextContent)
    return text.text


@pytest.fixture(params=["auto", "legacy"])
def mode(request: pytest.FixtureRequest) -> str:
    """The protocol's version of 2026, and the handshake of those before."""
    return str(request.param)


class TestOverHttp:
    def test_the_tools_say_what_they_take_and_give(self, address: str, mode: str) -> None:
        async def tools(client: Client) -> list[Tool]:
            return (await client.list_tools()).tools

        offered = visit(f"{address}/mcp", tools, mode)
        assert [tool.name for tool in offered] == NAMES
        for tool in offered:
            assert tool.annotations
            assert tool.annotations.read_only_hint
            assert tool.output_schema
            assert tool.output_schema["type"] == "object"
            assert all("description" in field for field in tool.input_schema["properties"].values())
        assert "Repeat quotes word for word and give the page" in str(offered[0].description)

    def test_a_question_gets_the_reply_of_the_contract(self, address: str, mode: str, assistant: "Assistant") -> None:
        reply = content(call(f"{address}/mcp", "ask_report", mode, question=SAM))
        assert Reply.model_validate(reply).model_copy(update={"elapsed_ms": 0}) == assistant.ask(SAM).model_copy(
            update={"elapsed_ms": 0}
        )

    def test_a_question_is_understood_in_the_light_of_earlier_ones(self, address: str) -> None:
        earlier = ["What is Safetipin?"]
        then = "In which country was it first launched?"
        reply = content(call(f"{address}/mcp", "ask_report", question=then, earlier_questions=earlier))
        assert "India" in reply["answer"]

    def test_lists_are_complete(self, address: str) -> None:
        found = content(call(f"{address}/mcp", "find_tools", focus_area="radicalisation", category="evaluation"))
        assert found["count"] == len(found["tools"]) == 3
        assert content(call(f"{address}/mcp", "find_tools"))["count"] == 104

    @pytest.mark.parametrize("tool", ["calm-street", "Calm Street", " calm street "])
    def test_a_card_by_id_or_name(self, address: str, tool: str) -> None:
        read = content(call(f"{address}/mcp", "get_tool", tool=tool))
        assert (read["card"]["id"], read["card"]["page"]) == ("calm-street", 65)
        assert "none of them carries a rating" in read["caution"]

    def test_a_page(self, address: str, assistant: "Assistant") -> None:
        page = content(call(f"{address}/mcp", "read_page", page=43))
        printed = assistant.index.page("icarus-d2.2", 43)
        assert printed
        assert (page["document"], page["pages"], page["text"]) == ("icarus-d2.2", 81, printed.text)

    @pytest.mark.parametrize(
        ("name", "arguments", "says"),
        [
            ("ask_report", {"question": " "}, "The question is empty: type one."),
            ("get_tool", {"tool": "Hospitalet"}, "means no tool; near it: Local Institutions Against Extremism"),
            ("read_page", {"page": 82}, "icarus-d2.2 has no page 82: its pages are 1 to 81."),
            ("read_page", {"page": 1, "document": "x"}, "No document has the id 'x': there is icarus-d2.2."),
            ("find_tools", {"category": "cooking"}, "Input should be 'diagnostic', 'activity' or 'evaluation'"),
        ],
    )
    def test_a_call_that_fails_says_why(self, address: str, name: str, arguments: dict[str, Any], says: str) -> None:
        assert says in failure(call(f"{address}/mcp", name, **arguments))

    def test_many_at_once_get_what_they_get_alone(self, address: str) -> None:
        questions = [SAM, "What is MEDEA?", "What is Calm Street?", "Who developed the Behaviour Barometer?"] * 5
        alone = {q: content(call(f"{address}/mcp", "ask_report", question=q))["answer"] for q in questions[:4]}

        async def together(client: Client) -> list[CallToolResult]:
            return await asyncio.gather(*(client.call_tool("ask_report", {"question": q}) for q in questions))

        answers = [content(result)["answer"] for result in visit(f"{address}/mcp", together)]
        assert answers == [alone[q] for q in questions]


class TestGuarded:
    def test_other_methods_open_no_stream(self, small_api: httpx.Client) -> None:
        assert small_api.get("/mcp", headers={"accept": "text/event-stream"}).status_code == 405
        assert small_api.delete("/mcp").status_code == 405

    def test_a_client_bears_the_token(self, small_live: LiveAssistant) -> None:
        async def names(address: str) -> list[str]:
            headers = {"authorization": "Bearer secret"}
            async with (
                create_mcp_http_client(headers=headers) as bearing,
                Client(streamable_http_client(address, http_client=bearing)) as client,
            ):
                return [tool.name for tool in (await client.list_tools()).tools]

        with served(create_app(small_live.current, "127.0.0.1", "secret")) as address:
            assert asyncio.run(names(f"{address}/mcp")) == NAMES

    def test_what_is_unexpected_stays_on_the_server(self, caplog: pytest.LogCaptureFixture) -> None:
        def broken() -> "Assistant":
            raise RuntimeError("secret")

        with served(create_app(broken, "127.0.0.1")) as address:
            said = failure(call(f"{address}/mcp", "ask_report", question="What is Calm Street?"))
        assert said == "Error executing tool ask_report"
        assert "secret" in caplog.text


class TestOverStandardStreams:
    @pytest.fixture
    def server(self, index_env: dict[str, str]) -> StdioServerParameters:
        environment = {**os.environ, **index_env}
        return StdioServerParameters(command=sys.executable, args=["-m", "icarus", "mcp"], env=environment, cwd=ROOT)

    def test_a_client_starts_it_and_asks(self, server: StdioServerParameters, mode: str) -> None:
        async def ask(client: Client) -> tuple[list[str], CallToolResult, CallToolResult]:
            names = [tool.name for tool in (await client.list_tools()).tools]
            asked = await client.call_tool("ask_report", {"question": SAM})
            assert isinstance(asked, CallToolResult)
            page = asked.structured_content["citations"][0]["page"] if asked.structured_content else 0
            read = await client.call_tool("read_page", {"page": page})
            assert isinstance(read, CallToolResult)
            return names, asked, read

        names, asked, read = visit(server, ask, mode)
        assert names == NAMES
        assert "8 languages" in content(asked)["answer"]
        assert "8 languages" in " ".join(content(read)["text"].split())

    def test_standard_output_holds_nothing_but_messages(self, index_env: dict[str, str]) -> None:
        opening = {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        }
        asked = {"name": "ask_report", "arguments": {"question": SAM}}
        messages = [
            {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": opening},
            {"jsonrpc": "2.0", "method": "notifications/initialized"},
            {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": asked},
        ]
        server = subprocess.Popen(
            [sys.executable, "-m", "icarus", "mcp"],
            env={**os.environ, **index_env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        with server:
            assert server.stdin
            assert server.stdout
            server.stdin.writelines(f"{json.dumps(message)}\n" for message in messages)
            server.stdin.flush()
            answers = [json.loads(server.stdout.readline()) for _ in range(2)]
            rest, errors = server.communicate(timeout=60)
        assert [answer["id"] for answer in answers] == [1, 2]
        assert "Quote word for word" in answers[0]["result"]["instructions"]
        assert (rest, errors, server.returncode) == ("", "", 0)

    def test_without_an_index_it_says_so(self, tmp_path: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "icarus", "mcp"],
            env={**os.environ, "ICARUS_INDEX": str(tmp_path / "none")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == "There is no index yet: build it with `icarus ingest`.\n"
