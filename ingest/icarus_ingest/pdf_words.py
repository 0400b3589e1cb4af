"""Mend words that a page shows in pieces with gaps between them: the other pages say which words there are."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from icarus_ingest.pdf_text import GUESSED_SPACE, Segment

_WORD = re.compile(r"[^\W\d_]+")
_PIECES = re.compile(rf"(?<![^\W\d_])([^\W\d_]+){GUESSED_SPACE}([^\W\d_]+)")


def mended(pages: Sequence[Sequence[Segment]]) -> list[list[Segment]]:
    """The segments with plain spaces; a guessed one goes where the document has the word in one piece elsewhere."""
    words = Counter(
        word.lower()
        for page in pages
        for segment in page
        for part in segment.text.split(" ")
        if GUESSED_SPACE not in part
        for word in _WORD.findall(part)
    )
    joined = _joiner(words)
    return [[s._replace(text=_mended(s.text, joined)) if GUESSED_SPACE in s.text else s for s in p] for p in pages]


def _joiner(words: Counter[str]) -> Callable[[re.Match[str]], str]:
    def joined(match: re.Match[str]) -> str:
        before, after = match.groups()
        known = words[(before + after).lower()] > 0
        return before + ("" if known and not (words[before.lower()] and words[after.lower()]) else " ") + after

    return joined


def _mended(text: str, joined: Callable[[re.Match[str]], str]) -> str:
    return _PIECES.sub(joined, text).replace(GUESSED_SPACE, " ")
