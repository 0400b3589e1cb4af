"""One way through the house: who may import whom, how long files and functions may be, what loads when."""

import ast
import re
import statistics
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import HEAVY, ROOT, loaded_by

PROGRAMS = {"icarus_api": "src", "icarus_ingest": "ingest", "icarus_ui": "ui", "icarus_evals": "evals"}

# Each file of the library imports only files before it. A new file takes its place here.
LIBRARY = (
    # the nouns, and words
    "records", "errors", "settings", "text", "vocabulary", "wording", "spelling", "taxonomy", "places", "tool_names",
    # other languages
    "languages", "languages.lexicon", "languages.detection", "languages.gloss", "languages.frame",
    "languages.translation",
    "topic", "abbreviation", "attributes", "counting",
    # the index
    "remarks", "register", "remembering", "lexical", "exported", "shipped_graph", "embedding", "exporting",
    "chroma_home", "nodes", "hnsw", "rows", "shards", "store", "generation", "index", "catalogue", "coverage",
    # from a question to an answer
    "question", "cues", "hearing", "reading", "conversation", "asking", "understanding", "retrieval", "evidence",
    "judged", "relevance", "unnamed_places", "unlisted", "answerability", "citation", "usage", "answer", "answer.draft",
    "answer.verbatim", "coordination", "narrowing", "comparison", "selection", "answering", "suggestions",
    "explanation",
    # an answer in a language model's words
    "budget", "language_model", "answer.sentences", "answer.grounding", "answer.support", "answer.prompt",
    "answer.generated", "condensing", "wordsmith", "model_server",
    "assistant",
    # for who runs it
    "logs", "metrics", "watching", "live", "stopping", "operation", "web_requests", "origins",
    # for other programs
    "arguments", "lookup", "tool_formats", "model_tools", "agent_tools", "retrievers", "engines", "listening",
    # the command line
    "late_commands", "batch", "verification", "terminal", "explained", "doctor", "streams", "cli", "__main__",
)  # fmt: skip

MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_FUNCTION = 80
P95_LINES_OF_A_FUNCTION = 40
MEDIAN_LINES_OF_A_FUNCTION = 9


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


PRODUCT = sources("src/icarus", *(f"{folder}/{package}" for package, folder in PROGRAMS.items()))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or inside a function, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            assert node.module
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def library_name(path: Path) -> str:
    """'answer.verbatim' for src/icarus/answer/verbatim.py; a package goes by its own name."""
    parts = path.relative_to(ROOT / "src" / "icarus").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


LIBRARY_FILES = {name: path for path in sources("src/icarus") if (name := library_name(path))}


def test_every_file_of_the_library_has_its_place() -> None:
    assert sorted(LIBRARY) == sorted(LIBRARY_FILES)


@pytest.mark.parametrize("name", LIBRARY)
def test_a_file_of_the_library_imports_only_those_before_it(name: str) -> None:
    wanted = {m.removeprefix("icarus.") for m in imported(LIBRARY_FILES[name]) if m.startswith("icarus.")}
    places = {module: place for place, module in enumerate(LIBRARY)}
    assert [module for module in wanted if places.get(module, -1) >= places[name]] == []


@pytest.mark.parametrize("path", sources("src/icarus"), ids=lambda path: path.stem)
def test_the_library_knows_none_of_its_users(path: Path) -> None:
    assert [m for m in imported(path) if m.split(".")[0] in PROGRAMS] == []


@pytest.mark.parametrize("package", PROGRAMS)
def test_the_programs_do_not_know_each_other(package: str) -> None:
    others = PROGRAMS.keys() - {package}
    files = sources(f"{PROGRAMS[package]}/{package}")
    assert files
    assert [(path.name, m) for path in files for m in imported(path) if m.split(".")[0] in others] == []


def test_no_file_is_a_drawer_for_everything() -> None:
    assert [path for path in PRODUCT if path.stem in {"utils", "util", "helpers", "common", "misc"}] == []


@pytest.mark.parametrize("path", PRODUCT, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_file_is_too_long(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES_OF_A_FILE


def function_lengths() -> dict[str, int]:
    """Lines of every function of the product, from its `def` to its end."""
    lengths = {}
    for path in PRODUCT:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno
                lengths[f"{path.name}:{node.name}:{node.lineno}"] = node.end_lineno - node.lineno + 1
    return lengths


def test_functions_are_short() -> None:
    lengths = function_lengths()
    assert {name: n for name, n in lengths.items() if n > MOST_LINES_OF_A_FUNCTION} == {}
    assert statistics.quantiles(lengths.values(), n=20)[-1] <= P95_LINES_OF_A_FUNCTION
    assert statistics.median(lengths.values()) <= MEDIAN_LINES_OF_A_FUNCTION


@pytest.mark.parametrize(
    "module", ["icarus", "icarus.cli", "icarus.settings", "icarus.index", "icarus.doctor", "icarus_api.cli"]
)
def test_importing_it_loads_nothing_heavy(module: str) -> None:
    assert loaded_by(f"import {module}") & HEAVY == set()


def test_the_lock_holds_every_pinned_dependency_and_names_no_registry() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pins = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    plain = [re.sub(r"\[.*?\]", "", pin) for pin in pins]
    assert [pin for pin in plain if f"\n{pin.lower()}\n" not in lock.lower()] == []
    assert [line for line in lock.splitlines() if "://" in line or line.startswith(("--", "-i", "-e"))] == []
    assert [name for name in ("nvidia", "cuda-", "triton") if f"\n{name}" in lock] == []
