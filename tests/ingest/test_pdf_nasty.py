"""Bad PDFs: one line with the reason, within bounds, and nothing else breaks."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from icarus.errors import UnreadableFileError
from icarus.index import Index
from icarus.settings import Settings
from icarus_ingest import pdf, pdf_child
from icarus_ingest.blocks import page_text
from icarus_ingest.run import run
from tests.ingest.nasty_pdfs import REFUSED, WORDS, forms_in_forms, one_page
from tests.ingest.pdf_maker import Words, lines, read, write_pdf
from tests.ingest.small_model import SmallModel

MOST_SECONDS, MOST_BYTES = 30.0, 1_000_000_000


def computed() -> float:
    """Seconds that the processes started here have computed."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


# In a process of its own: the largest of all processes that this one has started may be a browser.
PEAK = """
import contextlib, resource, sys
from pathlib import Path
from icarus.errors import UnreadableFileError
from icarus.records import Document
from icarus_ingest.pdf import read_pdf
for path in map(Path, sys.argv[1:]):
    with contextlib.suppress(UnreadableFileError):
        read_pdf(path, Document(id="doc", title="A report", source=path.name))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def peak_of(paths: list[Path]) -> int:
    """The most bytes that a process which reads one of these files holds."""
    command = [sys.executable, "-c", PEAK, *map(str, paths)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.parametrize("family", REFUSED)
def test_a_bad_file_is_refused_in_one_line_within_its_bounds(tmp_path: Path, family: str) -> None:
    make, reason = REFUSED[family]
    path, before = make(tmp_path / f"{family}.pdf"), computed()
    with pytest.raises(UnreadableFileError, match=reason) as refused:
        read(path)
    assert str(refused.value).startswith(f"{family}.pdf cannot be read: ")
    assert len(str(refused.value).splitlines()) == 1
    assert computed() - before < MOST_SECONDS


def test_bad_files_stay_within_their_memory(tmp_path: Path) -> None:
    for family, (make, _) in REFUSED.items():
        make(tmp_path / f"{family}.pdf")
    assert peak_of(sorted(tmp_path.glob("*.pdf"))) < MOST_BYTES


def test_a_form_that_draws_itself_ends(tmp_path: Path) -> None:
    before = computed()
    raw = read(forms_in_forms(tmp_path / "doc.pdf"))
    assert "Urban security is the work of many." in page_text(raw.pages[0])
    assert [(w.page, w.message) for w in raw.warnings] == [(1, "read in part: it draws more than a page may")]
    assert computed() - before < MOST_SECONDS


def test_a_page_is_kept_up_to_where_it_is_damaged(tmp_path: Path) -> None:
    raw = read(write_pdf(tmp_path / "doc.pdf", [lines(WORDS)], extra=b"\nBT /F1 11 Tf (never closed"))
    assert page_text(raw.pages[0]) == WORDS[0]
    (warning,) = raw.warnings
    assert warning.message.startswith("read in part: it is damaged (")


def test_letters_shown_twice_for_boldness_are_read_once(tmp_path: Path) -> None:
    page = [w for n, c in enumerate("Annex") for w in (Words(70 + 8 * n, 700, c), Words(70.3 + 8 * n, 700, c))]
    assert page_text(read(write_pdf(tmp_path / "doc.pdf", [page])).pages[0]).replace(" ", "") == "Annex"


@pytest.mark.parametrize(
    ("matrix", "place"), [("0 1 -1 0", (100, 70)), ("0 -1 1 0", (300, 700)), ("-1 0 0 -1", (500, 500))]
)
def test_a_page_that_is_turned_is_read_in_its_own_direction(
    tmp_path: Path, matrix: str, place: tuple[int, int]
) -> None:
    ahead = {"0 1 -1 0": (0, 1), "0 -1 1 0": (0, -1), "-1 0 0 -1": (-1, 0)}[matrix]
    down = {"0 1 -1 0": (1, 0), "0 -1 1 0": (-1, 0), "-1 0 0 -1": (0, 1)}[matrix]
    shown = []
    for n, row in enumerate((("Tool", "Country"), ("Hayat", "Germany"), ("Calm Street", "Sweden"))):
        for far, text in zip((0, 150), row, strict=True):
            x, y = (place[i] + ahead[i] * far + down[i] * 24 * n for i in (0, 1))
            shown.append(f"BT /F1 11 Tf {matrix} {x} {y} Tm ({text}) Tj ET")
    raw = read(one_page(tmp_path / "doc.pdf", "\n".join(shown).encode()))
    assert [line.text for line in raw.pages[0].lines] == ["Tool\tCountry", "Hayat\tGermany", "Calm Street\tSweden"]


def records(path: Path) -> list[dict[str, object]]:
    """What the child says of a file, read in this process."""
    return list(pdf_child._records(path))


def test_a_file_that_goes_on_for_ever_is_given_up_and_its_pages_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_pdf(tmp_path / "doc.pdf", [lines(WORDS)] * 5)
    clock = iter([1.0, 2.0])
    with monkeypatch.context() as patch:
        patch.setattr("icarus_ingest.pdf_child.time.process_time", lambda: next(clock, pdf_child.FIRST_SECONDS + 3.0))
        said = records(path)
    assert [r.get("page") for r in said] == [None, 1, 2, None, None]
    assert said[3] == {"stopped": "reading it takes too long"}
    monkeypatch.setattr(pdf, "_lines_of", lambda _child: map(json.dumps, said))
    raw = read(path)
    assert [len(page.lines) for page in raw.pages] == [1, 1, 0, 0, 0]
    assert [(w.page, w.message) for w in raw.warnings] == [
        (3, "not read: reading it takes too long (this page and those up to 5)")
    ]


def test_a_file_of_more_text_than_fits_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_child, "MOST_SEGMENTS", 3)
    monkeypatch.setattr("icarus_ingest.pdf_child.time.process_time", lambda: 0.0)
    said = records(write_pdf(tmp_path / "doc.pdf", [lines(WORDS * 2)] * 5))
    assert {"stopped": "it holds more text than a deliverable may"} in said
    assert sum("page" in record for record in said) == 2


def test_half_a_word_of_a_child_that_died_is_no_word() -> None:
    command = [sys.executable, "-c", "print('{\"pages\": 1}'); print('{\"page\": 1, \"seg', end='')"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert list(pdf._lines_of(child)) == ['{"pages": 1}\n']


GOOD = ["1. Introduction", "The project trains young people in three cities. It began in 2020 and goes on."]


def publish(corpus: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Take a folder in; how many files failed, and what was shown."""
    monkeypatch.setattr("icarus_ingest.run.EmbeddingModel.load", lambda _name: SmallModel())
    (corpus / "good.txt").write_text("\n\n".join(["A report on towns", *GOOD]), encoding="utf-8")
    write_pdf(corpus / "fine.pdf", [lines(GOOD)])
    console = Console(record=True, width=400)
    failed = run([], Settings(corpus=corpus, index=index, embedding_model="small"), console=console)
    return failed, console.export_text()


