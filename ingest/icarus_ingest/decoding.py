"""Bytes of a text file to text, whatever program wrote them; what is no text is refused in one clause."""

import codecs
from typing import NamedTuple

MOST_BYTES = 50_000_000  # of a text file; D2.2 has 300,000
_BEGINNINGS = {
    b"%PDF-": "a PDF: name it .pdf",
    b"PK\x03\x04": "an office document or archive: save it as text",
    b"\xd0\xcf\x11\xe0": "an office document: save it as text",
    b"{\\rtf": "rich text (RTF): save it as plain text",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"\x1f\x8b": "a compressed file",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, which its first bytes are as well
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_MOST_CONTROLS = 0.02  # share of characters; a few are remnants of converters
_LEAST_NULS = 0.3  # share of every other byte, where two bytes are a character
_MOST_ACCENTED = 0.25  # share of letters in a Western European language


class NoTextError(ValueError):
    """The bytes are no text; the message says what they are."""


class Decoded(NamedTuple):
    """The text, and what was assumed to read it ('' for nothing worth a warning)."""

    text: str
    warning: str = ""


def decoded(data: bytes) -> Decoded:
    """The text that bytes stand for.

    Raises:
        NoTextError: they are none, or in an encoding that they do not give away.
    """
    for beginning, kind in _BEGINNINGS.items():
        if data.startswith(beginning):
            raise NoTextError(f"it is no text but {kind}")
    found = _marked(data) or _two_bytes(data) or _utf8(data) or _western(data)
    if _controls(found.text) > _MOST_CONTROLS:
        raise NoTextError("it is no text but a binary file")
    return found


def _marked(data: bytes) -> Decoded | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return Decoded(data.decode("utf-8-sig" if encoding == "utf-8" else encoding))
            except UnicodeDecodeError as error:
                raise NoTextError(f"it is damaged: it begins as {encoding.upper()} but does not go on so") from error
    return None


def _two_bytes(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: every other byte of European text is then zero."""
    for encoding, zeros in (("utf-16-le", data[1:_SAMPLE:2]), ("utf-16-be", data[0:_SAMPLE:2])):
        if zeros and zeros.count(0) >= _LEAST_NULS * len(zeros) and data[:_SAMPLE].count(0) == zeros.count(0):
            try:
                return Decoded(data.decode(encoding))
            except UnicodeDecodeError:
                return None
    return None


def _utf8(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    whole = sum(c > "\x7f" for c in text) - damaged
    if whole <= 2 * damaged:
        return None
    return Decoded(text, f"{damaged} of its characters are damaged, for they are not UTF-8 as the others are")


def _western(data: bytes) -> Decoded:
    refused = NoTextError("it is not UTF-8 text: save it with that encoding")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise refused from error
    letters = [c for c in text if c.isalpha()]
    if sum(not c.isascii() for c in letters) > _MOST_ACCENTED * len(letters):
        raise refused
    return Decoded(text, "it is not UTF-8; read as Western European (Windows-1252): look whether its accents are right")


def _controls(text: str) -> float:
    """The share of characters that no text has; zeros that converters left count less than a file of them."""
    strange = sum(c < " " and c not in "\t\n\r\f\v" for c in text)
    return strange / len(text) if text else 0.0
