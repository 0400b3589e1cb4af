"""The collections on a real Chroma server: generations are switched, gone back to and dropped as in a folder."""

import http.server
import json
import random
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import HttpUrl, SecretStr
from rich.console import Console

from icarus.errors import IndexUnusableError
from icarus.generation import current_generation, read_manifest
from icarus.index import Index
from icarus.live import LiveAssistant
from icarus.settings import ChromaServer, Settings
from icarus.store import COLLECTIONS, Store
from icarus.verification import problems
from icarus_ingest.generations import roll_back
from icarus_ingest.model import RawDocument
from icarus_ingest.publish import Build, publish
from icarus_ingest.run import run
from icarus_ingest.understand import understand
from icarus_ingest.vectors import Vectors
from tests.ingest.chroma_server import running_server
from tests.ingest.small_model import SmallModel
from tests.ingest.test_killed import VERSIONS, killed_after, write_corpus

pytestmark = pytest.mark.slow
NOWHERE = ChromaServer(url=HttpUrl("http://127.0.0.1:9"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with running_server(tmp_path_factory.mktemp("chroma")) as server:
        yield server


@pytest.fixture
def published(server: ChromaServer, raw_of: Callable[..., RawDocument]) -> Callable[..., None]:
    """Publishes a generation about something."""

    def publish_it(root: Path, generation: str, subject: str, at: ChromaServer | None = server) -> None:
        model = SmallModel()
        understood = understand(raw_of(f"1. One\n\nThis is about {subject}."), model.count_pieces, model.max_pieces)
        publish(root, Build(generation, [understood], Vectors(model), "{}"), at)

    return publish_it


def said(root: Path, server: ChromaServer | None) -> str:
    with closing(Index.open(root, "small", server)) as index:
        assert list(problems(index)) == []
        return index.all_passages()[0].text


def collections(server: ChromaServer, *folders: Path) -> set[str]:
    """The collections on the server of the generations that the folders name."""
    prefixes = {read_manifest(folder).collections for root in folders for folder in generations(root)}
    return {name for name in all_collections(server) if name.rpartition("-")[0] in prefixes}


def all_collections(server: ChromaServer) -> set[str]:
    address = f"{server.url}api/v2/tenants/default_tenant/databases/default_database/collections?limit=1000"
    with urllib.request.urlopen(address) as answer:  # noqa: S310 an address of our own
        return {collection["name"] for collection in json.load(answer)}


def generations(root: Path) -> list[Path]:
    return sorted((root / "generations").iterdir())


def test_an_index_knows_that_its_server_is_gone(tmp_path: Path, raw_of: Callable[..., RawDocument]) -> None:
    model = SmallModel()
    understood = understand(raw_of("1. One\n\nThis is about harbours."), model.count_pieces, model.max_pieces)
    with running_server(tmp_path / "chroma") as server:
        publish(tmp_path / "index", Build("aaa", [understood], Vectors(model), "{}"), server)
        index = Index.open(tmp_path / "index", "small", server)
        index.touch()
    with closing(index), pytest.raises(IndexUnusableError, match=r"Chroma server"):
        index.touch()


def test_generations_are_switched_and_gone_back_to(
    tmp_path: Path, server: ChromaServer, published: Callable[..., None]
) -> None:
    published(tmp_path, "aaa", "harbours")
    published(tmp_path, "bbb", "towns")
    assert "towns" in said(tmp_path, server)
    assert roll_back(tmp_path, server).generation == "aaa"
    assert "harbours" in said(tmp_path, server)
    assert not list(tmp_path.rglob("chroma*"))


def test_what_is_dropped_is_dropped_on_the_server_and_nothing_else(
    tmp_path: Path, server: ChromaServer, published: Callable[..., None]
) -> None:
    before = all_collections(server)
    published(tmp_path / "other", "aaa", "harbours")  # the same generation, in another index folder
    others = all_collections(server) - before
    for generation, subject in (("aaa", "harbours"), ("bbb", "towns"), ("ccc", "parks")):
        published(tmp_path / "one", generation, subject)
    own = all_collections(server) - before - others
    assert len(own) == 2 * len(COLLECTIONS)
    assert {name.split("-")[1] for name in own} == {"bbb", "ccc"}
    assert others <= all_collections(server)
    assert "harbours" in said(tmp_path / "other", server)


def test_a_run_that_breaks_off_leaves_the_one_before_and_its_rest_goes_with_the_next(
    tmp_path: Path, server: ChromaServer, published: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    published(tmp_path, "aaa", "harbours")
    before = all_collections(server)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "add_pages", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            published(tmp_path, "bbb", "towns")
    left = all_collections(server) - before
    assert len(left) == len(COLLECTIONS)
    assert "harbours" in said(tmp_path, server)
    published(tmp_path, "ccc", "parks")
    assert not left & all_collections(server)
    assert "parks" in said(tmp_path, server)


def test_kills_leave_the_index_as_before_or_as_after(
    tmp_path: Path, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("icarus_ingest.run.EmbeddingModel.load", lambda _name: SmallModel())
    monkeypatch.setenv("ICARUS_CHROMA_URL", str(server.url))
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", embedding_model="small")
    settings.corpus.mkdir()
    write_corpus(settings.corpus, VERSIONS[0])
    started = time.monotonic()
    run([], settings, console=Console(quiet=True))
    whole = time.monotonic() - started
    moments, before, interrupted = random.Random(5), VERSIONS[0], 0
    for _ in range(6):
        after = VERSIONS[1 - VERSIONS.index(before)]
        write_corpus(settings.corpus, after)
        interrupted += killed_after(moments.uniform(0, whole), settings)
        [now] = [version for version in VERSIONS if version in said(settings.index, server)]
        assert now in {before, after}
        before = now
    assert interrupted
    write_corpus(settings.corpus, VERSIONS[1 - VERSIONS.index(before)])
    run([], settings, console=Console(quiet=True))
    assert before not in said(settings.index, server)
    assert len(generations(settings.index)) == 2
    assert len(collections(server, settings.index)) == 2 * len(COLLECTIONS)


def test_an_open_program_takes_up_the_next_generation(
    tmp_path: Path, server: ChromaServer, published: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("icarus.assistant.EmbeddingModel.load", lambda *_: SmallModel())
    published(tmp_path, "aaa", "the Calm Street project, which began in 1995")
    live = LiveAssistant(Settings(index=tmp_path, embedding_model="small", chroma_url=server.url))
    assert "1995" in live.current().ask("When did the Calm Street project begin?").answer
    published(tmp_path, "bbb", "the Calm Street project, which began in 2001")
    assert "2001" in live.current().ask("When did the Calm Street project begin?").answer
    roll_back(tmp_path, server)
    assert "1995" in live.current().ask("When did the Calm Street project begin?").answer


def test_an_index_moves_to_the_server_and_back_by_the_setting_alone(
    tmp_path: Path, server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("icarus_ingest.run.EmbeddingModel.load", lambda _name: SmallModel())
    here = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", embedding_model="small")
    there = here.model_copy(update={"chroma_url": server.url})
    here.corpus.mkdir()
    write_corpus(here.corpus, "parks")
    for settings, on_server in ((here, False), (there, True), (there, True), (here, False), (here, False)):
        run([], settings, console=Console(quiet=True))
        folder = current_generation(settings.index)
        assert folder
        assert bool(read_manifest(folder).collections) is on_server
        assert (folder / "chroma").is_dir() is not on_server
        assert "parks" in said(settings.index, settings.chroma)


def test_collections_that_cannot_be_dropped_yet_stay_named(
    tmp_path: Path, server: ChromaServer, published: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    published(tmp_path, "aaa", "harbours")
    named = collections(server, tmp_path)
    published(tmp_path, "bbb", "towns", None)
    published(tmp_path, "ccc", "parks", None)
    assert collections(server, tmp_path) == named
    published(tmp_path, "ddd", "squares")
    assert not named & all_collections(server)


def test_a_server_that_is_not_there_is_named(tmp_path: Path, published: Callable[..., None]) -> None:
    published(tmp_path, "aaa", "harbours", None)
    with pytest.raises(IndexUnusableError, match=r"The Chroma server at http://127\.0\.0\.1:9 does not answer"):
        published(tmp_path, "bbb", "towns", NOWHERE)
    assert "harbours" in said(tmp_path, None)


def test_an_index_on_a_server_says_so_where_none_is_set(tmp_path: Path, published: Callable[..., None]) -> None:
    published(tmp_path, "aaa", "harbours")
    with pytest.raises(IndexUnusableError, match="set ICARUS_CHROMA_URL to its address"):
        said(tmp_path, None)


def test_a_server_that_stops_is_told_of_in_a_sentence(tmp_path: Path, published: Callable[..., None]) -> None:
    with running_server(tmp_path / "chroma") as other:
        published(tmp_path / "index", "aaa", "harbours", other)
        index = Index.open(tmp_path / "index", "small", other)
    with pytest.raises(IndexUnusableError, match="does not answer: start it"):
        index.all_passages()


def test_a_generation_that_the_server_lost_is_told_of(
    tmp_path: Path, server: ChromaServer, published: Callable[..., None]
) -> None:
    published(tmp_path, "aaa", "harbours")
    with running_server(tmp_path / "chroma") as empty, pytest.raises(IndexUnusableError, match="does not hold this"):
        said(tmp_path, empty)


class _Guarded(http.server.BaseHTTPRequestHandler):
    """Refuses everybody, and notes what they showed."""

    seen: list[str | None] = []  # noqa: RUF012 of all requests

    def do_GET(self) -> None:
        self.seen.append(self.headers.get("Authorization"))
        self.send_error(401)

    def log_message(self, *_: object) -> None:
        pass


def test_the_token_is_shown_to_the_server_and_to_nobody_else(tmp_path: Path, published: Callable[..., None]) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Guarded) as guard:
        threading.Thread(target=guard.serve_forever, daemon=True).start()
        url = HttpUrl(f"http://127.0.0.1:{guard.server_port}")
        settings = Settings(chroma_url=url, chroma_token=SecretStr("open sesame"))
        with pytest.raises(IndexUnusableError, match="refuses access: put ICARUS_CHROMA_TOKEN right") as told:
            published(tmp_path, "aaa", "harbours", settings.chroma)
        guard.shutdown()
    assert set(_Guarded.seen) == {"Bearer open sesame"}
    assert "sesame" not in f"{told.value}{settings!r}{settings.chroma!r}{settings.chroma}"
