"""What the cover of a deliverable says of it: number, title, project, date, language, who may read it.

A file that the manifest does not name is described by this; a person confirms it (see `proposal`).
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import islice, pairwise
from typing import Any

from icarus.languages.lexicon import ENGLISH, LANGUAGES, lexicon
from icarus.records import Document
from icarus.text import STOP_WORDS, fold, words
from icarus_ingest.marks import plain, squeeze
from icarus_ingest.model import Line, RawDocument

_TITLE_CHARS = 200
_COVER_LINES = 12
_COVER_PAGES = 3
_LANGUAGE_WORDS = 400  # from the first on: what follows may be translations
_FUNCTION_WORDS = 0.2  # the least share of them in running text of a language
_BEFORE = 60  # characters before a date that may say what it is of
_NUMBER = re.compile(
    r"(?:deliverable\b\W{0,3}(?:no\.?|number)?\W{0,3}D?|D)\s?(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\b[\s:.–-]*", re.I
)
_DAY = r"(?P<day>[0-3]?\d)"
_DATES = (
    re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)(?:-[0-3]\d)?\b"),
    re.compile(rf"\b{_DAY}[./-](?P<month>[01]?\d)[./-](?P<year>(?:19|20)\d\d)\b"),
    re.compile(
        rf"\b(?:{_DAY}(?:st|nd|rd|th|\.)?\s+(?:de\s+)?)?(?P<name>[^\W\d_]{{3,}})\.?,?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)\b"
    ),
    re.compile(rf"\b(?P<name>[^\W\d_]{{3,}})\s+{_DAY}(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b"),
)


def described(raw: RawDocument, stem: str) -> Document:
    """A document with what its cover and its file's name (`stem`) say of it; what they do not say stays empty."""
    cover = "\n".join(line.text for page in raw.pages[:_COVER_PAGES] for line in page.lines)
    found = {
        "title": _title(raw) or stem,
        "deliverable": _number(raw, stem),
        "project": _project(cover),
        "date": _date(cover),
        "language": _language(raw),
        "licence": _licence(cover),
        "dissemination": _dissemination(cover),
    }
    told = {field: value for field, value in found.items() if value}
    return raw.document.model_copy(update={**told, "inferred": tuple(told)})


def _title(raw: RawDocument) -> str:
    """The words beside or below the deliverable's number; without one, the largest of the first page."""
    lines = next(([*page.lines] for page in raw.pages[:_COVER_PAGES] if page.lines), [])[:_COVER_LINES]
    labelled = [n for n, line in enumerate(lines) if "\t" not in line.text and _NUMBER.match(plain(line.text))]
    if labelled:
        at = next((n for n in labelled if _NUMBER.sub("", plain(lines[n].text), count=1).strip()), labelled[0])
        return _clean(_going_on(lines, at))
    largest = min((line.heading for line in lines if line.heading), default=0)
    starts = [n for n, line in enumerate(lines) if line.heading == largest]
    titles = [_clean(_going_on(lines, n)) for n in (starts[:1] if largest else starts)]
    return max([t for t in titles if not t.endswith((".", "!", "?", ";", ":"))] or titles, key=len, default="")


def _going_on(lines: Sequence[Line], at: int) -> Iterator[str]:
    """A title from the line it begins on.

    Headings as high go on with it, lines that begin small, and whatever follows a comma or colon.
    """
    before = plain(lines[at].text)
    text = _NUMBER.sub("", before, count=1) if _NUMBER.match(before) else lines[at].text
    yield text
    for previous, line in pairwise(lines[at:]):
        goes_on = line.heading == previous.heading > 0 or line.text[:1].islower() or text.endswith((",", ":"))
        if "\t" in line.text or (text.strip() and not goes_on):
            return
        text = line.text
        yield text


def _clean(parts: Iterator[str]) -> str:
    return squeeze(plain(" ".join(parts)))[:_TITLE_CHARS]


def _number(raw: RawDocument, stem: str) -> str | None:
    first = "\n".join(line.text for page in raw.pages[:1] for line in page.lines[:_COVER_LINES])
    match = _NUMBER.search(first) or _NUMBER.search(stem.replace("_", " "))
    return f"D{match.group(1)}" if match else None


def _project(cover: str) -> str | None:
    acronym, grant, programme = (_found(cover, key) for key in ("acronym", "grant", "programme"))
    number = " ".join(part for part in (programme, grant) if part) if grant else ""
    return f"{acronym} ({number})" if acronym and number else acronym or number or None


def _date(cover: str) -> str | None:
    """The month of the date that most tells of being the document's own, as YYYY-MM; None where there is none."""
    found: list[tuple[int, int, str]] = []
    for at, month in _dates(cover):
        before = cover[max(0, at - _BEFORE) : at]
        if not re.search(rf"(?:{'|'.join(_says()['other_date'])})\W*$", before, re.I):
            found.append((_rank(before), at, month))
    return min(found)[2] if found else None


def _rank(before: str) -> int:
    """How much the words before a date tell of its being the document's own: 0 is most."""
    cues = _says()["own_date"]
    return next((n for n, cue in enumerate(cues) if re.search(rf"(?:{cue})[\s:\t]*$", before, re.I)), len(cues))


def _dates(cover: str) -> Iterator[tuple[int, str]]:
    for form in _DATES:
        for match in form.finditer(cover):
            month = match.groupdict().get("month") or _month_of(match.group("name"))
            if month and 1 <= int(month) <= 12:
                yield match.start(), f"{match.group('year')}-{int(month):02d}"


def _month_of(name: str) -> str | None:
    for months in _says()["months"].values():
        for number, letters in enumerate(months, start=1):
            if name.lower().startswith(letters):
                return str(number)
    return None


def _language(raw: RawDocument) -> str | None:
    """The language whose function words the text uses most; None where none of those known is likely."""
    printed = (word for page in raw.pages for line in page.lines for word in words(line.text) if len(word) > 1)
    told = Counter(islice(printed, _LANGUAGE_WORDS))
    shares = {
        code: sum(n for w, n in told.items() if fold(w) in _function_words(code)) for code in (ENGLISH, *LANGUAGES)
    }
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] > _FUNCTION_WORDS * sum(told.values()) else None


@cache
def _function_words(code: str) -> frozenset[str]:
    return (
        frozenset(STOP_WORDS) if code == ENGLISH else frozenset(lexicon(code).dropped) | frozenset(lexicon(code).asking)
    )


def _licence(cover: str) -> str | None:
    said: dict[str, list[str]] = _says()["licences"]
    return next((name for name, cues in said.items() if re.search("|".join(cues), cover, re.I)), None)


def _dissemination(cover: str) -> str | None:
    if _found(cover, "confidential"):
        return "confidential"
    return "public" if _found(cover, "public") else None


def _found(cover: str, key: str) -> str | None:
    """What the first expression of a kind that is met finds."""
    for expression in _says()[key]:
        if match := re.search(expression, cover, re.I):
            return str(match.groupdict().get("found") or match.group())
    return None


@cache
def _says() -> dict[str, Any]:
    return tomllib.loads(resources.files("icarus_ingest").joinpath("cover.toml").read_text("utf-8"))
