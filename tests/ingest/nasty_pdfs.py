"""PDFs that are made to break a reader, byte by byte: a family of what is found in the wild each."""

import zlib
from collections.abc import Callable
from pathlib import Path

import pypdf

from tests.ingest.pdf_maker import Words, lines, stream, write_objects, write_pdf

WORDS = ["Urban security is the work of many, and this line is about as wide as the others."]
_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_SHOWN = b"BT /F1 11 Tf 70 700 Td (Urban security is the work of many.) Tj ET\n"


def one_page(path: Path, content: bytes, *more: bytes, resources: bytes = b"", entries: bytes = b"") -> Path:
    """One page with this content; objects from number 6 on can be given, and named in its resources."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>>>"
    pages = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"
    return write_objects(path, [_CATALOGUE, pages, page % resources, stream(content, entries), _FONT, *more])


def with_password(path: Path) -> Path:
    """Encrypted with a password of its own."""
    writer = pypdf.PdfWriter(write_pdf(path, [lines(WORDS)]))
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(path)
    return path


def with_certificate(path: Path) -> Path:
    """Encrypted for the holders of a certificate."""
    write_pdf(path, [lines(WORDS)])
    entry = b"/Encrypt<</Filter/Adobe.PubSec/SubFilter/adbe.pkcs7.s5/V 4>>/ID[<00><00>]/Root"
    path.write_bytes(path.read_bytes().replace(b"/Root", entry))
    return path


def nested_arrays(path: Path) -> Path:
    """Thousands of arrays in each other."""
    return one_page(path, b"[" * 20_000 + b"]" * 20_000 + b" TJ")


def deflate_bomb(path: Path) -> Path:
    """Some hundred kilobytes that unpack to 400 megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(400)) + packer.flush()
    return one_page(path, packed, entries=b"/Filter/FlateDecode")


def forms_in_forms(path: Path) -> Path:
    """A form that draws itself, many times."""
    form = stream(
        b"/X1 Do " * 500 + _SHOWN,
        b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>/XObject<</X1 6 0 R>>>>",
    )
    return one_page(path, b"/X1 Do " * 500, form, resources=b"/XObject<</X1 6 0 R>>")


def many_pages(path: Path) -> Path:
    """20,000 pages that are the same object."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    pages = b"<</Type/Pages/Count 20000/Kids[%s]>>" % (b"3 0 R " * 20_000)
    return write_objects(path, [_CATALOGUE, pages, page, stream(_SHOWN), _FONT])


def page_tree_bomb(path: Path) -> Path:
    """Thirty levels of pages, each twice the one below: a thousand million."""
    depth = 30
    nodes = [b"<</Type/Pages/Count 2/Kids[%d 0 R %d 0 R]>>" % (n + 3, n + 3) for n in range(depth)]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return write_objects(path, [_CATALOGUE, *nodes, page])


def image_only(path: Path) -> Path:
    """A scan: an image that fills the page."""
    entries = b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    return one_page(path, b"595 0 0 842 0 0 cm /X1 Do", stream(b"\x00", entries), resources=b"/XObject<</X1 6 0 R>>")


def cut_short(path: Path) -> Path:
    """The beginning of a file."""
    write_pdf(path, [lines(WORDS)] * 4)
    path.write_bytes(path.read_bytes()[:-300])
    return path


def dynamic_form(path: Path) -> Path:
    """A form that is drawn by Adobe Reader; its one page asks for that."""
    write_pdf(path, [lines(["Please wait. If this message is not replaced, your viewer cannot show this document."])])
    path.write_bytes(path.read_bytes().replace(b"/Type/Catalog", b"/NeedsRendering true/Type/Catalog"))
    return path


def glyph_numbers(path: Path) -> Path:
    """Text in a font that says nowhere which letters its glyphs are."""
    write_pdf(path, [[Words(70, 700, "\x00*\x00H\x00E\x00U\x00X\x00L\x00N" * 9)]])
    inner = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Ordering(Identity)>>/DW 1000>>"
    strange = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[%s]>>" % inner
    path.write_bytes(path.read_bytes().replace(_FONT, strange))  # the table of places is wrong now: pypdf mends it
    return path


def control_characters(path: Path) -> Path:
    """Text in a font whose spaces are control characters and whose letters are moved."""
    return write_pdf(path, [[Words(70, 700, "*HEUXLN\x03+XXUGHU\x03GLHQW\x03KHW\x03JHKXXUGH\x03" * 3)]])


def unknown_compression(path: Path) -> Path:
    """A page packed in a way that nobody knows."""
    return one_page(path, _SHOWN, entries=b"/Filter/XXXDecode")


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "password": (with_password, "it is encrypted and needs a password"),
    "certificate": (with_certificate, "it is encrypted for the holders of a certificate"),
    "nested-arrays": (nested_arrays, "its objects are nested too deeply"),
    "deflate-bomb": (deflate_bomb, "it unpacks to more than a page may"),
    "many-pages": (many_pages, "it has 20000 pages, more than the 3000 that are read"),
    "page-tree-bomb": (page_tree_bomb, "Maximum page tree entry limit"),
    "image-only": (image_only, "its pages are images: it needs text recognition"),
    "cut-short": (cut_short, "it is cut short"),
    "dynamic-form": (dynamic_form, "it is a dynamic form"),
    "glyph-numbers": (glyph_numbers, "its letters cannot be told"),
    "control-characters": (control_characters, "its letters cannot be told"),
    "unknown-compression": (unknown_compression, "it uses a compression that is not read here .XXXDecode"),
}
