"""Which language a browser asks for: by the address, by what was chosen before, or by its own settings."""

from collections.abc import Iterator

from starlette.datastructures import QueryParams
from starlette.requests import HTTPConnection
from starlette.types import Scope

from icarus_ui.wording import ENGLISH, LANGUAGES, Wording, wording_of

COOKIE = "icarus-language"
IN_ADDRESS = "lang"  # as in ?lang=fr
_LONGEST = 200  # characters of a header that are read; no browser sends more


def language_of(scope: Scope) -> str:
    """The code of a language of the window; English where a request asks for none of them."""
    connection = HTTPConnection(scope)
    asked = (asked_in_address(scope), connection.cookies.get(COOKIE, ""))
    accepted = _accepted(connection.headers.get("accept-language", "")[:_LONGEST])
    return next((code for code in (*asked, *accepted) if code in LANGUAGES), ENGLISH)


def wording_for(scope: Scope) -> Wording:
    """The words for whoever sends a request."""
    return wording_of(language_of(scope))


def asked_in_address(scope: Scope) -> str:
    """The language that the address names, '' where it names none that is known."""
    code = QueryParams(scope.get("query_string", b"")).get(IN_ADDRESS, "").lower()
    return code if code in LANGUAGES else ""


def _accepted(header: str) -> list[str]:
    """The codes of an Accept-Language header without their regions, the most wanted first."""
    return [code for weight, code in sorted(_ranges(header), key=lambda wanted: -wanted[0]) if weight > 0]


def _ranges(header: str) -> Iterator[tuple[float, str]]:
    for part in header.split(","):
        tag, _, weight = part.partition(";q=")
        try:
            yield float(weight or 1), tag.strip().lower().partition("-")[0]
        except ValueError:
            continue
