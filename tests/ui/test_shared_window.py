"""The whole window as others reach it, over plain HTTP, before a desk that always gives the same answer."""

import re
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from icarus.errors import ModelError
from icarus_ui.sharing.access import Access
from icarus_ui.sharing.accounts import Accounts
from tests.ui.material import QUOTE, desk
from tests.ui.visitor import HERE, Visitor, browser, serving

PASSWORD = "open sesame"  # noqa: S105 (of these tests alone)
LOGIN = {"password": PASSWORD}
# Gradio's queue uses pandas in a way that pandas warns of, in this process where warnings are errors.
pytestmark = pytest.mark.filterwarnings("ignore:'future.no_silent_downcasting'")
ANYWHERE: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def alone() -> Iterator[str]:
    """The window for this machine alone."""
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def locked_window() -> Iterator[str]:
    """A window with a password, behind a proxy that says from where somebody comes."""
    with serving(Access(shared=True, accounts=Accounts(PASSWORD), names=ANYWHERE, proxies=HERE)) as address:
        yield address


@pytest.fixture
def locked(locked_window: str, request: pytest.FixtureRequest) -> Iterator[httpx.Client]:
    """A browser before that window, from an address of its own."""
    with browser(locked_window, x_forwarded_for=f"test-{request.node.name}") as client:
        yield client


@pytest.fixture(scope="module")
def behind_proxy() -> Iterator[str]:
    """A window behind a proxy that logs people in."""
    with serving(Access(shared=True, user_header="x-user", proxies=HERE, names=ANYWHERE)) as address:
        yield address


def test_who_knows_the_name_of_another_s_session_gets_nothing_of_it(alone: str) -> None:
    with browser(alone) as one, browser(alone) as other:
        victim, thief = Visitor(one, "guessed"), Visitor(other, "guessed")
        assert QUOTE[:40] in victim.ask("What is our secret plan?")
        assert "secret plan" in victim.settle()
        assert "secret plan" not in thief.settle()
        assert QUOTE[:40] not in thief.act(thief.going, [None, None, "en"], go='{"to":"source","turn":1,"n":2}')
        assert "secret plan" in victim.settle()


def test_another_s_events_are_not_heard(alone: str) -> None:
    with browser(alone) as one, browser(alone) as other:
        victim, thief = Visitor(one, "guessed2"), Visitor(other, "guessed2")
        event = victim.join("What is our secret plan?")
        heard = thief.hear()
        assert "secret" not in heard
        assert "session_not_found" in heard
        for path in (f"call/predict/{event}", f"call/v2/predict/{event}", "queue/status", "run-history/records"):
            assert other.get(f"/gradio_api/{path}").status_code == 404
        assert "secret plan" in victim.hear()


def test_without_the_cookie_there_is_nothing_to_hear_and_what_is_asked_begins_anew(alone: str) -> None:
    with browser(alone) as client:
        visitor = Visitor(client)
        visitor.ask("What is our secret plan?")
        client.cookies.clear()
        assert client.get("/gradio_api/queue/data", params={"session_hash": "abc"}).status_code == 401
        assert "secret plan" not in visitor.settle()
        assert QUOTE[:40] in visitor.ask("What is Calm Street?")
        assert "secret plan" not in visitor.settle()


def test_who_is_logged_out_in_the_middle_is_told_so(locked: httpx.Client) -> None:
    locked.post("/login", data=LOGIN)
    visitor = Visitor(locked)
    locked.cookies.clear()
    assert "You are not logged in, or no longer: load the page again." in visitor.settle()


@pytest.mark.parametrize("body", [b"", b"[]", b'{"session_hash": 3}', b"{", b"[" * 60_000])
def test_what_is_no_request_is_refused(alone: str, body: bytes) -> None:
    with browser(alone) as client:
        client.get("/")
        assert client.post("/gradio_api/run/predict", content=body).status_code == 400


