"""Decides whether the evidence answers this question, and if not, what it is that the report does not say."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from icarus.attributes import (
    asked_attributes,
    classes_asked,
    counted_things,
    is_left_unnamed,
    items_asked,
    items_in,
    names_wanted,
    parts_counted,
    states_count,
    states_number,
)
from icarus.catalogue import Catalogue
from icarus.coverage import Weighted, covered, weighted_units
from icarus.cues import gives_reason
from icarus.evidence import Evidence, words_of
from icarus.languages.frame import THIS, Message, message
from icarus.lexical import LexicalIndex
from icarus.places import is_city, names_city, names_country_of
from icarus.question import Ask, Question
from icarus.reading import request_in
from icarus.records import Document
from icarus.retrieval import names_of
from icarus.spelling import is_english
from icarus.text import content_stems, fold, squash
from icarus.topic import AnyOf, PhraseSet, Unit, phrases_in, topic_units
from icarus.vocabulary import find_terms, stem_sequence
from icarus.wording import says

_FAR = 0.33  # cosine of the best sentence below which nothing that is asked is met
_NEAR = 0.5
_CLOSE = 0.6
_QUITE = 0.4  # from here on a reason that is asked for in other words is taken to be met
_WORDED = 0.75  # share of the words asked that a passage holds, from which it is on the topic
_SOME, _THIRD, _HALF = 0.3, 0.34, 0.5  # shares of the things asked about
_STORY = 18  # words of a question that tells of a case; a town in it is not what is asked about
_PLAIN = 1.6  # score of a sentence from which it is on the topic, however it is worded
_MATCHED = 0.9  # score of a tool from which it is taken to be meant, however distant its single sentences are
_ENOUGH = 0.3  # share of what is asked that a sentence which states the attribute must speak of
_LITTLE = 0.15  # the same of the best sentence of all
_ABOUT = 0.8  # share of the best score that a sentence must reach to be on the same thing


class Verdict(NamedTuple):
    """`answered` or, where it is not, why: `missing` is a noun phrase, `rule` names the reason for explanations."""

    answered: bool
    rule: str = ""
    missing: Message = message("")


_YES = Verdict(True)
_SUPERLATIVE = re.compile(
    r"\bmost (?:\w+ly )?\w+|\b(?:highest|lowest|strongest|easiest|cheapest|quickest|worst)\b", re.I
)


class Judge:
    """Judges evidence against one corpus."""

    def __init__(self, catalogue: Catalogue, lexical: LexicalIndex, documents: Sequence[Document] = ()) -> None:
        self._catalogue = catalogue
        self._lexical = lexical
        self._catalogued = {card.document for card in catalogue.cards}
        self._reports = {stem for document in documents for stem in content_stems(names_of(document))}

    def verdict(self, case: "Case") -> Verdict:
        """Whether the chosen evidence answers the question."""
        for rule in (
            self._ranking,
            self._unknown_name,
            self._unnamed_place,
            self._attribute,
            self._count,
            self._items,
            self._class,
            self._name,
            self._yes_or_no,
            self._guess,
            self._claim,
            self._relevance,
        ):
            verdict = rule(case)
            if not verdict.answered:
                return verdict
        return _YES

    def unknown_names(self, text: str) -> list[str]:
        """Names in a question that the corpus never prints: 'Amsterdam', 'Interpol'."""
        found = []
        for match in re.finditer(r"(?!URL|PDF)(?<![.?!:]\s)(?<!^)(?<!^[\"'“])\b[A-ZÀ-Ý][\w-]{2,}", text):
            word = match.group()
            unprinted = content_stems(word) and all(not self._lexical.passages_with(s) for s in content_stems(word))
            if (
                unprinted
                and not find_terms(word)
                and (is_city(word) or not is_english(fold(word)))
                and not self._known(word)
            ):
                found.append(word)
        return found

    def _known(self, word: str) -> bool:
        called = set(content_stems(word)) <= self._reports
        return called or bool(self._catalogue.names.find(word) or self._catalogue.places.find(word))

    def _ranking(self, case: "Case") -> Verdict:
        question = case.question
        ranked = says("ranking").search(question.standalone) and question.ask is not Ask.REASON
        ranked = ranked and not self._is_ranked(case)
        works = question.tools and question.ask is Ask.FACT and says("efficacy").search(question.focus)
        if ranked or works:
            return Verdict(False, "ranking", message("how effective the tools are, or which is best"))
        return _YES

    def _is_ranked(self, case: "Case") -> bool:
        """Whether the evidence itself says of something that it is the most effective, or what else is asked."""
        wanted = weighted_units(case.question.standalone, self._lexical)
        asked = {fold(m.group()) for m in _SUPERLATIVE.finditer(case.question.standalone)}
        said = (
            {fold(m.group()) for m in _SUPERLATIVE.finditer(e.text)} for e in case.chosen if _is_about(e, wanted, _HALF)
        )
        return any(asked & one for one in said)

    def _unknown_name(self, case: "Case") -> Verdict:
        question = case.question
        told_as_story = len(question.standalone.split()) >= _STORY and case.match >= _MATCHED
        asked = request_in(question.standalone, question.ask)
        asked = question.standalone if says("there").search(asked) else asked
        names = [] if question.asked.isupper() or told_as_story else self.unknown_names(asked)
        if not names:
            return _YES
        return Verdict(False, "unknown name", message("anything about {name}", name=" / ".join(names)))

    def _unnamed_place(self, case: "Case") -> Verdict:
        """A question for a place's name needs a name; chapter 5 of D2.2 keeps its cities anonymous on purpose."""
        question = case.question
        if says("unnamed").search(question.standalone) and not question.tools:
            return Verdict(False, "anonymous", message("which places these are"))
        if not says("which_place").search(question.focus) or not case.chosen or question.ask is Ask.LINK:
            return _YES
        best = max(e.score for e in case.chosen)
        near = [e for e in case.chosen if e.score >= _ABOUT * best]
        asked = {fold(word) for word in re.findall(r"[\w-]+", question.standalone)}
        if any(self._names_place(f"{e.hit.passage.heading if case.subject else ''} {e.text}", asked) for e in near):
            return _YES
        return Verdict(False, "attribute" if case.subject else "anonymous", message("which place that is"))

    def _names_place(self, text: str, asked: set[str]) -> bool:
        """Whether a text names a place that the question does not name itself."""
        fresh = " ".join(word for word in text.split() if fold(word.strip(".,;:()'’")) not in asked)
        return bool(self._catalogue.places.find(fresh)) or names_city(fresh) or names_country_of(fresh)

    def _attribute(self, case: "Case") -> Verdict:
        for attribute in asked_attributes(case.question.focus):
            stated = [e for e in case.pool if attribute.given.search(e.text)]
            if not case.subject:
                wanted = weighted_units(attribute.asked.sub(" ", case.question.standalone), self._lexical)
                best = case.pool[0]
                near = [e for e in stated if e.score >= _ABOUT * best.score]
                stated = [e for e in near if _is_about(e, wanted, _LITTLE if e is best else _ENOUGH)]
                stated = _on_one_of(_acronyms(case), stated)
            if not stated:
                return Verdict(False, "attribute", message(attribute.name))
        return _YES

    def _count(self, case: "Case") -> Verdict:
        if case.question.ask is not Ask.FIGURE:
            return _YES
        for part in parts_counted(case.question.focus):
            if not any(words_of(e.hit, e.text).speaks_of(unit) for unit in topic_units(part) for e in case.pool):
                return Verdict(False, "count", message("how many {thing}", thing=part))
        for thing in counted_things(case.question.standalone):
            if case.subject:
                counted = any(states_count(e.text, thing) for e in case.pool)
            else:
                wanted = weighted_units(case.question.standalone, self._lexical)
                near = [e for e in case.pool if e.score >= _ABOUT * case.pool[0].score]
                told = [e for e in case.pool if _is_about(e, wanted)]
                counted = any(states_count(e.text, thing) for e in [*near, *told])
                counted = counted or any(states_number(e.text, case.question.standalone) for e in told if e in near)
            if not counted:
                return Verdict(False, "count", message("how many {thing}", thing=thing))
        return _YES

    def _items(self, case: "Case") -> Verdict:
        """'What are the nine parameters?' needs nine things named, not the statement that there are nine."""
        asked = items_asked(case.question.focus)
        near = [e for e in case.pool if e.score >= _ABOUT * case.pool[0].score] if case.pool else []
        if asked and not any(items_in(e.hit.passage) >= asked for e in near):
            return Verdict(False, "items", message("what the {number} are", number=asked))
        return _YES

    def _class(self, case: "Case") -> Verdict:
        """'Which language is it in?' needs the word language, or one for the same, in what is said of the thing.

        What may be a tool of the catalogue need not be called so.
        """
        if asked_attributes(case.question.focus):  # 'which year' is stated by a figure
            return _YES
        if not case.question.tools and any(e.hit.passage.document in self._catalogued for e in case.pool[:1]):
            return _YES
        said = _said(case)
        for thing in classes_asked(case.question.focus):
            units = topic_units(thing)[-1:]
            if units and not said.speaks_of(units[0]):
                return Verdict(False, "class", message("which {thing}", thing=thing))
        return _YES

    def _name(self, case: "Case") -> Verdict:
        """'Which insurance company backed it?' needs its name, not that there was one."""
        near = _near(case)
        for thing in names_wanted(case.question.focus):
            if is_left_unnamed(thing, [e.text for e in near]):
                return Verdict(False, "name", message("which {thing}", thing=thing))
        return _YES

    def _yes_or_no(self, case: "Case") -> Verdict:
        """'Does it use drones?' needs most of what is asked to be said of the tool, 'is it mentioned?' all of it."""
        if says("mentions").search(case.question.standalone):
            said = _said(case)
            silent = [u for u in topic_units(case.question.focus) if not said.speaks_of(u)]
            return Verdict(False, "yes or no", message("that")) if silent else _YES
        focus = case.question.focus
        plain = says("yes_or_no").search(focus) and not says("more_than_yes").search(focus)
        if not case.question.tools or case.question.ask is not Ask.FACT or not plain:
            return _YES
        if asked_attributes(focus):  # these are judged already
            return _YES
        asked = weighted_units(says("pointed_at").sub(" ", says("askers_place").sub(" ", focus)), self._lexical)
        wanted = [thing for thing in asked if thing.unit.printed in case.question.topic]  # places are none of it
        if not wanted or covered(wanted, _said(case)) > _HALF * sum(thing.share for thing in wanted):
            return _YES
        return Verdict(False, "yes or no", message("that"))

    def _guess(self, case: "Case") -> Verdict:
        """'Is it Liverpool?', 'is Arabic one of them?': the name guessed must stand in the evidence."""
        guess = case.question.guess
        passages = {e.hit.passage.id: e.hit.passage for e in case.chosen}.values()
        if not guess or phrases_in(*(text for p in passages for text in (p.heading, p.text))).holds(
            stem_sequence(guess)
        ):
            return _YES
        return Verdict(False, "guess", message("that"))

    def _claim(self, case: "Case") -> Verdict:
        """Years and effects that a question takes for granted must stand in the evidence."""
        claims = [m.group() for m in says("claim").finditer(case.question.focus)]
        if not claims:
            return _YES
        wanted = weighted_units(says("claim").sub(" ", case.question.focus), self._lexical)
        least = _ABOUT * case.pool[0].score if case.pool else 0.0
        near = [e for e in case.pool if case.subject or e.score >= least or _is_about(e, wanted, enough=_HALF)]
        for claim in claims:
            if not any(squash(claim) in squash(e.hit.passage.text) for e in near):
                return Verdict(False, "claim", message("“{claim}”", claim=claim))
        return _YES

    def _relevance(self, case: "Case") -> Verdict:
        if not case.chosen:
            return Verdict(False, "nothing found", THIS)
        question = case.question
        best = max(float(e.hit.sentences[e.first : e.last + 1].max()) for e in case.chosen)
        covered = self._covered(question, case.chosen)
        if question.tools:
            silent = covered == 0.0 and best < _FAR and bool(question.topic) and question.ask is not Ask.COMPARE
            return Verdict(False, "about it, but not this", THIS) if silent else _YES
        literal = self._covered(question, case.chosen, literally=True)
        words = max(e.hit.covered for e in case.chosen)
        plainly = literal >= _THIRD or covered >= _WORDED if question.ask is Ask.FIGURE else literal > 0.0
        off = covered < _HALF or not plainly
        off = off and max(e.score for e in case.chosen) < _PLAIN
        listing = question.ask in {Ask.LIST, Ask.COUNT}  # these got here since no tool has to do with all of it
        if case.match >= _MATCHED and not listing:
            return _YES
        if question.ask is Ask.REASON and off:
            told = covered >= _THIRD and gives_reason(question, max(case.chosen, key=lambda e: e.score).text)
            off = best < _QUITE and not told
        if (listing or question.ask in {Ask.FIGURE, Ask.REASON}) and best < _CLOSE and words < _WORDED and off:
            return Verdict(False, "another topic", THIS)
        near = not (best < _FAR and words < _SOME and covered < _SOME) and not (covered == 0.0 and best < _NEAR)
        return _YES if near or case.match >= _MATCHED else Verdict(False, "nothing near", THIS)

    def _covered(self, question: Question, chosen: Sequence[Evidence], *, literally: bool = False) -> float:
        """The share of the things asked about that the evidence names, by the same words or by others for the same."""
        best = max(chosen, key=lambda e: e.score)
        phrases = PhraseSet([f"{best.hit.passage.heading}. {best.hit.passage.text}"])
        asked = [question.filters.theme or question.standalone, *([question.focus] if question.carried else [])]
        return max(_share_met(topic_units(text), phrases, literally=literally) for text in asked)


