"""The corpus: which files there are, and what the manifest `deliverables.toml` says of each."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from icarus.errors import CorpusError
from icarus.records import Document
from icarus.text import slug
from icarus.verification import sha256_of

MANIFEST = "deliverables.toml"
SUFFIXES = (".txt", ".pdf")
_DERIVED = {"running", "pages", "sha256", "questions_sha256"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read and what is known of it; `listed` says whether the manifest names it (it may be missing then)."""

    path: Path
    document: Document
    listed: bool


def find_sources(paths: Sequence[Path]) -> list[Source]:
    """The deliverables among some files and folders, in the order of the manifests, then by name.

    Raises:
        CorpusError: a path is not there, there is nothing to read, a manifest is broken, or an id stands twice.
    """
    sources = [source for path in paths for source in _sources(path)]
    if not sources:
        names = ", ".join(str(p) for p in paths)
        raise CorpusError(f"There is no deliverable in {names}: put .txt or .pdf files there.")
    seen: dict[str, Path] = {}
    for source in sources:
        other = seen.setdefault(source.document.id, source.path)
        if other != source.path:
            raise CorpusError(f"{other.name} and {source.path.name} have the same id {source.document.id!r}.")
    return list({source.path.resolve(): source for source in sources}.values())


def corpus_hash(documents: Sequence[Document]) -> str:
    """A sum over the files and what the manifest says of them, the same whenever they are the same."""
    lines = [d.model_dump_json(exclude={"pages", "running"}) for d in documents]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def read_toml(path: Path) -> dict[str, Any]:
    """What a file beside the deliverables holds.

    Raises:
        CorpusError: it cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise CorpusError(f"{path} is broken: {error}.") from error


def _sources(path: Path) -> list[Source]:
    if path.is_dir():
        listed = _listed(path / MANIFEST)
        files = [p for p in sorted(path.iterdir()) if p.suffix.lower() in SUFFIXES and p.is_file()]
        order = {name: number for number, name in enumerate(listed)}
        files.sort(key=lambda p: (order.get(p.name, len(order)), p.name))
        missing = [path / name for name in listed if name not in {p.name for p in files}]
        return [_source(p, listed.get(p.name)) for p in (*files, *missing)]
    if path.is_file():
        return [_source(path, _listed(path.parent / MANIFEST).get(path.name))]
    raise CorpusError(f"There is no corpus at {path}: make the folder, or name another with ICARUS_CORPUS.")


def _source(path: Path, document: Document | None) -> Source:
    known = document or Document(id=slug(path.stem), title="", source=path.name)
    derived = {"sha256": _sum_if_readable(path)}
    if known.questions:
        derived["questions_sha256"] = _sum(path.with_name(known.questions))
    return Source(path, known.model_copy(update=derived), document is not None)


def _sum_if_readable(path: Path) -> str:
    """The sum of a deliverable, '' of one that is not there or not readable: what reads it says so, and goes on."""
    try:
        return sha256_of(path)
    except OSError:
        return ""


def _sum(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError as error:
        raise CorpusError(f"{path} cannot be read: {error.strerror or error}.") from error


def _listed(manifest: Path) -> dict[str, Document]:
    """The documents that a manifest names, by file name; none where there is no manifest."""
    if not manifest.is_file():
        return {}
    content = read_toml(manifest)
    entries = content.get("document", [])
    if not isinstance(entries, list) or set(content) - {"document"}:
        raise CorpusError(f"{manifest} is broken: it holds [[document]] tables and nothing else.")
    documents = [_document(manifest, number, entry) for number, entry in enumerate(entries, start=1)]
    return {document.source: document for document in documents}


def _document(manifest: Path, number: int, entry: object) -> Document:
    if not isinstance(entry, dict) or _DERIVED & set(entry):
        raise CorpusError(f"{manifest} is broken: document {number} is not a table of what a deliverable is.")
    try:
        document = Document.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        line = _line_of(manifest, number, field)
        raise CorpusError(f"{manifest}, line {line}: {field}: {first['msg']}.") from error
    unknown = sorted(set(document.inferred) - set(entry))
    if unknown:
        line = _line_of(manifest, number, "inferred")
        raise CorpusError(f"{manifest}, line {line}: inferred names {unknown[0]!r}, which the entry does not have.")
    return document


def _line_of(manifest: Path, number: int, field: str) -> int:
    """The line of a field of the n-th document, or of the document's head where the field is not there."""
    heads = 0
    head = 1
    for line, text in enumerate(manifest.read_text(encoding="utf-8").splitlines(), start=1):
        if text.strip().startswith("[[document]]"):
            heads += 1
            head = line if heads == number else head
        elif heads == number and text.split("=")[0].strip() == field:
            return line
    return head
