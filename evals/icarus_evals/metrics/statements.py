"""The statements of an answer, each with the citations that its markers name, and what supports them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from icarus.records import Citation
from icarus.text import content_stems
from icarus_evals.matching import norm, without_markers
from icarus_evals.metrics.quotes import marker_numbers

SUPPORT = 0.7
"""Share of a statement's content words that a text must hold to support it."""
_BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*((?:\s*\[\d+(?:\s*,\s*\d+)*\])*)\s+(?=[\"'“‘(*]*[A-ZÀ-Þ0-9])")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?!\w)")


@dataclass(frozen=True)
class Statement:
    """One statement of an answer: its words without markers, and the numbers of the markers that cover it.

    A marker covers its own sentence and those before it in the same paragraph, back to the marker before.
    """

    text: str
    markers: tuple[int, ...]


def statements_of(answer: str) -> list[Statement]:
    """The sentences and list items of an answer; headings and lines that only lead in to a list are none."""
    found = [statement for block in _blocks(answer) for statement in _in_block(block)]
    return [s for s in found if _stems(s.text) and not (s.text.endswith(":") and not s.markers)]


def _blocks(answer: str) -> list[list[str]]:
    """Paragraphs as their lines; a list item is a paragraph of its own."""
    blocks: list[list[str]] = [[]]
    for line in answer.splitlines():
        plain = line.strip()
        if not plain or plain.startswith("#") or _BULLET.match(line):
            blocks.append([])
        if plain and not plain.startswith("#"):
            blocks[-1].append(_BULLET.sub("", line).strip())
    return blocks


def _in_block(lines: list[str]) -> list[Statement]:
    covered: list[Statement] = []
    markers: tuple[int, ...] = ()
    for part in reversed([part for line in lines for part in _sentences(line)]):
        markers = tuple(dict.fromkeys(marker_numbers(part))) or markers
        covered.append(Statement(without_markers(part), markers))
    return covered[::-1]


def _sentences(line: str) -> list[str]:
    return _SENTENCE_END.sub(lambda m: m.group(0).rstrip() + "\n", line).split("\n")


def supports(texts: Sequence[str], statement: str) -> bool:
    """Whether texts together support a statement: they hold its numbers and most of its content words, stemmed.

    Lexical support takes the place of the verdict of a language model in the definitions that ask for one.
    """
    wanted = _stems(statement)
    there = frozenset(stem for text in texts for stem in _stems(text))
    share = sum(stem in there for stem in wanted) / len(wanted) if wanted else 0.0
    numbers = {number for text in texts for number in numbers_in(text)}
    return share >= SUPPORT and set(numbers_in(statement)) <= numbers


@lru_cache(maxsize=16384)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(content_stems(text))


@lru_cache(maxsize=16384)
def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a text in digits, in order; '76,000' and '76 000' are one and the same."""
    return tuple(n.replace(",", "") for n in _NUMBER.findall(re.sub(r"(?<=\d)[  ](?=\d{3}\b)", ",", norm(text))))


def source_text(citation: Citation) -> str:
    """What a citation gives a statement to rest on: its passage, its quote and its place in the outline."""
    return f"{citation.passage}\n{citation.quote}\n{citation.section}"
