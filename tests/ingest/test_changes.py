"""What a run says that it changes, against a real index that it built before."""

from pathlib import Path

import pytest

from icarus.records import Document
from icarus_ingest.changes import ChangeKind, DocumentChange, changes, published
from icarus_ingest.model import RawDocument
from icarus_ingest.publish import Build, publish
from icarus_ingest.text_file import read_text
from icarus_ingest.understand import Understood, understand
from icarus_ingest.vectors import Vectors
from tests.ingest.small_model import SmallModel

PAGES = (
    "1. One\n\nCalm Street began in 1995.",
    "It trains young people of the town.",
    "2. Annex\n\nTools for safe public spaces\n\nCategory: Activity tools\n\n"
    "TOOL\tDESCRIPTION\nCalm Street\tA project that trains young people as guardians of the street at night.\n"
    "Hayat\tCounselling for families of young people who are about to join violent groups.",
)


@pytest.fixture
def model() -> SmallModel:
    return SmallModel()


def document(folder: Path, name: str, *pages: str) -> Understood:
    path = folder / f"{name}.txt"
    path.write_text("\n\n\n\n".join(pages), encoding="utf-8")
    model = SmallModel()
    known = Document(id=name, title=name, source=path.name, sha256=str(hash(pages)))
    raw: RawDocument = read_text(path, known)
    return understand(raw, model.count_pieces, model.max_pieces)


def changed(root: Path, before: list[Understood], now: list[Understood]) -> list[DocumentChange]:
    if before:
        publish(root / "index", Build("aaa", before, Vectors(SmallModel()), "{}"))
    return list(changes(published(root / "index"), now).documents)


def test_of_a_first_run_everything_is_new(tmp_path: Path) -> None:
    report = document(tmp_path, "report", *PAGES)
    found = changes(published(tmp_path / "index"), [report])
    assert found.since is None
    (change,) = found.documents
    assert (change.kind, change.new_passages) == (ChangeKind.ADDED, len(report.passages))
    assert change.new_tools == ("Calm Street", "Hayat")


def test_the_same_corpus_changes_nothing(tmp_path: Path) -> None:
    report = document(tmp_path, "report", *PAGES)
    assert changed(tmp_path, [report], [report]) == []


def test_a_changed_page_is_told_with_what_changed_on_it(tmp_path: Path) -> None:
    before = document(tmp_path, "report", *PAGES)
    now = document(tmp_path, "report", PAGES[0], "It trains nobody.", PAGES[2])
    (change,) = changed(tmp_path, [before], [now])
    assert (change.kind, change.pages) == (ChangeKind.CHANGED, (2,))
    assert (change.new_passages, change.gone_passages) == (1, 1)
    assert (change.new_tools, change.gone_tools) == ((), ())


def test_tools_that_come_go_and_change_are_named(tmp_path: Path) -> None:
    before = document(tmp_path, "report", *PAGES)
    annex = PAGES[2].replace("Hayat", "Prevent Watch").replace("at night", "by day")
    (change,) = changed(tmp_path, [before], [document(tmp_path, "report", *PAGES[:2], annex)])
    assert change.new_tools == ("Prevent Watch",)
    assert change.changed_tools == ("Calm Street",)
    assert change.gone_tools == ("Hayat",)


def test_a_renamed_file_is_told_from_a_new_one(tmp_path: Path) -> None:
    before, now = document(tmp_path, "report", *PAGES), document(tmp_path, "deliverable", *PAGES)
    (change,) = changed(tmp_path, [before], [now])
    assert (change.document, change.kind, change.before) == ("deliverable", ChangeKind.RENAMED, "report")


def test_a_removed_document_is_told_with_all_that_goes(tmp_path: Path) -> None:
    report, other = document(tmp_path, "report", *PAGES), document(tmp_path, "other", "Quite another text.")
    (change,) = changed(tmp_path, [report, other], [other])
    assert (change.document, change.kind) == ("report", ChangeKind.REMOVED)
    assert change.gone_passages == len(report.passages)
    assert change.gone_tools == ("Calm Street", "Hayat")


def test_a_new_title_is_a_change_without_pages(tmp_path: Path) -> None:
    before = document(tmp_path, "report", *PAGES)
    now = document(tmp_path, "report", *PAGES)
    now.document = now.document.model_copy(update={"title": "A better title"})
    (change,) = changed(tmp_path, [before], [now])
    assert (change.kind, change.pages, change.new_passages) == (ChangeKind.CHANGED, (), 0)


def test_against_a_damaged_index_everything_is_new(tmp_path: Path) -> None:
    report = document(tmp_path, "report", *PAGES)
    publish(tmp_path / "index", Build("aaa", [report], Vectors(SmallModel()), "{}"))
    (tmp_path / "index" / "generations" / "aaa" / "manifest.json").write_text("gone", encoding="utf-8")
    assert published(tmp_path / "index").generation is None
