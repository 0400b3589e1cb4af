"""Whether quotes stand on the pages they name, and markers and citations belong together."""

import re

from icarus.records import Citation
from icarus_evals.matching import holds
from icarus_evals.metrics.subject import Figures, Subject

_MARKERS = re.compile(r"\[(\d+(?:\s*,\s*\d+)*)\]")


def quote_figures(subject: Subject) -> Figures:
    """`verbatim` and `quote_in_passage` of a reply with citations, and `markers` of any reply."""
    figures = {"markers": float(markers_are_sound(subject.reply.answer, subject.reply.citations))}
    if subject.citations:
        figures["verbatim"] = _share([_on_its_page(c, subject) for c in subject.citations])
        figures["quote_in_passage"] = _share([holds(c.passage, c.quote) for c in subject.citations])
    return figures


def _on_its_page(citation: Citation, subject: Subject) -> bool:
    last = citation.page_end or citation.page
    return subject.pages.holds_word_for_word(citation.document, citation.page, last, citation.quote)


def _share(checks: list[bool]) -> float:
    return sum(checks) / len(checks)


def marker_numbers(answer: str) -> list[int]:
    """The numbers of the markers of an answer, in order, with repeats."""
    return [int(n) for found in _MARKERS.findall(answer) for n in found.split(",")]


def markers_are_sound(answer: str, citations: tuple[Citation, ...]) -> bool:
    """Whether each marker has its citation, each citation a marker, and no number stands for two citations."""
    numbers = [c.n for c in citations]
    return len(set(numbers)) == len(numbers) and set(numbers) == set(marker_numbers(answer))
