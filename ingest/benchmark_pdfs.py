"""What is found in real PDFs, held against their own tables of contents, with seconds and memory.

Run by hand: `python ingest/benchmark_pdfs.py FILE_OR_FOLDER ... [--missed]`. Each file goes the product's own way
(read, understand) in a process of its own, so that the peak memory of the reading process is that of this file. The
headings to find are those of the printed contents, read here with pypdf's plain mode and not with the product's
reader, and those of the bookmarks; titles are compared by their letters and digits. `--missed` names what was not
found, and the sections that no contents name: some are true headings deeper than the contents go, so judge by eye.
"""

import logging
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

from icarus.embedding import EmbeddingModel
from icarus.errors import UnreadableFileError
from icarus.text import squash
from icarus_ingest.corpus import find_sources
from icarus_ingest.marks import squeeze
from icarus_ingest.reading import read
from icarus_ingest.understand import Understood, understand

_CONTENTS = re.compile(
    r"\s*(?:table of )?contents?\s*$|\s*(?:summary|índice|inhalt(?:sverzeichnis)?|sommaire)\s*$", re.I
)
_LISTS = re.compile(r"\s*list of (?:figures|tables)\b", re.I)
_LEADERS = r"[\s.·…_]*[.·…_]{2,}[\s.·…_]*"
# Some writers show a chapter's number after the page.
_ENTRY = re.compile(rf"(?P<title>.*?\w.*?)(?:{_LEADERS}(?P<page>\d{{1,4}})(?:\s+\d{{1,2}})?|\s(?P<bare>\d{{1,4}}))\s*$")
_NUMBER = re.compile(r"\s*(?:\d{1,2}\.)*\d{1,2}\.?\s+(?=\D)|\s*\d{1,2}(?:\.\d{1,2})+\s*")
_NO_TITLES = {"page", "table of contents", "contents"}
_FRONT_PAGES = 15


class Heading(NamedTuple):
    """A heading as the contents or a bookmark name it; page 0 where it is not known."""

    title: str
    page: int


class Measured(NamedTuple):
    """What came out of one file."""

    name: str
    refused: str = ""
    pages: int = 0
    read: int = 0
    expected: tuple[Heading, ...] = ()
    sections: tuple[Heading, ...] = ()
    passages: int = 0
    tables: int = 0
    footnotes: int = 0
    warnings: int = 0
    clock: float = 0.0
    computing: float = 0.0
    understanding: float = 0.0
    megabytes: float = 0.0

    def missed(self, *, on_page: bool) -> list[Heading]:
        """The headings that no section has; `on_page`: or none that begins where the contents say."""
        titles = {squash(s.title) for s in self.sections}
        places = {(squash(s.title), s.page - self.shift) for s in self.sections}
        known = [h for h in self.expected if h.page] if on_page else self.expected
        return [h for h in known if not ((squash(h.title), h.page) in places if on_page else squash(h.title) in titles)]

    @property
    def shift(self) -> int:
        """By how much most pages' numbers are ahead of those printed on them: by those of the front matter."""
        pages = {squash(h.title): h.page for h in self.expected if h.page}
        apart = Counter(s.page - pages[squash(s.title)] for s in self.sections if squash(s.title) in pages)
        return apart.most_common(1)[0][0] if apart else 0

    @property
    def unnamed(self) -> list[Heading]:
        """The sections that the contents do not name."""
        titles = {squash(h.title) for h in self.expected}
        return [s for s in self.sections if squash(s.title) not in titles]


def main(arguments: Sequence[str]) -> int:
    """Measure every file, print the table, and give the exit code."""
    console = Console()
    paths = [Path(a) for a in arguments if not a.startswith("--")]
    files = [f for path in paths for f in (sorted(path.glob("*.pdf")) if path.is_dir() else [path])]
    # One process a file: the peak memory that the system tells is that of all children a process ever had.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        found = [_told(m, console) for m in processes.map(measured, files)]
    console.print(_table(found))
    for one in found if "--missed" in arguments else ():
        console.print(f"\n{one.name}", style="bold")
        console.print(f"missed: {one.missed(on_page=False)}", markup=False)
        console.print(f"not on the page: {one.missed(on_page=True)}", markup=False)
        console.print(f"not in the contents: {one.unnamed}", markup=False)
    return 0


