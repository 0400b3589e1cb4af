"""One call of a language model, through llama-index over real HTTP, to a server that does as it likes."""

import logging
import threading
import time
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from icarus.doctor import settings_sentence
from icarus.errors import LanguageModelError
from icarus.language_model import LanguageModel, Message
from icarus.model_server import examine_server
from icarus.settings import Settings
from icarus.usage import Usage
from tests.conftest import Run
from tests.icarus.openai_server import ENDLESS, INVENTED, KEY, MODEL, REFUSALS, OpenAIServer

PROMPT = (Message("system", "Answer."), Message("user", "What?"))
SECONDS = 1.5
MARGIN = 1.5  # of a busy machine


@pytest.fixture(autouse=True)
def _honest(server: OpenAIServer) -> None:
    server.mode, server.says = "honest", "It is so. It is not."


def model_of(server: OpenAIServer, folder: Path, **more: object) -> LanguageModel:
    settings = {"llm_base_url": server.base_url, "llm_model": MODEL, "llm_api_key": KEY, "index": folder / "index"}
    return LanguageModel(Settings.model_validate(settings | more))


def said(model: LanguageModel, seconds: float = SECONDS) -> tuple[str, str, Usage]:
    """What came, why it ended, and what was used."""
    spent: list[Usage] = []
    text, problem = "", ""
    try:
        for piece in model.stream(PROMPT, seconds, 50, spent):
            text += piece
    except LanguageModelError as error:
        problem = str(error)
    return text, problem, spent[-1] if spent else Usage()


def test_a_reply_comes_in_pieces(server: OpenAIServer, tmp_path: Path) -> None:
    model = model_of(server, tmp_path)
    pieces = list(model.stream(PROMPT, 10, 50, []))
    assert len(pieces) > 3
    assert "".join(pieces) == server.says
    asked = server.asked[-1]
    assert [(m["role"], m["content"]) for m in asked["messages"]] == [tuple(message) for message in PROMPT]
    assert (asked["model"], asked["max_tokens"], asked["temperature"], asked["stream"]) == (MODEL, 50, 0.0, True)


@pytest.mark.parametrize("mode", [*ENDLESS, "hang", "drip"])
def test_what_does_not_end_is_cut(server: OpenAIServer, tmp_path: Path, mode: str) -> None:
    model = model_of(server, tmp_path)
    said(model)  # the client is imported with the first call
    server.mode = mode
    started = time.monotonic()
    _, problem, _ = said(model)
    assert time.monotonic() - started < SECONDS + MARGIN
    assert "does not come to an end" in problem or "not done within 1.5 seconds" in problem


@pytest.mark.parametrize("mode", REFUSALS)
def test_an_error_is_told_in_our_words_and_asked_once(server: OpenAIServer, tmp_path: Path, mode: str) -> None:
    server.mode = mode
    before = len(server.asked)
    text, problem, _ = said(model_of(server, tmp_path))
    assert (text, len(server.asked) - before) == ("", 1)
    assert f"HTTP {REFUSALS[mode]}" in problem
    assert KEY not in problem
    assert INVENTED not in problem


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("html", "does not speak the OpenAI protocol"),
        ("not a stream", "does not speak the OpenAI protocol"),
        ("packed", "does not speak the OpenAI protocol"),
        ("redirect", "HTTP 307"),
        ("half stream", "broke off"),
        ("broken off", "breaks off"),
        ("nothing at all", "broke off"),
        ("no json", "breaks off"),
        ("other json", "breaks off"),
        ("null choices", "breaks off"),
        ("error within", "breaks off"),
        ("not text", "breaks off"),
    ],
)
def test_what_is_no_whole_reply_is_told(server: OpenAIServer, tmp_path: Path, mode: str, told: str) -> None:
    server.mode = mode
    assert told in said(model_of(server, tmp_path), 10)[1]
    assert server.elsewhere == 0


def test_a_missing_done_is_no_harm(server: OpenAIServer, tmp_path: Path) -> None:
    server.mode = "no done"
    assert said(model_of(server, tmp_path), 10)[:2] == (server.says, "")


def test_nobody_listening_is_told_at_once(server: OpenAIServer, tmp_path: Path) -> None:
    model = model_of(server, tmp_path, llm_base_url="http://127.0.0.1:9/v1")
    started = time.monotonic()
    assert "cannot be reached" in said(model, 10)[1]
    assert time.monotonic() - started < 5


def test_who_stops_reading_stops_the_call(server: OpenAIServer, tmp_path: Path) -> None:
    server.mode = "endless slow"
    stream = model_of(server, tmp_path).stream(PROMPT, 30, 5000, [])
    next(stream)
    stream.close()
    assert server.closed.wait(5)


def test_only_what_the_server_needs_is_sent(
    server: OpenAIServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "sk-of-the-shell")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/other")
    assert said(model_of(server, tmp_path, llm_api_key=None), 10)[1] == ""
    sent = server.headers[-1]
    assert "sk-of-the-shell" not in str(sent)
    assert sent["authorization"] == "Bearer none"
    assert not [name for name in sent if name.startswith(("x-stainless", "openai-"))]
    said(model_of(server, tmp_path), 10)
    assert server.headers[-1]["authorization"] == f"Bearer {KEY}"


