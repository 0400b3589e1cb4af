"""Decides whether the evidence answers this question, and if not, what it is that the report does not say."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from icarus.attributes import CLAIM, RANKING, UNNAMED, WHICH_PLACE, asked_attributes, counted_things, states_count
from icarus.catalogue import Catalogue
from icarus.evidence import Evidence
from icarus.lexical import LexicalIndex
from icarus.places import is_city
from icarus.question import Ask, Question
from icarus.spelling import is_english
from icarus.text import content_stems, fold, squash
from icarus.topic import PhraseSet, topic_units

_FAR = 0.33  # cosine of the best sentence below which nothing that is asked is met
_NEAR = 0.5
_COVERED = 0.34


class Verdict(NamedTuple):
    """`answered` or, where it is not, why: `missing` is a noun phrase, `rule` names the reason for explanations."""

    answered: bool
    rule: str = ""
    missing: str = ""


_YES = Verdict(True)


class Judge:
    """Judges evidence against one corpus."""

    def __init__(self, catalogue: Catalogue, lexical: LexicalIndex) -> None:
        self._catalogue = catalogue
        self._lexical = lexical

    def verdict(self, question: Question, scored: Sequence[Evidence], chosen: Sequence[Evidence]) -> Verdict:
        """Whether the chosen evidence answers the question.

        Args:
            question: as understood.
            scored: all sentences that were looked at, best first.
            chosen: those picked for the answer.
        """
        for rule in (
            self._ranking,
            self._unknown_name,
            self._unnamed_place,
            self._attribute,
            self._count,
            self._claim,
            self._relevance,
        ):
            verdict = rule(question, scored, chosen)
            if not verdict.answered:
                return verdict
        return _YES

    def unknown_names(self, text: str) -> list[str]:
        """Names in a question that the corpus never prints: 'Amsterdam', 'Interpol'."""
        found = []
        for match in re.finditer(r"(?<![.?!:]\s)(?<!^)(?<!^[\"'“])\b[A-ZÀ-Ý][\w-]{2,}", text):
            word = match.group()
            unprinted = content_stems(word) and all(not self._lexical.passages_with(s) for s in content_stems(word))
            if unprinted and (is_city(word) or not is_english(fold(word))) and not self._known(word):
                found.append(word)
        return found

    def _known(self, word: str) -> bool:
        return bool(self._catalogue.names.find(word) or self._catalogue.places.find(word))

    def _ranking(self, question: Question, scored: Sequence[Evidence], chosen: Sequence[Evidence]) -> Verdict:
        if RANKING.search(question.standalone) and question.ask is not Ask.REASON:
            return Verdict(False, "ranking", "how effective the tools are, or which is best")
        return _YES

    def _unknown_name(self, question: Question, scored: Sequence[Evidence], chosen: Sequence[Evidence]) -> Verdict:
        names = [] if question.asked.isupper() else self.unknown_names(question.standalone)
        return Verdict(False, "unknown name", " or ".join(names)) if names else _YES

    def _unnamed_place(self, question: Question, scored: Sequence[Evidence], chosen: Sequence[Evidence]) -> Verdict:
        if question.tools or not scored or not WHICH_PLACE.search(question.standalone):
            return _YES
        best = scored[0].text
        if UNNAMED.search(best) and not self._catalogue.places.find(best):
            return Verdict(False, "anonymous", "which place that is")
        return _YES

    def _attribute(self, question: Question, scored: Sequence[Evidence], chosen: Sequence[Evidence]) -> Verdict:
        for attribute in asked_attributes(question.standalone):
            pool = scored if question.tools else scored[:8]
            near = [e for e in pool if attribute.given.search(e.text)]
            if not near or (not question.tools and near[0].score < 0.8 * scored[0].score):
                return Verdict(False, "attribute", attribute.name)
        return _YES

    def _count(self, question: Question, scored: Sequence[Evidence], chosen: Sequence[Evidence]) -> Verdict:
        if question.ask is not Ask.FIGURE or not question.tools:
            return _YES
        for thing in counted_things(question.standalone):
            if not any(states_count(e.text, thing) for e in chosen):
                return Verdict(False, "count", f"how many {thing}")
        return _YES

    def _claim(self, question: Question, scored: Sequence[Evidence], chosen: Sequence[Evidence]) -> Verdict:
        """Years and effects that a question takes for granted must stand in the evidence."""
        for claim in CLAIM.findall(question.standalone):
            pool = scored if question.tools else scored[:12]
            if not any(squash(claim) in squash(e.hit.passage.text) for e in pool):
                return Verdict(False, "claim", f"“{claim}”")
        return _YES

    def _relevance(self, question: Question, scored: Sequence[Evidence], chosen: Sequence[Evidence]) -> Verdict:
        if not chosen:
            return Verdict(False, "nothing found", "this")
        best = max(float(e.hit.sentences[e.first : e.last + 1].max()) for e in chosen)
        covered = self._covered(question, chosen)
        if question.tools:
            silent = covered == 0.0 and best < _FAR and bool(question.topic) and question.ask is not Ask.COMPARE
            return Verdict(False, "about it, but not this", "this") if silent else _YES
        lexical = max(e.hit.covered for e in chosen)
        if best < _FAR and lexical < _COVERED or covered == 0.0 and best < _NEAR:
            return Verdict(False, "nothing near", "this")
        return _YES

    def _covered(self, question: Question, chosen: Sequence[Evidence]) -> float:
        """The share of the things asked about that the evidence names, literally or by words of the same meaning."""
        units = topic_units(question.standalone)
        if not units:
            return 1.0
        phrases = PhraseSet([f"{e.hit.passage.heading}. {e.hit.passage.text}" for e in chosen])
        met = [unit for unit in units if phrases.holds_any(unit.literal | unit.similar)]
        return len(met) / len(units)
