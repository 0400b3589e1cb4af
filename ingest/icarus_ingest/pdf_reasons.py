"""Why a PDF or a page of it cannot be read, in words for those who keep the corpus."""

import re

from pypdf.errors import LimitReachedError, PyPdfError

TOO_MUCH = "it draws more than a page may"
UNPACKS = "it unpacks to more than a page may"
UNTOLD = "its letters cannot be told: the fonts do not say which they are"
CUT_SHORT = "it is cut short: its end is missing, as after a broken download"
DYNAMIC_FORM = "it is a dynamic form (XFA), which only Adobe Reader shows: print it to a PDF first"

_COMPRESSION = re.compile(r"(?:filter name|unsupported filter) /?(\w+)|(?=.*jbig2dec)(jbig2)", re.I)
_REFERENCE = re.compile(r"IndirectObject\((\d+)[^)]*\)")
_BYTES = re.compile(r"(?: starting with|:)? b['\"].*$", re.S)
_REASON_CHARS = 100


def reason_of(error: BaseException) -> str:
    """One clause that says what is wrong, without the words of the program that found it."""
    if isinstance(error, RecursionError):
        return "its objects are nested too deeply"
    text = (str(error).strip() or type(error).__name__).splitlines()[0]
    if isinstance(error, LimitReachedError) and "tokens" in text:
        return TOO_MUCH
    if isinstance(error, LimitReachedError) and "decompress" in text.lower():
        return UNPACKS
    if "encryption handler" in text:
        return "it is encrypted for the holders of a certificate"
    if match := _COMPRESSION.search(text):
        return f"it uses a compression that is not read here ({match.group(1) or 'JBIG2'})"
    plain = _BYTES.sub("", _REFERENCE.sub(r"object \1", text)).rstrip(" .")
    # What is no error of pypdf's own speaks of Python, not of the file.
    return f"it is damaged ({plain[:_REASON_CHARS] if isinstance(error, PyPdfError) else 'its structure is broken'})"


def not_a_pdf(head: bytes) -> str:
    """What a file is whose first bytes are not those of a PDF."""
    if not head:
        return "it is empty"
    if head.startswith(b"PK"):
        return "it is no PDF but an office document or archive"
    if head.startswith(b"version https://git-lfs"):
        return "it is no PDF but a pointer of Git LFS: fetch the file itself"
    if b"<html" in head.lower():
        return "it is no PDF but a web page"
    return "it is no PDF"
