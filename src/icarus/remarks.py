"""What reports say of themselves: that they do not judge how well tools work, and that they name no places."""

import re
from enum import StrEnum

from icarus.records import Passage, PassageKind


class Remark(StrEnum):
    """A thing that a report may say of itself."""

    CAUTION = "caution"
    ANONYMITY = "anonymity"


_NAMED = (
    r"\b(cit(y|ies)|towns?|municipalit\w+|authorit\w+|regions?|strateg\w+|practices?|respondents?|interviewees?|"
    r"participants?)\b"
)
_SAID = {
    Remark.CAUTION: re.compile(r"\b(not|no)\b.{0,60}\b(efficacy|effectiveness|systematic evaluation)\b", re.I),
    Remark.ANONYMITY: re.compile(
        rf"\b(abstain\w*|refrain\w*|without|avoid\w*)\b.{{0,20}}\bnaming\b|\banonymi[sz]\w*.{{0,60}}{_NAMED}|{_NAMED}.{{0,60}}\banonym\w*",
        re.I,
    ),
}


def remarks_in(passage: Passage) -> list[tuple[Remark, int]]:
    """The remarks that a passage makes, each with the place of the first sentence in it that makes it."""
    if passage.kind in {PassageKind.ROW, PassageKind.FOOTNOTE}:
        return []
    found: dict[Remark, int] = {}
    for i, sentence in enumerate(passage.sentences):
        for remark, pattern in _SAID.items():
            if remark not in found and pattern.search(sentence.text):
                found[remark] = i
    return list(found.items())
