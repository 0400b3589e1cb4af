"""Give each footnote the sentence that carries its mark, and with it a section."""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from icarus.records import Sentence
from icarus.text import content_stems
from icarus_ingest.model import Block, Note, Run
from icarus_ingest.outline import Place
from icarus_ingest.sentences import sentence_spans

_LEAST_SHARED = 12.0  # in nats of rarity: three or four telling words
_ACRONYM = 5.0


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
    rare = _rarity(spots)
    carried = []
    for note in notes:
        here = [s for s in spots if any(page == note.page for page, _ in s.sentence.parts)]
        marked = _by_mark(note, here) or _by_digits(note, here)
        spot = marked or _by_quotation(note, here) or _by_words(note, here, rare)
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


def _by_quotation(note: Note, spots: Sequence[_Spot]) -> _Spot | None:
    """A note that names a page of a source belongs to the one quotation on its page that has no mark."""
    if not re.search(r"\bpp?\.\s*\d", " ".join(note.pieces)):
        return None
    quoting = [s for s in spots if not s.marks and re.search(r"[\"“].{20,}[\"”]", s.text)]
    return quoting[0] if len(quoting) == 1 else None


def _by_words(note: Note, spots: Sequence[_Spot], rare: Callable[[str], float]) -> _Spot | None:
    """The sentence that shares most with the note (its section's title and initials count), if it shares enough."""
    wanted = frozenset(content_stems(re.sub(r"[/_.%#-]", " ", " ".join(note.pieces))))
    scored = [(_shared(wanted, spot, rare), -number) for number, spot in enumerate(spots)]
    best = max(scored, default=(0.0, 0))
    return spots[-best[1]] if best[0] >= _LEAST_SHARED else None


def _shared(wanted: frozenset[str], spot: _Spot, rare: Callable[[str], float]) -> float:
    stems = frozenset(content_stems(f"{spot.place.section.title} {spot.text}"))
    initials = "".join(word[0] for word in re.findall(r"\b[A-Z]\w+", spot.text)).lower()
    spelt_out = sum(_ACRONYM for w in wanted if len(w) > 2 and w in initials and w not in stems)
    return spelt_out + sum(rare(stem) for stem in wanted & stems)


def _rarity(spots: Sequence[_Spot]) -> Callable[[str], float]:
    """How much it tells that two texts share a word: the fewer sentences hold it, the more."""
    held = Counter(stem for spot in spots for stem in set(content_stems(spot.text)))
    return lambda stem: math.log((len(spots) + 1) / (held[stem] + 1))


def _last_before(page: int, places: Sequence[Place]) -> Place:
    return [p for p in places if p.section.page <= page][-1]
