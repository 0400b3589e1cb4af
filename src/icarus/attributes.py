"""The attributes that questions ask for, and what a sentence must hold to state one.

A near-miss names the right thing and asks what the text does not say of it; no similarity tells the two apart, so the
attribute itself is looked for.
"""

import re
from typing import NamedTuple

from icarus.text import stem
from icarus.topic import topic_units
from icarus.vocabulary import stem_sequence


class Attribute(NamedTuple):
    """Something that can be asked of a thing: how it is asked for, how it is stated, and what to call it."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ROLE = (
    r"(?:mayor|director|coordinator|co-ordinator|head|founder|manager|leader|president|chair\w*|minister|officer in "
    r"charge|contact(?: person)?|spokes\w+|commissioner|chief)"
)


_MADE = (
    r"(?:developed?|develops|made|makes|created?|creates|elaborated?|wrote|written|drew|drawn|founded|launche[ds]|designed|"
    r"produced|published|publishes|runs?|ran|leads?|led|implements?|implemented|organis\w+|organiz\w+|funds?|funded|financ\w+|"
    r"started|set up|pays? for|paid for|built|invented|initiated|established)"
)


def _attribute(name: str, asked: str, given: str, flags: re.RegexFlag = re.IGNORECASE) -> Attribute:
    return Attribute(name, re.compile(asked, re.IGNORECASE), re.compile(given, flags))


ATTRIBUTES: tuple[Attribute, ...] = (
    _attribute(
        "a cost or budget",
        r"\bhow much\b.{0,50}\b(cost|costs|pay|paid|spend|spent|spends|funding|money|charge|invest\w*|receive\w*|get)\b|"
        r"\bhow (expensive|costly)\b|\b(annual|yearly|total|overall|exact|its|the|what|whose)\W+(\w+\W+)?budget\b|"
        r"\b(licen[cs]e|licensing|entry|subscription|user|admission|membership) (fee|fees|cost|costs|price)\b|"
        r"\b(price|salary|salaries|wage|wages|fees?|grant amount|price tag)\b|\bbudget (of|for|per)\b|"
        r"\bcosts? (of|per|for)\b|\bwhat (does|did|do|would|will) .{1,60}\bcost\b|\bin euros?\b|\beuros\b|€|"
        r"\bcosts?\b.{0,30}\bper (year|month|city|person|head)\b",
        r"[€$£]\s?\d|\d[\d.,]*\s?(€|euros?|EUR|million|billion|dollars|pounds)\b|\bfree of charge\b|"
        r"\bdoes not require financial\b",
    ),
    _attribute(
        "a telephone number",
        r"\b((tele)?phone|hotline|helpline|mobile|contact|fax)\W*('s)?\W*numbers?\b|\bnumbers? (to|can|should|do) "
        r"(i |we |they )?(call|ring|dial)\b|\bwhat number\b.{0,30}\b(call|ring|dial)\b|\bby (tele)?phone\b|"
        r"\bcontact (details|data|information)\b|\bhow (can|do|could|should) (i|we|one) (contact|reach|call)\b",
        r"\+\d[\d ]{6,}|\b0\d{2,}[\d /-]{4,}|\b\d{3,}[ -]\d{3,}\b",
    ),
    _attribute("an e-mail address", r"\be-?mail\b", r"\b[\w.+-]+@[\w-]+\.\w+"),
    _attribute(
        "a postal address or opening hours",
        r"\b(postal|street|office|visiting|mailing) address\b|\bopening hours\b|\bwhat time\b|\bwhich street\b",
        r"\b\d{4,5} [A-Z][a-z]+|\b(street|avenue|road|square) \d+|\b\d{1,2}(:\d\d)? ?(am|pm)\b",
    ),
    _attribute(
        "the name of a person",
        rf"\bname of (the|its|their|that|this) (\w+ ){{0,3}}({_ROLE}|person|author|trainer|woman|man|artist|comedian)\b|"
        rf"\bwho is (the|its|their) (\w+ ){{0,3}}{_ROLE}\b|\bwho (personally|exactly) \w+\b|\bcontact person\b|"
        rf"\bwhich (person|man|woman|individual|{_ROLE})\b|\bwhat is (his|her) name\b",
        rf"\b(?i:{_ROLE})(?-i:,? (?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?[A-Z][a-zà-ÿ]+ [A-Z][a-zà-ÿ]+)",
        re.RegexFlag(0),
    ),
    _attribute(
        "a date",
        r"^\W*(and |so |but )?when (did|was|were|is|has|have|does|do|will|exactly)\b|\b(what|which|founding|starting|launch) "
        r"(year|date|month|day)\b|\bsince when\b|\bhow long ago\b|\bwhen (it|they) (was|were|started|began)\b|\bhow many "
        r"years ago\b|\b(year|date) (of|it|they|was|were)\b",
        rf"\b(19|20)\d\d\b|\b{_MONTH} \d|\byears ago\b|\b\d+ months\b|\bMonth \d+",
    ),
    _attribute(
        "how long it takes or lasts",
        r"\bhow long (does|do|did|is|are|was|were|will|must|should|would)\b|\bduration\b|\bhow many (hours|days|weeks|months)\b",
        r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|several|every|long)[- ]"
        r"(hours?|days?|weeks?|months?|years?|term)\b|\blasts?\b|\bsince\b",
    ),
    _attribute(
        "results that are there yet",
        r"\bwhat (did|does|do|were|was|are)\b.{0,60}\b(show|shows|find|finds|found|reveal|results?|outcomes?|findings|"
        r"conclude)\b|\bresults of\b",
        r"^(?!.*\bwill be (conducted|assessed|carried|published|evaluated|tested)\b).*(\b(show\w*|found|results?|reveal\w*|"
        r"increas\w*|decreas\w*|reduc\w*|led to|improv\w*|findings?|contribut\w+ to|successful)\b|\d+ ?%)",
    ),
    _attribute(
        "a percentage",
        r"\b(what|which|how (many|much)|in|by|the) (per ?cent(age)?|share|proportion|fraction)\b|\bin %|\bper ?cent of\b|"
        r"\bhow many per ?cent\b",
        r"\d ?%|\bper ?cent\b|\b(half|thirds?|quarters?|majority|most|all)\b",
    ),
    _attribute(
        "who made it",
        rf"\bwho (\w+ )?({_MADE})\b|\bby whom\b|\bwho (is|was|are|were) (behind|the (author|maker|founder|developer)s?)\b",
        rf"\b({_MADE})\b[^.]{{0,60}}\b(by|with|from|of)\b (?:the |a |an |its |local )?(?:[a-z-]+ ){{0,3}}(?-i:[A-Z])|"
        rf"(?-i:(?!This|The|It|These|A |An |In |Its|They|One)[A-Z])[\w-]+(?:(?!\b(?:was|were|been|are|is)\b)[^.]){{0,80}}"
        rf"\b({_MADE})\b|"
        rf"\bthe (?-i:[A-Z])[^.]{{0,80}}\b({_MADE})\b|\b(NGO|[Oo]rgani[sz]ation|[Cc]ouncil|[Mm]unicipality|[Cc]ity)\b",
    ),
)

RANKING = re.compile(
    r"\b(best|most (effective|successful|efficient|popular|useful|promising|innovative|cost-effective|widely used)|"
    r"easiest|cheapest|worst|least effective|top[- ]?(rated|ranked|\d+)|highest|strongest|quickest|most)\b.{0,60}"
    r"\b(tools?|practices?|projects?|programmes?|score|scores|rating|ratings|rated|results?|effect\w*|impact|evaluat\w*|"
    r"use|implement\w*|one|works?|evidence|guide|method)\b|\b(tools?|practices?|projects?|programmes?|one)\b.{0,60}"
    r"\b(is|was|are|got|works?|has|performs?|ranks?|scores?)( the)? "
    r"(best|most effective|easiest|cheapest|top|highest|worst|better)\b|\b(effectiveness|efficacy) (score|rating|rank\w*)",
    re.I,
)
_PLACE_NOUN = (
    r"(?:city|cities|municipality|municipalities|town|towns|region|regions|authority|authorities|country|countries)"
)
WHICH_PLACE = re.compile(
    rf"\b(which|what|whose)\b (?:of (?:the|these|those) )?"
    rf"(?:(?!tools?|practices?|share|percent\w*|kind|type|of|part|and|do|does|did)[\w-]+ ){{0,3}}?"
    rf"{_PLACE_NOUN}\b|\bnames?\b (?:of )?(?:me )?(?:the |these |those )?(?:[\w-]+ ){{0,3}}?{_PLACE_NOUN}\b|"
    rf"^\W*(and |so )?where (is|was|are|were|did|does|has|have)\b|- where (is|was)\b",
    re.I,
)
CLAIM = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d+(?:[.,]\d+)? ?(?:%|per ?cent)|\bby (?:a|one) (?:third|half|quarter)\b", re.I
)
_COUNTED = re.compile(
    r"\b(?:how many|number of|what number of)\s+((?:[\w'-]+\s+){0,3}?[\w'-]+?)(?=\s+(?:are|is|were|was|do|does|did|have|has|"
    r"had|can|could|will|would|in|of|on|for|at|to|that|which|who|with|there|work\w*|use\w*|run|runs|took|take\w*|it|its|the|"
    r"they|participat\w*|attend\w*|follow|answered|refer|wrote|treat)\b|\s*[?.,]|\s*$)",
    re.I,
)


_NUMBER_STEMS = frozenset(
    map(
        stem,
        """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty
    thirty half third quarter""".split(),
    )
)


def asked_attributes(text: str) -> list[Attribute]:
    """The attributes that a question asks for."""
    return [attribute for attribute in ATTRIBUTES if attribute.asked.search(text)]


def counted_things(text: str) -> list[str]:
    """What a question wants counted: 'how many social workers does it employ' gives ['social workers']."""
    return [match.group(1) for match in _COUNTED.finditer(text)]


def states_count(sentence: str, thing: str) -> bool:
    """Whether a sentence gives a number of the thing to be counted: a figure at most five words before its name."""
    units = topic_units(thing)
    if not units:
        return bool(re.search(r"\d", sentence))
    sequence = stem_sequence(sentence)
    for phrase in units[-1].literal | units[-1].similar:
        for i in range(len(sequence) - len(phrase) + 1):
            before = sequence[max(0, i - 5) : i]
            if tuple(sequence[i : i + len(phrase)]) == phrase and any(_is_number(word) for word in before):
                return True
    return False


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in _NUMBER_STEMS
