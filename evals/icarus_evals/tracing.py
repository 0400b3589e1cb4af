"""How an answerer tells the stages of an answer: what it understood, looked at, chose and decided."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from icarus.assistant import summary_of
from icarus.catalogue import Catalogue
from icarus.explanation import Explanation, SentenceChoice
from icarus.index import Index
from icarus.question import Ask, Question
from icarus.records import Record, Status, ToolSummary
from icarus_evals.answerers import Candidate

OF_ITSELF = frozenset({Ask.LIST, Ask.COUNT, Ask.OVERVIEW})
"""Kinds of question that are answered from the catalogue, or by what a report says of itself."""
UNCHOSEN = 20
"""Sentences that were not chosen of which a trace tells, the nearest."""


class Looked(Candidate):
    """A passage that was looked at; a rank counts from 1, and is None where that retriever did not bring it."""

    dense_rank: int | None = None
    lexical_rank: int | None = None


class Trace(Record):
    """The stages of one answer.

    `candidates` are the passages that its own search looked at, within the tools and turns understood, best first;
    `tools` those that the question was taken to name, `found` those that the search took it to be after.
    """

    question: Question
    tools: tuple[ToolSummary, ...] = ()
    found: tuple[str, ...] = ()
    candidates: tuple[Looked, ...] = ()
    sentences: tuple[SentenceChoice, ...] = ()
    rule: str = ""
    missing: str = ""
    status: Status

    @property
    def searched(self) -> bool:
        """Whether such a question is answered by a search; where not, `candidates` are what one would have brought."""
        compared = self.question.ask is Ask.COMPARE and len(self.question.tools) > 1
        return self.question.ask not in OF_ITSELF and not compared


@runtime_checkable
class Explainer(Protocol):
    """Tells how it came to its answer."""

    def explain(self, turns: Sequence[str]) -> Trace | None:
        """The stages of the answer to a conversation; None where there is no question that can be taken."""
        ...


def trace_of(explanation: Explanation, index: Index, catalogue: Catalogue) -> Trace:
    """What Icarus explains of an answer, with the texts of the passages and the names of the tools."""
    named = [card for tool in explanation.question.tools if (card := catalogue.get(tool))]
    return Trace(
        question=explanation.question,
        tools=tuple(summary_of(card) for card in named),
        found=tuple(tool.name for tool in explanation.tools),
        candidates=_candidates(explanation, index),
        sentences=_sentences(explanation),
        rule=explanation.rule,
        missing=explanation.missing,
        status=explanation.status,
    )


def _candidates(explanation: Explanation, index: Index) -> tuple[Looked, ...]:
    passages = index.passages([c.passage for c in explanation.candidates])
    return tuple(
        Looked(
            text=f"{passage.heading}\n{passage.text}",
            page=passage.page,
            page_end=passage.page_end,
            section=passage.section,
            score=candidate.fused,
            dense_rank=candidate.dense_rank,
            lexical_rank=candidate.lexical_rank,
        )
        for candidate, passage in zip(explanation.candidates, passages, strict=True)
    )


def _sentences(explanation: Explanation) -> tuple[SentenceChoice, ...]:
    """The chosen sentences, then the nearest of the others."""
    chosen = [s for s in explanation.sentences if s.chosen]
    others = [s for s in explanation.sentences if not s.chosen]
    return (*chosen, *others[:UNCHOSEN])
