"""The survey questions of D2.2, section 3.1, answered by cue words: sentences that say so themselves, or none."""

import re
from collections.abc import Callable, Iterable, Sequence

from icarus.records import Passage, Quote

_CUES: dict[str, re.Pattern[str]] = {
    field: re.compile(cue, re.I)
    for field, cue in {
        "end_users": r"\bend[- ]?users?\b|\b(?:is|are) (?:intended|designed|aimed) (?:for|at) (?:\w+[ -]){0,3}(?:practitioners|teachers|officers|authorities)",
        "target_group": r"\btarget groups?\b|\bat[- ]risk (?:individuals|youth|groups|young people)|\btarget(?:s|ed at|ing) (?:\w+ ){0,4}(?:youth|young people|individuals|groups|families|mothers)",
        "resources": r"\b(?:financial resources|long-term investment|requires? time|budget|funding|funded|financed|free of charge|staff)\b",
        "results": r"\b(?:resulted in|have led to|has led to|decrease in|reduction in|reductions in|has been successful|was seen as a success|great success|positive example|has remedied|results were)\b",
        "evaluation": r"\b(?:externally evaluated|been evaluated|to be evaluated|evaluation shows|(?:was|were) tested|systematic evaluation of|follow-up survey|workshops were conducted)",
        "success_factors": r"\b(?:success factors?|key factors?|keys? to success|central element|works efficiently because)\b",
        "barriers": r"\b(?:barriers?|difficulty|difficulties|obstacles?|hinder\w*|challenges? (?:of|in) implement\w*)\b",
        "gender": r"\b(?:gender|women|mothers|LG[BT]{2}Q\S*)(?!\w)",
        "technology": r"\b(?:app|apps|online|digital|machine[- ]learning|artificial intelligence|video ?games?|sensor|technology|technologies|platform|software|social media)\b",
        "partners": r"\b(?:in (?:close )?(?:cooperation|partnership|collaboration) with|partnership, which|collaborates with|working together with|together with)\b",
        "transnational": r"\b(?:cross-border|transnational|borders|five countries|several countries|\d+ countries|several European countries|across Europe|European countries)\b",
    }.items()
}
SURVEY_FIELDS = tuple(_CUES)


def survey_fields(
    passages: Sequence[Passage], quotes: Callable[[Passage], Sequence[Quote]]
) -> dict[str, tuple[Quote, ...]]:
    """For each survey question, the sentences of a tool's row and narrative that answer it in so many words."""
    sentences = [quote for passage in passages for quote in quotes(passage)]
    return {field: tuple(_unique(q for q in sentences if cue.search(q.text))) for field, cue in _CUES.items()}


def _unique(quotes: Iterable[Quote]) -> list[Quote]:
    found: dict[str, Quote] = {}
    for quote in quotes:
        found.setdefault(quote.text, quote)
    return list(found.values())
