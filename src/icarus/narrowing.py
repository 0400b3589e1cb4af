"""What a question keeps to: the report that it names, a part of it, and what tells more than the heading over it."""

import re
from collections.abc import Callable, Sequence

from icarus.evidence import Evidence
from icarus.question import Question
from icarus.records import Passage
from icarus.retrieval import Hit
from icarus.spelling import is_english
from icarus.text import fold, squash, stem
from icarus.topic import AnyOf, PhraseSet

_OTHER_REPORT = 0.95  # share of the best sentence's score that one of another report must reach
_SECTION = re.compile(
    r"\b(?:chapter|section|annex|appendix) (?P<number>\d+(?:\.\d+)*)\b|"
    r"\bthe (?P<title>conclusion|introduction|executive summary|lessons learned|foreword|glossary)s?\b",
    re.I,
)
_NAME = re.compile(r"[^\W\d_]{3,}")


def in_section(question: Question, hits: Sequence[Hit]) -> Sequence[Hit]:
    """The passages of the part of a report that a question is after, 'the conclusions', 'chapter 5'.

    All of them, where none is from such a part.
    """
    asked = _SECTION.search(question.standalone)
    if not asked:
        return hits
    numbered = rf"(?:^|> )(?:[A-Za-z]+ )?{re.escape(asked['number'])}\b" if asked["number"] else asked["title"]
    titled = re.compile(numbered, re.I)
    return [hit for hit in hits if titled.search(hit.passage.section)] or hits


def on_names(question: Question, hits: Sequence[Hit], phrases_of: Callable[[Passage], PhraseSet]) -> list[Hit]:
    """The passages that speak of most of the names in a question, and those that speak of as much of the rest.

    A name that the corpus prints is what a question is about, however near other text may come in meaning. A passage
    goes by the names of its report as well.
    """
    names = [AnyOf({(name,)}) for name in _names_in(question.standalone)]
    told = [sum(phrases_of(hit.passage).holds_any(name) for name in names) for hit in hits]
    most = max(told, default=0)
    enough = max((hit.covered for hit, number in zip(hits, told, strict=True) if number == most), default=0.0)
    return [hit for hit, number in zip(hits, told, strict=True) if number == most or hit.covered >= enough]


def of_one_report(scored: Sequence[Evidence]) -> list[Evidence]:
    """Sentences of the report that the best one is from, and of others only what is nearly as good."""
    least = _OTHER_REPORT * scored[0].score if scored else 0.0
    best = scored[0].hit.passage.document if scored else ""
    return [e for e in scored if e.hit.passage.document == best or e.score >= least]


def telling(scored: Sequence[Evidence]) -> list[Evidence]:
    """Without the sentences that are no more than a heading over them, or the name of their report."""
    return [e for e in scored if squash(e.text) not in squash(f"{e.hit.report} {e.hit.passage.section}")]


def _names_in(text: str) -> set[str]:
    """The stems of words that are written as names and that English does not have: 'SeRCOP', 'Atos', 'OpenCare'."""
    return {stem(fold(word)) for word in _NAME.findall(text) if not word.islower() and not is_english(fold(word))}