def test_bad_files_of_every_family_leave_the_others_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    quick = [family for family in REFUSED if not family.endswith("bomb")]
    for family in quick:
        REFUSED[family][0](corpus / f"{family}.pdf")
    failed, shown = publish(corpus, tmp_path / "index", monkeypatch)
    assert failed == len(quick)
    assert sum("cannot be read: " in line for line in shown.splitlines()) == len(quick)
    assert {p.document for p in Index.open(tmp_path / "index", "small").all_passages()} == {"good", "fine"}


@pytest.mark.slow
def test_the_nasty_ones_found_in_the_wild_leave_the_others_in(
    tmp_path: Path, shared_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    nasty = sorted((shared_dir / "pdfs" / "nasty").glob("*.pdf"))
    for path in nasty:
        (corpus / path.name).symlink_to(path)
    failed, shown = publish(corpus, tmp_path / "index", monkeypatch)
    refused = [line.split(" cannot be read: ")[0] for line in shown.splitlines() if " cannot be read: " in line]
    assert len(refused) == len(set(refused)) == failed
    assert "Traceback" not in shown
    published = {d.source for d in Index.open(tmp_path / "index", "small").documents}
    assert published == {path.name for path in corpus.iterdir() if path.suffix != ".toml"} - set(refused)
    assert {"good.txt", "fine.pdf"} <= published