def test_nobody_gets_past_the_login_page(locked: httpx.Client) -> None:
    page = locked.get("/")
    assert (page.status_code, page.headers["location"]) == (303, "login")
    for path in ("/config", "/gradio_api/heartbeat/abc", "/assets/index.js", "/theme.css", "/gradio_api/queue/data"):
        assert locked.get(path).status_code in (401, 404), path
    assert locked.get("/login").status_code == 200
    assert locked.get("/icarus/style.css").status_code == 200
    wrong = locked.post("/login", data={"password": "open sesam"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (401, False)
    assert "This is not the password." in wrong.text
    assert locked.get("/").status_code == 303


def test_the_password_opens_until_logout(locked: httpx.Client) -> None:
    entered = locked.post("/login", data=LOGIN)
    assert (entered.status_code, entered.headers["location"]) == (303, "./")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    copy = dict(locked.cookies)
    assert QUOTE[:40] in Visitor(locked).ask("What is Calm Street?")
    assert locked.post("/logout").headers["location"] == "login"
    assert locked.get("/").status_code == 303
    for name, value in copy.items():
        locked.cookies.set(name, value)
    assert locked.get("/").status_code == 303


def test_a_cookie_that_was_changed_counts_for_nothing(locked: httpx.Client) -> None:
    locked.post("/login", data=LOGIN)
    ((name, value),) = dict(locked.cookies).items()
    locked.cookies.clear()
    locked.cookies.set(name, ("A" if value[0] != "A" else "B") + value[1:])
    assert locked.get("/").status_code == 303


def test_who_tries_many_passwords_has_to_wait(locked: httpx.Client) -> None:
    tried = [locked.post("/login", data={"password": f"guess {n}"}) for n in range(11)]
    assert [t.status_code for t in tried] == [401] * 10 + [429]
    assert "too many tries: try again in 6 seconds" in tried[-1].text
    assert tried[-1].headers["retry-after"] == "6"
    assert locked.post("/login", data=LOGIN).status_code == 429


def test_a_login_sent_by_another_page_is_refused(locked: httpx.Client) -> None:
    assert locked.post("/login", data=LOGIN, headers={"Origin": "http://evil.test"}).status_code == 403
    assert locked.post("/login", data=LOGIN, headers={"Origin": str(locked.base_url).rstrip("/")}).status_code == 303


def test_hostile_input_to_the_login_is_a_wrong_password(locked: httpx.Client) -> None:
    for typed in ("", "x" * 5000, "\0", "<script>"):
        assert locked.post("/login", data={"password": typed}).status_code == 401
    assert locked.post("/login", content=b"\xff" * 100).status_code == 401


def test_a_proxy_that_is_trusted_says_who_it_is(behind_proxy: str) -> None:
    with browser(behind_proxy, x_user="ada", x_forwarded_proto="https", x_forwarded_for="198.51.100.4") as client:
        page = client.get("/")
        assert page.status_code == 200
        assert "secure" in page.headers["set-cookie"].lower()
        assert page.headers["strict-transport-security"]


def test_who_is_not_named_once_is_not_let_in(behind_proxy: str) -> None:
    with browser(behind_proxy) as client:
        assert client.get("/").status_code == 401
        assert client.get("/", headers=[("X-User", "ada"), ("X-User", "bob")]).status_code == 401
        assert client.get("/", headers={"X-User": ""}).status_code == 401


def test_nobody_but_the_proxy_is_believed() -> None:
    access = Access(shared=True, user_header="x-user", proxies=("192.0.2.0/24",), names=ANYWHERE)
    with serving(access) as address, browser(address, x_user="ada", x_forwarded_proto="https") as client:
        page = client.get("/")
        assert page.status_code == 401
        assert "strict-transport-security" not in page.headers


def test_the_cookie_of_one_user_is_none_for_another(behind_proxy: str) -> None:
    with browser(behind_proxy) as client:
        visitor = Visitor(with_user(client, "ada"))
        assert "secret plan" in visitor.ask("What is our secret plan?")
        with_user(client, "bob")
        assert "secret plan" not in visitor.settle()
        assert "secret plan" not in Visitor(client).settle()


def with_user(client: httpx.Client, name: str) -> httpx.Client:
    client.headers["X-User"] = name
    return client


def test_too_many_questions_are_told_when_to_go_on() -> None:
    access = Access(shared=True, names=ANYWHERE, questions_per_minute=3)
    with serving(access) as address, browser(address) as client:
        visitor = Visitor(client)
        said = [visitor.ask(f"What is Calm Street {n}?") for n in range(4)]
        assert all(QUOTE[:40] in text for text in said[:3])
        assert "ask this one again in 20 seconds." in said[3]
        assert "What is Calm Street 3?" in said[3]


def test_too_many_requests_are_429_with_the_time_to_wait() -> None:
    access = Access(shared=True, names=ANYWHERE, questions_per_minute=1)
    with serving(access) as address, browser(address) as client:
        visitor = Visitor(client)
        sent = {"data": [None, "", "en"], "fn_index": visitor.acting, "session_hash": "abc"}
        answers = (client.post("/gradio_api/run/predict", json=sent) for _ in range(200))
        refused = next(answer for answer in answers if answer.status_code != 200)
        assert refused.status_code == 429
        assert re.fullmatch(
            r"Too much has come from your address: try again in [12] seconds.", refused.json()["detail"]
        )
        assert refused.headers["retry-after"] in ("1", "2")


def test_this_machine_alone_has_no_limit(alone: str) -> None:
    with browser(alone) as client:
        visitor = Visitor(client)
        assert all(QUOTE[:40] in visitor.ask("What is Calm Street?") for _ in range(30))


def test_health_and_readiness_are_told_to_anybody(locked: httpx.Client) -> None:
    assert locked.get("/healthz").json() == {"status": "ok"}
    assert locked.get("/readyz").json() == {"status": "ready", "generation": "aaa"}


def test_not_ready_is_503_and_the_reason_stays_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise ModelError("The model at /secret/folder cannot be loaded.")

    with serving(front=replace(desk(), prepare=broken)) as address, browser(address) as client:
        told = client.get("/readyz")
    assert (told.status_code, told.json()) == (503, {"status": "not ready"})
    assert "/secret/folder" in caplog.text


def test_a_name_that_is_not_listed_is_not_answered() -> None:
    access = Access(shared=True, names=frozenset({"icarus.example"}))
    with serving(access) as address, browser(address) as client:
        assert client.get("/", headers={"Host": "icarus.example"}).status_code == 200
        assert client.get("/", headers={"Host": "evil.test"}).status_code == 421
        assert client.get("/healthz", headers={"Host": "10.0.0.3:7860"}).status_code == 200
