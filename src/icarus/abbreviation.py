"""Letters that stand for words: whether a question asks what they are short for, and whether a text spells them out."""

import re

_LETTERS = r"[\"'“‘]?(?P<letters>(?:[A-Z]\.?){2,8}|[A-Z][A-Za-z]*[A-Z][A-Za-z]*)[\"'”’]?"
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bwhat does the [\"'“‘]?(?P<letters>\d{2,4})[\"'”’]? stand for\b",
        rf"\bwhat (?:do|does|did) (?:the )?(?:\w+ )?{_LETTERS}(?: \w+){{0,8}}? (?:stand|stands) for\b",
        rf"\b{_LETTERS}(?:[^?.]|(?<=[A-Z])\.){{0,80}}?\b(?:short for|stands? for|spelled out|written out)\b",
        rf"\b(?:short for|meaning of|spell out|write out) (?:the )?(?:abbreviation |acronym |letters )?{_LETTERS}",
    )
)
_SMALL = r"(?:(?:of|the|and|for|in|on|to|de|la|et|des|du|und|der|die) )*"
_TELLS = re.compile(r"\b(?:comes? from|derive[sd]? from|stands? for|short for|acronym|abbreviation)\b")


def letters_asked(text: str) -> str:
    """The letters that a question wants spelled out: 'what does TENR stand for' gives 'TENR'; '' for none."""
    return next((match["letters"] for pattern in _ASKED if (match := pattern.search(text))), "")


def spells_out(text: str, letters: str) -> bool:
    """Whether a text says what some letters are short for: beside them, or by words that begin with each in turn."""
    plain = letters.replace(".", "")
    printed = r"\b" + r"\.?".join(map(re.escape, plain)) + r"\b"
    beside = rf"\({printed}\)|{printed}[.\"'”’]* *(?:[=:]|means?\b|refers? to\b)"
    in_turn = r"\b" + rf"[\w'’]*[ ,;/-]+{_SMALL}".join(map(re.escape, plain.upper())) + r"\w+"
    told = bool(_TELLS.search(text) and re.search(printed, text))
    return told or bool(re.search(beside, text) or re.search(in_turn, text))
