"""The words of the window: one TOML file a language in `texts/`; what the terminal is told, and the example questions.

Nothing here remembers whose turn it is: a `Wording` goes with the desk that serves one event.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

from babel import Locale
from babel.dates import format_date, format_skeleton

from icarus.records import Document, FocusArea

ENGLISH = "en"
LANGUAGES = {
    "en": "English",
    "fr": "Français",
    "de": "Deutsch",
    "es": "Español",
    "it": "Italiano",
    "pt": "Português",
    "nl": "Nederlands",
    "el": "Ελληνικά",
}
"""The languages of the window by their codes, each named in itself."""

# The day before the month and Portugal's plural of 0: in both the continents differ.
_LOCALES = {"en": "en_GB", "pt": "pt_PT"}
Texts = Mapping[str, Mapping[str, Any]]


class Example(NamedTuple):
    """A question to start from, and the language that it is in."""

    text: str
    language: str


class Wording:
    """The words of the window in one language; `texts` holds them all, by section and key."""

    def __init__(self, language: str) -> None:
        """Read the file of a language of `LANGUAGES`."""
        self.language = language
        self.texts: Texts = MappingProxyType({name: MappingProxyType(part) for name, part in _read(language).items()})
        self._locale = Locale.parse(_LOCALES.get(language, language))

    def say(self, section: str, key: str, **values: object) -> str:
        """One sentence or label with its blanks filled.

        Raises:
            KeyError: there is no such text, or a blank has no value.
        """
        return str(self.texts[section][key]).format(**values)

    def count_of(self, section: str, key: str, count: int, **values: object) -> str:
        """The form of a text that goes with a count: `key_none` for 0 (if there is one), `key_one` or `key_many`."""
        form = "one" if self._locale.plural_form(count) == "one" else "many"
        if count == 0 and f"{key}_none" in self.texts[section]:
            form = "none"
        return self.say(section, f"{key}_{form}", count=count, **values)

    def pages(self, section: str, first: int, last: int) -> str:
        """'Page 43' or 'Pages 43–44', as the section has it."""
        if first == last:
            return self.say(section, "page", page=first)
        return self.say(section, "pages", page=first, page_end=last)

    def facts_of(self, document: Document) -> str:
        """What is known of a document in one line: 'IcARUS · D2.2 · March 2022 · 81 pages'."""
        known = (document.project, document.deliverable, self.month_of(document.date or ""))
        pages = self.count_of("welcome", "pages", document.pages) if document.pages else None
        return " · ".join(fact for fact in (*known, pages) if fact)

    def month_of(self, moment: str) -> str:
        """'March 2022' for '2022-03' or '2022-03-31'; anything else as it is."""
        try:
            day = date.fromisoformat(f"{moment[:7]}-01")
        except ValueError:
            return moment
        return format_skeleton("yMMMM", day, locale=self._locale)

    def day_of(self, moment: str) -> str:
        """'22 November 2026' for a day or a moment in ISO 8601."""
        return format_date(date.fromisoformat(moment[:10]), "long", locale=self._locale)


def wording_of(language: object) -> Wording:
    """The words in a language by its code; in English for anything that is none."""
    return _wording(language if isinstance(language, str) and language in LANGUAGES else ENGLISH)


@cache
def _wording(language: str) -> Wording:
    return Wording(language)


def on_terminal(key: str, **values: object) -> str:
    """A sentence for who starts the window, in English as all of the command line."""
    return str(_read("terminal")[key]).format(**values)


def examples(documents: Sequence[Document], language: str = ENGLISH) -> dict[FocusArea, tuple[Example, ...]]:
    """The example questions that the documents answer, by focus area; areas without any are left out.

    One that the assistant does not answer as well in the language is shown in English.
    """
    known = _read("examples")
    chosen = [known[document.id] for document in documents if document.id in known]
    found = {
        area: tuple(
            _example(english, others, language)
            for entry in chosen
            for english, others in entry.get(area.value, {}).items()
        )
        for area in FocusArea
    }
    return {area: questions for area, questions in found.items() if questions}


def _example(english: str, translations: Mapping[str, str], language: str) -> Example:
    return Example(translations[language], language) if language in translations else Example(english, ENGLISH)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("icarus_ui").joinpath("texts", f"{name}.toml").read_text("utf-8"))
