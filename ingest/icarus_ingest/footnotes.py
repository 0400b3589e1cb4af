"""Give each footnote the sentence that carries its mark, and with it a section."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from icarus.records import Sentence
from icarus.text import content_stems
from icarus_ingest.model import Block, Note, Run
from icarus_ingest.outline import Place
from icarus_ingest.sentences import sentence_spans

_LEAST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Carried:
    """A footnote with the sentence that carries its mark (None where neither mark nor content tells)."""

    note: Note
    place: Place
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class _Spot:
    """A sentence of running text on a page, with the footnote marks in it."""

    place: Place
    text: str
    sentence: Sentence
    marks: tuple[str, ...]


def carried_notes(
    notes: Sequence[Note], places: Sequence[Place], blocks: Sequence[Block], language: str
) -> list[Carried]:
    """Every footnote with its carrier: by its mark, by plain digits that are its mark, or by the words they share."""
    spots = [spot for place in places for index in place.blocks for spot in _spots(place, blocks[index].run, language)]
    carried = []
    for note in notes:
        here = [s for s in spots if any(page == note.page for page, _ in s.sentence.parts)]
        spot = _by_mark(note, here) or _by_digits(note, here) or _by_words(note, here)
        place = spot.place if spot else here[-1].place if here else _last_before(note.page, places)
        carried.append(Carried(note, place, spot.sentence if spot else None))
    return carried


def _spots(place: Place, run: Run | None, language: str) -> list[_Spot]:
    if run is None:
        return []
    spots = []
    spans = sentence_spans(run.text, language)
    for number, (start, end) in enumerate(spans):
        until = spans[number + 1][0] if number + 1 < len(spans) else len(run.text) + 1
        # A mark after a full stop belongs to the sentence before it, one at a sentence's start as well.
        labels = tuple(
            m.label for m in run.marks if (start < m.offset < until) or m.offset == end or (m.offset == start == 0)
        )
        parts = run.cut(start, end)
        if parts:
            spots.append(_Spot(place, run.text[start:end], Sentence(parts=parts), labels))
    return spots


def _by_mark(note: Note, spots: Sequence[_Spot]) -> _Spot | None:
    return next((s for s in spots if note.label and note.label in s.marks), None)


def _by_digits(note: Note, spots: Sequence[_Spot]) -> _Spot | None:
    """Converters print some marks as plain digits, before the next sentence or after a comma."""
    if not note.label:
        return None
    inside = re.compile(r"(?<=[.,;:])\s" + note.label + r"\s(?=[a-z])")
    for before, spot in zip([None, *spots], spots, strict=False):
        if inside.search(spot.text):
            return spot
        if before and re.match(note.label + r"\s+[A-Z]", spot.text):
            return before
    return None


def _by_words(note: Note, spots: Sequence[_Spot]) -> _Spot | None:
    """The sentence that shares most with the note (its section's title counts), if it shares enough."""
    wanted = set(content_stems(re.sub(r"[/_.%#-]", " ", " ".join(note.pieces)))) - set(
        content_stems("see https www com org")
    )
    scored = []
    for number, spot in enumerate(spots):
        initials = "".join(w[0] for w in re.findall(r"\b[A-Z]\w+", spot.text)).lower()
        shared = len(wanted & set(content_stems(f"{spot.place.section.title} {spot.text}")))
        shared += sum(2 for w in wanted if len(w) > 2 and w in initials and w not in spot.text.lower())
        scored.append((shared, number))
    best = max(scored, default=(0, 0))
    return spots[best[1]] if best[0] >= _LEAST_SHARED else None


def _last_before(page: int, places: Sequence[Place]) -> Place:
    return [p for p in places if p.section.page <= page][-1]
