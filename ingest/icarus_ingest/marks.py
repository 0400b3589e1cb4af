"""Set aside what converters leave in text: mark-up, emphasis stars, footnote marks, odd white space."""

import re

from icarus_ingest.model import Fragment, Mark

_RAISED, _PLAIN = "⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"
_SUPERSCRIPTS = str.maketrans(_RAISED, _PLAIN)
_TO_SUPERSCRIPT = str.maketrans(_PLAIN, _RAISED)
MARK = re.compile(r"\$\^\{.*?\}\$|[⁰¹²³⁴-⁹]+")
_TAG = re.compile(r"</?[a-z]+>")
# A star inside or at the end of a word ('LGTBQ*') is the author's own.
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])(.+?)(?<=[^\s*])\1(?![A-Za-zÀ-ÿ0-9*])")
_SPACE = re.compile(r"[\s\u00a0\u200b\u2007\u202f\ufeff]+")
_DROPPED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\u00ad\ufffe\ufeff]|[\ud800-\udfff]")
_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "\u2010": "-",
    "\u2011": "-",
}
_TWICE_HYPHEN = re.compile(r"-?\u00ad[\u2010\u2011-]")  # one hyphen, as some writers show it
_LIGATURE = re.compile("|".join(_LIGATURES))


def fold_characters(text: str) -> str:
    """Ligatures taken apart, odd hyphens and spaces made plain, invisible characters dropped; lines are kept."""
    text = _TWICE_HYPHEN.sub("-", text)
    text = _LIGATURE.sub(lambda m: _LIGATURES[m.group()], _DROPPED.sub("", text))
    text = re.sub(r"\r\n?|[\u2028\u2029\x0b\x85]", "\n", text)
    return re.sub(r"[\u00a0\u2007\u202f]", " ", text).replace("\u200b", "")


def squeeze(text: str) -> str:
    """One space where there was any white space."""
    return _SPACE.sub(" ", text).strip()


def label_of(mark: str) -> str:
    """The number that a footnote mark shows."""
    return re.sub(r"\D", "", mark.translate(_SUPERSCRIPTS))


def as_mark(digits: str) -> str:
    """Digits as the footnote mark that they are."""
    return digits.translate(_TO_SUPERSCRIPT)


def set_aside(text: str, page: int) -> Fragment:
    """The words of a line without mark-up, emphasis and footnote marks; the marks are kept with their places."""
    text = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", _TAG.sub("", text)))
    words, marks, at = "", [], 0
    for match in MARK.finditer(text):
        words = _append(words, text[at : match.start()])
        marks.append(Mark(len(words.rstrip()), label_of(match.group())))
        at = match.end()
    words = _append(words, text[at:]).rstrip()
    return Fragment(page, words, tuple(Mark(min(m.offset, len(words)), m.label) for m in marks))


def plain(text: str) -> str:
    """The words of a line without mark-up, emphasis and footnote marks; tabs are kept."""
    return "\t".join(set_aside(cell, 0).text for cell in text.split("\t"))


def _append(words: str, more: str) -> str:
    more = _SPACE.sub(" ", more)
    if more[:1] in {".", ",", ";", ":", ")"}:
        words = words.rstrip()
    if not words or words.endswith(" "):
        more = more.lstrip()
    return words + more
