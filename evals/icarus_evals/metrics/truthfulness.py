"""CRAG's truthfulness (Yang et al., NeurIPS 2024, section 4): 1 perfect, 0.5 acceptable, 0 missing, -1 incorrect.

CRAG grades by hand or with a language model. Here the gold decides: an answerable question is graded by the share of
its facts (or, where it has none, of its gold tools or evidence) that a reader finds; one that is refused or met with a
question is missing. An unanswerable question is perfect when refused and incorrect when answered. What stands beyond
`READ_WORDS` words of an answer that is no list is not read, so that a dump of the page is no perfect answer.
"""

from collections.abc import Sequence
from enum import Enum

from icarus.records import Status
from icarus_evals.cases import CaseType
from icarus_evals.matching import holds_any, states_any
from icarus_evals.metrics.subject import Figures, Subject
from icarus_evals.metrics.tool_sets import match_tools

READ_WORDS = 150


class Grade(Enum):
    """CRAG's four grades with what each is worth."""

    PERFECT = 1.0
    ACCEPTABLE = 0.5
    MISSING = 0.0
    INCORRECT = -1.0


def truthfulness_figures(subject: Subject) -> Figures:
    """`truthfulness` of one reply; a hostile message asks for no truth."""
    if subject.case.type is CaseType.HOSTILE:
        return {}
    return {"truthfulness": grade(subject).value}


def truthfulness(grades: Sequence[Grade]) -> float:
    """The score of a set of replies: the mean of what their grades are worth."""
    return sum(g.value for g in grades) / len(grades)


def grade(subject: Subject) -> Grade:
    """The grade of one reply."""
    case = subject.case
    if not case.answerable:
        missing = subject.given is None or subject.reply.status in {Status.CLARIFY, Status.ERROR}
        harmless = subject.reply.status in {Status.NOT_IN_REPORT, Status.OUT_OF_SCOPE}
        return Grade.PERFECT if harmless else Grade.MISSING if missing else Grade.INCORRECT
    if not subject.answered:
        return Grade.MISSING
    share = found(subject)
    return Grade.PERFECT if share == 1.0 else Grade.ACCEPTABLE if share >= 0.5 else Grade.INCORRECT


def found(subject: Subject) -> float:
    """Share of what the case asks for that a reader of the reply finds."""
    case = subject.case
    if case.is_catalogue and case.tools is not None:
        sets = match_tools(case.tools, subject.reply.tools).f1
        return min(sets, _stated(case.key_facts, subject.reply.answer)) if case.key_facts else sets
    text = " ".join(subject.reply.answer.split()[:READ_WORDS])
    text += " ; " + " ; ".join(tool.name for tool in subject.reply.tools[:3])
    if case.key_facts:
        return _stated(case.key_facts, text)
    if case.tools and not case.evidence:
        return match_tools(case.tools, subject.reply.tools).f1
    return sum(holds_any(subject.passages, quotes) for quotes in subject.gold) / max(len(subject.gold), 1)


def _stated(facts: Sequence[Sequence[str]], text: str) -> float:
    return sum(states_any(text, forms) for forms in facts) / len(facts)
