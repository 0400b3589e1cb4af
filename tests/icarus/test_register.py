"""The register gives what going through all passages would give."""

from pathlib import Path

import pytest

from icarus.errors import IndexUnusableError
from icarus.index import Index
from icarus.records import Category, FocusArea, Passage, PassageKind, Sentence
from icarus.register import TOOLS, Register, write_register
from icarus.remarks import Remark, remarks_in
from icarus.text import parts_of, words


@pytest.fixture(scope="module")
def index(built_index: Path) -> Index:
    return Index.open(built_index, "all-MiniLM-L6-v2")


def passage(text: str, number: int = 1, kind: PassageKind = PassageKind.PROSE, tools: tuple[str, ...] = ()) -> Passage:
    return Passage(
        id=f"p{number}", document="d", text=text, page=number, page_end=number + 1, section="S", heading="S", kind=kind,
        sentences=tuple(Sentence(parts=((number, s),)) for s in text.split("|")), tools=tools,
    )  # fmt: skip


@pytest.fixture
def register(tmp_path: Path) -> Register:
    said = [
        passage("One thing.|It is another.", 1, tools=("a", "b")),
        passage("This says nothing on efficacy.", 2, PassageKind.ROW, tools=("b",)),
        passage("Here we go on.|There is not yet a systematic evaluation.|None of efficacy, no.", 3),
        passage("Cities are anonymised.|It is not about effectiveness.", 4),
    ]
    write_register(tmp_path / "register.sqlite", said)
    return Register(tmp_path / "register.sqlite")


def test_passages_are_found_by_where_they_stand(register: Register) -> None:
    assert register.passages == 4
    assert register.ids() == ["p1", "p2", "p3", "p4"]
    assert register.ids(document="d", page=3) == ["p2", "p3"]
    assert register.ids(section="S", page=1) == ["p1"]
    assert register.ids(document="e") == []


def test_passages_are_found_by_what_they_are_about(register: Register) -> None:
    assert register.ids(about=[(TOOLS, "b")]) == ["p1", "p2"]
    assert register.ids(about=[(TOOLS, "a"), (TOOLS, "b")]) == ["p1"]
    assert register.ids(about=[(TOOLS, "' OR 1=1 --")]) == []


def test_the_first_remark_is_known(register: Register) -> None:
    assert register.first(Remark.CAUTION) == ("p3", 1)  # not the row
    assert register.first(Remark.ANONYMITY) == ("p4", 0)


def test_a_passage_that_remarks_nothing_is_not_noted() -> None:
    assert remarks_in(passage("It works.|It is effective.")) == []


def test_words_are_counted(register: Register) -> None:
    assert (register.words()["is"], register.words()["efficacy"]) == (3, 2)


def test_it_agrees_with_going_through_all_passages(index: Index) -> None:
    passages = index.all_passages()
    for area in FocusArea:
        for category in (None, *Category):
            wanted = [p.id for p in passages if area in p.focus_areas and category in {None, *p.categories}]
            assert index.passage_ids(focus_area=area, category=category) == wanted
    for page in (1, 17, 64, 81):
        standing = [p for p in passages if p.page <= page <= p.page_end]
        assert index.find_passages(document="icarus-d2.2", page=page) == standing
    for tool in index.tools:
        assert index.passage_ids(tool=tool.id) == [p.id for p in passages if tool.id in p.tools]
    counts: dict[str, int] = {}
    for part in (part for p in passages for word in words(p.text) for part in parts_of(word)):
        counts[part] = counts.get(part, 0) + 1
    assert index.register.words() == counts


@pytest.mark.parametrize("content", [None, b"", b"no database at all" * 100])
def test_a_damaged_register_says_how_to_mend_it(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "register.sqlite").write_bytes(content)
    with pytest.raises(IndexUnusableError, match="icarus ingest"):
        Register(tmp_path / "register.sqlite")
