"""Ask every case, score every reply, and bring it all together as a run."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from icarus.records import Citation, Reply
from icarus_evals.answerers import Answerer, Candidate, Retriever
from icarus_evals.cases import Case
from icarus_evals.figures import in_order, score
from icarus_evals.metrics.evidence import evidence_figures
from icarus_evals.metrics.latency import latency
from icarus_evals.metrics.retrieval import judge, retrieval_figures
from icarus_evals.metrics.subject import Subject, gold_evidence
from icarus_evals.page_texts import PageTexts
from icarus_evals.perturb import casual, reordered, with_typos
from icarus_evals.run_record import CaseResult, Identity, RunRecord, Timing, fingerprint
from icarus_evals.stages import find_loss, is_sound
from icarus_evals.summary import refusal_curve, summarise
from icarus_evals.tracing import Explainer

RETRIEVED = 50
KEPT = 10
"""Candidates a run's file keeps for each case."""

Sources = Mapping[str, Sequence[Case]]
"""Cases by the name of the file that they are from."""
Told = Callable[[Case], None]


@dataclass(frozen=True)
class Evaluation:
    """What is to be evaluated: cases by file, the pages that quotes are checked against, and how."""

    sources: Sources
    pages: PageTexts
    seed: int = 0
    robustness: bool = True

    @property
    def asked(self) -> list[tuple[str, Case]]:
        """All cases with the name of their file, in order."""
        return [(source, case) for source, cases in self.sources.items() for case in cases]


@dataclass
class _Answers:
    """Replies, rankings and times of one system, by case id."""

    replies: dict[str, Reply] = field(default_factory=dict)
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)
    extra: dict[str, dict[str, float]] = field(default_factory=dict)
    milliseconds: dict[str, float] = field(default_factory=dict)


def run(
    answerer: Answerer,
    evaluation: Evaluation,
    identity: Identity,
    cards: Mapping[str, float] | None = None,
    told: Told | None = None,
) -> RunRecord:
    """Evaluate one system; `told` hears of each case when it is done."""
    started, clock = datetime.now(UTC), time.perf_counter()
    answers = _Answers()
    for _, case in evaluation.asked:
        _ask(answerer, case, evaluation, answers)
        if told:
            told(case)
    results = _results(evaluation, answers, answerer if isinstance(answerer, Explainer) else None)
    timing = Timing(
        started_at=started.isoformat(timespec="seconds"),
        seconds=time.perf_counter() - clock,
        milliseconds=answers.milliseconds,
        latency=latency(list(answers.milliseconds.values())),
    )
    return assemble(identity, timing, results, dict(cards or {}))


def assemble(
    identity: Identity, timing: Timing, results: Sequence[CaseResult], cards: Mapping[str, float]
) -> RunRecord:
    """A run of some results, with its summary and fingerprint."""
    whole = RunRecord(
        identity=identity,
        timing=timing,
        results=tuple(results),
        summary=summarise(results, identity.seed),
        cards=dict(cards),
        refusal_curve=refusal_curve(results),
    )
    return whole.model_copy(update={"fingerprint": fingerprint(whole)})


def score_replies(evaluation: Evaluation, replies: Mapping[str, Reply]) -> list[CaseResult]:
    """Results of replies that were made elsewhere, by case id; nothing retrieved is known of them."""
    return _results(evaluation, _Answers(replies=dict(replies)))


def _ask(answerer: Answerer, case: Case, evaluation: Evaluation, answers: _Answers) -> None:
    started = time.perf_counter()
    reply = answerer.ask(case.turns)
    answers.milliseconds[case.id] = (time.perf_counter() - started) * 1000
    answers.replies[case.id] = reply.model_copy(update={"id": case.id, "elapsed_ms": 0.0})
    if isinstance(answerer, Retriever):
        answers.candidates[case.id] = answerer.retrieve(case.turns, RETRIEVED)
    if evaluation.robustness and case.answerable and not case.is_catalogue:
        answers.extra[case.id] = _robustness(answerer, case, reply, evaluation)


def _robustness(answerer: Answerer, case: Case, reply: Reply, evaluation: Evaluation) -> dict[str, float]:
    """`typo_*`, `casual_*`, `shouted_*`, `reordered_*` and, where the case has them, `reworded_*`.

    Of each: whether the evidence is still cited, the first page still cited, and how many citations are unchanged.
    """
    variants = {
        "typo": (with_typos(case.question, case.id, evaluation.seed),),
        "casual": (casual(case.question),),
        "shouted": (case.question.upper(),),
        "reordered": (reordered(case.question),),
    }
    figures: dict[str, float] = {}
    for name, questions in (variants | {"reworded": case.rewordings}).items():
        others = [answerer.ask((*case.turns[:-1], question)) for question in questions]
        if others:
            scores = [evidence_figures(Subject(case, other, evaluation.pages)).get("evidence") for other in others]
            known = [s for s in scores if s is not None]
            figures |= {f"{name}_evidence": sum(known) / len(known)} if known else {}
            figures[f"{name}_page"] = sum(same_page(reply, other) for other in others) / len(others)
            figures[f"{name}_same"] = sum(overlap(reply, other) for other in others) / len(others)
    return figures


def overlap(one: Reply, other: Reply) -> float:
    """Jaccard's coefficient of the quotes that two replies cite; 1 where neither cites any."""
    mine, theirs = ({_key(c) for c in reply.citations} for reply in (one, other))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 1.0


def same_page(one: Reply, other: Reply) -> bool:
    """Whether the page that a reply cites first is cited by another; true where neither cites any."""
    pages = {(citation.document, citation.page) for citation in other.citations}
    return next(((c.document, c.page) in pages for c in one.citations), not pages)


def _key(citation: Citation) -> tuple[str, int, str]:
    return citation.document, citation.page, citation.quote


def _results(evaluation: Evaluation, answers: _Answers, explainer: Explainer | None = None) -> list[CaseResult]:
    """The scored cases; only the failed ones are explained."""
    ranked = _retrieval(evaluation, answers)
    results = []
    for source, case in evaluation.asked:
        subject = Subject(case, answers.replies.get(case.id), evaluation.pages)
        found = {**score(subject), **ranked.get(case.id, {}), **answers.extra.get(case.id, {})}
        candidates = answers.candidates.get(case.id)
        trace = explainer.explain(case.turns) if explainer and not is_sound(found) else None
        results.append(
            CaseResult(
                source=source,
                case=case,
                reply=subject.given,
                figures=in_order(found),
                candidates=tuple(candidates[:KEPT]) if candidates is not None else None,
                loss=find_loss(subject, found, candidates, trace),
                trace=trace,
            )
        )
    return results


def _retrieval(evaluation: Evaluation, answers: _Answers) -> dict[str, dict[str, float]]:
    rankings, pieces = {}, {}
    for _, case in evaluation.asked:
        gold = gold_evidence(case)
        if gold and case.id in answers.candidates:
            rankings[case.id] = judge([c.text for c in answers.candidates[case.id]], gold)
            pieces[case.id] = len(gold)
    return retrieval_figures(rankings, pieces) if rankings else {}
