"""A tampered index is found out, whatever was tampered with; a changed corpus is seen."""

import hashlib
from pathlib import Path

import pytest

from icarus.errors import IndexMissingError
from icarus.index import Index
from icarus.records import Document, Page, Passage, PassageKind, Quote, Sentence, ToolCard
from icarus.verification import CorpusChange, corpus_change, problems, published_manifest

PAGES = {1: "Calm Street is a street in Stock-\nholm. It was", 2: "calm before."}


class Held(Index):
    """An index that holds what it is given; Chroma has no part in what is tested here."""

    def __init__(self, passages: list[Passage], cards: list[ToolCard], pages: dict[int, str] | None = None) -> None:
        self.documents = (Document(id="d", title="D", source="d.txt", pages=2),)
        self._held = tuple(passages)
        self.__dict__["tools"] = tuple(cards)
        self._pages = PAGES if pages is None else pages

    def pages(self, document: str) -> dict[int, Page]:
        return {n: Page(document=document, number=n, text=text) for n, text in self._pages.items()}

    def find_passages(self, **_: object) -> list[Passage]:
        return list(self._held)


def passage(*parts: tuple[int, str]) -> Passage:
    return Passage(
        id="p", document="d", text=" ".join(words for _, words in parts), page=parts[0][0], page_end=parts[-1][0],
        section="S", heading="S", kind=PassageKind.ROW, sentences=(Sentence(parts=parts),),
    )  # fmt: skip


def card(text: str = "Calm Street", page: int = 1, passage_id: str = "p", row: str = "p") -> ToolCard:
    quote = Quote(text=text, page=page, page_end=page, passage=passage_id)
    return ToolCard(
        id="t", document="d", name="Calm Street", page=1, pages=(1,), summary=(quote,), rows=(row,) if row else ()
    )


GOOD = passage((1, "Calm Street is a street in Stockholm."), (1, "It was"), (2, "calm before."))


def test_a_whole_index_has_no_problems() -> None:
    assert list(problems(Held([GOOD], [card()]))) == []


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (Held([GOOD], [card()], {1: PAGES[1]}), "lacks the pages 2"),
        (Held([passage((1, "Calm Street is a road."))], []), "is not on page 1"),
        (Held([passage((2, "It was"))], []), "is not on page 2"),
        (Held([passage((3, "It was"))], []), "names page 3 of d, which is not there"),
        (Held([GOOD], [card(row="q")]), "refers to the row q"),
        (Held([GOOD], [card(row="")]), "stands in no row"),
        (Held([GOOD], [card(text="Calm Road")]), "quotes words that its passage does not hold"),
        (Held([GOOD], [card(passage_id="q")]), "quotes the passage q"),
        (Held([GOOD], [card(page=3)]), "quotes page 3"),
        (Held([GOOD], [card().model_copy(update={"pages": (1, 9)})]), "names page 9"),
    ],
)
def test_what_is_wrong_is_told(held: Held, says: str) -> None:
    assert any(says in problem for problem in problems(held)), list(problems(held))


def documents(**content: bytes) -> list[Document]:
    return [
        Document(id=name, title=name, source=f"{name}.txt", sha256=hashlib.sha256(data).hexdigest())
        for name, data in content.items()
    ]


def test_a_corpus_is_compared_by_content(tmp_path: Path) -> None:
    (tmp_path / "same.txt").write_bytes(b"same")
    (tmp_path / "other.txt").write_bytes(b"now")
    (tmp_path / "added.pdf").write_bytes(b"%PDF-")
    (tmp_path / "deliverables.toml").write_bytes(b"")
    change = corpus_change(documents(same=b"same", other=b"then", gone=b"gone"), tmp_path)
    assert change == CorpusChange(new=("added.pdf",), changed=("other.txt",), missing=("gone.txt",))
    assert change.any
    assert not corpus_change(documents(same=b"same"), tmp_path / "nowhere").new


def test_an_unchanged_corpus_is_no_change(tmp_path: Path) -> None:
    (tmp_path / "same.txt").write_bytes(b"same")
    assert not corpus_change(documents(same=b"same"), tmp_path).any


def test_no_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index yet"):
        published_manifest(tmp_path)
