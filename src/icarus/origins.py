"""Which host a web request asks for, and whether a page of another site sent it."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope


def host_of(headers: Headers) -> str:
    """The host that was asked for, in small letters, without its port and the brackets of an IPv6 address."""
    host = headers.get("host", "").lower()
    return host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]


def is_from_another_site(scope: Scope) -> bool:
    """Whether a page of another origin sent this: what browsers say of it, or else the origin beside the host.

    A link that somebody follows may come from anywhere; programs that are no browser say nothing.
    """
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    followed = scope["method"] in ("GET", "HEAD") and headers.get("sec-fetch-mode") == "navigate"
    if site:
        return site not in ("same-origin", "none") and not followed
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
