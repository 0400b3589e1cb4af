"""The sentences of a text that comes in pieces, each with the passages that its markers name."""

import re
import unicodedata
from typing import NamedTuple

_BRACKETS = r"\[[^\[\]\n]{0,60}\d[^\[\]\n]{0,60}\]|【[^】\n]{0,80}】"
_MARK = rf"(?:{_BRACKETS}|\((?:see |from )?(?:passages?|sources?) [^()\n]{{0,40}}\))"
_MARKER = re.compile(rf"\s*{_MARK}(?!\()", re.I)
_END = re.compile(rf"(?:[.!?…][\"'”’»*_)]*(?:\s*{_MARK})*(?=\s+[^\s\[【(])|[。！？]|\n)", re.I)
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|incl|cf|al|vs|no|pp?|st|dr|mrs?|ms|prof)|\b[a-z])\.$|^\W*\d{1,2}\.$", re.I
)
_THOUGHT = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.S | re.I)
_THINKING = re.compile(r"<think(?:ing)?>", re.I)
_BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s|^\W*(?:short |final )?answer\W*$", re.I)
_TAG = re.compile(r"</?[a-z!][^<>]{0,200}>", re.I)
_HIDDEN = ("Cf", "Cc", "Co", "Cs", "Cn")
_MOST = 2_000  # characters without an end that are still taken for a sentence


class Worded(NamedTuple):
    """A sentence of a model: its words without markers or mark-up, and the numbers that its markers name."""

    text: str
    cited: tuple[int, ...]


class Sentences:
    """Takes a text in pieces and gives its sentences as they become whole. What stands in <think> is no text."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, piece: str) -> list[Worded]:
        """The sentences that are whole now: the next has begun, so no marker can follow."""
        self._rest = _THOUGHT.sub(" ", self._rest + piece)
        if _THINKING.search(self._rest):
            return []
        found = []
        while (end := self._end()) is not None:
            found.append(worded(self._rest[:end]))
            self._rest = self._rest[end:]
        return [sentence for sentence in found if sentence.text]

    def last(self) -> list[Worded]:
        """What is left when the text is at its end; nothing where it still thinks."""
        rest, self._rest = self._rest, ""
        sentence = worded("" if _THINKING.search(rest) else rest)
        return [sentence] if sentence.text else []

    def _end(self) -> int | None:
        for match in _END.finditer(self._rest):
            if not _ABBREVIATION.search(self._rest[: match.start() + 1]):
                return match.end()
        return len(self._rest) if len(self._rest) > _MOST else None


def worded(text: str) -> Worded:
    """One sentence as a model wrote it, taken apart."""
    seen = unicodedata.normalize(
        "NFKC", "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _HIDDEN)
    )
    if _HEADING.match(seen):
        return Worded("", ())
    numbers = [int(n) for mark in _MARKER.findall(seen) for n in re.findall(r"\d{1,4}", mark.partition("†")[0])]
    plain = _TAG.sub(" ", _MARKER.sub("", _BULLET.sub("", seen)))
    plain = re.sub(r"[*_`#|\[\]{}\\<>~^]+", " ", plain)
    plain = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(plain.split()))
    return Worded(plain if any(c.isalnum() for c in plain) else "", tuple(dict.fromkeys(numbers)))
