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
        halves = _halves(before, after)
        if not halves:
            return False
        without, hyphened = self._printed(*halves)
        if without or hyphened:
            return without > hyphened
        inner = halves[0].split("-")[-1], halves[1].split("-")[0]
        return after[0].islower() and not all(self._whole[half] for half in inner)

    def knows_whole(self, before: str, after: str) -> bool:
        """Whether the document prints the word that a hyphen cuts more often without it."""
        halves = _halves(before, after)
        if not halves:
            return False
        without, hyphened = self._printed(*halves)
        return without > hyphened

    def _printed(self, first: str, second: str) -> tuple[int, int]:
        """How often the document prints a word in one, and with a hyphen."""
        return self._words[first + second], self._words[f"{first}-{second}"]

    def joined(self, before: str, after: str) -> str:
        """Two lines as one text."""
        if self.drops(before, after):
            return before[:-1] + after
        address = _ADDRESS.search(before)
        glued = _goes_on(before, after) if address else bool(_GLUED.search(before))
        return before + ("" if glued else " ") + after


def _halves(before: str, after: str) -> tuple[str, str] | None:
    """What stands before and after a hyphen that ends the one text, folded; None where none cuts a word."""
    first, second = _CUT.search(before.lower()), _WORD.match(after.lower())
    return (first.group(1), second.group()) if first and second else None


def _goes_on(before: str, after: str) -> bool:
    """Whether an address at a line end goes on in the next line."""
    return before[-1] in "?=&%#_~" or (before[-1] not in ".,;:)" and bool(_ADDRESS_GOES_ON.match(after)))
