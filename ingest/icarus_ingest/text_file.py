"""Read a deliverable that was converted to text: one line a paragraph, tables tab-separated, pages parted by gaps.

Pages are parted by form feeds, or where there are none by four or more line ends. A part that holds only a
footnote belongs to the page before; parts after the last page that hold only a caption are logos, and left out.
"""

import re
from pathlib import Path

from icarus.errors import UnreadableFileError
from icarus.records import Document
from icarus_ingest.decoding import MOST_BYTES, Decoded, NoTextError, decoded
from icarus_ingest.headers import without_headers
from icarus_ingest.marks import MARK, fold_characters, plain, squeeze
from icarus_ingest.model import Line, RawDocument, RawPage, Warn

_PAGE_END = re.compile(r"\n{4,}")
_URL_LINE = re.compile(r"\s*https?://\S+\s*$")
_CAPTION_CHARS = 100
_STRAY = re.compile(r"\s*\d\s*$")


def read_text(path: Path, document: Document) -> RawDocument:
    """The pages of a text file, running headers removed.

    Raises:
        UnreadableFileError: it is no text in an encoding that can be told, is too large, or has no words.
    """
    content = _content(path)
    text = fold_characters(content.text)
    if not text.strip():
        raise UnreadableFileError(f"{path.name} cannot be read: it holds no text.")
    parts = text.split("\f") if "\f" in text else _page_parts(text)
    pages, running = without_headers([_page(n, part) for n, part in enumerate(parts, start=1)])
    kept, dropped = _without_logos(pages) if "\f" not in text else (pages, ())
    assumed = (Warn(0, content.warning),) if content.warning else ()
    named = document.model_copy(update={"running": running})
    return RawDocument(named, kept, (*assumed, *dropped, *_empty(kept)))


def _content(path: Path) -> Decoded:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UnreadableFileError(f"{path.name} cannot be read: it is larger than {MOST_BYTES // 1_000_000} MB.")
        return decoded(path.read_bytes())
    except NoTextError as error:
        raise UnreadableFileError(f"{path.name} cannot be read: {error}.") from error
    except OSError as error:
        raise UnreadableFileError(f"{path.name} cannot be read: {error.strerror or error}.") from error


def _page_parts(text: str) -> list[str]:
    parts: list[str] = []
    for part in _PAGE_END.split(text):
        if not part.strip():
            continue
        if parts and _only_notes(part):
            parts[-1] += "\n\n" + part
        else:
            parts.append(part)
    return parts


def _only_notes(part: str) -> bool:
    lines = [line for line in part.splitlines() if line.strip()]
    return all(MARK.match(line.strip()) or _URL_LINE.match(line) for line in lines)


def _page(number: int, part: str) -> RawPage:
    lines, gap = [], True
    for raw in part.split("\n"):
        text = raw.rstrip() if "\t" in raw else squeeze(raw)
        if not text.strip() or (gap and _STRAY.match(text)):
            gap = True
            continue
        lines.append(Line(text, gap))
        gap = False
    return RawPage(number, tuple(lines))


def _without_logos(pages: tuple[RawPage, ...]) -> tuple[tuple[RawPage, ...], tuple[Warn, ...]]:
    """Pages up to the last that holds more than a caption."""
    last = max((i for i, page in enumerate(pages) if not _is_caption(page)), default=len(pages) - 1)
    names = [squeeze(" ".join(line.text for line in page.lines)) for page in pages[last + 1 :]]
    if not names:
        return pages, ()
    message = f"{len(names)} captions after the last page are left out: {'; '.join(names)}"
    return pages[: last + 1], (Warn(pages[last].number, message),)


def _is_caption(page: RawPage) -> bool:
    words = plain(" ".join(line.text for line in page.lines))
    return len(words) < _CAPTION_CHARS and not words.endswith((".", ":", "?", "!"))


def _empty(pages: tuple[RawPage, ...]) -> tuple[Warn, ...]:
    return tuple(Warn(page.number, "no text on this page") for page in pages if not page.lines)
