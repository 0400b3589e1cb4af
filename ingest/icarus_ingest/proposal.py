"""Propose what the manifest should say of a new file; a person confirms it there.

An entry that was proposed carries `inferred`, the fields that were read off the cover or guessed from the text. Who
has checked one takes its name out of that list. A focus area is used only once it is confirmed.
"""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import tomlkit
from rich.console import Console
from rich.text import Text

from icarus.records import Document, FocusArea
from icarus.taxonomy import focus_area_mentions
from icarus.text import words
from icarus_ingest.corpus import MANIFEST, Source
from icarus_ingest.understand import Understood

_FIELDS = (
    "id",
    "source",
    "title",
    "deliverable",
    "project",
    "date",
    "language",
    "licence",
    "dissemination",
    "focus_areas",
    "inferred",
)
_COMMENT = "Proposed by `icarus ingest`. Check the fields in `inferred`, and take out of it what is right."
_PER_THOUSAND = 1.0  # how often a document about an area names it, in words
_SHARE = 0.5  # of the mentions of the area named most


def with_focus_areas(understood: Understood) -> Document:
    """The document with the focus areas that its text speaks of most, marked as inferred.

    Where its own headings name areas, none are proposed: they say it section by section.
    """
    document = understood.document
    if any(section.focus_area for section in understood.sections):
        return document
    areas = _areas("\n".join(page.text for page in understood.pages))
    inferred = (*document.inferred, "focus_areas") if areas else document.inferred
    return document.model_copy(update={"focus_areas": areas, "inferred": inferred})


def propose(
    sources: Sequence[Source], understood: Sequence[Document], folders: Sequence[Path], console: Console
) -> bool:
    """Add what is proposed of new files to the manifest, or show it where no manifest is to be written.

    Args:
        sources: all files of the run.
        understood: those that could be read, described.
        folders: corpus folders; the manifest of one is written, for files from elsewhere the entry is shown.
        console: where it is told.

    Returns:
        Whether a manifest was changed.
    """
    documents = {document.source: document for document in understood}
    new = [s for s in sources if not s.listed and s.path.name in documents]
    written = False
    for folder, group in groupby(new, key=lambda s: s.path.parent):
        entries = [entry_of(documents[s.path.name]) for s in group]
        if folder in folders and _added(folder / MANIFEST, entries):
            console.print(Text(f"Proposed in {folder / MANIFEST}, to be checked there: {len(entries)} new files."))
            written = True
        else:
            console.print(Text(f"Proposed for {MANIFEST}:\n\n" + "\n".join(entries)))
    return written


def entry_of(document: Document) -> str:
    """The entry of a document as the manifest holds it."""
    entry = tomlkit.table()
    entry.add(tomlkit.comment(_COMMENT))
    content = document.model_dump(mode="json", include=set(_FIELDS))
    for name in _FIELDS:
        if content[name]:
            entry.add(name, content[name])
    entries = tomlkit.aot()
    entries.append(entry)
    return tomlkit.dumps({"document": entries})


def _added(manifest: Path, entries: Sequence[str]) -> bool:
    """Whether the entries could be added to a manifest, in one write; what stands in it stays as it is."""
    try:
        before = manifest.read_text(encoding="utf-8").rstrip("\n") + "\n\n" if manifest.exists() else ""
        fresh = manifest.with_name(f"{MANIFEST}.new")
        fresh.write_text(before + "\n".join(entries), encoding="utf-8")
        fresh.replace(manifest)
    except OSError:
        return False
    return True


def _areas(text: str) -> tuple[FocusArea, ...]:
    mentions = focus_area_mentions(text)
    most = max(mentions.values())
    least = max(_PER_THOUSAND * len(words(text)) / 1000, _SHARE * most, 1)
    return tuple(area for area, count in mentions.items() if count >= least)
