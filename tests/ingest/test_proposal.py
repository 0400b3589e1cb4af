"""What the manifest should say of a new file."""

from pathlib import Path

import pytest
from rich.console import Console

from icarus.errors import CorpusError
from icarus.index import Index
from icarus.records import FocusArea
from icarus.settings import Settings
from icarus_ingest.corpus import find_sources
from icarus_ingest.run import run
from tests.ingest.small_model import SmallModel

LISTED = """# Our own remark.
[[document]]
id = "first"
source = "first.txt"
title = "The first" # kept
"""
TEXT = (
    "D3.2\n\nSafe parks of Europe\n\nMarch 2022\n\n\n\n"
    "1. Introduction\n\nThe parks are public spaces. Whoever designs a public space has to know who uses it."
)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("icarus_ingest.run.EmbeddingModel.load", lambda _name: SmallModel())
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "first.txt").write_text("1. One\n\nThe first text.", encoding="utf-8")
    (corpus / "parks.txt").write_text(TEXT, encoding="utf-8")
    (corpus / "deliverables.toml").write_text(LISTED, encoding="utf-8")
    return Settings(corpus=corpus, index=tmp_path / "index", embedding_model="small")


def ran(settings: Settings, *paths: Path, dry_run: bool = False) -> str:
    console = Console(record=True, width=200)
    run(list(paths), settings, dry_run=dry_run, console=console)
    return console.export_text()


def manifest(settings: Settings) -> str:
    return (settings.corpus / "deliverables.toml").read_text(encoding="utf-8")


def test_a_new_file_is_added_to_the_manifest_and_the_rest_of_it_stays(settings: Settings) -> None:
    shown = ran(settings)
    assert "1 new files" in shown
    assert manifest(settings).startswith(LISTED)
    _, added = find_sources([settings.corpus])
    assert added.listed
    assert (added.document.title, added.document.deliverable) == ("Safe parks of Europe", "D3.2")
    assert (added.document.date, added.document.language) == ("2022-03", "en")
    assert added.document.inferred == ("title", "deliverable", "date", "language", "focus_areas")


def test_what_was_proposed_is_what_was_published(settings: Settings) -> None:
    ran(settings)
    assert "Nothing changed" in ran(settings)


def test_a_person_confirms_by_editing(settings: Settings) -> None:
    assert "to be confirmed in the manifest: title, deliverable, date, language, focus_areas" in ran(settings)
    edited = manifest(settings).replace('"deliverable", ', "").replace("Safe parks of Europe", "Parks")
    (settings.corpus / "deliverables.toml").write_text(edited, encoding="utf-8")
    shown = ran(settings)
    assert "to be confirmed in the manifest: title, date, language, focus_areas" in shown
    index = Index.open(settings.index, "small")
    assert index.documents[1].title == "Parks"
    index.close()


def test_a_proposed_focus_area_is_used_only_once_it_is_confirmed(settings: Settings) -> None:
    def areas() -> set[tuple[FocusArea, ...]]:
        index = Index.open(settings.index, "small")
        found = {p.focus_areas for p in index.all_passages() if p.document == "parks"}
        index.close()
        return found

    ran(settings)
    assert find_sources([settings.corpus])[1].document.focus_areas == (FocusArea.PUBLIC_SPACES,)
    assert areas() == {()}
    confirmed = manifest(settings).replace(', "focus_areas"]', "]")
    (settings.corpus / "deliverables.toml").write_text(confirmed, encoding="utf-8")
    ran(settings)
    assert areas() == {(FocusArea.PUBLIC_SPACES,)}


def test_a_dry_run_shows_the_entry_and_writes_nothing(settings: Settings) -> None:
    shown = ran(settings, dry_run=True)
    assert 'title = "Safe parks of Europe"' in shown
    assert manifest(settings) == LISTED


def test_for_a_folder_that_is_no_corpus_the_entry_is_only_shown(settings: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "downloads"
    elsewhere.mkdir()
    (elsewhere / "parks.txt").write_text(TEXT, encoding="utf-8")
    assert 'title = "Safe parks of Europe"' in ran(settings, elsewhere)
    assert [p.name for p in elsewhere.iterdir()] == ["parks.txt"]


def test_an_unconfirmed_field_must_be_one_of_the_entry(settings: Settings) -> None:
    (settings.corpus / "deliverables.toml").write_text(LISTED + 'inferred = ["date"]\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"line 6: inferred names 'date', which the entry does not have"):
        ran(settings)