def measured(path: Path) -> Measured:
    """Take one file in, and look up what its contents promise."""
    (source,) = find_sources([path])
    start = time.perf_counter()
    refused, raw = "", None
    try:
        raw = read(source)
    except UnreadableFileError as error:
        refused = str(error)
    clock = time.perf_counter() - start
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = {"clock": clock, "computing": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024}
    if raw is None:
        return Measured(path.name, refused=refused, **spent)
    start = time.perf_counter()
    model = EmbeddingModel.load("all-MiniLM-L6-v2")
    found = understand(raw, model.count_pieces, model.max_pieces)
    spent["understanding"] = time.perf_counter() - start
    return _measured(path, found, spent)


def _measured(path: Path, found: Understood, spent: dict[str, float]) -> Measured:
    return Measured(
        path.name,
        pages=len(found.pages),
        read=sum(bool(page.text.strip()) for page in found.pages),
        expected=tuple(_expected(path)),
        sections=tuple(Heading(s.title, s.page) for s in found.sections),
        passages=len(found.passages),
        tables=found.tables,
        footnotes=found.footnotes,
        warnings=len(found.warnings),
        **spent,
    )


def _expected(path: Path) -> Iterator[Heading]:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its own only: tests of this process read other logs
    reader = pypdf.PdfReader(path)
    printed = list(_printed(reader))
    titles = {squash(heading.title) for heading in printed}
    yield from printed
    yield from (heading for heading in _bookmarks(reader, reader.outline) if squash(heading.title) not in titles)


def _printed(reader: Any) -> Iterator[Heading]:  # noqa: ANN401  pypdf is imported late
    """The entries of the printed contents; those of the lists of figures and tables are none."""
    inside = False
    for page in reader.pages[:_FRONT_PAGES]:
        entries, before = 0, ""
        for line in _plain_lines(page):
            if _CONTENTS.match(line) or _LISTS.match(line):
                inside, before, entries = bool(_CONTENTS.match(line)), "", 1
            elif inside and (match := _ENTRY.match(line)) and match["title"].casefold() not in _NO_TITLES:
                entries += 1
                yield Heading(
                    _NUMBER.sub("", f"{before} {match['title']}".strip(), count=1), int(match["page"] or match["bare"])
                )
                before = ""
            elif inside:
                before = line if len(line.split()) > 2 and entries > 1 else ""
        inside = inside and entries > 1


def _plain_lines(page: Any) -> list[str]:  # noqa: ANN401  pypdf is imported late
    try:
        return [squeeze(line) for line in page.extract_text().split("\n")]
    except Exception:  # what a damaged page promises cannot be known
        return []


def _bookmarks(reader: Any, items: Sequence[Any]) -> Iterator[Heading]:  # noqa: ANN401  pypdf is imported late
    for item in items:
        if isinstance(item, list):
            yield from _bookmarks(reader, item)
            continue
        page = reader.get_destination_page_number(item)
        yield Heading(_NUMBER.sub("", str(item.title), count=1), (page if page is not None else -1) + 1)


def _told(one: Measured, console: Console) -> Measured:
    console.print(one.refused or f"{one.name} is read", markup=False, highlight=False)
    return one


def _table(found: Sequence[Measured]) -> Table:
    table = Table(title="PDFs", title_justify="left")
    table.add_column("file", overflow="fold", max_width=24)
    for column in ("pages", "contents", "found", "on page", "sections", "tables", "notes", "warn", "s", "CPU s", "MB"):
        table.add_column(column, justify="right")
    for one in found:
        headings, placed = len(one.expected), sum(bool(h.page) for h in one.expected)
        table.add_row(
            one.name,
            f"{one.read}/{one.pages}",
            str(headings or "-"),
            _share(headings - len(one.missed(on_page=False)), headings),
            _share(placed - len(one.missed(on_page=True)), placed),
            str(len(one.sections)),
            str(one.tables),
            str(one.footnotes),
            str(one.warnings),
            f"{one.clock:.1f}+{one.understanding:.1f}",
            f"{one.computing:.1f}",
            f"{one.megabytes:.0f}",
        )
    return table


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2f}" if whole else "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
