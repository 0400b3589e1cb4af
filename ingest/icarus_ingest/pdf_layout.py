"""From the segments of PDF pages to lines as text files have them: paragraphs, headings, rows, in reading order."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from icarus.text import squash
from icarus_ingest.marks import MARK, fold_characters, squeeze
from icarus_ingest.model import Line
from icarus_ingest.pdf_columns import in_reading_order
from icarus_ingest.pdf_tables import Row, VisualLine, rows_and_lines
from icarus_ingest.pdf_text import Segment

_LARGER = 1.12  # than the body's letters: a heading
_SMALLER = 0.93  # than the body's letters: a footnote
_HEADING_CHARS = 200
_BOLD_HEADING_CHARS = 120
_NEW_PARAGRAPH = 1.35  # times the usual distance of lines
_FULL_LINE = 0.85  # of the column's width
_SIGN = re.compile(r"\s*(?:[-–•·▪◦●○➢❖✓\uf0b7\uf0a7§]|o(?=\s))\s+(?=\S)")
_BULLET = re.compile(_SIGN.pattern + r"|\s*\(?[a-z0-9]{1,2}[.)]\s+(?=\S)")
_HEADING_PITCH = 1.7  # of the letters' size, from line to line of one heading
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)*|[A-Z])[.:]?|(?:annex|appendix|anexo|anhang|annexe) \w+[.:]?", re.I)
_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[^\W\d_]")
_CONTENTS_ENTRY = re.compile(r"(?:[.…·_]\s*){4,}\d*\s*$")
_ADDRESS = re.compile(r"@|https?://|www\.")
_NOTE = re.compile(r"(\d{1,3})\s+(?=[A-Z\"“(h])")
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Typography:
    """What sizes and words mean in one document."""

    def __init__(self, pages: Iterable[Sequence[Segment]], outline: Iterable[tuple[str, int, int]]) -> None:
        segments = [s for page in pages for s in page]
        letters: Counter[float] = Counter()
        for s in segments:
            letters[_rounded(s.size)] += len(s.text)
        self.body = letters.most_common(1)[0][0] if letters else 0.0
        larger = sorted({size for size in letters if size > self.body * _LARGER}, reverse=True)
        self._ranks = {size: rank for rank, size in enumerate(larger, start=1)}
        self._bold_rank = len(larger) + 1
        # Where much of the body is bold, bold says nothing.
        self._bold_tells = sum(len(s.text) for s in segments if s.bold) * 4 < sum(letters.values())
        self._outline = {(page, squash(title)): level for title, page, level in outline if squash(title)}
        self.words = Counter(w.lower() for s in segments for w in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", s.text))

    def rank(self, page: int, text: str, size: float, *, bold: bool) -> int:
        """How high a heading a line is, from 1; 0 for none."""
        if (page, squash(text)) in self._outline:
            return self._outline[page, squash(text)]
        if not any(c.isalpha() for c in text) or text.endswith(";") or _SIGN.match(text) or _ADDRESS.search(text):
            return 0
        if _rounded(size) in self._ranks and len(text) <= _HEADING_CHARS:
            return self._ranks[_rounded(size)]
        is_bold_title = bold and self._bold_tells and len(text) <= _BOLD_HEADING_CHARS and text[-1] not in ".:,"
        return self._bold_rank if is_bold_title and size >= self.body * _SMALLER else 0

    def joined(self, before: str, after: str) -> str:
        """Two lines as one text; a hyphen at the line end goes if the document has the word without it."""
        match = re.search(r"([^\W\d_]+)-$", before)
        following = re.match(r"[^\W\d_]+", after)
        if not match or not following:
            return f"{before}{'' if before.endswith('-') else ' '}{after}"
        whole = f"{match.group(1)}{following.group()}".lower()
        hyphenated = f"{match.group(1)}-{following.group()}".lower()
        drop = self.words[whole] > 0 or (not self.words[hyphenated] and following.group()[0].islower())
        return (before[:-1] if drop else before) + after


def lines_of(page: int, segments: Sequence[Segment], typography: Typography) -> tuple[Line, ...]:
    """The lines of a page: a paragraph, heading, bullet or table row each."""
    lines: list[Line] = []
    for column in in_reading_order(segments):
        for item in rows_and_lines(column):
            if isinstance(item, Row):
                lines.append(Line(_clean("\t".join(item.cells))))
            else:
                _add(lines, list(_paragraphs(page, item, typography)), typography)
    return tuple(line for line in lines if line.text.strip())


def _add(lines: list[Line], more: list[Line], typography: Typography) -> None:
    """Add the paragraphs of a column; one that the column's end cut is made whole."""
    if lines and more and _is_cut(lines[-1]) and more[0].text[:1].islower() and not more[0].heading:
        lines[-1] = Line(typography.joined(lines[-1].text, more.pop(0).text))
    lines += more


