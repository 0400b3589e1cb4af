"""How much there is to read, and how much of it is to the point: what a verbatim dump cannot hide."""

from collections import Counter

from icarus_evals.matching import norm, without_markers
from icarus_evals.metrics.subject import MOST_CITATIONS, Figures, Subject

MOST_WORDS = 132
"""About 120 words is what the contract allows an answer that is no list; a tenth more is still about that."""


def length_figures(subject: Subject) -> Figures:
    """`words`, `limits` and `answer_f1` of an answer that is no list."""
    if subject.case.is_catalogue:
        return {}
    answer = subject.reply.answer
    figures = {"words": float(len(answer.split())), "limits": float(within_limits(subject))}
    if subject.case.answerable and subject.gold:
        best = " ".join(max(quotes, key=lambda q: token_f1(answer, q)) for quotes in subject.gold)
        figures["answer_f1"] = token_f1(answer, best)
    return figures


def within_limits(subject: Subject) -> bool:
    """At most six citations and about 120 words, markers set aside."""
    words = len(without_markers(subject.reply.answer).split())
    return len(subject.reply.citations) <= MOST_CITATIONS and words <= MOST_WORDS


def token_f1(answer: str, gold: str) -> float:
    """F1 of the words shared by an answer and a gold text, as in SQuAD (Rajpurkar et al., 2016, section 6.1)."""
    mine, theirs = Counter(norm(without_markers(answer)).split()), Counter(norm(gold).split())
    shared = sum((mine & theirs).values())
    return 2 * shared / (mine.total() + theirs.total()) if shared else 0.0
