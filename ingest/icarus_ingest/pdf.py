"""Read a PDF: its text comes from a child process with limits, its layout is understood here."""

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from icarus.errors import UnreadableFileError
from icarus.records import Document
from icarus_ingest.headers import without_headers
from icarus_ingest.model import Line, RawDocument, RawPage, Warn
from icarus_ingest.pdf_layout import Typography, lines_of, plain_lines
from icarus_ingest.pdf_margins import without_margins
from icarus_ingest.pdf_reasons import UNTOLD
from icarus_ingest.pdf_rules import Rule
from icarus_ingest.pdf_text import Segment
from icarus_ingest.pdf_words import mended

STALL_SECONDS = 20.0  # without a word from the child
MOST_SECONDS = 900.0  # by the clock, for any file
_KILLED = -9
_LEADERS = re.compile(r"(?:[.·…_]\s*){3,}")  # of tables of contents
_WARNED_UNTOLD = 0.1  # share of a page's letters; less are symbols
_LEAST_LETTERS = 0.5  # share of letters and digits below which text is no text


@dataclass(slots=True)
class _Read:
    """What the child said of a file."""

    count: int = 0
    pages: list[dict[str, Any]] = field(default_factory=list)
    outline: list[tuple[str, int, int]] = field(default_factory=list)
    error: str = ""
    stopped: str = ""


def read_pdf(path: Path, document: Document) -> RawDocument:
    """The pages of a PDF in reading order, running headers and footers removed.

    Raises:
        UnreadableFileError: it is no PDF, encrypted, damaged, too large or slow, or without any text.
    """
    read = _read(path)
    printed = mended([[Segment(*s) for s in page.get("segments", ())] for page in read.pages])
    segments, running = without_margins(printed)
    texts = [
        page.get("plain") or " ".join(s.text for s in found) for page, found in zip(read.pages, segments, strict=True)
    ]
    usable = [_is_text(text) for text in texts]
    if read.error or not any(usable):
        reason = read.error or _why_empty(read.pages, texts)
        raise UnreadableFileError(f"{path.name} cannot be read: {reason}.")
    typography = Typography(segments, read.outline)
    pages = [
        RawPage(n, _lines(page, found, text, typography) if ok else ())
        for n, (page, found, text, ok) in enumerate(zip(read.pages, segments, texts, usable, strict=True), start=1)
    ]
    trimmed, running = (tuple(pages), running) if any(segments) else without_headers(pages)
    named = document.model_copy(update={"running": running})
    return RawDocument(named, trimmed, tuple(_warnings(read.pages, usable)), knows_headings=True)


def _lines(page: dict[str, Any], segments: Sequence[Segment], text: str, typography: Typography) -> tuple[Line, ...]:
    rules = [Rule(*rule) for rule in page.get("rules", ())]
    return lines_of(page["page"], segments, rules, typography) if segments else plain_lines(text)


def _read(path: Path) -> _Read:
    """Run the child on a file and gather what it says; it is stopped when it falls silent."""
    read = _Read()
    command = [sys.executable, "-m", "icarus_ingest.pdf_child", str(path)]
    with subprocess.Popen(  # noqa: S603
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as child:
        try:
            for line in _lines_of(child):
                _take(read, json.loads(line))
        finally:
            child.kill()
    if len(read.pages) < max(read.count, 1) and not read.error:
        killed = "reading it takes too long" if child.returncode == _KILLED else "reading it breaks down"
        _without_the_rest(read, read.stopped or killed)
    return read


def _without_the_rest(read: _Read, why: str) -> None:
    """The child ended early: keep the pages that it gave, and say once for the others why they are not read."""
    first = len(read.pages) + 1
    if first == 1:
        read.error = why
    last = f"{why} (this page and those up to {read.count})" if first < read.count else why
    read.pages += [{"page": n, "problem": last if n == first else None} for n in range(first, read.count + 1)]


def _lines_of(child: "subprocess.Popen[str]") -> Iterator[str]:
    end = time.monotonic() + MOST_SECONDS
    while child.stdout is not None:
        watch = threading.Timer(min(STALL_SECONDS, end - time.monotonic()), child.kill)
        watch.start()
        try:
            line = child.stdout.readline()
        finally:
            watch.cancel()
        if not line.endswith("\n"):  # the end, or a line that the child was stopped in
            return
        yield line


def _take(read: _Read, record: dict[str, Any]) -> None:
    if "pages" in record:
        read.count = int(record["pages"])
    elif "error" in record and not read.pages:
        read.error = record["error"]
    elif "error" in record or "stopped" in record:
        read.stopped = record.get("stopped") or record["error"]
    elif "outline" in record:
        read.outline = [(str(title), int(page), int(level)) for title, page, level in record["outline"]]
    elif "page" in record:
        read.pages.append(record)


def _is_text(text: str) -> bool:
    solid = [c for c in _LEADERS.sub("", text) if not c.isspace()]
    return bool(solid) and sum(c.isalnum() for c in solid) >= _LEAST_LETTERS * len(solid)


def _why_empty(pages: Sequence[dict[str, Any]], texts: Sequence[str]) -> str:
    problems = [page["problem"] for page in pages if page.get("problem")]
    if problems:
        return str(problems[0])
    if any(text.strip() for text in texts):
        return UNTOLD
    if any(page.get("images") for page in pages):
        return "its pages are images: it needs text recognition (OCR) first"
    return "it holds no text"


def _warnings(pages: Sequence[dict[str, Any]], usable: Sequence[bool]) -> Iterator[Warn]:
    for page, ok in zip(pages, usable, strict=True):
        if "problem" in page:
            if page["problem"]:
                yield Warn(page["page"], f"not read: {page['problem']}")
        elif not ok:
            yield Warn(page["page"], "image without text: not read" if page.get("images") else "no text on this page")
        elif page.get("damage"):
            yield Warn(page["page"], f"read in part: {page['damage']}")
        elif page.get("untold", 0.0) > _WARNED_UNTOLD:
            yield Warn(
                page["page"], f"read in part: of {page['untold']:.0%} of its letters no font says which they are"
            )
