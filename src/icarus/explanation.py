"""How an answer came about, stage by stage: understanding, candidates of each retriever, fusion, choice, decision."""

from collections.abc import Sequence

from icarus.answer.draft import Wording
from icarus.answering import Answerer
from icarus.evidence import Evidence
from icarus.question import Question
from icarus.records import Record, Status
from icarus.selection import Selection

_PREVIEW = 160


class Candidate(Record):
    """A passage that was looked at. Ranks count from 1 and are None where a retriever did not bring it."""

    passage: str
    document: str
    page: int
    section: str
    tools: tuple[str, ...]
    dense_rank: int | None
    dense_cosine: float | None
    lexical_rank: int | None
    lexical_coverage: float | None
    mean_cosine: float
    covered: float
    fused: float


class ToolCandidate(Record):
    """A tool that the question may be after, with its score over all that is said of it."""

    tool: str
    name: str
    score: float


class SentenceChoice(Record):
    """A sentence that was scored, and whether it went into the answer, or why not."""

    text: str
    page: int
    score: float
    chosen: bool
    why: str


class Explanation(Record):
    """Every stage of one answer."""

    question: Question
    candidates: tuple[Candidate, ...]
    tools: tuple[ToolCandidate, ...]
    sentences: tuple[SentenceChoice, ...]
    rule: str
    missing: str
    status: Status
    wording: Wording | None = None


def explain(question: Question, answerer: Answerer) -> Explanation:
    """The stages of the answer to an understood question, worked through again in the same way.

    Lists, counts and comparisons are answered from the catalogue; for them the stages show what a search would bring.
    `rule` and `missing` are empty where nothing is refused.
    """
    selection = answerer.selector.select(question)
    verdict = answerer.verdict(question, selection)
    status = answerer.answer(question).status
    looked_at = _looked_at(selection)
    refused = status is Status.NOT_IN_REPORT
    return Explanation(
        question=question,
        candidates=tuple(_candidates(looked_at, selection, answerer)),
        tools=tuple(ToolCandidate(tool=h.card.id, name=h.card.name, score=h.score) for h in selection.found),
        sentences=tuple(_choice(e, selection, answers=verdict.answered) for e in looked_at),
        rule=verdict.rule if refused else "",
        missing=verdict.missing.said_in() if refused else "",
        status=status,
    )


def _looked_at(selection: Selection) -> list[Evidence]:
    """Every sentence that was scored, in the search of everything and within the tool that it found, best first."""
    every = (*selection.chosen, *selection.pool, *selection.scored)
    return sorted({(e.hit.passage.id, e.first): e for e in every}.values(), key=lambda e: -e.score)


def _candidates(looked_at: Sequence[Evidence], selection: Selection, answerer: Answerer) -> list[Candidate]:
    dense, lexical = answerer.retriever.rankings(selection.query)
    hits = {e.hit.passage.id: e.hit for e in looked_at}
    made = [
        Candidate(
            passage=hit.passage.id,
            document=hit.passage.document,
            page=hit.passage.page,
            section=hit.passage.section,
            tools=hit.passage.tools,
            dense_rank=_rank(hit.passage.id, dense),
            dense_cosine=dict(dense).get(hit.passage.id),
            lexical_rank=_rank(hit.passage.id, lexical),
            lexical_coverage=dict(lexical).get(hit.passage.id),
            mean_cosine=hit.mean,
            covered=hit.covered,
            fused=hit.score,
        )
        for hit in hits.values()
    ]
    return sorted(made, key=lambda candidate: -candidate.fused)


def _rank(passage: str, ranking: Sequence[tuple[str, float]]) -> int | None:
    return next((i for i, (found, _) in enumerate(ranking, 1) if found == passage), None)


def _choice(evidence: Evidence, selection: Selection, *, answers: bool) -> SentenceChoice:
    passage = evidence.hit.passage
    chosen = any(e.hit.passage.id == passage.id and e.first <= evidence.first <= e.last for e in selection.chosen)
    elsewhere = selection.subject is not None and selection.subject not in passage.tools
    left_out = "about another tool or none" if elsewhere else "scores too low, says the same, or no room is left"
    return SentenceChoice(
        text=evidence.text[:_PREVIEW],
        page=passage.page,
        score=evidence.score,
        chosen=chosen,
        why=("answers" if answers else "near, but does not answer") if chosen else left_out,
    )
