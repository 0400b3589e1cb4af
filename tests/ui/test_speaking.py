"""The window in other languages over plain HTTP, without a browser: whose language is whose."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import httpx
import pytest

from icarus_ui.sharing.access import Access
from icarus_ui.sharing.accounts import with_password
from icarus_ui.wording import LANGUAGES, wording_of
from tests.ui.material import Recorded, desk, reply
from tests.ui.visitor import Visitor, browser, serving

PASSWORD = "open sesame"  # noqa: S105 (of this test)


@pytest.fixture(scope="module")
def window() -> Iterator[str]:
    with serving() as address:
        yield address


def config(page: str) -> dict[str, dict[str, str]]:
    """What the components of a page say, by their elem_id."""
    found = re.search(r"window.gradio_config = (\{.*?\});</script>", page, re.DOTALL)
    assert found
    shown = [component["props"] for component in json.loads(found[1])["components"]]
    return {props["elem_id"]: props for props in shown if props.get("elem_id")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_comes_in_the_language_that_the_browser_prefers(window: str, language: str) -> None:
    say = wording_of(language).say
    with browser(window, accept_language=f"{language}, en;q=0.1") as client:
        page = client.get("/")
    said = config(page.text)
    assert f'lang="{language}"' in page.text[:200]
    assert said["question-box"]["label"] == say("composer", "question_label")
    assert said["question-box"]["placeholder"] == say("composer", "placeholder")
    assert (said["send"]["value"], said["stop"]["value"]) == (say("composer", "send"), say("composer", "stop"))
    assert say("header", "new") in said["head"]["value"]
    assert say("areas", "public_spaces") in said["areas"]["html_template"]
    assert say("welcome", "title") in said["conversation"]["value"]
    assert said["language"]["value"] == language
    assert int(page.headers["content-length"]) == len(page.content)


def test_the_address_says_which_and_the_browser_keeps_it(window: str) -> None:
    with browser(window, accept_language="fr") as client:
        assert config(client.get("/?lang=el").text)["language"]["value"] == "el"
        assert config(client.get("/").text)["language"]["value"] == "el"
        assert client.cookies["icarus-language"] == "el"
        assert config(client.get("/?lang=xx").text)["language"]["value"] == "el"


def test_hostile_words_do_not_end_the_script_of_the_page() -> None:
    title = "</script><script>boom()</script>"
    front = desk()
    hostile = replace(front, documents=(front.documents[0].model_copy(update={"title": title}),))
    with serving(front=hostile) as address, browser(address) as client:
        page = client.get("/").text
    assert "boom()" in config(page)["conversation"]["value"]
    assert "<script>boom()" not in page


def test_two_sessions_at_once_never_mix_their_languages() -> None:
    """Each hears its own language only, all through answers that are given at the same time."""
    answers = {"el": "Η απάντηση είναι έτοιμη", "de": "Antwort fertig", "en": "Answer ready"}
    with serving(front=desk(Recorded(reply()))) as address:

        def converse(number: int) -> tuple[str, str]:
            language = list(answers)[number % len(answers)]
            with browser(address) as client:
                visitor = Visitor(client, f"s{number}", language)
                return language, "".join(visitor.ask(f"What is Calm Street {n}?") for n in range(4)) + visitor.settle()

        with ThreadPoolExecutor(9) as pool:
            heard = list(pool.map(converse, range(9)))
    for language, text in heard:
        shown = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
        assert answers[language] in shown
        assert [other for other, told in answers.items() if other != language and told in shown] == []


def test_a_language_that_is_none_is_english(window: str) -> None:
    with browser(window) as client:
        assert "Answer ready" in Visitor(client, "x", "<b>").ask("What is Calm Street?")


@pytest.fixture(scope="module")
def locked() -> Iterator[str]:
    with serving(Access(shared=True, accounts=with_password(PASSWORD), names=frozenset())) as address:
        yield address


def test_the_login_page_speaks_and_offers_all_languages(locked: str) -> None:
    with browser(locked, accept_language="de") as client:
        page = client.get("/login").text
        assert '<html lang="de">' in page
        assert wording_of("de").say("login", "help") in page
        assert all(f'<a href="login?lang={code}" lang="{code}" hreflang="{code}"' in page for code in LANGUAGES)
        assert client.get("/login?lang=it").text.count('aria-current="true">Italiano') == 1
        wrong = client.post("/login", data={"password": "nothing"})
        assert wording_of("it").say("login", "wrong") in wrong.text


def test_a_link_with_a_language_keeps_it_through_the_login(locked: str) -> None:
    with browser(locked, accept_language="en") as client:
        sent = client.get("/?lang=nl")
        assert (sent.status_code, sent.headers["location"]) == (303, "login")
        assert client.post("/login", data={"password": PASSWORD}).status_code == 303
        assert config(client.get("/").text)["language"]["value"] == "nl"


def test_refusals_are_told_in_the_language_of_the_browser(locked: str) -> None:
    with browser(locked, accept_language="es") as client:
        refused: httpx.Response = client.get("/gradio_api/queue/data")
    assert refused.json()["error"] == wording_of("es").say("sharing", "stranger")
