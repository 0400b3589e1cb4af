"""Read a PDF: its text comes from a child process with limits, its layout is understood here."""

import json
import re
import subprocess
import sys
import threading
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
from icarus_ingest.pdf_text import Segment
from icarus_ingest.pdf_words import mended

STALL_SECONDS = 20.0  # without a word from the child
_KILLED = -9
_LEADERS = re.compile(r"(?:[.·…_]\s*){3,}")  # of tables of contents
_LEAST_LETTERS = 0.5  # share of letters and digits below which text is no text


@dataclass(slots=True)
class _Read:
    """What the child said of a file."""

    count: int = 0
    pages: list[dict[str, Any]] = field(default_factory=list)
    outline: list[tuple[str, int, int]] = field(default_factory=list)
    error: str = ""


def read_pdf(path: Path, document: Document) -> RawDocument:
    """The pages of a PDF in reading order, running headers and footers removed.

    Raises:
        UnreadableFileError: it is no PDF, encrypted, damaged, too large or slow, or without any text.
    """
    read = _read(path)
    segments = without_margins(mended([[Segment(*s) for s in page.get("segments", ())] for page in read.pages]))
    texts = [
        page.get("plain") or " ".join(s.text for s in found) for page, found in zip(read.pages, segments, strict=True)
    ]
    usable = [_is_text(text) for text in texts]
    if read.error or not any(usable):
        reason = read.error or _why_empty(read.pages, texts)
        raise UnreadableFileError(f"{path.name} cannot be read: {reason}.")
    typography = Typography(segments, read.outline)
    pages = [
        RawPage(n, _lines(n, found, text, typography) if ok else ())
        for n, (found, text, ok) in enumerate(zip(segments, texts, usable, strict=True), start=1)
    ]
    trimmed = tuple(pages) if any(segments) else without_headers(pages)
    return RawDocument(document, trimmed, tuple(_warnings(read.pages, usable)), knows_headings=True)


def _lines(number: int, segments: Sequence[Segment], text: str, typography: Typography) -> tuple[Line, ...]:
    return lines_of(number, segments, typography) if segments else plain_lines(text)


def _read(path: Path) -> _Read:
    """Run the child on a file and gather what it says; it is stopped when it falls silent."""
    read = _Read()
    command = [sys.executable, "-m", "icarus_ingest.pdf_child", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:  # noqa: S603
        try:
            for line in _lines_of(child):
                _take(read, json.loads(line))
        finally:
            child.kill()
    if len(read.pages) < max(read.count, 1) and not read.error:
        _without_the_rest(read, "takes too long" if child.returncode == _KILLED else "breaks down")
    return read


def _without_the_rest(read: _Read, why: str) -> None:
    """The child ended early: keep the pages that it gave, and say so of the others."""
    if not read.pages:
        read.error = f"reading it {why}"
    first = len(read.pages) + 1
    for number in range(first, read.count + 1):
        problem = f"reading page {first} {why}, and the pages after it were not tried"
        read.pages.append({"page": number, "problem": problem})


def _lines_of(child: "subprocess.Popen[str]") -> Iterator[str]:
    while child.stdout is not None:
        watch = threading.Timer(STALL_SECONDS, child.kill)
        watch.start()
        try:
            line = child.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            return
        yield line


def _take(read: _Read, record: dict[str, Any]) -> None:
    if "pages" in record:
        read.count = int(record["pages"])
    elif "error" in record:
        read.error = record["error"]
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
        return "its letters cannot be told: the fonts do not say which they are"
    if any(page.get("images") for page in pages):
        return "its pages are images: it needs text recognition (OCR) first"
    return "it holds no text"


def _warnings(pages: Sequence[dict[str, Any]], usable: Sequence[bool]) -> Iterator[Warn]:
    for page, ok in zip(pages, usable, strict=True):
        if page.get("problem"):
            yield Warn(page["page"], f"not read: {page['problem']}")
        elif not ok:
            yield Warn(page["page"], "image without text: not read" if page.get("images") else "no text on this page")
