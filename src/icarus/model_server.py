"""What the language model's server says of itself when it is asked for its models."""

import json
import time
from typing import TYPE_CHECKING, NamedTuple

from icarus.settings import Settings

if TYPE_CHECKING:
    import httpx

_SECONDS = 5.0
_MOST_BYTES = 4_000_000
_NAMED = 5
_LONGEST_NAME = 80


class Answer(NamedTuple):
    """Whether the server can be used, what was found, and else what to do."""

    good: bool
    found: str
    remedy: str = ""


def examine_server(settings: Settings) -> Answer:
    """Ask the server of the settings for its models, in a few seconds at most; nothing of a question is sent."""
    import httpx

    address = f"{settings.llm_base_url}/models"
    key = settings.llm_api_key
    headers = {"Authorization": f"Bearer {key.get_secret_value()}"} if key else {}
    try:
        with httpx.stream("GET", address, headers=headers, timeout=_SECONDS) as answer:
            return _judged(answer.status_code, _body(answer), settings)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Answer(False, f"{address} does not answer ({type(error).__name__})", "start the server")


def _body(answer: "httpx.Response") -> bytes:
    """What came.

    Raises:
        httpx.ReadTimeout: it is too long or too slow.
    """
    from httpx import ReadTimeout

    until = time.monotonic() + _SECONDS
    read = b""
    for chunk in answer.iter_raw():
        read += chunk
        if len(read) > _MOST_BYTES or time.monotonic() > until:
            raise ReadTimeout("it does not come to an end")
    return read


def _judged(status: int, body: bytes, settings: Settings) -> Answer:
    if status in {401, 403}:
        return Answer(False, f"the server refuses the key (HTTP {status})", "set ICARUS_LLM_API_KEY")
    try:
        names = [str(model["id"]) for model in json.loads(body)["data"]] if status == 200 else None
    except (ValueError, LookupError, TypeError):
        names = None
    if names is None:
        found = f"{settings.llm_base_url} does not list its models (HTTP {status})"
        return Answer(False, found, "put ICARUS_LLM_BASE_URL right, which mostly ends in /v1")
    wanted = settings.llm_model or ""
    if wanted in names or f"{wanted}:latest" in names:
        return Answer(True, f"{wanted} at {settings.llm_base_url}")
    there = ", ".join(name[:_LONGEST_NAME] for name in names[:_NAMED] if name.isprintable()) or "none"
    return Answer(False, f"the server does not have {wanted}", f"set ICARUS_LLM_MODEL to one that it has: {there}")