def test_the_key_is_shown_nowhere(server: OpenAIServer, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    model = model_of(server, tmp_path)
    with caplog.at_level(logging.DEBUG):
        server.mode = "refused"
        said(model, 10)
    assert KEY not in caplog.text
    assert "What?" not in caplog.text
    assert KEY not in f"{model.settings!r}{model.settings.model_dump_json()}{model.settings.model_dump()}"


def test_many_calls_at_once(server: OpenAIServer, tmp_path: Path) -> None:
    model = model_of(server, tmp_path)
    found: list[tuple[str, str, Usage]] = []
    threads = [threading.Thread(target=lambda: found.append(said(model, 20))) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {text for text, _, _ in found} == {server.says}
    assert model.budget.today().calls == 12


def test_what_is_used_is_counted(server: OpenAIServer, tmp_path: Path) -> None:
    model = model_of(server, tmp_path, llm_price_in=2.0, llm_price_out=10.0)
    server.says = "Word " * 30
    _, _, used = said(model, 10)
    assert (used.tokens_in, used.tokens_out) == (400, 40)
    assert used.cost == pytest.approx((400 * 2 + 40 * 10) / 1e6)
    assert model.budget.today() == used
    assert LanguageModel(model.settings).budget.today() == used


def test_a_lie_about_tokens_is_not_believed(server: OpenAIServer, tmp_path: Path) -> None:
    server.mode = "lies about tokens"
    _, problem, used = said(model_of(server, tmp_path), 10)
    assert (problem, used.tokens_in, used.tokens_out) == ("", 4, 5)


def test_a_spent_budget_sends_nothing(server: OpenAIServer, tmp_path: Path) -> None:
    model = model_of(server, tmp_path, llm_daily_tokens=60)
    assert said(model, 10)[1] == ""
    before = len(server.asked)
    assert "60 tokens are used up" in said(model, 10)[1]
    assert "budget of 0 is used up" in said(model_of(server, tmp_path / "b", llm_daily_cost=0, llm_price_out=1), 10)[1]
    assert len(server.asked) == before


def test_a_limit_that_cannot_be_counted_is_kept(server: OpenAIServer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    index = tmp_path / "file" / "index"
    assert "no count can be kept" in said(model_of(server, tmp_path, index=index, llm_daily_tokens=9999), 10)[1]
    assert said(model_of(server, tmp_path, index=index), 10)[1] == ""


def test_a_damaged_or_old_count_begins_anew(server: OpenAIServer, tmp_path: Path) -> None:
    model = model_of(server, tmp_path)
    for content in ("{", '{"day": "2001-01-01", "used": {"calls": 9}}', "[]"):
        (tmp_path / "llm-usage.json").write_text(content)
        assert model.budget.today() == Usage()
    said(model, 10)
    assert model.budget.today().calls == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"llm_base_url": "localhost:11434"}, "ICARUS_LLM_BASE_URL is 'localhost:11434', but: "),
        ({"llm_base_url": "http://u:secret@host/v1"}, "a key belongs into ICARUS_LLM_API_KEY"),
        ({"llm_base_url": "http://host/v1"}, "ICARUS_LLM_BASE_URL needs the name of a model"),
        ({"llm_timeout": 0}, "ICARUS_LLM_TIMEOUT is 0"),
    ],
)
def test_wrong_settings_are_told_in_a_sentence(given: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError) as raised:
        Settings.model_validate(given)
    sentence = settings_sentence(raised.value)
    assert told in sentence
    assert "secret" not in sentence


def test_it_is_off_unless_an_address_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-shell")
    assert not Settings().llm_on
    assert not Settings(llm_base_url="", llm_model=" ", llm_api_key=SecretStr("x")).llm_on


@pytest.mark.parametrize(
    ("mode", "more", "good", "found", "remedy"),
    [
        ("honest", {}, True, "test-model at http", ""),
        ("honest", {"llm_model": "other"}, True, "other at http", ""),
        ("honest", {"llm_model": "gone"}, False, "does not have gone", "one that it has: test-model, other:latest"),
        ("refused", {}, False, "refuses the key (HTTP 401)", "set ICARUS_LLM_API_KEY"),
        ("html", {}, False, "does not list its models (HTTP 200)", "ends in /v1"),
        ("honest", {"llm_base_url": "http://127.0.0.1:9/v1"}, False, "does not answer (ConnectError)", "start"),
    ],
)
def test_the_server_is_examined(  # noqa: PLR0913, PLR0917  a row of the table
    server: OpenAIServer, mode: str, more: dict[str, object], good: bool, found: str, remedy: str
) -> None:
    server.mode = mode
    given = {"llm_base_url": server.base_url, "llm_model": MODEL} | more
    answer = examine_server(Settings.model_validate(given))
    assert answer.good is good
    assert found in answer.found
    assert remedy in answer.remedy


def test_the_doctor_tells_of_server_and_budget(server: OpenAIServer, run_icarus: Run, tmp_path: Path) -> None:
    env = {"ICARUS_LLM_BASE_URL": server.base_url, "ICARUS_LLM_MODEL": "gone", "ICARUS_LLM_DAILY_TOKENS": "9000"}
    done = run_icarus("doctor", env={**env, "ICARUS_INDEX": str(tmp_path / "index"), "ICARUS_LLM_API_KEY": KEY})
    assert "note     language model   the server does not have gone: set ICARUS_LLM_MODEL to one" in done.stdout
    assert "ok       model budget     0 calls and 0 of 9,000 tokens today" in done.stdout
    assert KEY not in done.stdout + done.stderr
    assert "language model" not in run_icarus("doctor", env={"ICARUS_INDEX": str(tmp_path / "index")}).stdout
