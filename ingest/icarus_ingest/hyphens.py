"""Words, addresses and compounds that a line end or a page end cuts: how their halves belong together."""

import re
from collections import Counter
from collections.abc import Iterable

SOFT_HYPHEN = "\u00ad"  # stands for a hyphen that a page end put into a word

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"((?:[^\W\d_]+-)*[^\W\d_]+)-$")
_GLUED = re.compile(r"\w[-–—/]$")  # 'EU–' and 'cities/' go on without a space
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_ADDRESS_GOES_ON = re.compile(r"\S*[/._%=&?#~-]\S")


class Vocabulary:
    """The words of a document, which tell whether a hyphen at a line end is a word's own."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._whole: Counter[str] = Counter()  # those that no line end can have cut, and their parts
        for line in lines:
            found = _WORD.findall(line.lower())
            self._words.update(found)
            for word in found[1:-1]:
                self._whole.update([word, *word.split("-")])

    def drops(self, before: str, after: str) -> bool:
        """Whether the hyphen that ends the one text only stands there for the line end."""
        first, second = _CUT.search(before.lower()), _WORD.match(after.lower())
        if not first or not second:
            return False
        without, hyphened = first.group(1) + second.group(), f"{first.group(1)}-{second.group()}"
        if self._words[without] or self._words[hyphened]:
            return self._words[without] > self._words[hyphened]
        halves = first.group(1).split("-")[-1], second.group().split("-")[0]
        return after[0].islower() and not all(self._whole[half] for half in halves)

    def knows_whole(self, before: str, after: str) -> bool:
        """Whether the document prints the word that a hyphen cuts more often without it."""
        first, second = _CUT.search(before.lower()), _WORD.match(after.lower())
        if not first or not second:
            return False
        return self._words[first.group(1) + second.group()] > self._words[f"{first.group(1)}-{second.group()}"]

    def joined(self, before: str, after: str) -> str:
        """Two lines as one text."""
        if self.drops(before, after):
            return before[:-1] + after
        address = _ADDRESS.search(before)
        glued = _goes_on(before, after) if address else bool(_GLUED.search(before))
        return before + ("" if glued else " ") + after


def _goes_on(before: str, after: str) -> bool:
    """Whether an address at a line end goes on in the next line."""
    return before[-1] in "?=&%#_~" or (before[-1] not in ".,;:)" and bool(_ADDRESS_GOES_ON.match(after)))