def _share_met(units: Sequence[Unit], phrases: PhraseSet, *, literally: bool) -> float:
    met = [u for u in units if (phrases.holds_any(u.literal) if literally else phrases.speaks_of(u))]
    return len(met) / len(units) if units else 1.0


def _is_about(evidence: Evidence, wanted: Sequence[Weighted], enough: float = _ENOUGH) -> bool:
    """Whether a sentence, with the headings over it, speaks of enough of some things; its report's name is none."""
    called = phrases_in(evidence.hit.report)
    wanted = [thing for thing in wanted if not called.holds_any(thing.literal)]
    whole = sum(thing.share for thing in wanted)
    return not wanted or covered(wanted, words_of(evidence.hit, evidence.text)) >= enough * whole


def _acronyms(case: "Case") -> list[AnyOf]:
    """What a question calls by an acronym that the text looked at prints, 'CPC'."""
    found = [AnyOf({(fold(word),)}) for word in re.findall(r"\b[A-Z][A-Z\d-]{2,}\b", case.question.standalone)]
    shouted = case.question.asked.isupper()
    return [] if shouted else [name for name in found if _on_one_of([name], case.pool)]


def _on_one_of(names: Sequence[AnyOf], evidence: Sequence[Evidence]) -> Sequence[Evidence]:
    """The sentences that speak of one of some names, all if there are none: a date of SITC's is none of the CPC's."""
    said = ((e, words_of(e.hit, e.text, e.hit.report)) for e in evidence)
    return [e for e, told in said if any(told.holds_any(name) for name in names)] if names else evidence


def _near(case: "Case") -> Sequence[Evidence]:
    """All that was looked at on the tool in question; where there is none, what is about as near as the best."""
    return case.pool if case.subject else [e for e in case.pool if e.score >= _ABOUT * case.pool[0].score]


def _said(case: "Case") -> PhraseSet:
    """The words of all that was looked at on the tool in question; where there is none, of what is as near."""
    passages = {e.hit.passage.id: e.hit.passage for e in _near(case)}.values()
    return PhraseSet([text for p in passages for text in (p.heading, p.text)])


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
