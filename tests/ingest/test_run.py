"""`icarus ingest` as a user meets it, with the real command line; only the encoding is left out where it can be."""

import re
from pathlib import Path

import pytest
from rich.console import Console

from icarus.errors import CorpusError
from icarus.index import Index
from icarus.settings import Settings
from icarus_ingest.run import go_back, run
from tests.ingest.small_model import SmallModel

PAGE = "1. Introduction\n\nThe project trains young people in three cities. It began in 2020 and goes on."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "report.txt").write_text(f"A report on towns\n\n{PAGE}", encoding="utf-8")
    return Settings(corpus=corpus, index=tmp_path / "index", embedding_model="small")


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> SmallModel:
    small = SmallModel()
    monkeypatch.setattr("icarus_ingest.run.EmbeddingModel.load", lambda _name: small)
    return small


def ran(settings: Settings, *paths: Path, dry_run: bool = False) -> tuple[int, str]:
    console = Console(record=True, width=200, quiet=False, force_terminal=False)
    failed = run(list(paths), settings, dry_run=dry_run, console=console)
    return failed, console.export_text()


def test_a_run_reports_what_it_found_and_keeps_the_report(settings: Settings, model: SmallModel) -> None:
    failed, shown = ran(settings)
    assert failed == 0
    assert "report: taken from its cover and text, to be confirmed in the manifest: title, language" in shown
    index = Index.open(settings.index, "small")
    assert [d.title for d in index.documents] == ["A report on towns"]
    [spent] = re.findall(r"It took \d+\.\d s \((.*)\)\.", shown)
    parts = {"preparing the model", "reading", "encoding", "writing", "checking"}
    assert {part.rpartition(" ")[0] for part in spent.split(", ")} == parts
    assert '"sections": 2' in (index.folder / "report.json").read_text(encoding="utf-8")


def test_an_unchanged_corpus_is_not_built_again(settings: Settings, model: SmallModel) -> None:
    ran(settings)
    model.encoded.clear()
    failed, shown = ran(settings)
    assert (failed, model.encoded) == (0, [])
    assert "Nothing changed" in shown


def test_a_removed_file_leaves_nothing_behind(settings: Settings, model: SmallModel) -> None:
    other = settings.corpus / "other.txt"
    other.write_text("2. Nothing\n\nQuite another text about harbours.", encoding="utf-8")
    ran(settings)
    other.unlink()
    failed, shown = ran(settings)
    assert failed == 1
    assert "other.txt is named in deliverables.toml and is not there: put it back, or take its entry out." in shown
    assert "other removed: 1 passages" in shown
    index = Index.open(settings.index, "small")
    assert {p.document for p in index.all_passages()} == {"report"}
    assert index.lexical("harbours", 5) == []


def test_after_one_changed_page_of_ten_documents_only_its_sentences_are_encoded(
    settings: Settings, model: SmallModel
) -> None:
    def write(number: int, changed: str = "") -> None:
        pages = [
            f"Page {page} of report {number} is about town {number}. It has one more sentence." for page in (1, 2, 3)
        ]
        pages[1] += changed
        (settings.corpus / f"ten-{number}.txt").write_text("\n\n\n\n".join(pages), encoding="utf-8")

    for number in range(10):
        write(number)
    ran(settings)
    model.encoded.clear()
    write(7, " This is new.")
    _, shown = ran(settings)
    assert model.encoded == ["This is new."]
    assert "ten-7 changed: pages 2; 1 passages new, 1 gone" in shown


def test_a_renamed_file_is_the_same_document_under_another_name(settings: Settings, model: SmallModel) -> None:
    ran(settings)
    model.encoded.clear()
    (settings.corpus / "deliverables.toml").unlink()
    (settings.corpus / "report.txt").rename(settings.corpus / "towns.txt")
    failed, shown = ran(settings)
    assert (failed, model.encoded) == (0, [])
    assert "towns renamed: it was report" in shown
    index = Index.open(settings.index, "small")
    assert {p.document for p in index.all_passages()} == {"towns"}
    assert index.page("report", 1) is None


def test_a_run_can_be_taken_back(settings: Settings, model: SmallModel) -> None:
    ran(settings)
    (settings.corpus / "report.txt").write_text("1. Introduction\n\nAll is new here.", encoding="utf-8")
    ran(settings)
    console = Console(record=True, width=200)
    go_back(settings, console)
    assert "serves again: 1 passages, 0 tools" in console.export_text()
    index = Index.open(settings.index, "small")
    assert "three cities" in index.all_passages()[0].text
    index.close()
    ran(settings)
    assert "All is new here." in Index.open(settings.index, "small").all_passages()[0].text


def test_a_dry_run_writes_nothing(settings: Settings, model: SmallModel) -> None:
    failed, shown = ran(settings, dry_run=True)
    assert failed == 0
    assert "report" in shown
    assert model.encoded == []
    assert not settings.index.exists()
    assert [p.name for p in settings.corpus.iterdir()] == ["report.txt"]


def test_a_dry_run_shows_what_would_change(settings: Settings, model: SmallModel) -> None:
    ran(settings)
    (settings.corpus / "report.txt").write_text("1. Introduction\n\nAll is new here.", encoding="utf-8")
    _, shown = ran(settings, dry_run=True)
    assert "report changed: pages 1; 1 passages new, 1 gone" in shown
    assert "three cities" in Index.open(settings.index, "small").all_passages()[0].text


def test_an_unreadable_file_is_told_of_every_time_and_the_others_go_in(settings: Settings, model: SmallModel) -> None:
    (settings.corpus / "bad.txt").write_bytes(b"\xff\x81")
    for _ in range(2):
        failed, shown = ran(settings)
        assert failed == 1
        assert "bad.txt cannot be read: it is not UTF-8 text: save it with that encoding." in shown
    assert {p.document for p in Index.open(settings.index, "small").all_passages()} == {"report"}


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that nobody can read")
def test_a_file_that_may_not_be_read_keeps_no_other_out(settings: Settings, model: SmallModel) -> None:
    (settings.corpus / "locked.txt").symlink_to("/proc/self/mem")  # root may read all others
    failed, shown = ran(settings)
    assert failed == 1
    assert "locked.txt cannot be read: " in shown
    assert [d.id for d in Index.open(settings.index, "small").documents] == ["report"]


def test_a_corpus_of_bad_files_only_changes_nothing(settings: Settings, model: SmallModel) -> None:
    ran(settings)
    (settings.corpus / "report.txt").write_bytes(b"")
    with pytest.raises(CorpusError, match="None of the files could be read"):
        ran(settings)
    assert len(Index.open(settings.index, "small").all_passages()) == 1


def test_single_files_can_be_named(settings: Settings, model: SmallModel, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_text(PAGE, encoding="utf-8")
    ran(settings, elsewhere)
    assert [d.source for d in Index.open(settings.index, "small").documents] == ["elsewhere.txt"]
