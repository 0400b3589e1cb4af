"""Chooses the sentences that answer: scored one by one, within a budget of words and sources."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from icarus.coverage import covered
from icarus.cues import cue
from icarus.question import Question
from icarus.records import PassageKind, Sentence
from icarus.retrieval import Hit, Query
from icarus.text import squash
from icarus.topic import PhraseSet, phrases_in
from icarus.wording import says

MAX_SOURCES = 6
MAX_WORDS = 115
FILLED_WORDS = 100  # room is left for the names of tools before their rows
_ITEM, _NEXT = 0.9, 0.75  # what an item of a list, and a sentence that goes on, keep of the score before them
_GOES_ON = re.compile(r"(It|Its|They|Their|These|This|Each|Such|Another|Similarly|Therefore|Thus|There)\b")
_MEAN, _LEXICAL, _CARRIED = 0.5, 1.0, 0.5
_OF_A_TOOL = 0.25  # what is told of a tool counts less for a question on the authorities that a report reviews


class Evidence(NamedTuple):
    """Adjoining sentences of one passage, and how well they answer."""

    hit: Hit
    first: int
    last: int
    score: float

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences, in reading order."""
        return self.hit.passage.sentences[self.first : self.last + 1]

    @property
    def text(self) -> str:
        """Their text."""
        return " ".join(sentence.text for sentence in self.sentences)


def score_sentences(question: Question, query: Query, hits: Sequence[Hit]) -> list[Evidence]:
    """Every sentence of some passages with its score, best first."""
    scored = [evidence for hit in hits for evidence in _score_passage(question, query, hit)]
    return sorted(scored, key=lambda e: (-e.score, e.hit.passage.id, e.first))


def _score_passage(question: Question, query: Query, hit: Hit) -> list[Evidence]:
    """The sentences of one passage; what goes on from a sentence that answers, answers too."""
    scored: list[Evidence] = []
    lead: float | None = None
    aside = _OF_A_TOOL if hit.passage.tools and says("reviewed").search(question.standalone) else 0.0
    for i, sentence in enumerate(hit.passage.sentences):
        worded = _worded(query, hit, i)
        score = float(hit.sentences[i]) + _MEAN * hit.mean + _LEXICAL * worded - aside
        score += cue(question, sentence.text, score)
        if lead is not None:
            score = max(score, _ITEM * lead)
        elif scored and _GOES_ON.match(sentence.text):
            score = max(score, _NEXT * scored[-1].score)
        lead = score if sentence.text.rstrip().endswith(":") else lead
        scored.append(Evidence(hit, i, i, score))
    return scored


def _worded(query: Query, hit: Hit, i: int) -> float:
    """The share of a question that a sentence speaks of, and a part of what it adds to the sentence before it.

    What that one names, a sentence goes on to speak of without naming it again.
    """
    sentences = hit.passage.sentences
    own = covered(query.wanted, words_of(hit, sentences[i].text, hit.report))
    if i == 0:
        return own
    before = covered(query.wanted, words_of(hit, sentences[i - 1].text, hit.report))
    both = covered(query.wanted, words_of(hit, f"{sentences[i - 1].text} {sentences[i].text}", hit.report))
    return own + _CARRIED * max(0.0, both - max(own, before))


def words_of(hit: Hit, text: str, names: str = "") -> PhraseSet:
    """The words of a text in a passage, of the headings over it, and of names that it goes by; remembered."""
    return phrases_in(names, hit.passage.section, hit.passage.heading, text)


def choose(
    scored: Sequence[Evidence], *, keep: float = 0.72, words: int = MAX_WORDS, sources: int = MAX_SOURCES
) -> list[Evidence]:
    """The sentences to answer with, in reading order, adjoining ones joined.

    Args:
        scored: best first.
        keep: the share of the best score that each further sentence must reach.
        words: how many words all together at most; the best sentence is always kept.
        sources: how many citations at most.
    """
    chosen: list[Evidence] = []
    seen: set[str] = set()
    left = words
    for evidence in scored:
        text = squash(evidence.text)
        length = len(evidence.text.split())
        if chosen and (evidence.score < keep * scored[0].score or length > left):
            continue
        if any(text in other or other in text for other in seen):
            continue
        if len(_joined([*chosen, evidence])) > sources:
            continue
        chosen.append(evidence)
        seen.add(text)
        left -= length
    return _joined(chosen)


def filled(chosen: Sequence[Evidence], scored: Sequence[Evidence], words: int = FILLED_WORDS) -> list[Evidence]:
    """What was chosen with its neighbours in the same passages, the best first, while there is room.

    What is asked for is often told in the sentence beside the one that speaks of it: 'each spreadsheet concerns ...'.
    """
    whole = list(chosen)
    left = words - sum(len(e.text.split()) for e in chosen)
    for evidence in scored:
        length = len(evidence.text.split())
        if length <= left and not _apart(evidence) and any(_is_beside(evidence, e) for e in whole):
            whole = _joined([*whole, evidence])
            left -= length
    return whole


def _is_beside(evidence: Evidence, other: Evidence) -> bool:
    same = evidence.hit.passage.id == other.hit.passage.id
    return same and (evidence.first == other.last + 1 or evidence.last == other.first - 1)


def _joined(chosen: Sequence[Evidence]) -> list[Evidence]:
    """In reading order, with sentences that follow each other as one."""
    joined: list[Evidence] = []
    for evidence in sorted(chosen, key=_reading_order):
        before = joined[-1] if joined else None
        follows = before is not None and before.hit.passage.id == evidence.hit.passage.id
        if before is not None and follows and before.last + 1 == evidence.first and not _apart(evidence):
            joined[-1] = before._replace(last=evidence.last, score=max(before.score, evidence.score))
        else:
            joined.append(evidence)
    return joined


def in_reading_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Evidence from several choices as one, in reading order, each once."""
    return _joined(list({(e.hit.passage.id, e.first, e.last): e for e in chosen}.values()))


def best_first(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Evidence by passages, the one with the best sentence first, each in reading order: what answers comes first."""
    best: dict[str, float] = {}
    for evidence in chosen:
        passage = evidence.hit.passage.id
        best[passage] = max(evidence.score, best.get(passage, 0.0))
    return sorted(chosen, key=lambda e: (-best[e.hit.passage.id], _reading_order(e)))


def _apart(evidence: Evidence) -> bool:
    return evidence.hit.passage.kind in {PassageKind.TABLE, PassageKind.FOOTNOTE}


def _reading_order(evidence: Evidence) -> tuple[str, int, str, int]:
    passage = evidence.hit.passage
    return passage.document, passage.page, passage.id, evidence.first
