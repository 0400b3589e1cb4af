from contextlib import closing
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.window import QUESTION, Window

HOSTILE = (
    "<img src='http://evil.test/i.png' onerror='window.hit=1'> ${window.hit=1} {{window.hit}} "
    "<script>window.hit=1</script> ![b](http://evil.test/b.png) <form action='http://evil.test'></form>"
)


def test_a_second_session_sees_nothing_of_the_first(window: Window, chromium: Browser, served: str) -> None:
    window.ask()
    with closing(chromium.new_context()) as other:
        second = Window(other.new_page()).open(served)
        expect(second.turns).to_have_count(0)
        second.ask("Who runs it?")
        expect(second.turns.first.locator(".answer")).not_to_contain_text("Calm Street")
        expect(second.tab.locator("body")).not_to_contain_text(QUESTION)
    expect(window.turns).to_have_count(1)


def test_two_tabs_of_one_browser_are_two_conversations(window: Window, session: BrowserContext, served: str) -> None:
    window.ask()
    second = Window(session.new_page()).open(served)
    expect(second.turns).to_have_count(0)


def test_the_browser_asks_its_own_host_only(window: Window, served: str) -> None:
    window.ask()
    window.open_source()
    window.panel.get_by_role("button", name="Read on the page").click()
    window.tab.get_by_role("button", name="Light or dark").click()
    window.panel.locator(".sheet").wait_for()
    window.tab.wait_for_timeout(1000)  # what loads late
    assert len(window.requests) > 10
    own = urlsplit(served).netloc
    others = [
        url for url in window.requests if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own
    ]
    assert others == []


def test_nothing_asked_is_kept_in_the_browser(window: Window) -> None:
    window.ask()
    kept = window.tab.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "Calm Street" not in kept


def test_hostile_words_are_shown_as_text(window: Window) -> None:
    turn = window.ask(HOSTILE)
    expect(turn.locator(".question")).to_have_text(HOSTILE)
    assert window.tab.evaluate("window.hit") is None
    assert not [url for url in window.requests if "evil.test" in url]
    assert window.tab.locator("#conversation :is(img, form, script, iframe)").count() == 0


def test_the_policy_stops_a_beacon_even_if_one_got_in(window: Window) -> None:
    blocked = window.tab.evaluate(
        """() => new Promise((resolve) => {
            document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
            document.body.append(Object.assign(new Image(), {src: 'http://evil.test/beacon.png'}));
        })"""
    )
    assert blocked == "img-src"


def test_the_server_is_closed_where_the_window_does_not_need_it(window: Window, served: str) -> None:
    request = window.tab.request
    assert request.get(f"{served}healthz").json() == {"status": "ok"}
    assert (
        request.post(
            f"{served}gradio_api/upload", multipart={"files": {"name": "a", "mimeType": "b", "buffer": b"c"}}
        ).status
        == 404
    )
    assert request.get(f"{served}gradio_api/file=pyproject.toml").status == 404
    assert request.get(served, headers={"Host": "evil.test"}).status == 421
    assert "default-src 'self'" in request.get(served).headers["content-security-policy"]
