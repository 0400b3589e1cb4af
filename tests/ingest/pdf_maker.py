"""Writes small PDFs byte by byte, so that tests know where every word of a page stands, and reads them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from icarus.records import Document
from icarus_ingest.blocks import page_text
from icarus_ingest.model import RawDocument
from icarus_ingest.pdf import read_pdf

DOCUMENT = Document(id="doc", title="A report", source="doc.pdf")
BODY = [
    "Urban security is the work of many, and this line is about as wide as the others.",
    "It goes on here for another line of about the same width as all the lines have had.",
]


class Words(NamedTuple):
    """Words on a page: x and y in points from the lower left corner, size, and whether they are bold."""

    x: float
    y: float
    text: str
    size: float = 11.0
    bold: bool = False


def write_pdf(path: Path, pages: Sequence[Sequence[Words]], extra: bytes = b"") -> Path:
    """A PDF of these pages; `extra` operators are added to the first."""
    objects: list[bytes] = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    ]
    kids = []
    for number, page in enumerate(pages):
        content = b"\n".join(_shown(words) for words in page) + (extra if number == 0 else b"")
        objects.append(stream(content))
        kids.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % len(objects)
        )
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    return write_objects(path, objects)


def lines(texts: Sequence[str], x: float = 70.0, top: float = 700.0, size: float = 11.0) -> list[Words]:
    """Lines of one column from the top down, at the usual distance."""
    return [Words(x, top - n * size * 1.3, text, size) for n, text in enumerate(texts)]


def _shown(words: Words) -> bytes:
    text = words.text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"BT /F%d %g Tf %g %g Td (%s) Tj ET" % (2 if words.bold else 1, words.size, words.x, words.y, text)


def write_objects(path: Path, objects: Sequence[bytes], trailer: bytes = b"") -> Path:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    ends = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(out))
    path.write_bytes(out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + ends)
    return path


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def read(path: Path) -> RawDocument:
    """A PDF as ingestion reads it."""
    return read_pdf(path, DOCUMENT)


def texts(raw: RawDocument) -> list[str]:
    """Its pages, as quotes are checked against them."""
    return [page_text(page) for page in raw.pages]
