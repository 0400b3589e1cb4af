"""Mark quotes in the text that they stand in: pure functions on text."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from icarus.text import find_quote, fold

_NUMBER = re.compile(r"^\s*[\d.]+\s+")


class Piece(NamedTuple):
    """Some words, marked as quoted or not."""

    text: str
    marked: bool


def pieces(text: str, quotes: Iterable[str]) -> list[Piece]:
    """The text cut at the ends of the quotes found in it; joined again, the pieces are the text."""
    spans = _merged(span for quote in quotes if (span := quote_span(text, quote)))
    cuts = [0, *(end for span in spans for end in span), len(text)]
    found = [Piece(text[a:b], bool(i % 2)) for i, (a, b) in enumerate(pairwise(cuts))]
    return [piece for piece in found if piece.text]


class Line(NamedTuple):
    """A line of text as it is shown: its cells (more than one in a table row), and what it is."""

    cells: list[list[Piece]]
    bullet: bool
    heading: bool


def lines(text: str, quotes: Iterable[str], headings: Collection[str] = ()) -> list[Line]:
    """The text line by line, blank lines left out; a mark that runs over a line end is marked on both.

    A line that says one of the headings, whatever its number, is a heading.
    """
    rows = _split(pieces(text, quotes), "\n")
    known = {fold(heading) for heading in headings}
    return [_line(row, known) for row in rows if any(piece.text.strip() for piece in row)]


def _line(row: list[Piece], headings: Collection[str]) -> Line:
    whole = "".join(piece.text for piece in row)
    bullet = whole.startswith("- ")
    shown = [Piece(row[0].text[2:], row[0].marked), *row[1:]] if bullet else row
    return Line(_split(shown, "\t"), bullet, fold(_NUMBER.sub("", whole)) in headings)


def _split(found: Iterable[Piece], at: str) -> list[list[Piece]]:
    """The pieces in groups, parted at a character."""
    groups: list[list[Piece]] = [[]]
    for piece in found:
        first, *others = piece.text.split(at)
        groups[-1].append(Piece(first, piece.marked))
        groups.extend([Piece(part, piece.marked)] for part in others)
    return groups


def quote_span(text: str, quote: str) -> tuple[int, int] | None:
    """Where a quote stands in a text: the whole of it, or the part of it that a page end leaves there.

    The quote's closing punctuation belongs to it.
    """
    span = find_quote(text, quote) or _part_at_edge(text, quote)
    if not span:
        return None
    start, end = span
    closing = text[end : end + 2].rstrip()
    return start, end + (len(closing) if closing and quote.endswith(closing) else 0)


def _part_at_edge(text: str, quote: str) -> tuple[int, int] | None:
    """The longest beginning or end of the quote that the text holds, if that is a third of it or 40 letters."""
    words = quote.split()
    openings = [words[:size] for size in range(1, len(words))]
    closings = [words[-size:] for size in range(1, len(words))]
    best = max(_longest(text, openings), _longest(text, closings), key=len)
    return find_quote(text, best) if len(best) >= min(40, len(quote) / 3) else None


def _longest(text: str, parts: Sequence[Sequence[str]]) -> str:
    """The last of ever longer parts that the text holds: a longer part is only where the shorter one is."""
    low, high = 0, len(parts)
    while low < high:
        middle = (low + high) // 2
        if find_quote(text, " ".join(parts[middle])):
            low = middle + 1
        else:
            high = middle
    return " ".join(parts[low - 1]) if low else ""


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
