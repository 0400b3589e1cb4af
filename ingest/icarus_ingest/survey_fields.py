"""The survey questions of D2.2, section 3.1, answered by cue phrases: sentences that say so in so many words, or none.

The phrases are chosen for precision; a field that stays empty reads "not stated in the report".
"""

import re
from collections.abc import Callable, Iterable, Sequence

from icarus.records import Passage, Quote

_GROUPS = "youth|young people|individuals|groups|families|mothers|minors"
_COUNTRIES = r"\w+ (?:\w+ )?countries"

# Regular expressions, each matched at a word's start.
_CUES: dict[str, tuple[str, ...]] = {
    "end_users": (
        r"end[- ]?users?\b",
        r"examples of \w+ users",
        r"guide designed for",
        r"(?:intended|designed|aimed) (?:for|at) (?:\w+[ -]){0,3}(?:practitioners|teachers|officers|authorities)",
    ),
    "target_group": (
        r"target group of\b",
        r"targets only\b",
        r"(?:that target|targets|targeted at|targeting) (?:\w+ ){0,2}(?:" + _GROUPS + r")\b",
        r"reach(?:ing|es)? out to(?:,? and prevent,?)? (?:young|at-risk)",
        r"for (?:youth under|youngsters|undergraduate|persons involved)",
        r"at-risk youth\b",
    ),
    "resources": (
        r"financial resources\b",
        r"requires? (?:long-term investment|time)\b",
        r"(?:funded|financed)\b",
        r"cost of\b",
    ),
    "results": (
        r"(?:has|have) (?:led to a|been successful|remedied|had great success)",
        r"(?:decrease|reductions?) in (?:instances|homicides|crime)",
        r"was seen as a success",
        r"is a positive example",
        r"direct impact on",
    ),
    "evaluation": (
        r"externally evaluated",
        r"yet to be evaluated",
        r"evaluation shows",
        r"was tested in",
        r"no systematic evaluation",
        r"follow-up survey",
        r"in order to test and evaluate",
    ),
    "success_factors": (r"success factors?\b", r"key factors?\b", r"central element\b", r"works efficiently because"),
    "barriers": (
        r"barriers? (?:to|when)\b",
        r"difficult(?:y|ies) (?:of|encountered|in)\b",
        r"often not enough time",
        r"does not necessarily produce",
    ),
    "gender": (r"gender\b", r"wom[ae]n\b(?!\s+without)", r"mothers\b", r"lg[bt]{2}q"),
    "technology": (
        r"(?:apps?|online|digital\w*|sensors?|technolog\w+|platforms?|software|algorithms?|video ?games)\b",
        r"(?:machine[- ]learning|social media|mobile devices|iot|web|multimodal|semantic reasoning)\b",
        r"(?:cyber\w*|cyber[- ]\w+)\b",
    ),
    "partners": (
        r"in (?:close )?(?:cooperation|partnership|collaboration) with\b",
        r"partnership, which",
        r"collaborates with",
        r"(?:working )?together with\b",
        r"strong partnership\b",
    ),
    "transnational": (
        r"(?:cross-border|transnational|international level)\b",
        r"near borders\b",
        r"(?:in|from) (?:over )?" + _COUNTRIES,
        r"both locally and at european level",
    ),
}
_PATTERNS = {field: re.compile(r"(?<!\w)(?:" + "|".join(cues) + ")", re.I) for field, cues in _CUES.items()}


def survey_fields(
    passages: Sequence[Passage], quotes: Callable[[Passage], Sequence[Quote]]
) -> dict[str, tuple[Quote, ...]]:
    """For each survey question, the sentences of a tool's row and narrative that answer it in so many words."""
    sentences = [quote for passage in passages for quote in quotes(passage)]
    return {field: tuple(_unique(q for q in sentences if cue.search(q.text))) for field, cue in _PATTERNS.items()}


def _unique(quotes: Iterable[Quote]) -> list[Quote]:
    found: dict[str, Quote] = {}
    for quote in quotes:
        found.setdefault(quote.text, quote)
    return list(found.values())
