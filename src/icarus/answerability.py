"""Decides whether the evidence answers this question, and if not, what it is that the report does not say."""

import re
from collections.abc import Sequence

from icarus.abbreviation import letters_asked, spells_out
from icarus.attributes import asked_attributes, classes_asked, is_left_unnamed, names_wanted
from icarus.catalogue import Catalogue
from icarus.counting import (
    counted_things,
    items_asked,
    items_in,
    parts_counted,
    says_as_many,
    states_count,
    states_figure,
    states_number,
)
from icarus.coverage import covered, weighted_units
from icarus.evidence import words_of
from icarus.judged import ABOUT, ENOUGH, YES, Case, Verdict, is_about, on_one_of
from icarus.languages.frame import message
from icarus.lexical import LexicalIndex
from icarus.places import is_city
from icarus.question import Ask, Question
from icarus.reading import request_in
from icarus.records import Document
from icarus.relevance import MATCHED, relevance
from icarus.retrieval import names_of
from icarus.spelling import is_english
from icarus.text import content_stems, fold, squash
from icarus.topic import AnyOf, Phrase, Unit, phrases_in, topic_units
from icarus.unlisted import unlisted_theme
from icarus.unnamed_places import leaves_place_unnamed
from icarus.vocabulary import find_terms, same_meaning, stem_sequence
from icarus.wording import says

_STORY = 18  # words of a question that tells of a case; a town in it is not what is asked about
_LITTLE = 0.15  # share of what is asked that the best sentence of all must speak of where it states the attribute
_HALF = 0.5  # share of what is asked from which a sentence, or all that is said of a tool, is on it


_SUPERLATIVE = re.compile(
    r"\bmost (?:\w+ly )?\w+|\b(?:highest|lowest|strongest|easiest|cheapest|quickest|worst)\b", re.I
)

# 'is it for pupils or teachers?'
_CHOOSES = re.compile(
    r"(?:^|[.?!,;:–-]\s*)(?:and |so |but )?"
    r"(?:is|are|was|were|do|does|did|has|have|can|could|must|should|will)\b[^?]* or ",
    re.I,
)
# the same of something that is described: 'does the app for inspectors run on iphone as well, or only android?'
_CHOOSES_OF_IT = re.compile(
    r"(?:^|[.?!,;–-]\s*)(?:and |so |but )?(?:is|are|was|were|do|does|did|must|should|will|can) "
    r"(?:it|they|this|these|those|the)\b[^?]* or [^?]*\?\W*$",
    re.I,
)


