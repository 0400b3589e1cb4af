"""The domain's vocabulary: what an asker's word is called in a deliverable, and which words mean the same.

The concepts stand in `data/vocabulary.toml`. Matching is by stems, phrases in order, longest first.
"""

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from icarus.text import STOP_WORDS, parts_of, stem, words


class Term(NamedTuple):
    """A word or phrase of a concept, as stems."""

    concept: str
    stems: tuple[str, ...]
    asked: bool


class Concept(NamedTuple):
    """One thing and what it is called: in reports, and by those who ask; what is wider than it, and its kinds."""

    report: tuple[str, ...]
    asked: tuple[str, ...]
    phrases: frozenset[tuple[str, ...]]
    wider: frozenset[tuple[str, ...]]
    kinds: tuple[frozenset[tuple[str, ...]], ...]

    def just(self, stems: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
        """What is called the same as one of its phrases, no wider: of a kind of it, that kind alone."""
        alike = [kind for kind in self.kinds if stems in kind]
        return frozenset().union(*alike) if alike else self.phrases - self.wider


def word_sequence(text: str) -> list[str]:
    """All words in order, folded, hyphenated words in their parts, stop words kept."""
    return [part for word in words(text) for part in (parts_of(word)[1:] or [word])]


@lru_cache(maxsize=8192)
def stem_sequence(text: str) -> tuple[str, ...]:
    """The stems of all words in order; remembered, since the same sentences are looked at for many questions."""
    return tuple(stem(word) for word in word_sequence(text))


@cache
def concepts() -> dict[str, Concept]:
    """All concepts by name."""
    data = tomllib.loads(resources.files("icarus").joinpath("data/vocabulary.toml").read_text("utf-8"))
    return {name: _concept(entry) for name, entry in data.items()}


def phrases_of(name: str) -> frozenset[tuple[str, ...]]:
    """What a concept is called, as stems; nothing for a name that is no concept's."""
    return concepts()[name].phrases if name in concepts() else frozenset()


def _concept(entry: Mapping[str, Any]) -> Concept:
    report, asked = tuple(entry["report"]), tuple(entry["asked"])
    kinds = tuple(frozenset(map(stem_sequence, kind)) for kind in entry.get("kinds", ()))
    wider = frozenset(map(stem_sequence, entry.get("wider", ())))
    return Concept(report, asked, frozenset(map(stem_sequence, (*report, *asked))), wider, kinds)


@cache
def _terms_by_first_stem() -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for name, concept in concepts().items():
        for asked, terms in ((False, concept.report), (True, concept.asked)):
            for term in terms:
                stems = stem_sequence(term)
                found.setdefault(stems[0], []).append(Term(name, stems, asked))
    for terms_ in found.values():
        terms_.sort(key=lambda term: -len(term.stems))
    return found


def find_terms(text: str) -> list[Term]:
    """The vocabulary's terms that a text uses; of terms that overlap in one concept, the longest."""
    stems = stem_sequence(text)
    by_first = _terms_by_first_stem()
    found: list[Term] = []
    for i, first in enumerate(stems):
        seen: set[str] = set()
        for term in by_first.get(first, ()):
            if term.concept not in seen and tuple(stems[i : i + len(term.stems)]) == term.stems:
                seen.add(term.concept)
                found.append(term)
    return found


def report_words(text: str, per_concept: int = 2) -> list[str]:
    """Words of reports for what a question says in everyday words; empty where it speaks like a report."""
    present = set(stem_sequence(text))
    added: list[str] = []
    for term in find_terms(text):
        if term.asked:
            fresh = [w for w in concepts()[term.concept].report if not set(stem_sequence(w)) <= present]
            added += [w for w in fresh[:per_concept] if w not in added]
    return added


@cache
def same_meaning(*stems: str, narrowly: bool = False) -> frozenset[tuple[str, ...]]:
    """All stem sequences that mean the same as a term in any of its senses, itself included.

    Args:
        stems: the term.
        narrowly: whether to leave out what is wider than it, or another kind of the same thing.
    """
    mine: set[tuple[str, ...]] = {stems}
    for term in _terms_by_first_stem().get(stems[0], ()):
        if term.stems == stems:
            concept = concepts()[term.concept]
            mine |= concept.just(stems) if narrowly else concept.phrases
    return frozenset(p for p in mine if not all(s in STOP_WORDS for s in p))
