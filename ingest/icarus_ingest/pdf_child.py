"""Read one PDF in a process of its own, so that no file can take the run down.

Run as `python -m icarus_ingest.pdf_child FILE`; writes JSON lines: {"pages": n}, one {"page", "segments", "rules",
"plain", "images", "untold", "damage"} or {"page", "problem"} a page, {"stopped": why} where no more is read,
{"outline": [...]}, or {"error": why} where the file cannot be read at all.

Limits: memory; seconds of computing for a page; and for a file, 20 seconds and one more for each page that was read.
So a bad file ends within half a minute, while a healthy one, which takes a tenth of that second or less, may be as
long as it is. Seconds are of computing, so that a busy machine does no harm; the parent watches the clock.
"""

import json
import logging
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from icarus_ingest.pdf_reasons import CUT_SHORT, DYNAMIC_FORM, UNTOLD, not_a_pdf, reason_of

MEMORY_BYTES = 1_000_000_000
PAGE_SECONDS = 8.0
OUTLINE_SECONDS = 3.0
FIRST_SECONDS = 20.0  # of computing for a whole file,
SECONDS_A_PAGE = 1.0  # and as many more for each page that was read
MOST_PAGES = 3000
MOST_SEGMENTS = 400_000  # of a whole file: some hundred on each page of a very long one
_LAST_SECONDS = 900  # of computing, should nothing else have stopped it
_DEEP = 3000
_END_BYTES = 2048
_FEW_LETTERS = 200  # a page with no more may be an image with a stamp
_MOST_UNTOLD = 0.5  # share of a page's letters


class _TooSlowError(BaseException):
    """Reading took longer than it may; no `except Exception`, here or in pypdf, is to take it for damage."""


class _RefusedError(Exception):
    """The file cannot be read; the text says why."""


def main(path: Path) -> None:
    """Read a PDF and write what is in it to standard output."""
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_LAST_SECONDS, _LAST_SECONDS))
    sys.setrecursionlimit(_DEEP)
    signal.signal(signal.SIGPROF, _stop)
    try:
        for record in _records(path):
            _write(record)
    except MemoryError:
        _write({"error": "it needs more memory than one file may take"})
    except RecursionError:
        _write({"error": "its objects are nested too deeply"})
    except OSError as error:
        _write({"error": error.strerror or str(error)})


def _records(path: Path) -> Iterator[dict[str, Any]]:
    import pypdf
    from pypdf.generic import _font

    # Where fontTools happens to be installed, pypdf reads fonts with it, and some letters otherwise ('07' as '0⁷'): a
    # file is to read the same on every machine.
    _font.HAS_FONTTOOLS = False
    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" not in head:
        yield {"error": not_a_pdf(head)}
        return
    with pypdf.apply_configuration(stream_parsing_work_maximum_count=400_000, zlib_maximum_output_length=30_000_000):
        try:
            reader, count = _opened(path)
        except _RefusedError as error:
            yield {"error": str(error)}
            return
        yield {"pages": count}
        yield from _pages(reader, count)
        yield {"outline": _outline(reader)}


def _opened(path: Path) -> tuple[Any, int]:
    import pypdf

    _alarm(PAGE_SECONDS)
    try:
        reader = pypdf.PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _RefusedError("it is encrypted and needs a password")
        count = len(reader.pages)
        if reader.root_object.get("/NeedsRendering"):
            raise _RefusedError(DYNAMIC_FORM)
    except (_RefusedError, MemoryError, RecursionError):
        raise
    except _TooSlowError as error:
        raise _RefusedError("opening it takes too long") from error
    except Exception as error:  # pypdf raises a dozen types on broken files
        raise _RefusedError(CUT_SHORT if _is_cut_short(path) else reason_of(error)) from error
    finally:
        _alarm(0)
    if count == 0:
        raise _RefusedError("it has no pages")
    if count > MOST_PAGES:
        raise _RefusedError(f"it has {count} pages, more than the {MOST_PAGES} that are read")
    return reader, count


def _is_cut_short(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, _END_BYTES), os.SEEK_END)
        return b"%%EOF" not in file.read()


def _pages(reader: Any, count: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401  pypdf is imported late
    read, segments = 0, 0
    for number in range(count):
        left = FIRST_SECONDS + SECONDS_A_PAGE * read - time.process_time()
        if left <= 0 or segments > MOST_SEGMENTS:
            yield {"stopped": "reading it takes too long" if left <= 0 else "it holds more text than a deliverable may"}
            return
        record = _tried(reader, number, min(PAGE_SECONDS, left))
        read += "problem" not in record
        segments += len(record.get("segments", ()))
        yield {"page": number + 1, **record}


def _tried(reader: Any, number: int, seconds: float) -> dict[str, Any]:  # noqa: ANN401  pypdf is imported late
    _alarm(seconds)
    try:
        return _page(reader.pages[number])
    except _TooSlowError:
        return {"problem": "reading the page takes too long"}
    except MemoryError:
        return {"problem": "the page needs too much memory"}
    except Exception as error:  # one broken page is no reason to lose the others
        return {"problem": reason_of(error)}
    finally:
        _alarm(0)


def _page(page: Any) -> dict[str, Any]:  # noqa: ANN401  pypdf is imported late
    from icarus_ingest.pdf_text import PageText, text_of

    try:
        text = text_of(page)
    except MemoryError:
        raise
    except Exception:  # the plain mode forgives more
        text = PageText([])
    if text.untold > _MOST_UNTOLD:
        return {"problem": UNTOLD}
    plain = "" if text.segments else page.extract_text()
    few = len(plain) + sum(len(s.text) for s in text.segments) < _FEW_LETTERS
    return {
        "segments": text.segments,
        "rules": text.rules,
        "plain": plain,
        "images": _images(page) if few else 0,
        "untold": text.untold,
        "damage": text.damage,
    }


def _images(page: Any) -> int:  # noqa: ANN401  pypdf is imported late
    try:
        return len(page.images)
    except MemoryError:
        raise
    except Exception:  # an image that cannot be counted is one all the same
        return 1


def _outline(reader: Any) -> list[tuple[str, int, int]]:  # noqa: ANN401  pypdf is imported late
    """(title, page from 1, level from 1) of each bookmark."""
    entries: list[tuple[str, int, int]] = []

    def walk(items: Any, level: int) -> None:  # noqa: ANN401
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
                continue
            entries.append((str(item.title), _page_of(reader, item), level))

    _alarm(OUTLINE_SECONDS)
    try:
        walk(reader.outline, 1)
    except (Exception, _TooSlowError):  # an outline is a help, not a need
        return entries
    finally:
        _alarm(0)
    return entries


def _page_of(reader: Any, bookmark: Any) -> int:  # noqa: ANN401  pypdf is imported late
    """The page that a bookmark leads to, from 1; 0 where that cannot be told."""
    if isinstance(bookmark.page, int):  # some writers give its number instead of the page
        return int(bookmark.page) + 1
    page = reader.get_destination_page_number(bookmark)
    return 0 if page is None else int(page) + 1


def _alarm(seconds: float) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)  # of computing, so that a busy machine does no harm


def _stop(_signal: int, _frame: object) -> None:
    raise _TooSlowError


def _write(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
