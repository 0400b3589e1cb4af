"""A backup brings back the very index; what is broken, foreign or hostile is refused and changes nothing."""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from icarus.errors import IndexBusyError, IndexMissingError, IndexUnusableError
from icarus.generation import named_generations, published_generation
from icarus.index import Index
from icarus.settings import Settings
from icarus_ingest.backup import LIST, BackupError, back_up, restore
from icarus_ingest.checking import check
from icarus_ingest.generations import roll_back, writing
from tests.conftest import Run
from tests.small_index import publish_small

NO_BACKUP = "is no backup of Icarus, or a damaged one: name a file that `icarus backup` wrote."
Entries = list[tuple[tarfile.TarInfo, bytes]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(index=tmp_path / "index", embedding_model="small")
    publish_small(settings, "aaa", 1995)
    return settings


@pytest.fixture
def file(settings: Settings, tmp_path: Path) -> Path:
    """A backup of generation `aaa`."""
    back_up(settings.index, tmp_path / "kept.icarus")
    return tmp_path / "kept.icarus"


def served(root: Path) -> str:
    with closing(Index.open(root, "small")) as index:
        page = index.page("report", 1)
        return f"{index.folder.name}: {page.text if page else ''}"


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def rewritten(file: Path, change: Callable[[Entries], Entries]) -> Path:
    """The archive with its entries changed."""
    with tarfile.open(file) as archive:
        entries: Entries = [(e, c.read() if (c := archive.extractfile(e)) else b"") for e in archive.getmembers()]
    other = file.with_name("changed.icarus")
    with tarfile.open(other, "w:gz") as archive:
        for entry, content in change(entries):
            if entry.isreg():
                entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return other


def named(name: str, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
    return tarfile.TarInfo(name), content


def listing(entries: Entries, **changes: object) -> tuple[tarfile.TarInfo, bytes]:
    return named(LIST, json.dumps(json.loads(entries[0][1]) | changes).encode())


def with_file(entries: Entries, name: str, content: bytes = b"x") -> Entries:
    """The entries with one more file, which the list names as well."""
    kept = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    files = [*json.loads(entries[0][1])["files"], kept]
    return [listing(entries, files=files), *entries[1:], named(name, content)]


def test_what_is_restored_elsewhere_is_the_very_index(file: Path, settings: Settings, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    manifest = restore(elsewhere, file, "small")
    assert manifest.generation == "aaa"
    ours, theirs = (files_below(published_generation(root)) for root in (settings.index, elsewhere))
    assert ours.keys() == theirs.keys()
    changed = {name for name in ours if ours[name] != theirs[name]}
    assert {name for name in changed if not name.startswith("chroma/")} == set()  # Chroma writes when it is opened
    check(published_generation(elsewhere))
    assert "1995" in served(elsewhere)


def test_the_one_that_served_is_kept_back(file: Path, settings: Settings) -> None:
    publish_small(settings, "bbb", 1996)
    restore(settings.index, file, "small")
    assert "1995" in served(settings.index)
    assert [folder.name for folder in named_generations(settings.index)] == ["aaa-2", "bbb"]
    roll_back(settings.index)
    assert "1996" in served(settings.index)


def test_a_damaged_index_can_be_mended(file: Path, settings: Settings) -> None:
    (published_generation(settings.index) / "manifest.json").write_text("{")
    restore(settings.index, file, "small")
    assert "1995" in served(settings.index)


def test_a_damaged_index_is_not_kept(settings: Settings, tmp_path: Path) -> None:
    (published_generation(settings.index) / "lexical" / "ids.json").write_text("[]")
    with pytest.raises(IndexUnusableError, match="its parts do not agree"):
        back_up(settings.index, tmp_path / "kept.icarus")
    assert not (tmp_path / "kept.icarus").exists()


def test_nothing_is_overwritten(file: Path, settings: Settings) -> None:
    before = file.read_bytes()
    with pytest.raises(BackupError, match="is there already: name another file, or remove it first"):
        back_up(settings.index, file)
    assert file.read_bytes() == before


def test_a_failed_backup_leaves_nothing(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "addfile", full)
    (tmp_path / "out").mkdir()
    with pytest.raises(BackupError, match=r"cannot be written: No space left on device\."):
        back_up(settings.index, tmp_path / "out" / "kept.icarus")
    assert list((tmp_path / "out").iterdir()) == []


def test_without_an_index_there_is_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        back_up(tmp_path / "none", tmp_path / "kept.icarus")


def test_it_waits_for_no_writer(file: Path, settings: Settings, tmp_path: Path) -> None:
    with writing(settings.index):
        with pytest.raises(IndexBusyError):
            restore(settings.index, file, "small")
        with pytest.raises(IndexBusyError):
            back_up(settings.index, tmp_path / "other.icarus")


HOSTILE: dict[str, Callable[[Entries], Entries]] = {
    "a name that leads up": lambda e: with_file(e, "../evil"),
    "a name that leads up from below": lambda e: with_file(e, "chroma/../../evil"),
    "an absolute name": lambda e: with_file(e, "/tmp/evil"),  # noqa: S108
    "a name with a backslash": lambda e: with_file(e, "..\\evil"),
    "a generation that leads up": lambda e: [listing(e, generation="../../evil"), *e[1:]],
    "a file that is not listed": lambda e: [*e, named("evil", b"x")],
    "a listed file that is missing": lambda e: e[:-1],
    "a file twice": lambda e: [*e, e[-1]],
    "another content": lambda e: [*e[:-1], named(e[-1][0].name, b"x" * len(e[-1][1]))],
    "another size": lambda e: [*e[:-1], named(e[-1][0].name, e[-1][1] + b"x")],
    "no list": lambda e: e[1:],
    "a list of another kind": lambda e: [named(LIST, b"[]"), *e[1:]],
    "a list that is no JSON": lambda e: [named(LIST, b"{"), *e[1:]],
    "a list deeper than can be read": lambda e: [named(LIST, b"[" * 100_000), *e[1:]],
    "a later form": lambda e: [listing(e, icarus_backup=2), *e[1:]],
}


def linked(entries: Entries, kind: bytes) -> Entries:
    """The last file as a link to another."""
    entry = tarfile.TarInfo(entries[-1][0].name)
    entry.type, entry.linkname = kind, "../../../evil"
    return [*entries[:-1], (entry, b"")]


HOSTILE |= {
    "a symbolic link": lambda e: linked(e, tarfile.SYMTYPE),
    "a hard link": lambda e: linked(e, tarfile.LNKTYPE),
    "a device": lambda e: linked(e, tarfile.CHRTYPE),
    "a pipe": lambda e: linked(e, tarfile.FIFOTYPE),
}


@pytest.mark.parametrize("change", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_archive_is_refused_and_changes_nothing(
    file: Path, settings: Settings, change: Callable[[Entries], Entries]
) -> None:
    hostile = rewritten(file, change)
    before = files_below(settings.index.parent)
    with pytest.raises(BackupError, match=NO_BACKUP):
        restore(settings.index, hostile, "small")
    assert files_below(settings.index.parent) == before
    assert not Path("/tmp/evil").exists()  # noqa: S108


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00broken"], ids=["empty", "text", "gzip"])
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(BackupError, match=NO_BACKUP):
        restore(tmp_path / "index", tmp_path / "other", "small")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_a_file_that_breaks_off_is_refused(file: Path, tmp_path: Path, share: float) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(BackupError, match=NO_BACKUP):
        restore(tmp_path / "other", file, "small")
    assert named_generations(tmp_path / "other") == []


def test_more_than_there_is_room_for_is_refused_before_it_is_written(file: Path, tmp_path: Path) -> None:
    def huge(entries: Entries) -> Entries:
        files = json.loads(entries[0][1])["files"]
        return [listing(entries, files=[{**files[0], "size": 1 << 60}, *files[1:]]), *entries[1:]]

    with pytest.raises(BackupError, match="There is no room for the backup: it takes 1,152,"):
        restore(tmp_path / "other", rewritten(file, huge), "small")


def test_a_whole_archive_of_a_broken_index_fails_the_check(file: Path, settings: Settings) -> None:
    def broken(entries: Entries) -> Entries:
        name = "lexical/ids.json"
        rest = [(e, b"[]" if e.name == name else c) for e, c in entries[1:]]
        changed = {"size": 2, "sha256": hashlib.sha256(b"[]").hexdigest()}
        files = [f | changed if f["name"] == name else f for f in json.loads(entries[0][1])["files"]]
        return [listing(entries, files=files), *rest]

    publish_small(settings, "bbb", 1996)
    with pytest.raises(IndexUnusableError, match=r"is not restored, and what is published goes on: .* do not agree"):
        restore(settings.index, rewritten(file, broken), "small")
    assert "1996" in served(settings.index)


def test_an_index_of_another_model_is_refused(file: Path, settings: Settings) -> None:
    with pytest.raises(IndexUnusableError, match="embedding model 'small', the settings ask for 'other'"):
        restore(settings.index, file, "other")


@pytest.mark.slow
def test_both_are_commands(run_icarus: Run, index_env: dict[str, str], tmp_path: Path) -> None:
    file, other = tmp_path / "kept.icarus", {"ICARUS_INDEX": str(tmp_path / "index")}
    kept = run_icarus("backup", str(file), env=index_env)
    assert (kept.returncode, kept.stderr) == (0, "")
    assert "passages, 104 tools." in kept.stdout
    brought = run_icarus("restore", str(file), env=other)
    assert (brought.returncode, brought.stderr) == (0, "")
    assert run_icarus("verify", env=other).returncode == 0
    refused = run_icarus("restore", str(tmp_path / "none"), env=other)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == f"{tmp_path / 'none'} cannot be read: No such file or directory.\n"
