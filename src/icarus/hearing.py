"""What is heard of a text that somebody typed: control signs out, and the question in a long text found."""

import re
import unicodedata

from icarus.errors import QuestionError

_TAGS = re.compile(r"<[^<>]{0,200}>")
_SENTENCE = re.compile(r"[^.!?\n]+\??")  # linear: a pattern that must end in "?" is quadratic in text without one


def heard(text: str, longest: int) -> str:
    """The question in a text.

    Args:
        text: as typed or pasted.
        longest: how many characters are taken as a question; of a longer text only its questions are.

    Raises:
        QuestionError: nothing is left of it, or a long text holds no question.
    """
    plain = "".join(c if c in "\n\t" or unicodedata.category(c)[0] != "C" else " " for c in text)
    plain = re.sub(r"[ \t]+", " ", _TAGS.sub(" ", plain)).strip()
    if not any(c.isalnum() for c in plain):
        raise QuestionError("The question is empty: type one.")
    if len(plain) <= longest:
        return re.sub(r"\s+", " ", plain)
    asked = [m.group().strip() for m in _SENTENCE.finditer(plain) if m.group().endswith("?")]
    asked = [q for q in asked if len(q.split()) > 2 and len(q) <= longest]
    if not asked:
        raise QuestionError(
            f"The text is {len(plain):,} characters long and holds no question: ask in at most {longest:,} characters."
        )
    return re.sub(r"\s+", " ", asked[-1])
