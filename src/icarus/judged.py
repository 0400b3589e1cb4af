"""What is judged, a question with the evidence on it, and how much of what is asked that evidence speaks of."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from icarus.coverage import Weighted, covered
from icarus.evidence import Evidence, words_of
from icarus.languages.frame import Message, message
from icarus.question import Question
from icarus.topic import AnyOf, PhraseSet, phrases_in

ABOUT = 0.8
"""Share of the best score that a sentence must reach to be on the same thing."""
ENOUGH = 0.3
"""Share of what is asked that a sentence which states an attribute must speak of."""


_POINTS_BACK = re.compile(r"(?:The|This|These|It|Its|They|Their|Such|Both)\b")


class Verdict(NamedTuple):
    """`answered` or, where it is not, why: `missing` is a noun phrase, `rule` names the reason for explanations."""

    answered: bool
    rule: str = ""
    missing: Message = message("")


YES = Verdict(True)


class Case(NamedTuple):
    """What is judged.

    `pool` are the sentences that may answer, best first: those about the `subject`, the tool in question, where there
    is one. `chosen` are those picked for the answer. `match` is the score of a tool that was searched for.
    """

    question: Question
    pool: Sequence[Evidence]
    chosen: Sequence[Evidence]
    subject: str | None
    match: float = 0.0

    @property
    def near(self) -> Sequence[Evidence]:
        """All that was looked at on the tool in question; where there is none, what is about as near as the best."""
        return self.pool if self.subject else self.nearest

    @property
    def nearest(self) -> Sequence[Evidence]:
        """What is about as near as the best."""
        return [e for e in self.pool if e.score >= ABOUT * self.pool[0].score]

    @property
    def said(self) -> PhraseSet:
        """The words of the passages that are near."""
        passages = {e.hit.passage.id: e.hit.passage for e in self.near}.values()
        return PhraseSet([text for p in passages for text in (p.heading, p.text)])


def is_about(evidence: Evidence, wanted: Sequence[Weighted], enough: float = ENOUGH) -> bool:
    """Whether a sentence, with the headings over it, speaks of enough of some things; its report's name is none."""
    called = phrases_in(evidence.hit.report)
    wanted = [thing for thing in wanted if not called.holds_any(thing.literal)]
    whole = sum(thing.share for thing in wanted)
    return not wanted or covered(wanted, words_of(evidence.hit, _with_antecedent(evidence))) >= enough * whole


def _with_antecedent(evidence: Evidence) -> str:
    """A sentence, and where it points back, 'the handbook is available in ...', all of its passage."""
    return evidence.hit.passage.text if _POINTS_BACK.match(evidence.text) else evidence.text


def on_one_of(names: Sequence[AnyOf], evidence: Sequence[Evidence]) -> list[Evidence]:
    """The sentences that speak of one of some names, all if there are none: a date of SITC's is none of the CPC's."""
    said = ((e, words_of(e.hit, _with_antecedent(e), e.hit.report)) for e in evidence)
    return [e for e, told in said if any(told.holds_any(name) for name in names)] if names else [*evidence]
