"""Where a reply went wrong: in understanding the question, retrieving, selecting, refusing or citing."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from icarus.records import Record, Status
from icarus_evals.answerers import Candidate
from icarus_evals.matching import holds_any
from icarus_evals.metrics.subject import Subject

FULL = ("truthfulness", "evidence", "facts", "exact", "count", "first", "refusal", "unharmed", "verbatim", "markers")
"""A case is sound where each of these that it has is 1."""


class Stage(StrEnum):
    """The stage at which a case was lost."""

    UNDERSTANDING = "understanding"
    RETRIEVAL = "retrieval"
    SELECTION = "selection"
    REFUSAL = "refusal"
    CITING = "citing"


class Loss(Record):
    """The stage at which a case was lost, and in one sentence how one can tell."""

    stage: Stage
    why: str


def find_loss(subject: Subject, figures: Mapping[str, float], candidates: Sequence[Candidate] | None) -> Loss | None:
    """Where a case was lost, or None where it is sound; `candidates` is None where nothing retrieved is known."""
    if all(figures.get(name, 1.0) == 1.0 for name in FULL) and not figures.get("false_ref"):
        return None
    if not subject.case.answerable:
        return _wrongly_answered(subject)
    if subject.given is None or subject.reply.status in {Status.CLARIFY, Status.ERROR, Status.OUT_OF_SCOPE}:
        return Loss(stage=Stage.UNDERSTANDING, why=f"An answerable question ended as '{subject.reply.status}'.")
    if figures.get("markers") != 1.0 or figures.get("verbatim", 1.0) != 1.0:
        return Loss(stage=Stage.CITING, why="A marker, a citation or a quote is not as it must be.")
    return _wrong_filter(subject) or _lost_evidence(subject, candidates) or _not_shown(subject, figures)


def _wrongly_answered(subject: Subject) -> Loss:
    status = subject.reply.status
    if status in {Status.OUT_OF_SCOPE, Status.CLARIFY, Status.ERROR}:
        return Loss(stage=Stage.UNDERSTANDING, why=f"The question should be refused, and ended as '{status}'.")
    return Loss(stage=Stage.REFUSAL, why="The report does not answer the question, and the reply does.")


def _wrong_filter(subject: Subject) -> Loss | None:
    """A filter that keeps the gold out."""
    asked, case = subject.reply.filters, subject.case
    for name, understood, gold in (
        ("focus area", asked.focus_area, case.focus_area),
        ("category", asked.category, case.category),
    ):
        if understood and gold and understood != gold:
            why = f"The {name} was understood as '{understood}', the gold lies in '{gold}'."
            return Loss(stage=Stage.UNDERSTANDING, why=why)
    return None


def _lost_evidence(subject: Subject, candidates: Sequence[Candidate] | None) -> Loss | None:
    """Evidence that is not cited: not retrieved, or retrieved and not selected, or retrieved and refused."""
    lost = [quotes for quotes in subject.gold if not holds_any(subject.passages, quotes)]
    if not lost and not subject.refused:
        return None
    if candidates is None:
        return Loss(stage=Stage.SELECTION, why="Gold evidence is not cited; what was retrieved is not known.")
    texts = [c.text for c in candidates]
    absent = [quotes for quotes in lost if not holds_any(texts, quotes)]
    if absent and not subject.case.is_catalogue:
        return Loss(stage=Stage.RETRIEVAL, why=f"Not among the {len(texts)} best passages: “{absent[0][0]}”")
    if subject.refused:
        return Loss(stage=Stage.REFUSAL, why="The evidence was retrieved, and the question was refused.")
    return Loss(stage=Stage.SELECTION, why=f"Retrieved and not cited: “{lost[0][0]}”")


def _not_shown(subject: Subject, figures: Mapping[str, float]) -> Loss:
    if figures.get("exact", 1.0) != 1.0 or figures.get("first", 1.0) != 1.0 or figures.get("count", 1.0) != 1.0:
        return Loss(stage=Stage.SELECTION, why="The tool cards shown or their number are not the ones meant.")
    return Loss(stage=Stage.SELECTION, why="The evidence is cited, and the answer does not show the fact asked for.")
