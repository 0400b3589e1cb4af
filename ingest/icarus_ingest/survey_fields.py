"""The survey questions of D2.2, section 3.1, answered by cue phrases: sentences that say so in so many words, or none.

The phrases are chosen for precision; a field that stays empty reads "not stated in the report".
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import resources

from icarus.records import Passage, Quote
from icarus.wording import filled


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    """For each survey question, the pattern of the sentences that answer it."""
    data = tomllib.loads(resources.files("icarus_ingest").joinpath("survey.toml").read_text("utf-8"))
    words = data["words"].__getitem__
    cues = {field: "|".join(filled(cue, words) for cue in alternatives) for field, alternatives in data["cues"].items()}
    return {field: re.compile(rf"(?<!\w)(?:{cue})", re.I) for field, cue in cues.items()}


def survey_fields(
    passages: Sequence[Passage],
    quotes: Callable[[Passage], Sequence[Quote]],
    names_place: Callable[[str], bool],
    names: Sequence[Quote],
) -> dict[str, tuple[Quote, ...]]:
    """For each survey question, the sentences of a tool's row and narrative that answer it in so many words.

    Args:
        passages: rows and narrative.
        quotes: the sentences of a passage as quotes.
        names_place: whether a text names a city, region or country.
        names: the tool's name as the catalogue prints it, once for each row.
    """
    sentences = [quote for passage in passages for quote in quotes(passage)]
    found = {field: [q for q in sentences if cue.search(q.text)] for field, cue in _cues().items()}
    found["places"] = [q for q in (*names, *sentences) if names_place(q.text)]
    found["organisations"] = [q for q in found["organisations"] if _cues()["organisations"].search(_unnamed(q, names))]
    found["project"] = [*(q for q in names if _cues()["project"].search(q.text)), *found["project"]]
    return {field: tuple(_unique(answers)) for field, answers in found.items()}


def _unnamed(quote: Quote, names: Sequence[Quote]) -> str:
    """The words of a quote without the tool's name: what a tool itself developed has not made it."""
    text = quote.text
    for name in names:
        text = text.replace(name.text, "it")
    return text


def _unique(quotes: Iterable[Quote]) -> list[Quote]:
    found: dict[str, Quote] = {}
    for quote in quotes:
        found.setdefault(quote.text, quote)
    return list(found.values())
