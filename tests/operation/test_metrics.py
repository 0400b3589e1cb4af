"""The figures are what Prometheus reads, count what happened, and are given to those who may log in."""

import base64
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from icarus.live import LiveAssistant
from icarus.metrics import Metrics
from icarus.operation import Operation
from icarus.settings import Settings
from icarus.watching import Watch
from icarus_api.app import create_app
from icarus_ui.sharing.access import Access
from icarus_ui.sharing.accounts import with_password
from tests.api.serving import served
from tests.ingest.small_model import SmallModel
from tests.small_index import ASKED, publish_small
from tests.ui.visitor import Visitor, browser, serving

MARK = "Xylophonfabrik"
PASSWORD = "a good password"  # noqa: S105
Figures = dict[tuple[str, frozenset[tuple[str, str]]], float]


def figures_of(text: str) -> Figures:
    """Every sample that Prometheus' own parser finds, by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def figure(text: str, name: str, **labels: str) -> float:
    return figures_of(text)[name, frozenset(labels.items())]


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LiveAssistant:
    settings = Settings(index=tmp_path / "index", embedding_model="small")
    publish_small(settings, "aaa", 1995)
    monkeypatch.setattr("icarus.embedding.EmbeddingModel.load", lambda *_: SmallModel())
    return LiveAssistant(settings, Watch(Metrics()))


@pytest.fixture
def api(live: LiveAssistant) -> Iterator[httpx.Client]:
    app = create_app(live.current, "127.0.0.1", "token", Operation(live.watch))
    bearing = {"authorization": "Bearer token"}
    with served(app) as address, httpx.Client(base_url=address, headers=bearing, timeout=60) as client:
        yield client


def test_questions_are_counted_by_how_they_ended(api: httpx.Client) -> None:
    status = api.post("/v1/ask", json={"turns": [ASKED]}).json()["status"]
    api.post("/v1/ask/stream", json={"turns": [ASKED]})
    assert api.post("/v1/ask", json={"turns": [" "]}).status_code == 422
    text = api.get("/metrics").text
    assert figure(text, "icarus_questions_total", status=status, mode="verbatim") == 2
    assert figure(text, "icarus_questions_total", status="error", mode="verbatim") == 1
    assert figure(text, "icarus_answer_seconds_count") == 3
    assert figure(text, "icarus_questions_in_flight") == 0
    assert figure(text, "icarus_http_responses_total", code="2xx") == 2
    assert figure(text, "icarus_http_responses_total", code="4xx") == 1
    assert figure(text, "process_resident_memory_bytes") > 1e6


def test_what_is_served_is_told_anew_each_time(api: httpx.Client, live: LiveAssistant) -> None:
    served_by = {sample[0]: dict(sample[1]) for sample in figures_of(api.get("/metrics").text)}
    assert served_by["icarus_generation_info"]["generation"] == "aaa"
    publish_small(live.settings, "bbb", 1996)
    served_by = {sample[0]: dict(sample[1]) for sample in figures_of(api.get("/metrics").text)}
    assert served_by["icarus_generation_info"]["generation"] == "bbb"
    assert served_by["icarus_generation_info"]["model"] == "small"


def test_nothing_that_is_sent_becomes_a_label(api: httpx.Client) -> None:
    api.post("/v1/ask", json={"turns": [f"What is {MARK}?"]}, headers={"x-request-id": MARK})
    api.get(f"/{MARK}", headers={"user-agent": MARK})
    api.get("/v1/tools", params={"text": MARK})
    assert MARK.lower() not in api.get("/metrics").text.lower()


def test_a_failure_is_counted(live: LiveAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(live.current(), "_heard", broken)
    with pytest.raises(RuntimeError):
        live.current().ask(ASKED)
    assert live.watch.metrics
    text = live.watch.metrics.text().decode()
    assert figure(text, "icarus_failures_total") == 1
    assert figure(text, "icarus_questions_total", status="failed", mode="") == 1


def test_an_answer_that_nobody_waits_for_any_more_is_told(live: LiveAssistant) -> None:
    steps = live.current().steps(ASKED)
    next(steps)
    assert live.watch.in_flight == 1
    steps.close()  # type: ignore[attr-defined]
    assert live.watch.in_flight == 0
    assert live.watch.metrics
    assert figure(live.watch.metrics.text().decode(), "icarus_questions_total", status="abandoned", mode="") == 1


@pytest.mark.slow
def test_encoding_is_timed(index_settings: Settings) -> None:
    live = LiveAssistant(index_settings, Watch(Metrics()))
    live.current().ask("What is the aim of this report?")
    assert live.watch.metrics
    text = live.watch.metrics.text().decode()
    assert figure(text, "icarus_encode_seconds_count") >= 1
    assert 0 < figure(text, "icarus_encode_seconds_sum") < figure(text, "icarus_answer_seconds_sum")


def test_the_api_asks_for_its_token(api: httpx.Client) -> None:
    assert httpx.get(api.base_url.join("/metrics")).status_code == 401


def test_there_are_none_unless_the_settings_ask_for_them(live: LiveAssistant) -> None:
    with served(create_app(live.current, "127.0.0.1")) as address:
        assert httpx.get(f"{address}/metrics").status_code == 404
    with serving() as address, browser(address) as client:
        assert client.get("/metrics").status_code == 404


def basic(password: str, name: str = "prometheus") -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_the_window_asks_for_its_password() -> None:
    access = Access(shared=True, accounts=with_password(PASSWORD), names=frozenset())
    with serving(access, operation=Operation(Watch(Metrics()))) as address, browser(address) as client:
        told = client.get("/metrics")
        assert (told.status_code, told.headers["www-authenticate"]) == (401, 'Basic realm="Icarus"')
        for wrong in (basic("wrong"), {"authorization": "Basic ***"}, {"authorization": f"Bearer {PASSWORD}"}):
            assert client.get("/metrics", headers=wrong).status_code == 401
        assert figure(client.get("/metrics", headers=basic(PASSWORD)).text, "icarus_questions_in_flight") == 0
        tries = [client.get("/metrics", headers=basic("wrong")).status_code for _ in range(10)]
        assert tries[-1] == 429


def test_a_proxy_that_logs_people_in_has_to_say_who_asks() -> None:
    access = Access(shared=True, user_header="x-user", proxies=("127.0.0.1",), names=frozenset())
    with serving(access, operation=Operation(Watch(Metrics()))) as address, browser(address) as client:
        assert client.get("/metrics").status_code == 401
        assert client.get("/metrics", headers={"x-user": "prometheus"}).status_code == 200


def test_the_window_counts_its_conversations() -> None:
    with serving(operation=Operation(Watch(Metrics()))) as address, browser(address) as client:
        Visitor(client, "one").ask("What is Calm Street?")
        Visitor(client, "two").ask("What is Calm Street?")
        assert figure(client.get("/metrics").text, "icarus_sessions") == 2
