"""Bad input, through the real command: one clear sentence, the right exit code, no traceback."""

import json
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run


def sentence(done: "subprocess.CompletedProcess[str]", code: int = 1) -> str:
    """The one sentence on standard error of a command that failed with a code."""
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert len(lines[0]) < 300
    return lines[0]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def env_of(corpus: Path) -> dict[str, str]:
    return {"ICARUS_CORPUS": str(corpus), "ICARUS_INDEX": str(corpus.parent / "index")}


@pytest.fixture
def copied_index(built_index: Path, tmp_path: Path) -> Path:
    """A copy of the real index that may be damaged."""
    return Path(shutil.copytree(built_index, tmp_path / "copy"))


# The corpus


def test_no_corpus(run_icarus: Run, tmp_path: Path) -> None:
    told = sentence(run_icarus("ingest", env=env_of(tmp_path / "nowhere")))
    assert told.startswith("There is no corpus at ")
    assert "ICARUS_CORPUS" in told


def test_an_empty_corpus(run_icarus: Run, corpus: Path) -> None:
    (corpus / "notes.docx").write_text("not a deliverable")
    assert "There is no deliverable in " in sentence(run_icarus("ingest", env=env_of(corpus)))


def test_a_path_that_is_not_there(run_icarus: Run, corpus: Path) -> None:
    assert "no-such.pdf" in sentence(run_icarus("ingest", "no-such.pdf", env=env_of(corpus)))


def test_a_broken_manifest(run_icarus: Run, corpus: Path) -> None:
    (corpus / "report.txt").write_text("Text.")
    (corpus / "deliverables.toml").write_text('[[document]]\nid = "report"\nsource = "report.txt"\n')
    told = sentence(run_icarus("ingest", env=env_of(corpus)))
    assert "deliverables.toml, line 1: title: " in told


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"this is no PDF"),
        ("report.pdf", b"%PDF-1.7 that ends too soon"),
        ("report.pdf", b""),
        ("report.txt", b"\xff\xfe\x00\x81 not text"),
        ("report.txt", b""),
    ],
)
def test_a_file_that_cannot_be_read(run_icarus: Run, corpus: Path, name: str, content: bytes) -> None:
    (corpus / name).write_bytes(content)
    done = run_icarus("ingest", env=env_of(corpus))
    assert sentence(done) == "None of the files could be read: the index stays as it was."
    assert name in done.stdout
    assert not (corpus.parent / "index" / "current").exists()


@pytest.mark.slow
def test_an_unreadable_file_does_not_keep_the_others_out(run_icarus: Run, corpus: Path) -> None:
    (corpus / "broken.pdf").write_bytes(b"this is no PDF")
    (corpus / "good.txt").write_text(
        "1. Lighting\n\nStreet lighting was renewed in the whole of the town centre in 2019.\n"
    )
    done = run_icarus("ingest", env=env_of(corpus))
    assert done.returncode == 1
    assert "broken.pdf" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    status = json.loads(run_icarus("status", "--json", env=env_of(corpus)).stdout)
    assert [document["source"] for document in status["documents"]] == ["good.txt"]


def test_an_index_folder_that_cannot_be_written(run_icarus: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    told = sentence(run_icarus("ingest", env={"ICARUS_INDEX": str(tmp_path / "file" / "index")}))
    assert "cannot be written" in told


# The index


@pytest.mark.parametrize("command", [("ask", "What is Calm Street?"), ("status",), ("verify",), ("tools",)])
def test_no_index(run_icarus: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    told = sentence(run_icarus(*command, env={"ICARUS_INDEX": str(tmp_path)}))
    assert told == "There is no index yet: build it with `icarus ingest`."


@pytest.mark.parametrize("command", [("ask", "What is Calm Street?"), ("verify",), ("tools",)])
def test_an_index_of_another_model(run_icarus: Run, copied_index: Path, command: tuple[str, ...]) -> None:
    manifest = next(copied_index.glob("generations/*/manifest.json"))
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"model": "another-model"}))
    told = sentence(run_icarus(*command, env={"ICARUS_INDEX": str(copied_index)}))
    assert "'another-model'" in told
    assert "'all-MiniLM-L6-v2'" in told
    assert "`icarus ingest`" in told


