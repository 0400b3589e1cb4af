"""Whether evidence is on the topic of a question at all: by meaning, by words, and by the things that it names.

No single score tells (similarity alone: AUC 0.7 at most against near misses), and kinds of questions need different
ones: a figure is given by a sentence in the question's own words, a case that is told by one near in meaning.
"""

from collections.abc import Sequence

from icarus.cues import gives_reason
from icarus.evidence import Evidence
from icarus.judged import YES, Case, Verdict
from icarus.languages.frame import THIS
from icarus.question import Ask, Question
from icarus.topic import PhraseSet, Unit, topic_units

MATCHED = 0.9
"""Score of a tool from which it is taken to be meant, however distant its single sentences are."""
_FAR = 0.33  # cosine of the best sentence below which nothing that is asked is met
_NEAR = 0.5
_CLOSE, _COUNTED, _LISTED = 0.6, 0.53, 0.46
_QUITE = 0.4  # from here on a reason that is asked for in other words is taken to be met
_WORDED = 0.75  # share of the words asked that a passage holds, from which it is on the topic
_SOME, _THIRD, _HALF = 0.3, 0.34, 0.5  # shares of the things asked about
_PLAIN = 1.6  # score of a sentence from which it is on the topic, however it is worded


def relevance(case: Case) -> Verdict:
    """Whether the chosen evidence is on the topic of the question."""
    if not case.chosen:
        return Verdict(False, "nothing found", THIS)
    question = case.question
    best = max(float(e.hit.sentences[e.first : e.last + 1].max()) for e in case.chosen)
    met = _share_of(question, case.chosen)
    if question.tools:
        silent = met == 0.0 and best < _FAR and bool(question.topic) and question.ask is not Ask.COMPARE
        return Verdict(False, "about it, but not this", THIS) if silent else YES
    listing = question.ask in {Ask.LIST, Ask.COUNT}  # these got here since no tool has to do with all of it
    if case.match >= MATCHED and not listing:
        return YES
    words = max(e.hit.covered for e in case.chosen)
    by_its_words = listing or question.ask in {Ask.FIGURE, Ask.REASON}
    if by_its_words and best < _close_to(case) and words < _WORDED and _is_off(case, best, met):
        return Verdict(False, "another topic", THIS)
    near = not (best < _FAR and words < _SOME and met < _SOME) and not (met == 0.0 and best < _NEAR)
    return YES if near or case.match >= MATCHED else Verdict(False, "nothing near", THIS)


def _close_to(case: Case) -> float:
    """The cosine from which evidence is on the topic of a question, by the kind of answer that it asks for."""
    if case.question.ask in {Ask.LIST, Ask.COUNT}:
        return _LISTED
    worded = case.question.ask is Ask.FIGURE and _share_of(case.question, case.chosen, literally=True) > 0.0
    return _COUNTED if worded else _CLOSE


def _is_off(case: Case, best: float, met: float) -> bool:
    """Whether evidence names too little of what is asked for to be on its topic."""
    question = case.question
    literal = _share_of(question, case.chosen, literally=True)
    plainly = literal >= _THIRD or met >= _WORDED if question.ask is Ask.FIGURE else literal > 0.0
    if (met >= _HALF and plainly) or max(e.score for e in case.chosen) >= _PLAIN:
        return False
    if question.ask is not Ask.REASON:
        return True
    told = met >= _THIRD and gives_reason(question, max(case.chosen, key=lambda e: e.score).text)
    return best < _QUITE and not told


def _share_of(question: Question, chosen: Sequence[Evidence], *, literally: bool = False) -> float:
    """The share of the things asked about that the evidence names, by the same words or by others for the same.

    A turn that leans on the one before may be met by what itself asks.
    """
    best = max(chosen, key=lambda e: e.score)
    phrases = PhraseSet([f"{best.hit.passage.heading}. {best.hit.passage.text}"])
    asked = [question.filters.theme or question.standalone, *([question.focus] if question.carried else [])]
    return max(_share_met(topic_units(text), phrases, literally=literally) for text in asked)


def _share_met(units: Sequence[Unit], phrases: PhraseSet, *, literally: bool) -> float:
    met = [u for u in units if (phrases.holds_any(u.literal) if literally else phrases.speaks_of(u))]
    return len(met) / len(units) if units else 1.0
