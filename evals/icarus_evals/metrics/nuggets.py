"""Nugget recall as in the TREC 2024 RAG track (Pradeep et al., 2024, 'Initial Nugget Evaluation Results').

A nugget is a fact; vital ones must be in a good answer, okay ones are good to have. A nugget is supported, supported in
part (half a point) or not. Strict scores count full support only. The track asks a language model which of the three
it is; here a nugget is supported where the answer states one of its surface forms, and in part where it has at least
half of the content words of one.
"""

from collections.abc import Sequence
from enum import StrEnum

from icarus.text import content_stems
from icarus_evals.matching import states_any
from icarus_evals.metrics.subject import Figures, Subject

HALF = 0.5


class Support(StrEnum):
    """How far an answer supports a nugget."""

    FULL = "support"
    PARTIAL = "partial_support"
    NONE = "not_support"


def nugget_figures(subject: Subject) -> Figures:
    """The four scores of an answerable case that has facts; a refusal supports none."""
    case = subject.case
    if not case.answerable or not case.key_facts:
        return {}
    text = "" if subject.refused else subject.shown
    vital = [support(text, forms) for forms in case.key_facts]
    return nugget_scores(vital, [support(text, forms) for forms in case.okay_facts])


def support(text: str, forms: Sequence[str]) -> Support:
    """How far a text supports a nugget that has some surface forms."""
    if states_any(text, forms):
        return Support.FULL
    there = frozenset(content_stems(text))
    shares = [_share(content_stems(form), there) for form in forms]
    return Support.PARTIAL if max(shares, default=0.0) >= HALF else Support.NONE


def _share(wanted: list[str], there: frozenset[str]) -> float:
    return sum(stem in there for stem in wanted) / len(wanted) if wanted else 0.0


def nugget_scores(vital: Sequence[Support], okay: Sequence[Support]) -> dict[str, float]:
    """Vital and all, strict and with partial credit; takes at least one vital nugget."""
    every = [*vital, *okay]
    return {
        "nuggets_vital_strict": _score(vital, 0.0),
        "nuggets_vital": _score(vital, HALF),
        "nuggets_all_strict": _score(every, 0.0),
        "nuggets_all": _score(every, HALF),
    }


def _score(nuggets: Sequence[Support], partial: float) -> float:
    worth = {Support.FULL: 1.0, Support.PARTIAL: partial, Support.NONE: 0.0}
    return sum(worth[n] for n in nuggets) / len(nuggets)
