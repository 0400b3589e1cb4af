"""Chooses the sentences that answer: scored one by one, within a budget of words and sources."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from icarus.coverage import covered
from icarus.question import Ask, Question
from icarus.records import PassageKind, Sentence
from icarus.retrieval import Hit, Query
from icarus.text import squash
from icarus.topic import PhraseSet

MAX_SOURCES = 6
MAX_WORDS = 110
_KEEP = 0.72  # share of the best sentence's score that a further one must reach
_CUE = 0.25
_ITEM, _NEXT = 0.9, 0.75  # what an item of a list, and a sentence that goes on, keep of the score before them
_GOES_ON = re.compile(r"(It|Its|They|Their|These|This|Each|Such|Another|Similarly|Therefore|Thus|There)\b")
_REASON = 0.4
_MEAN, _LEXICAL = 0.5, 1.0

_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|half|"
    r"third|thirds|quarter|quarters|all|none|most|majority)"
)
_CUES: dict[Ask, re.Pattern[str]] = {
    Ask.FIGURE: re.compile(rf"\d|\b{_NUMBER_WORD}\b", re.I),
    Ask.LINK: re.compile(r"https?://|www\.", re.I),
}
_SUCCESS = re.compile(r"\b(succe\w+|what helped|worked|strengths?|key to|why did)\b", re.I)
_HAS_SUCCESS = re.compile(
    r"\b(success\w*|key factors?|central element|strength\w*|thanks to|because|efficient\w*|based on)\b", re.I
)
_HAS_BARRIER = re.compile(
    r"\b(barriers?|obstacles?|challeng\w+|difficult\w*|hinder\w*|hamper\w*|obstruct\w*|lack|lacks|mistrust|distrust|"
    r"underfinanc\w*|weakness\w*|limits?|limited|insufficient|slow down|demanding|too (late|expensive|politically)|"
    r"rarely|requires? (time|long-term|a significant)|pitfalls?|silos?|silo-thinking)\b",
    re.I,
)
_PERCENT = re.compile(r"\b(per ?cent|percent\w*|share|proportion)\b|%", re.I)
_HAS_PERCENT = re.compile(r"\d ?%|\bper ?cent\b|\b(half|third|thirds|quarter|quarters)\b", re.I)
_AGE = re.compile(r"\b(how old|ages?|aged)\b", re.I)
_HAS_AGE = re.compile(r"\b(ages?|aged|years?|between \d+ and \d+|under \d+|\d+ ?(-|–|to) ?\d+)\b", re.I)


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
    for i, sentence in enumerate(hit.passage.sentences):
        worded = covered(query.wanted, _words_of(hit.passage.section, hit.passage.heading, sentence.text))
        score = float(hit.sentences[i]) + _MEAN * hit.mean + _LEXICAL * worded + _cue(question, sentence.text)
        if lead is not None:
            score = max(score, _ITEM * lead)
        elif scored and _GOES_ON.match(sentence.text):
            score = max(score, _NEXT * scored[-1].score)
        lead = score if sentence.text.rstrip().endswith(":") else lead
        scored.append(Evidence(hit, i, i, score))
    return scored


@lru_cache(maxsize=4096)
def _words_of(section: str, heading: str, sentence: str) -> PhraseSet:
    return PhraseSet([section, heading, sentence])


def _cue(question: Question, sentence: str) -> float:
    """A bonus for the kind of thing asked for: a figure, a percentage, an age, an address, a reason."""
    pattern = _CUES.get(question.ask)
    bonus = _CUE if pattern and pattern.search(sentence) else 0.0
    if question.ask is Ask.REASON:
        reason = _HAS_SUCCESS if _SUCCESS.search(question.standalone) else _HAS_BARRIER
        bonus += _REASON if reason.search(sentence) else 0.0
    for asked, given in ((_PERCENT, _HAS_PERCENT), (_AGE, _HAS_AGE)):
        if asked.search(question.standalone) and given.search(sentence):
            bonus += _CUE
    return bonus


def choose(
    scored: Sequence[Evidence], *, keep: float = _KEEP, words: int = MAX_WORDS, sources: int = MAX_SOURCES
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


def _apart(evidence: Evidence) -> bool:
    return evidence.hit.passage.kind in {PassageKind.TABLE, PassageKind.FOOTNOTE}


def _reading_order(evidence: Evidence) -> tuple[str, int, str, int]:
    passage = evidence.hit.passage
    return passage.document, passage.page, passage.id, evidence.first
