"""`icarus doctor` names what is missing with its remedy, and runs where next to nothing is installed."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from icarus import doctor
from tests.conftest import ROOT, Run


def lines_of(output: str) -> dict[str, str]:
    """The lines of a report by what they are about, with the state in front."""
    return {line[9:25].strip(): f"{line[:7].strip()}: {line[26:]}" for line in output.splitlines()}


def test_without_an_index_that_is_what_is_missing(run_icarus: Run, tmp_path: Path) -> None:
    done = run_icarus("doctor", env={"ICARUS_INDEX": str(tmp_path)})
    found = lines_of(done.stdout)
    assert done.returncode == 1
    assert found["index"] == "missing: There is no index yet: run `icarus ingest`"
    assert [what for what, told in found.items() if told.startswith("missing")] == ["index"]
    assert found["embedding model"] == "ok: all-MiniLM-L6-v2, SHA-256 53aa51172d14..., by torch"
    assert found["Python"].startswith("ok: 3.")


@pytest.mark.parametrize(("limit", "told"), [("1500000000\n", "1.5 GB"), ("max\n", "GB")])
def test_the_memory_of_a_container_is_what_it_may_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, told: str
) -> None:
    (tmp_path / "memory.max").write_text(limit)
    monkeypatch.setattr(doctor, "_CONTAINER_LIMIT", tmp_path / "memory.max")
    found = doctor._memory()
    assert told in found.found
    assert found.good is (limit == "max\n")


def test_a_corpus_that_is_not_there_is_told(run_icarus: Run, tmp_path: Path) -> None:
    done = run_icarus("doctor", env={"ICARUS_CORPUS": str(tmp_path)})
    assert lines_of(done.stdout)["corpus"].startswith("missing: no deliverables in ")


def test_a_port_in_use_is_a_note_and_no_failure(run_icarus: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_icarus("doctor", env={"ICARUS_PORT": str(port)})
    assert lines_of(done.stdout)["port"].startswith(f"note: 127.0.0.1:{port}: ")


def test_wrong_settings_are_told_and_end_no_other_check(run_icarus: Run) -> None:
    done = run_icarus("doctor", env={"ICARUS_PORT": "many"})
    found = lines_of(done.stdout)
    assert done.returncode == 1
    assert found["settings"].startswith("missing: ICARUS_PORT is 'many', but: ")
    assert found["packages"].startswith("ok: ")


@pytest.mark.parametrize("call", [("-m", "icarus", "doctor"), ("-m", "icarus.doctor")])
def test_it_runs_without_any_package(call: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-S", *call],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = lines_of(done.stdout)
    assert done.returncode == 1
    assert done.stderr == ""
    assert found["packages"].startswith("missing: Icarus itself is not installed: run `make setup`")
    assert found["settings"].startswith("missing: ModuleNotFoundError")


def test_another_command_without_packages_points_to_the_doctor() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "-m", "icarus", "status"],
        env={"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "A part of Icarus is not installed (typer): `icarus doctor` says what is missing.\n"
