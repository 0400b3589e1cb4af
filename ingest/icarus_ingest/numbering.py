"""Numbered headings: '4.2.1 Title', '4.2Title', '5. Title', told from numbers in text by their sequence."""

import re

_NUMBERED = re.compile(r"((?:\d{1,2}\.)*\d{1,2})\.?\s*([^\W\d_\"'“].*)$")
_MOST_SKIPPED = 1
_MOST_LOST = 4


class HeadingNumbers:
    """Remembers the number of the last heading, so that the next can be judged by it."""

    def __init__(self) -> None:
        self._last: tuple[int, ...] = ()

    def split(self, text: str, *, sure: bool = False) -> tuple[str | None, str]:
        """The number and the title of a heading, or (None, text) where no number is due here.

        `sure`: the source says that it is a heading, so that numbers may be missing in between.
        """
        match = _NUMBERED.match(text)
        if not match or not match.group(2)[0].isupper():
            return None, text
        number = tuple(int(n) for n in match.group(1).split("."))
        if not (self._is_due(number) or (sure and self._goes_on(number))):
            return None, text
        self._last = number
        return match.group(1), match.group(2).strip()

    def _goes_on(self, number: tuple[int, ...]) -> bool:
        return number > self._last and number[0] <= (self._last or (0,))[0] + _MOST_LOST and all(number)

    def _is_due(self, number: tuple[int, ...]) -> bool:
        """Whether a number comes next: one deeper, or one further on at this height or above."""
        last = self._last
        if not last:
            return number[0] <= 1 and all(n == 1 for n in number[1:])
        if number <= last:
            return False
        shared = next(
            (i for i, (a, b) in enumerate(zip(number, last, strict=False)) if a != b), min(len(number), len(last))
        )
        if shared >= len(number):
            return False
        before = last[shared] if shared < len(last) else 0
        return number[shared] - before <= 1 + _MOST_SKIPPED and all(
            n <= 1 + _MOST_SKIPPED for n in number[shared + 1 :]
        )
