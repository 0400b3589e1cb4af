"""Where a reply went wrong: in understanding the question, retrieving, selecting, refusing or citing."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from icarus.records import Record, Status
from icarus_evals.answerers import Candidate
from icarus_evals.matching import holds, holds_any
from icarus_evals.metrics.subject import Subject
from icarus_evals.metrics.tool_sets import match_tools
from icarus_evals.tracing import OF_ITSELF, Trace

FULL = ("truthfulness", "evidence", "facts", "exact", "count", "first", "refusal", "unharmed", "verbatim", "markers")
"""A case is sound where each of these that it has is 1."""
SETS = ("exact", "first", "count")
"""Figures of the tool cards that are shown."""


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


def is_sound(figures: Mapping[str, float]) -> bool:
    """Whether nothing is wrong with a reply."""
    return all(figures.get(name, 1.0) == 1.0 for name in FULL) and not figures.get("false_ref")


def find_loss(
    subject: Subject,
    figures: Mapping[str, float],
    candidates: Sequence[Candidate] | None,
    trace: Trace | None = None,
) -> Loss | None:
    """Where a case was lost, or None where it is sound.

    Args:
        subject: the case and its reply.
        figures: of the reply.
        candidates: the ranking of a system that does not tell more; None where it tells nothing.
        trace: the stages of the answer, where the system tells them: what its own search brought, and what it chose.
    """
    if is_sound(figures):
        return None
    if not subject.case.answerable:
        return _wrongly_answered(subject, trace)
    if subject.given is None or subject.reply.status in {Status.CLARIFY, Status.ERROR, Status.OUT_OF_SCOPE}:
        return Loss(stage=Stage.UNDERSTANDING, why=f"An answerable question ended as '{subject.reply.status}'.")
    if figures.get("markers") != 1.0 or figures.get("verbatim", 1.0) != 1.0:
        return Loss(stage=Stage.CITING, why="A marker, a citation or a quote is not as it must be.")
    taken = _taken_for_another(subject, figures, trace) if trace else None
    brought = trace.candidates if trace else candidates
    return taken or _wrong_filter(subject) or _lost_evidence(subject, brought, trace) or _not_shown(subject, figures)


def _wrongly_answered(subject: Subject, trace: Trace | None) -> Loss:
    status = subject.reply.status
    if status in {Status.OUT_OF_SCOPE, Status.CLARIFY, Status.ERROR}:
        return Loss(stage=Stage.UNDERSTANDING, why=f"The question should be refused, and ended as '{status}'.")
    if trace is None:
        return Loss(stage=Stage.REFUSAL, why="The report does not answer the question, and the reply does.")
    why = f"The report does not answer the question; taken for '{trace.question.ask}', no rule refused it."
    return Loss(stage=Stage.REFUSAL, why=why)


def _taken_for_another(subject: Subject, figures: Mapping[str, float], trace: Trace) -> Loss | None:
    """Another kind of question, or one about another tool."""
    case, ask = subject.case, trace.question.ask
    wrong_set = any(figures.get(name, 1.0) != 1.0 for name in SETS)
    unlisted = case.is_catalogue and wrong_set and ask not in OF_ITSELF
    unsearched = not case.is_catalogue and not case.tools and bool(_lost(subject)) and ask in OF_ITSELF
    if unlisted or unsearched:
        return Loss(stage=Stage.UNDERSTANDING, why=f"A question of type '{case.type}' was taken for '{ask}'.")
    if case.tools and trace.tools and not match_tools(case.tools, trace.tools).right:
        names = " and ".join(tool.name for tool in trace.tools)
        why = f"The question was taken to be about {names}, the gold is {' and '.join(case.tools)}."
        return Loss(stage=Stage.UNDERSTANDING, why=why)
    return None


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


def _lost(subject: Subject) -> list[tuple[str, ...]]:
    """The pieces of gold evidence that are not cited."""
    return [quotes for quotes in subject.gold if not holds_any(subject.passages, quotes)]


def _lost_evidence(subject: Subject, brought: Sequence[Candidate] | None, trace: Trace | None) -> Loss | None:
    """Evidence that is not cited: not retrieved, or retrieved and not selected, or retrieved and refused."""
    lost = _lost(subject)
    if not lost and not subject.refused:
        return None
    if brought is None:
        return Loss(stage=Stage.SELECTION, why="Gold evidence is not cited; what was retrieved is not known.")
    texts = [c.text for c in brought]
    absent = [quotes for quotes in lost if not holds_any(texts, quotes)]
    if absent and not subject.case.is_catalogue:
        return Loss(stage=Stage.RETRIEVAL, why=f"Not among the {len(texts)} best passages: “{absent[0][0]}”")
    if subject.refused:
        rule = f" by the rule '{trace.rule}': {trace.missing}" if trace and trace.rule else ""
        return Loss(stage=Stage.REFUSAL, why=f"The evidence was retrieved, and the question was refused{rule}.")
    if absent:  # a list or count: the catalogue is asked, and what a search would bring bears on nothing
        return Loss(stage=Stage.SELECTION, why=f"Not cited with the cards: “{absent[0][0]}”")
    return Loss(stage=Stage.SELECTION, why=f"Retrieved and not cited{_left_out(lost[0], trace)}: “{lost[0][0]}”")


def _left_out(quotes: Sequence[str], trace: Trace | None) -> str:
    """Why the sentence of a quote was left out, in brackets, where that is known."""
    for choice in trace.sentences if trace else ():
        if not choice.chosen and any(holds(quote, choice.text) or holds(choice.text, quote) for quote in quotes):
            return f" ({choice.why})"
    return ""


def _not_shown(subject: Subject, figures: Mapping[str, float]) -> Loss:
    if any(figures.get(name, 1.0) != 1.0 for name in SETS):
        return Loss(stage=Stage.SELECTION, why="The tool cards shown or their number are not the ones meant.")
    return Loss(stage=Stage.SELECTION, why="The evidence is cited, and the answer does not show the fact asked for.")
