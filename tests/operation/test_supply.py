"""What Icarus is made of can be listed, and checked for known vulnerabilities where there is a network."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

LOCK = ROOT / "requirements.lock"
BILL = ROOT / "out" / "sbom.json"


@pytest.mark.skipif(not BILL.exists(), reason="there is no out/sbom.json: run 'make sbom' first")
def test_the_bill_of_materials_lists_what_the_lock_pins() -> None:
    bill = json.loads(BILL.read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "icarus-assistant")
    pinned = re.findall(r"^([\w.-]+)==(\S+)$", LOCK.read_text(encoding="utf-8"), re.MULTILINE)
    assert {c["purl"] for c in bill["components"]} == {f"pkg:pypi/{name}@{version}" for name, version in pinned}
    assert len(pinned) > 100


def audit(folder: Path, *answers: object) -> "subprocess.CompletedProcess[str]":
    """The check, with a pip-audit that gives these answers, one a call; None: it fails."""
    program = folder / "pip-audit"
    (folder / "answers").write_text("\n".join(json.dumps(answer) for answer in answers))
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys\n"
        f"answers = pathlib.Path({str(folder / 'answers')!r})\n"
        "first, *rest = answers.read_text().splitlines()\n"
        "answers.write_text('\\n'.join(rest))\n"
        "if first == 'null': sys.exit('ConnectionError')\n"
        "pathlib.Path(sys.argv[sys.argv.index('--output') + 1]).write_text(first)\n"
        "sys.exit(1)\n"
    )
    program.chmod(0o755)
    return run(str(program))


def run(program: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(ROOT / ".ci" / "audit.py"), program, str(LOCK)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


HOLE = {"id": "CVE-1", "fix_versions": ["2.0"]}
KNOWS = {"dependencies": [{"name": "jinja2", "version": "2.4.1", "vulns": [HOLE]}]}
CLEAN = {"dependencies": [{"name": "one", "version": "1.0", "vulns": []}]}
HOLED = {"dependencies": [{"name": "one", "version": "1.0", "vulns": [HOLE]}]}


def test_a_vulnerability_fails_the_check(tmp_path: Path) -> None:
    done = audit(tmp_path, KNOWS, HOLED)
    assert done.returncode == 1
    assert done.stdout == "one 1.0: CVE-1, mended in 2.0\nKnown vulnerabilities: 1 in 1 packages.\n"


def test_none_passes_it(tmp_path: Path) -> None:
    done = audit(tmp_path, KNOWS, CLEAN)
    assert (done.returncode, done.stdout) == (0, "Known vulnerabilities: 0 in 1 packages.\n")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([None], "the list of vulnerabilities cannot be asked from here"),
        ([KNOWS, None], "the list of vulnerabilities cannot be asked from here"),
        ([CLEAN, CLEAN], "the package index that is asked keeps no list of them"),
    ],
)
def test_what_cannot_be_known_is_said_and_fails_nothing(tmp_path: Path, answers: list[object], why: str) -> None:
    done = audit(tmp_path, *answers)
    assert (done.returncode, done.stdout) == (0, f"The vulnerability check is skipped: {why}.\n")


def test_without_the_program_it_is_skipped(tmp_path: Path) -> None:
    done = run(str(tmp_path / "none"))
    assert done.returncode == 0
    assert re.fullmatch(r"The vulnerability check is skipped: [^\n]*\.\n", done.stdout)
