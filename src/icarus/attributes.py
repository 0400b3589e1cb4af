"""The attributes, kinds of things and names that questions ask for, and whether sentences leave a name out.

A near-miss names the right thing and asks what the text does not say of it; no similarity tells the two apart, so the
attribute itself is looked for.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from icarus.places import place_words
from icarus.text import fold
from icarus.wording import Attribute, attributes, says

_CLASS = re.compile(
    r"\b(?:what|which)\s+(?!(?:results?|outcomes?|effects?)\b)(?:(?:other|exact|specific|official|new)\s+)?((?:[\w-]+\s+)?[\w-]+)\s+"
    r"(?:is|are|was|were|do|does|did|has|have|had|can|will|would|evaluated|tested|funded|funds|developed|made|"
    r"created|runs?|ran|led|leads|wrote|published|organi[sz]e[sd]|conducted|financed|financ(?:e|es)|supports?|supported)\b(?!\s+there\b)",
    re.I,
)
_BEGINS = re.compile(r"(?:^|[.?!]\s+)(?:(?:and|so|but|then|on|in|with|for|by|from|of|against) )*$", re.I)
# 'how many strategies say what budget there is': how many they are is asked
_COUNTS_WHO_SAY = re.compile(
    r"\b((?:how many|what (?:share|percentage|proportion|part) of) (?:[\w-]+ ){1,4}?)"
    r"(?:say|state|mention|give|name|indicate|specify|tell|contain|include|set)s?\b[^.?,]*",
    re.I,
)
_VAGUE = frozenset(
    """people persons information areas area steps measures things kind kinds type types way ways part parts role roles
    aspects factors elements points topics issues challenges problems trouble troubles cities municipalities
    towns capital country countries region regions village port place places district quarter neighbourhood
    else""".split()
)
_MANNER = frozenset("format formats manner role roles basis spots".split())  # told without any word for it
# 'an insurance company', 'several local schools', but not 'a school called Zukunft' or 'the Riga School of Law'
_ALIKE = (
    {"team", "group", "body", "bodies"},
    {"company", "firm", "insurer", "business", "supplier", "consultancy", "contractor", "vendor", "customer", "client"},
    {"association", "organisation", "organization", "ngo", "charity", "foundation", "society"},
)
_SOME = r"\b(?:an?|this|one|some|several|various|two|three|four|another|other)\s+(?:[\w-]+\s+){0,3}?"
_THEN_NAMED = r"\b(?:,? (?:of|called|named|like|such as|for|in|at|the))* [\"“‘']?[A-Z]"
_CAPITAL = r"[A-Z][\w'’-]+"
_SENTENCE_STARTS = frozenset("A An The This That One Some Several Another Each Every Two Three Four Five".split())


@lru_cache(maxsize=256)
def asked_attributes(text: str) -> tuple[Attribute, ...]:
    """The attributes that a question asks for."""
    asked = _COUNTS_WHO_SAY.sub(r"\1", text)
    return tuple(attribute for attribute in attributes() if attribute.asked.search(asked))


def classes_asked(text: str, *, leading: bool = False) -> list[str]:
    """The kinds of thing that a question wants one of: 'which language is it in' gives ['language'].

    Args:
        text: the question.
        leading: only those that a sentence begins with, and that are not as vague as 'people' or 'steps'.
    """
    found = [match for match in _CLASS.finditer(text) if not leading or _BEGINS.search(text[: match.start()])]
    kinds = [match.group(1) for match in found]
    return [kind for kind in kinds if kind.split()[-1].lower() not in (_VAGUE if leading else _MANNER)]


def names_wanted(text: str) -> list[str]:
    """Who or what a question wants by name: 'which insurance company backed it' gives ['insurance company']."""
    return [str(match[match.lastindex or 0]) for match in says("whose_name").finditer(text)]


def is_left_unnamed(thing: str, sentences: Iterable[str]) -> bool:
    """Whether some sentences speak of such a thing, 'an insurance company', and none says what it is called."""
    kind = re.sub(r"(?<!s)s$", "", re.sub(r"ies$", "y", thing.rsplit(maxsplit=1)[-1].lower()))
    heads = next((alike for alike in _ALIKE if kind in alike), {kind})
    head = f"(?:{'|'.join(re.escape(re.sub(r'(y|ies)$', '', one)) for one in heads)})(?:y|ies|s|es)?"
    said = list(sentences)
    spoken = any(re.search(rf"{_SOME}{head}\b", s, re.I) for s in said)
    named = re.compile(rf"\b(?i:{head}){_THEN_NAMED}|(?P<before>{_CAPITAL}) (?:[Tt]he |of |and )*(?i:{head})\b")
    return spoken and not any(_is_a_name(match["before"]) for s in said for match in named.finditer(s))


def _is_a_name(word: str | None) -> bool:
    """Whether a capital makes a name of what follows: not in 'This association', nor in 'the German association'."""
    return word is None or not (fold(word) in place_words().countries or word in _SENTENCE_STARTS)