@pytest.mark.parametrize("damage", ["{", "[]", '{"format": 99}', '{"format": 1}'])
def test_a_damaged_manifest(run_icarus: Run, copied_index: Path, damage: str) -> None:
    next(copied_index.glob("generations/*/manifest.json")).write_text(damage)
    for command in (["status"], ["verify"], ["ask", "What is Calm Street?"]):
        assert "`icarus ingest`" in sentence(run_icarus(*command, env={"ICARUS_INDEX": str(copied_index)}))


@pytest.mark.parametrize("part", ["chroma", "chroma/chroma.sqlite3", "lexical", "lexical/ids.json"])
def test_an_index_that_lost_a_part(run_icarus: Run, copied_index: Path, part: str) -> None:
    lost = next(copied_index.glob(f"generations/*/{part}"))
    shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
    told = sentence(run_icarus("ask", "What is Calm Street?", env={"ICARUS_INDEX": str(copied_index)}))
    assert "index" in told
    assert "`icarus ingest`" in told
    assert "unexpected" not in told


def test_an_embedding_model_that_is_not_there(run_icarus: Run, tmp_path: Path) -> None:
    env = {"ICARUS_EMBEDDING_MODEL": str(tmp_path), "ICARUS_INDEX": str(tmp_path / "index")}
    assert "no sentence-transformers model" in sentence(run_icarus("ingest", env=env))


# Questions


@pytest.mark.parametrize("question", ["", "   ", "\n"])
def test_an_empty_question(run_icarus: Run, index_env: dict[str, str], question: str) -> None:
    done = run_icarus("ask", question, env=index_env)
    assert "empty" in sentence(done)
    assert done.stdout == ""


def test_a_question_of_5000_characters(run_icarus: Run, index_env: dict[str, str]) -> None:
    told = sentence(run_icarus("ask", "why " * 1250, env=index_env))
    assert "4,000" in told or "4000" in told


def test_an_error_as_json_is_a_reply_and_a_sentence(run_icarus: Run, index_env: dict[str, str]) -> None:
    done = run_icarus("ask", "", "--json", env=index_env)
    reply = json.loads(done.stdout)
    assert reply["status"] == "error"
    assert reply["answer"] == sentence(done)
    assert reply["citations"] == []


def test_a_line_that_is_no_json(run_icarus: Run, index_env: dict[str, str]) -> None:
    done = run_icarus(
        "ask", "--jsonl", stdin='no json\n{"id": "a", "turns": ["What is Calm Street?"]}\n', env=index_env
    )
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert [(reply["id"], reply["status"]) for reply in replies] == [(None, "error"), ("a", "answered")]
    assert replies[0]["answer"] == "Line 1: this is not JSON."


# The window


def test_a_port_in_use(run_icarus: Run, index_env: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert port in sentence(run_icarus("chat", "--port", port, env=index_env))


def test_an_address_of_another_machine(run_icarus: Run, index_env: dict[str, str]) -> None:
    assert "192.0.2.1" in sentence(run_icarus("chat", "--host", "192.0.2.1", env=index_env))


@pytest.mark.parametrize("port", ["0", "65536", "many"])
def test_a_port_that_is_none(run_icarus: Run, port: str) -> None:
    done = run_icarus("chat", "--port", port)
    assert done.returncode == 2
    assert "--port" in done.stderr


# Settings


@pytest.mark.parametrize("command", [("status",), ("ask", "What is Calm Street?"), ("ingest",), ("chat",)])
def test_a_setting_of_the_wrong_kind(run_icarus: Run, command: tuple[str, ...]) -> None:
    told = sentence(run_icarus(*command, env={"ICARUS_PORT": "many"}))
    assert told.startswith("ICARUS_PORT is 'many', but: ")


def test_the_repository_itself_is_used_from_its_root(run_icarus: Run, tmp_path: Path) -> None:
    """The defaults are relative: in the repository's folder they find its corpus."""
    done = run_icarus("ingest", "--dry-run", cwd=ROOT, env={"ICARUS_CORPUS": "corpus", "ICARUS_INDEX": str(tmp_path)})
    assert done.returncode == 0
    assert "icarus-d2.2" in done.stdout
