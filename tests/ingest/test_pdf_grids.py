"""Tables with drawn lines, whatever the lines are made of."""

from itertools import pairwise
from pathlib import Path

import pytest

from icarus.records import Document
from icarus_ingest.pdf import read_pdf
from icarus_ingest.pdf_rules import Rule, rules_of
from tests.ingest.pdf_maker import Words, write_pdf

XS, YS = (70, 150, 400), (700, 680, 650, 634)
STROKES = [f"{x} {YS[0]} m {x} {YS[-1]} l S" for x in XS] + [f"{XS[0]} {y} m {XS[-1]} {y} l S" for y in YS]
THIN_BOXES = [f"{x} {YS[-1]} 0.5 {YS[0] - YS[-1]} re f" for x in XS] + [
    f"{a} {y} {b - a} 0.5 re f" for y in YS for a, b in pairwise(XS)
]
BOXES = [
    f"q 1 0 0 1 {a} {low} cm 0 0 {b - a} {high - low} re S Q" for a, b in pairwise(XS) for high, low in pairwise(YS)
]
# Set as tightly as cells can be: rows are no further apart than lines, columns no further than words.
PAGE = [
    Words(73, 686, "Practice", bold=True),
    Words(153, 686, "What it does", bold=True),
    Words(73, 668, "Calm Street in"),
    Words(153, 668, "Trains young people, who walk through the streets"),
    Words(73, 654, "Stockholm"),
    Words(153, 654, "and speak with those whom they meet."),
    Words(73, 640, "Night football"),
    Words(153, 640, "Opens the sports halls."),
    *[Words(70, 600 - 14 * n, f"Line {n} of the text below, which is no part of the table at all.") for n in range(6)],
]
ROWS = [
    "Practice\tWhat it does",
    "Calm Street in Stockholm\tTrains young people, who walk through the streets and speak with those whom they meet.",
    "Night football\tOpens the sports halls.",
]


def paragraphs(folder: Path, page: list[Words], drawn: list[str]) -> list[str]:
    path = write_pdf(folder / "doc.pdf", [page], extra="\n".join(["", *drawn]).encode())
    raw = read_pdf(path, Document(id="doc", title="A report", source="doc.pdf"))
    return [line.text for line in raw.pages[0].lines]


@pytest.mark.parametrize("drawn", [STROKES, THIN_BOXES, BOXES], ids=["strokes", "thin boxes", "boxes"])
def test_cells_are_parted_by_drawn_lines(drawn: list[str], tmp_path: Path) -> None:
    found = paragraphs(tmp_path, PAGE, drawn)
    assert found[:3] == ROWS
    assert found[3].startswith("Line 0 of the text")
    assert len(found) == 4


def test_a_cell_over_two_rows_stays_one(tmp_path: Path) -> None:
    drawn = [line for line in STROKES if f"70 {YS[2]} m" not in line] + [f"{XS[1]} {YS[2]} m {XS[2]} {YS[2]} l S"]
    found = paragraphs(tmp_path, PAGE, drawn)
    assert found[1] == f"{ROWS[1].split(chr(9))[0]} Night football\t{ROWS[1].split(chr(9))[1]}"
    assert found[2] == "\tOpens the sports halls."


def test_a_box_around_prose_is_no_table(tmp_path: Path) -> None:
    page = [Words(73, 686 - 14 * n, f"Line {n} of a box with a remark that is set apart.") for n in range(3)]
    found = paragraphs(tmp_path, page, ["70 640 330 60 re S"])
    assert found == [" ".join(words.text for words in page)]


def test_lines_are_put_together_and_drawings_left_alone() -> None:
    def box(x: float, y: float) -> list[tuple[list[float], bytes]]:
        return [([x, y, 10, 0.4], b"re"), ([], b"f")]

    assert [r._replace(y0=0, y1=0) for r in rules_of([*box(0, 5), *box(10, 5), *box(19, 5)])] == [Rule(0, 0, 29, 0)]
    assert rules_of([([0, 0], b"m"), ([50, 40], b"l"), ([], b"S")]) == []  # neither across nor down
    assert rules_of([step for n in range(6000) for step in box(0, 9 * n)]) == []
    assert rules_of([([0, 0], b"m"), ([99, 0], b"l"), ([], b"n")]) == []  # a clip path is not drawn
