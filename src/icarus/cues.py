"""Signs in a sentence that it gives the kind of thing asked for: a figure, an age, an address, a reason."""

import re
from functools import lru_cache

from icarus.attributes import asked_attributes
from icarus.counting import says_as_many
from icarus.places import names_place
from icarus.question import Ask, Question
from icarus.wording import says

_CUE = 0.25
_REASON = 0.4
_NAMED = 0.15  # more, where a sentence calls it by its name: a challenge may be what a tool is for
_STATED = 0.4  # the attribute asked for
_ON_TOPIC = 0.8  # score from which a sentence that gives a reason is taken to give one of what is asked about

_NUMBER_WORD = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|half|"
    r"third|thirds|quarter|quarters|all|none|most|majority)"
)
_CUES: dict[Ask, re.Pattern[str]] = {
    Ask.FIGURE: re.compile(rf"\d|\b{_NUMBER_WORD}\b", re.I),
    Ask.LINK: re.compile(r"https?://|www\.", re.I),
}
_SUCCESS = re.compile(r"\b(succe\w+|what helped|worked|strengths?|key to|why (does|do|did)\b.{1,60}\bwork)\b", re.I)
_HAS_SUCCESS = re.compile(
    r"\b(success\w*|key factors?|central element|strength\w*|thanks to|because|efficient\w*|based on)\b", re.I
)
_NAMES_BARRIER = re.compile(r"\b(barriers?|obstacles?|hinder\w*|hamper\w*|obstruct\w*|difficulties|lack|lacks)\b", re.I)
_CAUSE = r"because|due to|owing to"
_HAS_BARRIER = re.compile(
    r"\b(barriers?|obstacles?|challeng\w+|difficult\w*|hinder\w*|hamper\w*|obstruct\w*|lack|lacks|mistrust|distrust|"
    r"underfinanc\w*|weakness\w*|limits?|limited|insufficient|slow down|demanding|too (late|expensive|politically)|"
    r"rarely|requires? (time|long-term|a significant)|pitfalls?|silos?|silo-thinking|hesitat\w+|fearing|"
    rf"relatively high|{_CAUSE}|explanations?|reasons? (?:is|are|was|were))\b",
    re.I,
)
_WHY = re.compile(r"\b(why|how come|what for|for what (reason|purpose)|purpose|rationale)\b", re.I)
_HAS_PURPOSE = re.compile(
    r"\b(for (this|that|these) reasons?|(this|that) is why|this (provides|ensures|avoids)|therefore|thus|hence|"
    rf"consequently|otherwise|{_CAUSE}|fear(?:s|ed|ing)?(?! of crime)|so (?:that|as to)|to avoid|"
    r"deliberate(?:ly)?|at the request of)\b|, (?:since|as) (?:it|they|the|there|this|these|an?|many|most|some)\b|"
    r"^(As|Since) (many|most|some|they|it|there|these|this|an?|the)\b",
    re.I,
)
_ONLY_LINK = re.compile(r"\W*(see|cf\.?)?\W*(for example)?\W*(https?://|www\.)", re.I)
_FRAGMENT = re.compile(r"\W*(\S+\s+){0,2}\S+\W*$")  # headings of cover pages and cells of forms: 'Report', 'AUTHORS'
_BY = re.compile(
    r"\b(?:managed|run|operated|led|coordinated|headed|supervised|owned|maintained|hosted|administered|governed|overseen|"
    r"organi[sz]ed|implemented|carried out|conducted|chaired|appointed|approved|funded|financed|paid|written|drafted|"
    r"prepared|developed|created|launched|founded|set up) by\b|\bresponsibility (?:of|lies)\b",
    re.I,
)
_TESTED = re.compile(r"\b(evaluat(?:ed|ions?)|tested|piloted|proven|proof|pilot (?:phase|project|study))\b", re.I)
_AGE = re.compile(r"\b(how old|ages?|aged)\b", re.I)
_HAS_AGE = re.compile(r"\b(ages?|aged|years?|between \d+ and \d+|under \d+|\d+ ?(-|–|to) ?\d+)\b", re.I)


def cue(question: Question, sentence: str, score: float = 1.0) -> float:
    """What a sentence's score gains by showing the kind of thing asked for, or loses by being a bare address.

    A reason gains less the lower its sentence scores without it: anything has its obstacles.
    """
    standalone = question.standalone
    bonus = sum(worth for sign, worth in _signs(question.ask, standalone) if sign.search(sentence))
    if question.ask is Ask.REASON and gives_reason(question, sentence):
        named = _NAMES_BARRIER.search(sentence) and not _SUCCESS.search(standalone)
        bonus += (_REASON + _NAMED * bool(named)) * min(1.0, score / _ON_TOPIC)
    if question.ask is not Ask.LINK and _ONLY_LINK.match(sentence):
        bonus -= _REASON
    if (_FRAGMENT.match(sentence) and "://" not in sentence) or sentence.rstrip().endswith("?"):
        bonus -= _REASON
    if not question.tools and says_as_many(question.focus, sentence):
        bonus += _CUE
    if _asks_which_place(question.focus) and names_place(sentence):
        bonus += _STATED if question.tools else _CUE
    return bonus


@lru_cache(maxsize=256)
def _signs(ask: Ask, standalone: str) -> tuple[tuple[re.Pattern[str], float], ...]:
    """What a sentence may show of what a question asks for, with what it is worth; once for all its sentences."""
    signs = [(_CUES[ask], _CUE)] if ask in _CUES else []
    signs += [(_HAS_AGE, _CUE)] if _AGE.search(standalone) else []
    signs += [(_TESTED, _CUE)] if says("proof").search(standalone) else []
    signs += [(_BY, _CUE)] if says("who_does").search(standalone) else []
    return (*signs, *((attribute.given, _STATED) for attribute in asked_attributes(standalone)))


@lru_cache(maxsize=256)
def _asks_which_place(focus: str) -> bool:
    return bool(says("which_place").search(focus))


def gives_reason(question: Question, sentence: str) -> bool:
    """Whether a sentence speaks of success or of obstacles, whichever a question is after."""
    if _WHY.search(question.standalone) and _HAS_PURPOSE.search(sentence):
        return True
    pattern = _HAS_SUCCESS if _SUCCESS.search(question.standalone) else _HAS_BARRIER
    return bool(pattern.search(sentence))
