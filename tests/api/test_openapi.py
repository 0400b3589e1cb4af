"""The OpenAPI description is what the API does: schemathesis makes requests from it and checks the responses."""

from typing import Any

import httpx
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from icarus_api.app import create_app
from icarus_api.guard import Guard

NO_QUESTION = ("The question is empty: ", "The text is ")  # what a schema cannot say of a text
EXAMPLES = 15  # of an address; beside them schemathesis goes through the edges of every field


def described() -> dict[str, Any]:
    """The description, taken from an application that nobody asks anything."""
    guard = create_app(lambda: pytest.fail("nobody asks"), "127.0.0.1").app
    assert isinstance(guard, Guard)
    app = guard.app
    assert isinstance(app, FastAPI)
    return app.openapi()


schema = schemathesis.openapi.from_dict(described())


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_response_is_as_described(case: schemathesis.Case[Any], address: str) -> None:
    response = case.call(base_url=address)
    told = response.status_code == 422 and response.json()["detail"].startswith(NO_QUESTION)
    case.validate_response(response, excluded_checks=[positive_data_acceptance] if told else [])


def test_every_address_is_described(api: httpx.Client) -> None:
    content = api.get("/openapi.json").json()
    assert content == described()
    assert set(content["paths"]) == {
        "/healthz",
        "/readyz",
        "/v1/ask",
        "/v1/ask/stream",
        "/v1/documents",
        "/v1/documents/{document}/pages/{page}",
        "/v1/status",
        "/v1/tools",
        "/v1/tools/{tool}",
    }
    operations = [operation for path in content["paths"].values() for operation in path.values()]
    assert [o["operationId"] for o in operations if not o.get("description")] == []
    problems = {m for o in operations for code, r in o["responses"].items() if code != "200" for m in r["content"]}
    assert problems == {"application/problem+json"}
