"""Characters that no file may carry: those that Word cannot hold, and those that turn the words after them round."""

import re

# Control characters, halves of characters and non-characters (XML 1.0, section 2.2), then overrides of direction.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_SPACE = re.compile(r"\s+")


def one_line(text: str) -> str:
    """A text in one line without such characters; no letter, digit or sign of it is changed."""
    return _SPACE.sub(" ", _UNFIT.sub("", text))
