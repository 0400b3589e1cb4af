import re
import string
import unicodedata
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from icarus.languages.lexicon import LANGUAGES as UNDERSTOOD
from icarus.records import Category, FocusArea, Status, ToolCard
from icarus_ui.cards import FIELDS
from icarus_ui.export.files import FORMATS
from icarus_ui.themes import THEMES
from icarus_ui.wording import ENGLISH, LANGUAGES, examples, on_terminal, wording_of
from tests.ui.material import DOCUMENT

PACKAGE = Path(str(files("icarus_ui")))
SAID = re.compile(r'\b(say|count_of)\(\s*"(\w+)",\s*"(\w+)"')
OTHERS = [code for code in LANGUAGES if code != ENGLISH]
WORDS = wording_of(ENGLISH)
# The same in English, whether it is a name or happens to be written alike.
OFTEN_ALIKE = {("brand", "name"), *(("formats", form) for form in FORMATS)}


def entries(language: str) -> dict[tuple[str, str], list[str]]:
    """All texts of a language by section and key; a text of several points is several texts."""
    texts: Mapping[str, Mapping[str, Any]] = wording_of(language).texts
    return {
        (section, key): [text] if isinstance(text, str) else text
        for section, keyed in texts.items()
        for key, text in keyed.items()
    }


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_that_the_window_says_is_there_and_none_is_left_over() -> None:
    sources = [*PACKAGE.rglob("*.py"), *(PACKAGE / "templates").glob("*.j2")]
    said = {match.groups() for path in sources for match in SAID.finditer(path.read_text(encoding="utf-8"))}
    single = {(section, key) for kind, section, key in said if kind == "say"}
    counted = {(section, key) for kind, section, key in said if kind == "count_of"}
    paged = {(section, key) for section in ("source", "export") for key in ("page", "pages")}
    known = set(entries(ENGLISH))
    assert single <= known
    assert all((section, f"{key}_{form}") in known for section, key in counted for form in ("one", "many"))
    by_value = {"areas", "categories", "status", "fields", "limits", "reasons", "themes", "formats"}
    spoken = single | paged | {(s, f"{k}_{form}") for s, k in counted for form in ("none", "one", "many")}
    left = {entry for entry in known - spoken if entry[0] not in by_value}
    assert left == {("notice", "points"), ("access", "tests"), ("access", "known")}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_all_that_english_says(language: str) -> None:
    english, other = entries(ENGLISH), entries(language)
    assert list(other) == list(english)
    for entry, texts in other.items():
        assert len(texts) == len(english[entry]), entry
        assert all(text.strip() == text and text for text in texts), entry
        for text, said in zip(texts, english[entry], strict=True):
            assert blanks(text) == blanks(said), entry


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_was_left_in_english(language: str) -> None:
    english, other = entries(ENGLISH), entries(language)
    alike = [entry for entry, texts in other.items() if texts == english[entry] and entry not in OFTEN_ALIKE]
    sentences = [entry for entry in alike if len(re.sub(r"\{\w+\}", "", " ".join(other[entry])).split()) > 3]
    assert sentences == []
    assert len(alike) <= 0.08 * len(english), alike


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_composed_and_of_the_language(language: str) -> None:
    for entry, texts in entries(language).items():
        for text in texts:
            assert unicodedata.is_normalized("NFC", text), entry
            letters = re.sub(r"\{\w+\}", "", text)
            assert not re.search(r"[Ѐ-ӿ]", letters), entry  # Cyrillic looks like Greek and Latin
            for word in re.findall(r"\w+", letters):
                scripts = {unicodedata.name(letter).split()[0] for letter in word if letter.isalpha()}
                assert len(scripts) <= 1, (entry, word)


def test_the_window_speaks_what_the_assistant_understands() -> None:
    assert set(LANGUAGES) == {ENGLISH, *UNDERSTOOD}
    assert {path.stem for path in (PACKAGE / "texts").glob("??.toml")} == set(LANGUAGES)


def test_all_values_have_their_words() -> None:
    assert set(WORDS.texts["areas"]) == {area.value for area in FocusArea}
    assert set(WORDS.texts["categories"]) == {category.value for category in Category}
    assert set(WORDS.texts["status"]) == {status.value for status in Status}
    assert tuple(WORDS.texts["themes"]) == THEMES
    assert set(WORDS.texts["formats"]) == set(FORMATS)
    assert set(WORDS.texts["fields"]) == set(FIELDS) <= set(ToolCard.model_fields)


def test_counts_take_their_form() -> None:
    assert WORDS.count_of("turn", "sources", 1) == "1 source"
    assert WORDS.count_of("turn", "sources", 3) == "3 sources"
    assert WORDS.count_of("announce", "ready", 0, status="x") == "Answer ready: x."
    assert WORDS.say("reader", "position", page=3, pages=81) == "Page 3 of 81"
    assert WORDS.pages("source", 3, 3) == "Page 3"
    assert WORDS.pages("export", 3, 4) == "pp. 3–4"


@pytest.mark.parametrize("language", LANGUAGES)
def test_counts_of_every_size_have_a_form(language: str) -> None:
    wording = wording_of(language)
    for count in (1, 2, 11, 1_000_000):
        assert str(count) in wording.count_of("turn", "sources", count)


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "22 November 2026", "March 2022"),
        ("fr", "22 novembre 2026", "mars 2022"),
        ("de", "22. November 2026", "März 2022"),
        ("es", "22 de noviembre de 2026", "marzo de 2022"),
        ("it", "22 novembre 2026", "marzo 2022"),
        ("pt", "22 de novembro de 2026", "março de 2022"),
        ("nl", "22 november 2026", "maart 2022"),
        ("el", "22 Νοεμβρίου 2026", "Μάρτιος 2022"),
    ],
)
def test_dates_take_the_form_of_the_language(language: str, day: str, month: str) -> None:
    wording = wording_of(language)
    assert wording.day_of("2026-11-22T10:00:00+00:00") == day
    assert wording.month_of("2022-03-31") == wording.month_of("2022-03") == month
    assert wording.month_of("spring 2022") == "spring 2022"
    assert month in wording.facts_of(DOCUMENT)


@pytest.mark.parametrize("unknown", [None, "", "xx", "../en", ["fr"], {}, 7])
def test_what_is_no_language_is_english(unknown: object) -> None:
    assert wording_of(unknown).language == ENGLISH


def test_the_terminal_speaks_english() -> None:
    assert on_terminal("short_password", shortest=8) == "ICARUS_PASSWORD is too short: it needs 8 characters at least."


def test_examples_are_those_of_the_documents() -> None:
    assert set(examples([DOCUMENT])) == set(FocusArea)
    assert examples([DOCUMENT.model_copy(update={"id": "another"})]) == {}


@pytest.mark.parametrize("language", OTHERS)
def test_an_example_without_a_translation_is_shown_in_english(language: str) -> None:
    found = [example for chosen in examples([DOCUMENT], language).values() for example in chosen]
    english = [example for chosen in examples([DOCUMENT]).values() for example in chosen]
    assert len(found) == len(english)
    assert {example.language for example in found} <= {language, ENGLISH}
    assert all(other in english for other in found if other.language == ENGLISH)