class Judge:
    """Judges evidence against one corpus."""

    def __init__(self, catalogue: Catalogue, lexical: LexicalIndex, documents: Sequence[Document] = ()) -> None:
        self._catalogue = catalogue
        self._lexical = lexical
        self._catalogued = {card.document for card in catalogue.cards}
        self._reports = {stem for document in documents for stem in content_stems(names_of(document))}

    def verdict(self, case: Case) -> Verdict:
        """Whether the chosen evidence answers the question."""
        for rule in (
            self._ranking,
            self._unknown_name,
            self._unnamed_place,
            self._letters,
            self._attribute,
            self._count,
            self._items,
            self._class,
            self._name,
            self._yes_or_no,
            self._choice,
            self._guess,
            self._claim,
            self._no_such_tool,
            relevance,
        ):
            verdict = rule(case)
            if not verdict.answered:
                return verdict
        return YES

    def unknown_in(self, question: Question) -> list[str]:
        """The unknown names in what a question asks: not the town that the asker is from, unless it asks about that."""
        asked = request_in(question.standalone, question.ask)
        return self.unknown_names(question.standalone if says("there").search(asked) else asked)

    def unknown_names(self, text: str) -> list[str]:
        """Names in a question that the corpus never prints: 'Amsterdam', 'Interpol'."""
        found = []
        for match in re.finditer(r"(?!URL|PDF)(?<![.?!:]\s)(?<!^)(?<!^[\"'“])(?<!\b[Oo]ur )\b[A-ZÀ-Ý][\w-]{2,}", text):
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

    def _ranking(self, case: Case) -> Verdict:
        question = case.question
        if not self._is_on_catalogued(case) and not _SUPERLATIVE.search(question.standalone):
            return YES
        ranked = says("ranking").search(question.standalone) and question.ask is not Ask.REASON
        ranked = ranked and not self._is_ranked(case)
        works = question.tools and question.ask is Ask.FACT and says("efficacy").search(question.focus)
        if ranked or works:
            return Verdict(False, "ranking", message("how effective the tools are, or which is best"))
        return YES

    def _is_on_catalogued(self, case: Case) -> bool:
        """Whether the best sentence is of a report that has a catalogue of tools."""
        return any(e.hit.passage.document in self._catalogued for e in case.pool[:1])

    def _is_ranked(self, case: Case) -> bool:
        """Whether the evidence itself says of something that it is the most effective, or what else is asked."""
        wanted = weighted_units(case.question.standalone, self._lexical)
        asked = {fold(m.group()) for m in _SUPERLATIVE.finditer(case.question.standalone)}
        said = (
            {fold(m.group()) for m in _SUPERLATIVE.finditer(e.text)}
            for e in [*case.chosen, *case.near]
            if is_about(e, wanted, _HALF)
        )
        return any(asked & one for one in said)

    def _unknown_name(self, case: Case) -> Verdict:
        question = case.question
        told_as_story = len(question.standalone.split()) >= _STORY and case.match >= MATCHED
        names = [] if question.asked.isupper() or told_as_story else self.unknown_in(question)
        if not names:
            return YES
        return Verdict(False, "unknown name", message("anything about {name}", name=" / ".join(names)))

    def _unnamed_place(self, case: Case) -> Verdict:
        """A question for a place's name needs a name, or the reason why there is none."""
        question = case.question
        if says("unnamed").search(question.standalone) and not question.tools:
            return Verdict(False, "anonymous", message("which places these are"))
        if leaves_place_unnamed(case, self._catalogue.places):
            return Verdict(False, "attribute" if case.subject else "anonymous", message("which place that is"))
        return YES

    def _letters(self, case: Case) -> Verdict:
        """'What does TENR stand for?' needs the words, not a sentence with the letters."""
        letters = letters_asked(case.question.standalone)
        told = (f"{e.hit.passage.heading} {e.hit.passage.text}" for e in [*case.chosen, *case.near])
        if letters and not any(spells_out(text, letters) for text in told):
            return Verdict(False, "letters", message("what {letters} stands for", letters=letters))
        return YES

    def _attribute(self, case: Case) -> Verdict:
        asked = asked_attributes(case.question.focus)
        called = _acronyms(case) if asked and not case.subject else []
        for attribute in asked:
            stated = [e for e in case.pool if attribute.given.search(e.text)]
            if not case.subject:
                wanted = weighted_units(attribute.asked.sub(" ", case.question.standalone), self._lexical)
                best = case.pool[0]
                stated = on_one_of(called, [e for e in stated if e.score >= ABOUT * best.score])
                stated = [e for e in stated if is_about(e, wanted, _LITTLE if e is best else ENOUGH)]
            if not stated:
                return Verdict(False, "attribute", message(attribute.name))
        return YES

    def _count(self, case: Case) -> Verdict:
        if case.question.ask is not Ask.FIGURE:
            return YES
        figures = (e for e in case.pool if states_figure(e.text))
        counting = [words_of(e.hit, e.text) for e in figures] if (parts := parts_counted(case.question.focus)) else []
        for part in parts:
            if not any(said.speaks_of(unit) for unit in topic_units(part) for said in counting):
                return Verdict(False, "count", message("how many {thing}", thing=part))
        for thing in counted_things(case.question.standalone):
            if case.subject:
                counted = any(states_count(e.text, thing) for e in case.pool)
            else:
                wanted = weighted_units(case.question.standalone, self._lexical)
                near = case.nearest
                told = [e for e in case.pool if is_about(e, wanted)]
                counted = any(states_count(e.text, thing) for e in [*near, *told])
                counted = counted or any(states_number(e.text, case.question.standalone) for e in told if e in near)
            if not counted:
                return Verdict(False, "count", message("how many {thing}", thing=thing))
        return YES

    def _items(self, case: Case) -> Verdict:
        """'What are the nine parameters?' needs nine things named, not the statement that there are nine."""
        asked = items_asked(
            case.question.standalone
        )  # with the name of a tool, which may say how many: 'the ten rules'
        if asked and not any(items_in(e.hit.passage) >= asked for e in case.nearest):
            return Verdict(False, "items", message("what the {number} are", number=asked))
        return YES

    def _class(self, case: Case) -> Verdict:
        """'Which language is it in?' needs the word language, or one for the same, in what is said of the thing.

        Where it may be a tool of the catalogue, which need not be called so, the question must begin with it.
        """
        if asked_attributes(case.question.focus):  # 'which year' is stated by a figure
            return YES
        among_tools = not case.question.tools and self._is_on_catalogued(case)
        for thing in classes_asked(case.question.focus, leading=among_tools):
            units = topic_units(thing)[-1:]
            if any(says_as_many(case.question.focus, e.text) for e in case.near):  # 'four families', four categories
                continue
            if units and not case.said.speaks_of(units[0]):
                return Verdict(False, "class", message("which {thing}", thing=thing))
        return YES

    def _name(self, case: Case) -> Verdict:
        """'Which insurance company backed it?' needs its name, not that there was one."""
        for thing in names_wanted(case.question.focus):
            if is_left_unnamed(thing, [e.text for e in case.near]):
                return Verdict(False, "name", message("which {thing}", thing=thing))
        return YES

    def _yes_or_no(self, case: Case) -> Verdict:
        """'Does it use drones?' needs most of what is asked to be said of the tool, 'is it mentioned?' all of it."""
        if says("mentions").search(case.question.standalone):
            said = case.said
            silent = [u for u in topic_units(case.question.focus) if not said.speaks_of(u)]
            return Verdict(False, "yes or no", message("that")) if silent else YES
        focus = case.question.focus
        plain = says("yes_or_no").search(focus) and not says("more_than_yes").search(focus)
        if not case.question.tools or case.question.ask is not Ask.FACT or not plain:
            return YES
        if asked_attributes(focus):  # these are judged already
            return YES
        asked = weighted_units(says("pointed_at").sub(" ", says("askers_place").sub(" ", focus)), self._lexical)
        wanted = [thing for thing in asked if thing.unit.printed in case.question.topic]  # places are none of it
        if not wanted or covered(wanted, case.said) > _HALF * sum(thing.share for thing in wanted):
            return YES
        return Verdict(False, "yes or no", message("that"))

    def _choice(self, case: Case) -> Verdict:
        """'Does it run on Bluetooth or GPS?': what is said of the tool must speak of one of the two, or of neither."""
        focus = case.question.focus
        chooses = _CHOOSES if case.question.tools else _CHOOSES_OF_IT
        if not case.subject or not chooses.search(focus) or says("more_than_yes").search(focus):
            return YES
        choices = [unit for unit in topic_units(focus) if " or " in unit.printed]
        if all(case.said.holds_any(_told_apart(unit)) for unit in choices):
            return YES
        return Verdict(False, "choice", message("that"))

    def _guess(self, case: Case) -> Verdict:
        """'Is it Liverpool?', 'is Arabic one of them?': the name guessed must stand in the evidence."""
        guess = case.question.guess
        passages = {e.hit.passage.id: e.hit.passage for e in case.chosen}.values()
        if not guess or phrases_in(*(text for p in passages for text in (p.heading, p.text))).holds(
            stem_sequence(guess)
        ):
            return YES
        return Verdict(False, "guess", message("that"))

    def _claim(self, case: Case) -> Verdict:
        """Years and effects that a question takes for granted must stand in the evidence."""
        claims = [m.group() for m in says("claim").finditer(case.question.focus)]
        if not claims:
            return YES
        wanted = weighted_units(says("claim").sub(" ", case.question.focus), self._lexical)
        told = case.near if case.subject else [*case.near, *(e for e in case.pool if is_about(e, wanted, _HALF))]
        for claim in claims:
            if not any(squash(claim) in squash(e.hit.passage.text) for e in told):
                return Verdict(False, "claim", message("“{claim}”", claim=claim))
        return YES

    def _no_such_tool(self, case: Case) -> Verdict:
        theme = unlisted_theme(case.question, self._catalogue) if self._is_on_catalogued(case) else None
        if theme is None:
            return YES
        return Verdict(False, "no such tool", message("any tool or practice on {theme}", theme=theme))


def _told_apart(choices: Unit) -> frozenset[Phrase]:
    """The words by which one of several things is spoken of: their own where words of the same meaning fit each."""
    meanings = {same_meaning(*phrase) for phrase in choices.literal}
    return choices.literal if len(meanings) < len(choices.literal) else choices.literal | choices.similar


def _acronyms(case: Case) -> list[AnyOf]:
    """What a question calls by an acronym that the text looked at prints, 'CPC'."""
    found = [AnyOf({(fold(word),)}) for word in re.findall(r"\b[A-Z][A-Z\d-]{2,}\b", case.question.standalone)]
    shouted = case.question.asked.isupper()
    return [] if shouted else [name for name in found if on_one_of([name], case.pool)]
