"""Runs over a real small answerer: BM25 over the corpus."""

from collections.abc import Sequence
from typing import ClassVar

import pytest

from icarus.question import Ask, Question
from icarus.records import Reply, Status
from icarus_evals.answerers import Retriever
from icarus_evals.baselines.bm25 import bm25_search
from icarus_evals.baselines.chunks import FITTING_TOKENS, cut
from icarus_evals.baselines.replies import ShowsWhatItFinds
from icarus_evals.cases import Case
from icarus_evals.page_texts import PageTexts
from icarus_evals.run_record import Identity
from icarus_evals.runner import Evaluation, overlap, run
from icarus_evals.tracing import Explainer, Trace
from tests.evals.builders import citation, reply
from tests.evals.conftest import DOCUMENT

IDENTITY = Identity(system="bm25", icarus_version="0", seed=7)


@pytest.fixture(scope="module")
def bm25(pages: PageTexts) -> ShowsWhatItFinds:
    return ShowsWhatItFinds(bm25_search(cut([DOCUMENT], pages, FITTING_TOKENS)))


@pytest.fixture(scope="module")
def some(dev_cases: tuple[Case, ...], pages: PageTexts) -> Evaluation:
    return Evaluation({"dev": dev_cases[::6]}, pages, seed=7)


def test_a_second_run_is_the_same_to_the_last_digit(bm25: ShowsWhatItFinds, some: Evaluation) -> None:
    one, two = run(bm25, some, IDENTITY), run(bm25, some, IDENTITY)
    assert one.fingerprint == two.fingerprint
    assert one.summary == two.summary
    assert one.results == two.results
    assert one.timing != two.timing


def test_another_seed_asks_with_other_typing_errors(bm25: ShowsWhatItFinds, some: Evaluation) -> None:
    other = Evaluation(some.sources, some.pages, seed=8)
    assert run(bm25, some, IDENTITY).fingerprint != run(bm25, other, IDENTITY).fingerprint


def test_a_run_has_figures_of_every_kind(bm25: ShowsWhatItFinds, some: Evaluation) -> None:
    heard: list[Case] = []
    whole = run(bm25, some, IDENTITY, {"card_quotes": 1.0}, told=heard.append)
    assert [c.id for c in heard] == [r.case.id for r in whole.results]
    overall = whole.overall()
    for name in ("evidence", "recall@10", "typo_evidence", "casual_same", "truthfulness", "refusal"):
        assert name in overall
    assert overall["casual_same"].mean == 1.0
    assert 0.4 < overall["recall@10"].mean < 1.0
    assert overall["evidence"].low is not None
    assert overall["evidence"].low <= overall["evidence"].mean <= (overall["evidence"].high or 0)
    assert whole.cards == {"card_quotes": 1.0}
    assert whole.refusal_curve
    assert whole.refusal_curve.at == (0.0, 0.0)
    assert set(whole.timing.milliseconds) == {c.id for c in heard}
    assert all(r.reply and r.reply.elapsed_ms == 0.0 for r in whole.results)


def test_without_robustness_nothing_is_asked_twice(some: Evaluation, bm25: ShowsWhatItFinds) -> None:
    class Counting:
        asked = 0

        def ask(self, turns: Sequence[str]) -> Reply:
            Counting.asked += 1
            return bm25.ask(turns)

    counting = Counting()
    assert not isinstance(counting, Retriever)
    quick = run(counting, Evaluation(some.sources, some.pages, robustness=False), IDENTITY)
    assert Counting.asked == len(some.asked)
    assert "recall@10" not in quick.overall()
    assert all(r.candidates is None for r in quick.results)


def test_only_failed_cases_are_explained_and_only_by_a_system_that_can(
    some: Evaluation, bm25: ShowsWhatItFinds
) -> None:
    class Telling:
        told: ClassVar[list[str]] = []

        def ask(self, turns: Sequence[str]) -> Reply:
            return bm25.ask(turns)

        def explain(self, turns: Sequence[str]) -> Trace:
            self.told.append(turns[-1])
            question = Question(asked=turns[-1], standalone=turns[-1], ask=Ask.FACT)
            return Trace(question=question, status=Status.ANSWERED)

    assert not isinstance(bm25, Explainer)
    telling = Telling()
    assert isinstance(telling, Explainer)
    results = run(telling, Evaluation(some.sources, some.pages, robustness=False), IDENTITY).results
    failed = [r for r in results if r.loss]
    assert 0 < len(failed) < len(results)
    assert Telling.told == [r.case.question for r in failed]
    assert all((r.trace is not None) == (r.loss is not None) for r in results)


def test_overlap_by_hand() -> None:
    one = reply("x", citation(1, "a"), citation(2, "b"))
    two = reply("x", citation(1, "b"), citation(2, "c"))
    assert overlap(one, two) == pytest.approx(1 / 3)
    assert overlap(reply("x"), reply("y")) == 1.0
    assert overlap(one, reply("y")) == 0.0
