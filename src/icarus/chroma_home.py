"""Where the collections of a generation are: in a folder, or on a Chroma server; and how to get there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icarus.errors import IndexUnusableError
from icarus.settings import ChromaServer

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI


_SECONDS = 120.0  # for one request


class OnServer(NamedTuple):
    """The collections of one generation on a Chroma server: their names all begin with the prefix."""

    server: ChromaServer
    prefix: str


Home = Path | OnServer
"""Where the collections of one generation are."""


def client_of(home: Home) -> "ClientAPI":
    """A client for the collections of a generation; raises what chromadb, httpx and sqlite raise."""
    import chromadb
    from chromadb.config import Settings

    silent = Settings(anonymized_telemetry=False)
    if isinstance(home, Path):
        return chromadb.PersistentClient(path=str(home), settings=silent)
    url, token = home.server.url, home.server.token
    secure = url.scheme == "https"
    client = chromadb.HttpClient(
        host=str(url.host),
        port=url.port or (443 if secure else 80),
        ssl=secure,
        headers={"Authorization": f"Bearer {token.get_secret_value()}"} if token else None,
        settings=silent,
    )
    for session in _sessions_of(client):
        session.timeout = _SECONDS  # chromadb would wait for ever
    return client


def let_go(client: "ClientAPI") -> None:
    """Close the files or the connections of a client."""
    client.close()  # type: ignore[attr-defined]
    for session in _sessions_of(client):
        session.close()  # chromadb 1.5.9 leaves them open


def _sessions_of(client: "ClientAPI") -> "list[httpx.Client]":
    """The connections of a client to a server, its own and that by which it looks up tenants; there is no other way."""
    servers = (getattr(one, "_server", None) for one in (client, getattr(client, "_admin_client", None)))
    return [session for server in servers if (session := getattr(server, "_session", None))]


def name_at(home: Home, collection: str) -> str:
    """The name of a collection; on a server that of its generation comes first."""
    return collection if isinstance(home, Path) else f"{home.prefix}-{collection}"


def failure_of(server: ChromaServer, error: Exception) -> IndexUnusableError:
    """What goes wrong with a server, in a sentence."""
    from chromadb.errors import AuthorizationError, ChromaAuthError, NotFoundError

    told = " ".join(str(error).split())[:200] or type(error).__name__
    if isinstance(error, NotFoundError):
        said = "does not hold this generation: take up the newest index folder, or build it again with `icarus ingest`."
    elif isinstance(error, AuthorizationError | ChromaAuthError) or " 401" in told or " 403" in told:
        said = "refuses access: put ICARUS_CHROMA_TOKEN right."
    elif "connect" in told.lower() or type(error).__module__.startswith(("httpx", "httpcore")):
        said = "does not answer: start it (`chroma run`), or put ICARUS_CHROMA_URL right."
    else:
        said = f"fails: {told}"
    return IndexUnusableError(f"The Chroma server at {server} {said}")


@contextmanager
def telling(home: Home) -> Iterator[None]:
    """Say in a sentence what goes wrong with a server while something is asked of it."""
    try:
        yield
    except Exception as error:
        if isinstance(home, Path):
            raise
        raise failure_of(home.server, error) from error
