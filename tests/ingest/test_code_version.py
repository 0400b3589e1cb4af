"""A changed program builds the index anew: which of the library's files count as the program."""

import ast

from icarus_ingest.code_version import LIBRARY, code_hash
from tests.conftest import ROOT

# What ingestion uses of the library that leaves no trace in an index.
NO_CONTENT = {"errors", "settings", "chroma_home", "verification"}


def imported() -> set[str]:
    """The modules of the library that ingestion imports."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / "ingest/icarus_ingest").glob("*.py")]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {node.module.removeprefix("icarus.") for node in imports if (node.module or "").startswith("icarus.")}  # type: ignore[union-attr]


def test_what_ingestion_imports_is_part_of_the_program() -> None:
    counted = {name.removesuffix(".py").replace("/", ".") for name in LIBRARY if name.endswith(".py")}
    assert imported() - NO_CONTENT <= counted


def test_files_that_count_are_there() -> None:
    assert all((ROOT / "src/icarus" / name).is_file() for name in LIBRARY)
    assert len(code_hash()) == 64
