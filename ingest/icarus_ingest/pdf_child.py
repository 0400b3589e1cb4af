"""Read one PDF in a process of its own, so that no file can take the run down.

Run as `python -m icarus_ingest.pdf_child FILE`; writes JSON lines: {"pages": n}, one {"page", "segments", "plain",
"images", "problem"} a page, {"outline": [...]}, or {"error": why} where the file cannot be read at all. Limits:
memory of the process, seconds of computing a page, pages a file.
"""

import json
import logging
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1_000_000_000
PAGE_SECONDS = 8
SLOW_PAGES = 2  # a file with more pages that take too long is given up
MOST_PAGES = 3000
_DEEP = 3000


class _TooSlowError(Exception):
    """A page took longer than it may."""


def main(path: Path) -> None:
    """Read a PDF and write what is in it to standard output."""
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    sys.setrecursionlimit(_DEEP)
    signal.signal(signal.SIGPROF, _stop)
    try:
        for record in _records(path):
            _write(record)
    except MemoryError:
        _write({"error": "it needs more memory than one file may take"})
    except RecursionError:
        _write({"error": "its objects are nested too deeply"})


def _records(path: Path) -> Iterator[dict[str, Any]]:
    import pypdf

    head = path.open("rb").read(1024)
    if b"%PDF-" not in head:
        yield {"error": _not_a_pdf(head)}
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


class _RefusedError(Exception):
    """The file cannot be read; the text says why."""


def _opened(path: Path) -> tuple[Any, int]:
    import pypdf

    _alarm(PAGE_SECONDS)
    try:
        reader = pypdf.PdfReader(path, strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _RefusedError("it is encrypted and needs a password")
        count = len(reader.pages)
    except (_RefusedError, MemoryError, RecursionError):
        raise
    except _TooSlowError as error:
        raise _RefusedError("opening it takes too long") from error
    except Exception as error:  # pypdf raises a dozen types on broken files
        raise _RefusedError(_reason(error)) from error
    finally:
        _alarm(0)
    if count == 0:
        raise _RefusedError("it has no pages")
    if count > MOST_PAGES:
        raise _RefusedError(f"it has {count} pages, more than the {MOST_PAGES} that are read")
    return reader, count


def _pages(reader: Any, count: int) -> Iterator[dict[str, Any]]:  # noqa: ANN401  pypdf is imported late
    slow = 0
    for number in range(count):
        _alarm(PAGE_SECONDS)
        try:
            record = _page(reader.pages[number])
        except _TooSlowError:
            slow += 1
            record = {"problem": "reading the page takes too long"}
        except MemoryError:
            record = {"problem": "the page needs too much memory"}
        except Exception as error:  # one broken page is no reason to lose the others
            record = {"problem": _reason(error)}
        finally:
            _alarm(0)
        yield {"page": number + 1, **record}
        if slow > SLOW_PAGES:
            yield {"error": "reading its pages takes too long"}
            return


def _page(page: Any) -> dict[str, Any]:  # noqa: ANN401  pypdf is imported late
    from icarus_ingest.pdf_text import segments_of

    try:
        segments = segments_of(page)
    except (_TooSlowError, MemoryError):
        raise
    except Exception:  # the plain mode forgives more
        segments = []
    plain = "" if segments else page.extract_text()
    images = 0 if segments or plain.strip() else _images(page)
    return {"segments": segments, "plain": plain, "images": images}


def _images(page: Any) -> int:  # noqa: ANN401  pypdf is imported late
    try:
        return len(page.images)
    except (_TooSlowError, MemoryError):
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

    _alarm(PAGE_SECONDS)
    try:
        walk(reader.outline, 1)
    except Exception:  # an outline is a help, not a need
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


def _not_a_pdf(head: bytes) -> str:
    if not head:
        return "it is empty"
    if head.startswith(b"PK"):
        return "it is no PDF but an office document or archive"
    if head.startswith(b"version https://git-lfs"):
        return "it is no PDF but a pointer of Git LFS: fetch the file itself"
    if b"<html" in head.lower():
        return "it is no PDF but a web page"
    return "it is no PDF"


def _reason(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "its objects are nested too deeply"
    text = (str(error).strip() or type(error).__name__).splitlines()[0]
    return f"it is damaged ({text[:100]})"


def _alarm(seconds: int) -> None:
    signal.setitimer(signal.ITIMER_PROF, seconds)  # of computing, so that a busy machine does no harm


def _stop(_signal: int, _frame: object) -> None:
    raise _TooSlowError


def _write(record: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(record, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
