"""Whether the cited passages hold the gold evidence, and whether the answer states the gold facts.

Definitions of the scorer that the development cases came with; `facts` is the strict recall of vital nuggets.
"""

from icarus.records import Citation
from icarus_evals.matching import holds_any, states_any
from icarus_evals.metrics.subject import Figures, Subject


def evidence_figures(subject: Subject) -> Figures:
    """`evidence`, `facts` and `precision` of an answerable case, each where the case has gold for it."""
    if not subject.case.answerable:
        return {}
    figures = {}
    if subject.gold:
        figures["evidence"] = sum(holds_any(subject.passages, quotes) for quotes in subject.gold) / len(subject.gold)
    facts = subject.case.key_facts
    if facts:
        figures["facts"] = sum(states_any(subject.shown, forms) for forms in facts) / len(facts)
    if subject.citations and (subject.gold or subject.case.pages):
        figures["precision"] = citation_precision(subject)
    return figures


def citation_precision(subject: Subject) -> float:
    """Share of the citations that stand on a gold page or whose passage holds a piece of gold evidence."""
    good = [_is_good(c, p, subject) for c, p in zip(subject.citations, subject.passages, strict=True)]
    return sum(good) / len(good)


def _is_good(citation: Citation, passage: str, subject: Subject) -> bool:
    span = set(range(citation.page, (citation.page_end or citation.page) + 1))
    if span & set(subject.case.pages):
        return True
    return any(holds_any((passage,), quotes) for quotes in subject.gold)
