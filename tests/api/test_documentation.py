"""What src/README.md says of HTTP and MCP is true."""

import json
import re
import shlex

import httpx
import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "src" / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\$ curl (.+)$", PAGE, re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_typed(api: httpx.Client, example: str) -> None:
    words = [word for word in shlex.split(example) if word != "-N"]
    path = words[0].removeprefix("http://127.0.0.1:7861")
    assert path != words[0]
    body = json.loads(words[words.index("--json") + 1]) if "--json" in words else None
    response = api.post(path, json=body) if body else api.get(path)
    assert response.status_code == 200
    assert '"page":' in response.text


def test_the_table_has_every_address(api: httpx.Client) -> None:
    listed = set(re.findall(r"^\| `(GET|POST) ([^?`]+)", PAGE, re.MULTILINE))
    described = {
        (method.upper(), re.sub(r"\{page\}", "{n}", re.sub(r"\{(tool|document)\}", "{id}", path)))
        for path, operations in api.get("/openapi.json").json()["paths"].items()
        for method in operations
    }
    assert listed == described


def test_the_configuration_of_an_mcp_client_is_json() -> None:
    [block] = re.findall(r"```json\n(.+?)```", PAGE, re.DOTALL)
    assert json.loads(block)["mcpServers"]["icarus"]["args"] == ["mcp"]
