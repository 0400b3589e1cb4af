"""The README says what is true: its settings, commands, example and links are checked against the code."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from icarus.late_commands import late_commands
from icarus.settings import Settings
from tests.conftest import ROOT, Run

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ui/README.md", ".container/README.md", "evals/SCALE.md")


def settings_rows() -> list[str]:
    """The rows of the settings table as the class has them."""
    return [
        f"| `ICARUS_{name.upper()}` | `{field.default}` | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]


def test_the_reference_of_settings_is_the_class() -> None:
    reference = (ROOT / ".container" / "README.md").read_text(encoding="utf-8")
    assert [line for line in reference.splitlines() if line.startswith("| `ICARUS_")] == settings_rows()


def test_the_settings_of_the_readme_are_as_in_the_class() -> None:
    lines = [line for line in README.splitlines() if line.startswith("| `ICARUS_")]
    assert lines == [row for row in settings_rows() if row in lines]
    assert len(lines) > 10


@pytest.mark.parametrize("page", PAGES)
def test_settings_that_are_named_exist(page: str) -> None:
    named = set(re.findall(r"\bICARUS_([A-Z_]+)\b", (ROOT / page).read_text(encoding="utf-8")))
    assert {name for name in named if name.lower() not in Settings.model_fields} - {"DEBUG"} == set()


def test_the_commands_table_has_every_command() -> None:
    listed = re.findall(r"^\| `icarus (\w+)", README, re.MULTILINE)
    own = {"ask", "status", "verify", "tools", "doctor"}
    assert set(listed) == own | late_commands([]).keys()


def test_the_example_is_what_the_program_prints(run_icarus: Run, index_env: dict[str, str]) -> None:
    match = re.search(r"^\$ icarus (.+)\n((?:.*\n)+?)```", README, re.MULTILINE)
    assert match
    done = run_icarus(*shlex.split(match[1]), env=index_env)
    assert done.stdout == match[2]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", (ROOT / page).read_text(encoding="utf-8"))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_that_are_named_exist(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)\b", (ROOT / page).read_text(encoding="utf-8")))
    assert {target for target in named if not re.search(rf"^{target}:", makefile, re.MULTILINE)} == set()


def test_pages_stay_short() -> None:
    assert README.count("\n") - len(settings_rows()) < 150  # the table grows with the settings
    assert (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").count("\n") < 50


def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in changelog or f"## [{version}]" in changelog


def test_the_makefile_explains_each_target() -> None:
    lines = Path(ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    targets = [line for line in lines if re.match(r"[a-z]+:", line) and not line.startswith("python:")]
    assert targets
    assert [line for line in targets if "## " not in line] == []
