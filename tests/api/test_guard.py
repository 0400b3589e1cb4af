"""Who may ask: this machine, or who bears the token; never a page of another site."""

from collections.abc import Iterator

import httpx
import pytest

from icarus.live import LiveAssistant
from icarus_api.app import create_app
from tests.api.serving import served
from tests.api.test_http import problem_of

TOKEN = "a-secret-of-this-test"  # noqa: S105


@pytest.fixture(scope="module")
def others(small_live: LiveAssistant) -> Iterator[httpx.Client]:
    """A client of a server that believes to be reached by others, and asks for a token."""
    app = create_app(small_live.current, "0.0.0.0", TOKEN)  # noqa: S104  it listens on loopback all the same
    with served(app) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.mark.parametrize("path", ["/v1/status", "/openapi.json", "/mcp", "/nowhere"])
@pytest.mark.parametrize("sent", [None, "", "Bearer", "Bearer wrong", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x"])
def test_without_the_token_nothing_is_told(others: httpx.Client, path: str, sent: str | None) -> None:
    response = others.get(path, headers={} if sent is None else {"authorization": sent})
    assert (response.status_code, response.headers["www-authenticate"]) == (401, "Bearer")
    assert "bearer token" in problem_of(response)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer"])
def test_with_the_token_any_name_may_ask(others: httpx.Client, scheme: str) -> None:
    headers = {"authorization": f"{scheme} {TOKEN}", "host": "icarus.example"}
    assert others.get("/v1/status", headers=headers).status_code == 200


def test_health_needs_no_token(others: httpx.Client) -> None:
    assert others.get("/healthz").status_code == 200


@pytest.mark.parametrize("host", ["localhost", "localhost:80", "127.0.0.1:7861", "[::1]:7861", "[::1]"])
def test_this_machine_may_ask_under_its_own_names(small_api: httpx.Client, host: str) -> None:
    assert small_api.get("/v1/status", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.test", "evil.test:7861", "127.0.0.1.evil.test", "192.0.2.1", "[evil"])
@pytest.mark.parametrize("path", ["/v1/status", "/mcp", "/healthz"])
def test_another_name_for_this_machine_may_not(small_api: httpx.Client, path: str, host: str) -> None:
    response = small_api.get(path, headers={"host": host})
    assert response.status_code == 421
    assert problem_of(response) == "Icarus answers on this machine only."


@pytest.mark.parametrize("origin", ["http://evil.test", "null", "http://localhost:1", "file://"])
@pytest.mark.parametrize("path", ["/v1/ask", "/mcp"])
def test_pages_of_other_sites_may_not(small_api: httpx.Client, path: str, origin: str) -> None:
    response = small_api.post(path, json={"turns": ["What?"]}, headers={"origin": origin})
    assert response.status_code == 403
    assert "other sites" in problem_of(response)


def test_its_own_origin_may(small_api: httpx.Client) -> None:
    assert small_api.get("/v1/status", headers={"origin": str(small_api.base_url).rstrip("/")}).status_code == 200


def test_headers_are_safe_and_say_nothing_of_the_server(small_api: httpx.Client) -> None:
    headers = small_api.get("/v1/status").headers
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["cache-control"] == "no-store"
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers
