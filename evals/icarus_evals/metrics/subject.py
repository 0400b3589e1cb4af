"""A reply beside its case, read the way a scorer reads it: the first citations, the first part of each passage."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from icarus.records import Citation, Reply, Status
from icarus_evals.cases import Case
from icarus_evals.matching import holds
from icarus_evals.page_texts import PageTexts

MOST_CITATIONS = 6
"""An answer that is no list is read up to its sixth citation, as the contract of a reply allows no more."""
PASSAGE_CHARS = 1600
"""A cited passage is read up to so many characters: a page is no passage."""

Figures = Mapping[str, float]
REFUSED = Status.NOT_IN_REPORT
ANSWERED = frozenset({Status.ANSWERED, Status.PARTIAL})


@dataclass(frozen=True)
class Subject:
    """What every figure of one case is computed from; `reply` is None where there is none."""

    case: Case
    given: Reply | None
    pages: PageTexts

    @cached_property
    def reply(self) -> Reply:
        """The reply, or an empty one in place of a missing one."""
        if self.given is not None:
            return self.given
        question = self.case.question
        return Reply(question=question, standalone_question=question, status=Status.ERROR, answer="")

    @property
    def refused(self) -> bool:
        """Whether the reply says that the report does not answer."""
        return self.reply.status is REFUSED

    @property
    def answered(self) -> bool:
        """Whether the reply answers, in whole or in part."""
        return self.reply.status in ANSWERED

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """The citations that count: all of a list's or count's, the first six of any other answer's."""
        every = self.reply.citations
        return every if self.case.is_catalogue else every[:MOST_CITATIONS]

    @cached_property
    def passages(self) -> tuple[str, ...]:
        """The text of the cited passages, each cut where reading stops."""
        return tuple((c.passage or c.quote)[:PASSAGE_CHARS] for c in self.citations)

    @cached_property
    def gold(self) -> tuple[tuple[str, ...], ...]:
        """The pieces of gold evidence, each with the quotes that will do for it."""
        return gold_evidence(self.case)

    @cached_property
    def shown(self) -> str:
        """What a reader is told: the answer, and the names on the cards under it."""
        return self.reply.answer + " \n " + " ; ".join(tool.name for tool in self.reply.tools)


def gold_evidence(case: Case) -> tuple[tuple[str, ...], ...]:
    """The pieces of evidence of a case, each as the quotes that say it: its own, then those of its alternatives."""
    return tuple(_with_alternatives(quote, case.evidence_any) for quote in case.evidence)


def _with_alternatives(quote: str, groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    quotes: tuple[str, ...] = (quote,)
    for group in groups:
        if any(holds(other, quote) or holds(quote, other) for other in group):
            quotes = tuple(dict.fromkeys((quote, *group)))
    return quotes
