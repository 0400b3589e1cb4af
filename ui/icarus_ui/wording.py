"""The words of the window: one TOML file a language in `texts/`, and the example questions by document."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from icarus.records import Document, FocusArea

Texts = Mapping[str, Mapping[str, Any]]


@cache
def texts(language: str = "en") -> Texts:
    """All words of one language, by section and key; `language` is the name of a file in `texts/`."""
    return MappingProxyType({name: MappingProxyType(section) for name, section in _read(language).items()})


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("icarus_ui").joinpath("texts", f"{name}.toml").read_text("utf-8"))


def say(section: str, key: str, **values: object) -> str:
    """One sentence or label with its blanks filled.

    Raises:
        KeyError: there is no such text, or a blank has no value.
    """
    return str(texts()[section][key]).format(**values)


def count_of(section: str, key: str, count: int, **values: object) -> str:
    """The form of a text that goes with a count: `key_none` (if there is one), `key_one` or `key_many`."""
    form = "one" if count == 1 else "none" if count == 0 and f"{key}_none" in texts()[section] else "many"
    return say(section, f"{key}_{form}", count=count, **values)


def examples(documents: Sequence[Document]) -> dict[FocusArea, tuple[str, ...]]:
    """The example questions that the documents answer, by focus area; areas without any are left out."""
    known = _read("examples")
    chosen = [known[document.id] for document in documents if document.id in known]
    found = {area: tuple(q for entry in chosen for q in entry.get(area.value, ())) for area in FocusArea}
    return {area: questions for area, questions in found.items() if questions}


def facts_of(document: Document) -> str:
    """What is known of a document in one line: 'IcARUS · D2.2 · March 2022 · 81 pages'."""
    known = (document.project, document.deliverable, month_of(document.date or ""))
    pages = say("welcome", "pages", count=document.pages) if document.pages else None
    return " · ".join(fact for fact in (*known, pages) if fact)


def month_of(date: str) -> str:
    """'March 2022' for '2022-03' or '2022-03-31'; anything else as it is."""
    year, _, rest = date.partition("-")
    month = rest.partition("-")[0]
    names = say("welcome", "months").split()
    return f"{names[int(month) - 1]} {year}" if month.isdigit() and 1 <= int(month) <= 12 else date


def day_of(moment: str) -> str:
    """'22 November 2026' for a day or a moment in ISO 8601."""
    day = moment.partition("T")[0]
    return f"{int(day[8:])} {month_of(day)}"