def _is_cut(line: Line) -> bool:
    return not line.heading and "\t" not in line.text and not line.text.endswith((".", "!", "?", ":", ";"))


def plain_lines(text: str) -> tuple[Line, ...]:
    """The lines of a page whose places are not known: a paragraph is what no empty line parts."""
    blocks = re.split(r"\n\s*\n", fold_characters(text))
    return tuple(Line(squeeze(" ".join(block.split("\n")))) for block in blocks if block.strip())


def _paragraphs(page: int, lines: Sequence[VisualLine], typography: Typography) -> Iterator[Line]:
    pitch = _pitch(lines)
    right = max((line.x1 for line in lines), default=0.0)
    left = min((line.x0 for line in lines), default=0.0)
    text, rank = "", 0
    previous: VisualLine | None = None
    for line in lines:
        words = _note_mark(_clean(line.text), line, typography)
        own = typography.rank(page, words, line.size, bold=line.bold and _is_one_cell(line))
        if previous and rank and not own and _is_lead_in(previous, line):
            text, rank = typography.joined(text, words), 0
        elif previous and (MARK.match(words) or not _goes_on(previous, line, pitch, (left, right), (rank, own))):
            yield Line(text, heading=rank)
            text, rank = words, own
        else:
            text = typography.joined(text, words) if text else words
            rank = own
        previous = line
    if text:
        yield Line(text, heading=rank)


def _is_one_cell(line: VisualLine) -> bool:
    """Whether a line is no row of cells; the number of a heading may stand apart."""
    return len(line.segments) == 1 or (len(line.segments) == 2 and bool(_NUMBER.fullmatch(line.segments[0].text)))


def _is_lead_in(before: VisualLine, line: VisualLine) -> bool:
    """Whether what looks like a heading is the beginning of a sentence that goes on in plain letters."""
    return line.text[:1].islower() and 0 <= before.y - line.y <= _HEADING_PITCH * line.size


def _goes_on(
    before: VisualLine, line: VisualLine, pitch: float, margins: tuple[float, float], ranks: tuple[int, int]
) -> bool:
    """Whether a line goes on with the paragraph or heading before it."""
    rank, same_rank = ranks[0], ranks[0] == ranks[1]
    left, right = margins
    distance = before.y - line.y
    if rank and same_rank:
        return 0 <= distance <= _HEADING_PITCH * line.size and not _NUMBERED.match(line.text)
    if not same_rank or abs(before.size - line.size) > 0.1 * line.size or _BULLET.match(line.text):
        return False
    if _CONTENTS_ENTRY.search(before.text):
        return False
    if distance > _NEW_PARAGRAPH * max(pitch, line.size) or distance < 0:
        return False
    ended = before.text.rstrip().endswith((".", "!", "?", ":", ";"))
    short = before.x1 - left < _FULL_LINE * (right - left)
    indented = line.x0 > before.x0 + line.size and line.x0 - left < 4 * line.size and ended
    return not (ended and short) and not indented


def _pitch(lines: Sequence[VisualLine]) -> float:
    distances = [a.y - b.y for a, b in pairwise(lines) if 0 < a.y - b.y < 3 * a.size]
    return median(distances) if distances else 0.0


def _note_mark(text: str, line: VisualLine, typography: Typography) -> str:
    """A footnote's number at the start of a line in small letters, made a mark."""
    if line.size < typography.body * _SMALLER and (match := _NOTE.match(text)):
        return match.group(1).translate(_TO_SUPERSCRIPT) + " " + text[match.end() :]
    return text


def _clean(text: str) -> str:
    return "\t".join(squeeze(cell) for cell in fold_characters(text.replace("\n", " ")).split("\t"))


def _rounded(size: float) -> float:
    return round(size * 2) / 2
