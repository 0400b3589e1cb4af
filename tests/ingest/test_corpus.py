from pathlib import Path

import pytest

from icarus.errors import CorpusError
from icarus_ingest.corpus import corpus_hash, find_sources
from tests.conftest import ROOT

GOOD = '[[document]]\nid = "one"\ntitle = "One"\nsource = "one.txt"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text("Text.", encoding="utf-8")
    (tmp_path / "two.pdf").write_bytes(b"%PDF-")
    (tmp_path / "notes.md").write_text("no deliverable", encoding="utf-8")
    (tmp_path / "deliverables.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_the_repository_describes_its_corpus() -> None:
    (source,) = find_sources([ROOT / "corpus"])
    document = source.document
    assert (document.id, document.deliverable, document.language) == ("icarus-d2.2", "D2.2", "en")
    assert document.title == "Report describing the inventory of tools, practices and lessons learned"
    assert document.sha256


def test_listed_and_unlisted_files_are_found(folder: Path) -> None:
    sources = find_sources([folder])
    assert [(s.document.id, s.listed) for s in sources] == [("one", True), ("two", False)]
    assert [s.document.id for s in find_sources([folder / "one.txt", folder])] == ["one", "two"]


def test_the_hash_tells_whether_files_or_manifest_changed(folder: Path) -> None:
    def now() -> str:
        return corpus_hash([s.document for s in find_sources([folder])])

    first = now()
    assert now() == first
    (folder / "two.pdf").write_bytes(b"%PDF-1")
    second = now()
    (folder / "deliverables.toml").write_text(GOOD.replace("One", "Uno"), encoding="utf-8")
    assert len({first, second, now()}) == 3


@pytest.mark.parametrize(
    ("manifest", "says"),
    [
        ("[[document]\n", "deliverables.toml is broken: .*line 1"),
        (GOOD + 'publisher = "X"\n', "deliverables.toml, line 5: publisher"),
        (GOOD.replace('title = "One"\n', ""), "deliverables.toml, line 1: title"),
        (GOOD.replace('"one.txt"', "3"), "deliverables.toml, line 4: source"),
        (GOOD + 'sha256 = "x"\n', "document 1"),
        ('title = "no table"\n', r"holds \[\[document\]\] tables"),
    ],
)
def test_a_broken_manifest_is_named_with_its_line(folder: Path, manifest: str, says: str) -> None:
    (folder / "deliverables.toml").write_text(manifest, encoding="utf-8")
    with pytest.raises(CorpusError, match=says):
        find_sources([folder])


def test_two_documents_of_one_id_are_refused(folder: Path) -> None:
    (folder / "deliverables.toml").write_text(GOOD + GOOD.replace("one.txt", "two.pdf"), encoding="utf-8")
    with pytest.raises(CorpusError, match=r"one\.txt and two\.pdf have the same id 'one'"):
        find_sources([folder])


def test_a_corpus_that_is_missing_or_empty_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="There is no corpus at"):
        find_sources([tmp_path / "gone"])
    with pytest.raises(CorpusError, match="There is no deliverable in"):
        find_sources([tmp_path])
