"""Figures with a judge, against a local server that speaks the protocol and judges by words."""

import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from icarus.records import Status
from icarus_evals.errors import EvalError
from icarus_evals.judge.agreement import agree, agreement, load_sample
from icarus_evals.judge.judging import judge_run
from icarus_evals.judge.model import Judge, JudgeSettings, UnreadableVerdictError
from icarus_evals.judge.ragas import answer_relevance, faithfulness, verdicts
from icarus_evals.metrics.statements import supports
from icarus_evals.report.findings import Findings
from icarus_evals.report.html import to_html
from icarus_evals.report.markdown import to_markdown
from tests.conftest import ROOT
from tests.evals.builders import case, citation, reply, unanswerable
from tests.evals.runs import small_run

SAMPLE = ROOT / "evals/cases/judge-sample.jsonl"
GOOD = reply("It helped 40 families. [1]", citation(1, "It helped 40 families."), standalone_question="whom it helped")
HALF = reply(
    "It helped 40 families. [1]\n\nCities everywhere praise this approach.", citation(1, "It helped 40 families.")
)


class WordJudge(BaseHTTPRequestHandler):
    """A small model: infers a statement where the context has its words, makes questions of an answer's first words."""

    seen: list[dict[str, Any]] = []  # noqa: RUF012 - one list for the server
    broken = ""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.seen.append({"path": self.path, "key": self.headers.get("Authorization"), **asked})
        if self.broken == "500":
            self.send_error(500)
            return
        content = self.broken or self._answer(asked["messages"][0]["content"])
        body = {"choices": [{"message": {"role": "assistant", "content": content}}]}
        sent = b"<html></html>" if self.broken == "html" else json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    @staticmethod
    def _answer(prompt: str) -> str:
        if "STATEMENTS:" in prompt:
            context, statements = prompt.split("CONTEXT:")[1].split("STATEMENTS:")
            listed = re.findall(r"^\d+\. (.*)$", statements, re.MULTILINE)
            return f"Sure:\n```json\n{json.dumps({'verdicts': [supports([context], s) for s in listed]})}\n```"
        words = prompt.split("ANSWER:")[1].split()[:4]
        return json.dumps({"questions": [f"Is it so that {' '.join(words)}?"] * 3})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        pass


@pytest.fixture
def served() -> Iterator[type[WordJudge]]:
    WordJudge.seen.clear()
    WordJudge.broken = ""
    yield WordJudge
    WordJudge.broken = ""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), WordJudge)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def judge(address: str, served: type[WordJudge]) -> Judge:
    return Judge(JudgeSettings(api_base=address, model="word-judge", api_key="secret"))


def letters(text: str) -> list[float]:
    """A toy encoder of unit length: which of two words a text has."""
    has = [float("helped" in text), float("Cities" in text)]
    length = sum(x * x for x in has) ** 0.5 or 1.0
    return [x / length for x in has]


def test_the_protocol(judge: Judge, served: type[WordJudge]) -> None:
    assert verdicts(judge, "It helped 40 families.", ["It helped 40 families", "It cost millions"]) == [True, False]
    asked = served.seen[0]
    assert asked["path"] == "/v1/chat/completions"
    assert asked["key"] == "Bearer secret"
    assert (asked["model"], asked["temperature"], asked["seed"]) == ("word-judge", 0, 0)


def test_faithfulness_is_the_share_of_statements_inferred(judge: Judge) -> None:
    assert faithfulness(judge, GOOD) == 1.0
    assert faithfulness(judge, HALF) == 0.5
    assert faithfulness(judge, reply("")) is None


def test_answer_relevance_is_the_mean_cosine_to_questions_made_from_the_answer(judge: Judge) -> None:
    about_help = GOOD.model_copy(update={"standalone_question": "who was helped"})
    assert answer_relevance(judge, about_help, letters) == pytest.approx(1.0)
    about_cities = GOOD.model_copy(update={"standalone_question": "Cities?"})
    assert answer_relevance(judge, about_cities, letters) == 0.0


@pytest.mark.parametrize("said", ["no json at all", '{"verdicts": "yes"}', '{"verdicts": [true, true]}', "{broken"])
def test_what_is_no_verdict_is_told_from_one(judge: Judge, served: type[WordJudge], said: str) -> None:
    served.broken = said
    with pytest.raises(UnreadableVerdictError, match="The judge word-judge gave no verdict"):
        verdicts(judge, "c", ["s"])


@pytest.mark.parametrize(
    ("broken", "said"), [("500", "does not answer: .*500"), ("html", "does not speak the OpenAI protocol")]
)
def test_a_server_that_fails_is_named(judge: Judge, served: type[WordJudge], broken: str, said: str) -> None:
    served.broken = broken
    with pytest.raises(EvalError, match=said) as error:
        verdicts(judge, "c", ["s"])
    assert not isinstance(error.value, UnreadableVerdictError)


def test_without_a_server_or_settings() -> None:
    nobody = Judge(JudgeSettings(api_base="http://127.0.0.1:9/v1", model="m", timeout=2))
    with pytest.raises(EvalError, match="does not answer"):
        verdicts(nobody, "c", ["s"])
    with pytest.raises(EvalError, match="No judge is set up: set ICARUS_JUDGE_API_BASE"):
        Judge.open(JudgeSettings())


def test_kappa_of_cohens_formula_by_hand() -> None:
    """Of 50, both say yes 20 times and no 15 times; people alone yes 5, the judge alone yes 10.

    Observed 0.7; chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; kappa (0.7 - 0.5) / (1 - 0.5) = 0.4.
    """
    people = [True] * 25 + [False] * 25
    judge = [True] * 20 + [False] * 5 + [True] * 10 + [False] * 15
    found = agree(people, judge)
    assert (found.share, found.n) == (0.7, 50)
    assert found.kappa == pytest.approx(0.4)
    assert agree([True], [True]).kappa is None


def test_a_judge_by_words_agrees_with_people_on_some(judge: Judge) -> None:
    sample = load_sample(SAMPLE)
    assert len(sample) >= 20
    assert 8 <= sum(item.supported for item in sample) <= len(sample) - 8
    found = agreement(judge, sample)
    assert 0.5 <= found.share < 1.0


def test_a_judge_that_gives_no_verdicts_agrees_with_nobody(judge: Judge, served: type[WordJudge]) -> None:
    served.broken = "hm"
    assert agreement(judge, load_sample(SAMPLE)).share == 0.0


def test_what_a_judge_finds_stays_apart(judge: Judge, served: type[WordJudge]) -> None:
    cases = (case(), case(id="d"), unanswerable(id="e"))
    replies = {"c": GOOD, "d": HALF, "e": reply("No.", status=Status.NOT_IN_REPORT)}
    run = small_run("new", cases, replies)
    found = judge_run(judge, run.results, letters, sample=load_sample(SAMPLE))
    assert found.judge == "word-judge"
    assert found.figures["faithfulness"].mean == 0.75
    assert found.figures["faithfulness"].n == 2
    assert found.unreadable == 0
    assert "faithfulness" not in run.overall()
    findings = Findings(run, judgement=found)
    for text in (to_html(findings), to_markdown(findings)):
        assert "As the language model word-judge judges" in text
        assert "agrees with people" in text
    served.broken = "hm"
    silent = judge_run(judge, run.results, letters)
    assert (silent.figures, silent.unreadable, silent.agreement) == ({}, 4, None)
