import re
from importlib.resources import files
from pathlib import Path

from icarus.records import Category, FocusArea, Status, ToolCard
from icarus_ui.cards import FIELDS
from icarus_ui.export.files import FORMATS
from icarus_ui.themes import THEMES
from icarus_ui.wording import count_of, examples, say, texts
from tests.ui.material import DOCUMENT

PACKAGE = Path(str(files("icarus_ui")))
SAID = re.compile(r'\b(say|count_of)\(\s*"(\w+)",\s*"(\w+)"')


def test_every_text_that_the_window_says_is_there_and_none_is_left_over() -> None:
    sources = [*PACKAGE.rglob("*.py"), *(PACKAGE / "templates").glob("*.j2")]
    said = {match.groups() for path in sources for match in SAID.finditer(path.read_text(encoding="utf-8"))}
    single = {(section, key) for kind, section, key in said if kind == "say"}
    counted = {(section, key) for kind, section, key in said if kind == "count_of"}
    known = {(section, key) for section, entries in texts().items() for key in entries}
    assert single <= known
    assert all((section, f"{key}_{form}") in known for section, key in counted for form in ("one", "many"))
    by_value = {"areas", "categories", "status", "fields", "limits", "reasons", "themes", "formats"}
    spoken = single | {(s, f"{k}_{form}") for s, k in counted for form in ("none", "one", "many")}
    assert {entry for entry in known - spoken if entry[0] not in by_value} == {("notice", "points")}


def test_all_values_have_their_words() -> None:
    assert set(texts()["areas"]) == {area.value for area in FocusArea}
    assert set(texts()["categories"]) == {category.value for category in Category}
    assert set(texts()["status"]) == {status.value for status in Status}
    assert tuple(texts()["themes"]) == THEMES
    assert set(texts()["formats"]) == set(FORMATS)
    assert set(texts()["fields"]) == set(FIELDS) <= set(ToolCard.model_fields)


def test_counts_take_their_form() -> None:
    assert count_of("turn", "sources", 1) == "1 source"
    assert count_of("turn", "sources", 3) == "3 sources"
    assert count_of("announce", "ready", 0, status="x") == "Answer ready: x."
    assert say("reader", "position", page=3, pages=81) == "Page 3 of 81"


def test_examples_are_those_of_the_documents() -> None:
    assert set(examples([DOCUMENT])) == set(FocusArea)
    assert examples([DOCUMENT.model_copy(update={"id": "another"})]) == {}
