"""The words of a PDF page with their places and sizes, read with pypdf's own text state.

pypdf's plain mode breaks words where letters are placed one by one, and its layout mode drops text inside form
objects; both lose font sizes. So its layout mode's state machine is run here over all operations, forms included.
It is private to pypdf, which is pinned for that reason; a page that it cannot read falls back to the plain mode.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any, NamedTuple

from pypdf import PageObject
from pypdf._text_extraction._layout_mode._fixed_width_page import recurse_to_target_op
from pypdf._text_extraction._layout_mode._text_state_manager import TextStateManager
from pypdf._text_extraction._layout_mode._text_state_params import TextStateParams

from icarus_ingest.marks import as_mark, fold_characters
from icarus_ingest.pdf_operations import Drawing, drawing_of
from icarus_ingest.pdf_rules import Rule, rules_of

GUESSED_SPACE = "\u2009"  # a gap that is taken for a space; the pages show none of these themselves
_MOST_RUNS = 60_000
_SAME_LINE = 0.5  # of the letters' height: superscripts stand no higher
_SPACE = 0.16  # of the letters' height: a gap that parts words, no kerning, where spaces are not shown
_WIDE_SPACE = 0.26  # the most that is asked where they are
_NEARLY = 0.9  # of a shown space's width: a gap that stands for a space left out
_SHOWN_SPACES = 0.08  # of all characters: spaces are shown
_APART = 1.1  # of the letters' height: a gap that parts cells and columns
_NEAR = 0.5  # the same where a column is known to begin
_LEAST_AT_EDGE = 8
_SAME_PLACE = 0.1  # of the letters' height
_LEAST_CODES = 30
_MOST_CONTROLS = 0.08  # share of a font's codes; a few are ligatures of old fonts
_MARK_DIGITS = 3
_SUPERSCRIPT_SIZE, _SUPERSCRIPT_RISE = 0.82, 0.14
_SOFT_HYPHEN = re.compile("-?\u00ad[\u2010\u2011-]?")


class TextRun(NamedTuple):
    """Letters shown in one go: from x0 to x1 at height y (points, upwards), letters of that size."""

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool


class Segment(NamedTuple):
    """Words on one line without a wide gap between them."""

    x0: float
    x1: float
    y: float
    size: float
    text: str
    bold: bool


class PageText(NamedTuple):
    """The segments of a page, from top to bottom and left to right, and the lines that are drawn on it.

    `untold` is the share of its letters that no font tells, which are left out; `damage` says why more may be missing.
    """

    segments: list[Segment]
    rules: Sequence[Rule] = ()
    untold: float = 0.0
    damage: str = ""


def text_of(page: PageObject) -> PageText:
    """The text of a page, in the direction that most of it runs in."""
    drawing = drawing_of(page)
    shown = [s for s in _shown(drawing) if s.text]
    strange = drawing.untold | _strange(shown)
    told = [s for s in shown if s.font.interpretable and id(s.font) not in strange]
    letters = sum(len(s.text) for s in shown)
    untold = 1 - sum(len(s.text) for s in told) / letters if letters else 0.0
    turn = _usual_turn(told)
    runs = [_run(s, turn) for s in told if _turn(s) == turn][:_MOST_RUNS]
    rules = [] if turn else rules_of(drawing.operations)
    return PageText(_joined(runs, rules), rules, untold, drawing.damage)


def _joined(runs: Sequence[TextRun], rules: Sequence[Rule]) -> list[Segment]:
    lines: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda r: (-r.y, r.x0)):
        if lines and abs(_baseline(lines[-1]) - run.y) < _SAME_LINE * max(run.size, lines[-1][0].size):
            lines[-1].append(run)
        else:
            lines.append([run])
    lines = [_once(line) for line in lines]
    space = _space(runs)
    bars = [rule for rule in rules if not rule.is_across]
    edges = _edges([segment for line in lines for segment in _segments(line, frozenset(), bars, space)])
    return [segment for line in lines for segment in _segments(line, edges, bars, space)]


def _once(line: Sequence[TextRun]) -> list[TextRun]:
    """A line without what is shown twice in the same place, as some writers make bold letters."""
    kept: list[TextRun] = []
    for run in sorted(line, key=lambda r: r.x0):
        if not any(k.text == run.text and run.x0 - k.x0 < _SAME_PLACE * run.size for k in kept[-3:]):
            kept.append(run)
    return sorted(kept, key=lambda r: (-r.y, r.x0))


def _space(runs: Sequence[TextRun]) -> float:
    """The gap that parts words, as a share of the letters' height.

    Writers that show their spaces also move letters apart inside words, by nearly as much.
    """
    shares = [(r.x1 - r.x0) / r.size for r in runs if r.text == " " and r.size]
    spaces, letters = sum(r.text.count(" ") for r in runs), sum(len(r.text) for r in runs)
    if not shares or spaces < _SHOWN_SPACES * letters:
        return _SPACE
    return min(max(_SPACE, _NEARLY * median(shares)), _WIDE_SPACE)


def _edges(segments: Sequence[Segment]) -> frozenset[int]:
    """Places where many lines begin (whole points): columns, that letters may come nearer than a wide gap."""
    counts = Counter(round(s.x0) for s in segments)
    return frozenset(x for x, count in counts.items() if count >= _LEAST_AT_EDGE)


def _shown(drawing: Drawing) -> list[TextStateParams]:
    operations = iter([([], b"q"), *drawing.operations, ([], b"Q")])
    state = TextStateManager()
    shown: list[TextStateParams] = []
    for _, operator in operations:
        if operator in (b"q", b"BT"):
            end: Any = b"ET" if operator == b"BT" else b"Q"
            shown += recurse_to_target_op(operations, state, end, drawing.fonts, strip_rotated=False)[1]
    return shown


def _strange(shown: Sequence[TextStateParams]) -> set[int]:
    """The fonts many of whose codes are no letters: nothing says which letters the others are."""
    codes: Counter[int] = Counter()
    controls: Counter[int] = Counter()
    for s in shown:
        codes[id(s.font)] += len(s.text)
        controls[id(s.font)] += sum(c < " " and c not in "\t\n\r" for c in s.text)
    return {font for font, n in codes.items() if n >= _LEAST_CODES and controls[font] > _MOST_CONTROLS * n}


def _turn(shown: TextStateParams) -> int:
    """By how many degrees text is turned, against the clock."""
    if not shown.rotated:
        return 0
    sideways = shown.transform[1]
    return 180 if abs(sideways) < 1e-6 else 90 if sideways > 0 else 270


def _usual_turn(shown: Sequence[TextStateParams]) -> int:
    letters: Counter[int] = Counter()
    for s in shown:
        letters[_turn(s)] += len(s.text.strip())
    return letters.most_common(1)[0][0] if letters else 0


def _run(shown: TextStateParams, turn: int) -> TextRun:
    name = shown.font.name.lower()
    bold = any(word in name for word in ("bold", "black", "heavy", "semibold", "demi"))
    # Some writers show a space as tab, line end, space and no-break space together.
    # A soft hyphen that is drawn is a hyphen.
    text = re.sub(r"[\s\u00a0]+", " ", fold_characters(_SOFT_HYPHEN.sub("-", shown.text)))
    if text.strip().isdigit() and len(text.strip()) <= _MARK_DIGITS and _is_superior(shown):
        text = as_mark(text)
    if not turn:
        # A space at the end is no part of what keeps off the next column.
        end = shown.displaced_tx - (shown.space_tx if len(text.rstrip()) < len(text) > 1 else 0.0)
        return TextRun(shown.tx, max(end, shown.tx), shown.ty, shown.font_height, text, bold)
    # pypdf makes the matrix of turned text upright, its scale squared, and leaves the place as it is.
    scale = abs(shown.transform[0]) ** 0.5 or 1.0
    right, up = shown.transform[4:6]
    x, y = {90: (up, -right), 180: (-right, -up), 270: (-up, right)}[turn]
    width = (shown.displaced_tx - shown.tx) / scale
    return TextRun(x, x + max(width, 0.0), y, shown.font_size * scale, text, bold)


def _is_superior(shown: TextStateParams) -> bool:
    """Whether digits are a font's own superscripts, which stand on the line and are as high as its letters.

    They are narrower than the same digit elsewhere in the font, or than its other digits; a 1 may be that anyhow.
    """
    shapes = [(str(d), shown.font.character_widths.get(c, 0)) for c, d in shown.font.character_map.items()]
    digits = [(d, width) for d, width in shapes if d.isdigit() and width]
    for code in shown._raw_chars.strip():
        digit, own = str(shown.font.character_map.get(code, code)), shown.font.character_widths.get(code, 0)
        widest = max((w for d, w in digits if d == digit or digit != "1"), default=0)
        if not own or own >= _SUPERSCRIPT_SIZE * widest:
            return False
    return True


def _baseline(line: list[TextRun]) -> float:
    return max(line, key=lambda r: (r.size, len(r.text))).y


def _segments(line: list[TextRun], edges: frozenset[int], bars: Sequence[Rule], space: float) -> Iterator[Segment]:
    """The runs of a line joined where they are near each other; raised small digits become footnote marks."""
    main = max(line, key=lambda r: (len(r.text.strip()) > 0, r.size))
    between = [bar.x0 for bar in bars if bar.y0 <= main.y <= bar.y1]
    group: list[TextRun] = []
    for run in sorted(line, key=lambda r: r.x0):
        apart = _NEAR if round(run.x0) in edges else _APART
        gap = run.x0 - max((r.x1 for r in group), default=0.0)
        if group and (gap > apart * main.size or any(group[-1].x0 + 1 < x <= run.x0 + 1 for x in between)):
            yield from _segment(group, main, space)
            group = []
        if run.text.strip() or group:
            group.append(run)
    yield from _segment(group, main, space)


def _segment(group: list[TextRun], main: TextRun, space: float) -> Iterator[Segment]:
    text, end = "", None
    solid = [r for r in group if r.text.strip()]
    for run in group:
        gap = run.x0 - end if end is not None else 0.0
        if gap > space * main.size and not text.endswith((" ", GUESSED_SPACE)) and not run.text.startswith(" "):
            text += GUESSED_SPACE
        text += _marked(run, solid)
        end = run.x1
    if text.strip():
        letters = sum(len(r.text) for r in solid)
        bold = sum(len(r.text) for r in solid if r.bold) * 2 > letters
        size = max(r.size for r in solid)
        yield Segment(solid[0].x0, max(r.x1 for r in solid), main.y, size, text.strip(), bold)


def _marked(run: TextRun, group: Sequence[TextRun]) -> str:
    """The letters of a run; digits that are smaller than those beside them, and raised above them, as marks."""
    digits = run.text.strip()
    if not digits.isdigit() or len(digits) > _MARK_DIGITS:
        return run.text
    # Beside a figure's small caption the text may stand lower, but not the caption's own words.
    at = group.index(run)
    beside = group[at - 1] if at else group[at + 1] if len(group) > 1 else run
    raised = run.y - beside.y > _SUPERSCRIPT_RISE * beside.size and run.size < _SUPERSCRIPT_SIZE * beside.size
    return as_mark(digits) if raised else run.text
