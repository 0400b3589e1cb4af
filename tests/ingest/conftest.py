"""What the tests of ingestion share: D2.2 as it is understood, once, without encoding anything."""

import re
from collections.abc import Callable

import pytest

from icarus.embedding import EmbeddingModel
from icarus.records import Document
from icarus_ingest.corpus import find_sources
from icarus_ingest.model import Line, RawDocument, RawPage
from icarus_ingest.reading import read
from icarus_ingest.understand import Understood
from tests.conftest import ROOT
from tests.d22 import understood


@pytest.fixture(scope="session")
def model() -> EmbeddingModel:
    """The built-in model; its weights are loaded by the first test that encodes."""
    return EmbeddingModel.load("all-MiniLM-L6-v2")


@pytest.fixture(scope="session")
def raw_d22() -> RawDocument:
    """D2.2 as it is read."""
    (source,) = find_sources([ROOT / "corpus"])
    return read(source)


@pytest.fixture(scope="session")
def d22() -> Understood:
    """Everything that is understood of D2.2."""
    return understood()


@pytest.fixture(scope="session")
def letters_of_d22() -> dict[int, str]:
    """Letters and digits of each printed page, cut from the file by the rule that the maintainers' scorer uses."""
    text = (ROOT / "corpus" / "icarus-d2.2.txt").read_text(encoding="utf-8")
    pages: dict[int, str] = {}
    number = 0
    for part in re.split(r"\n{4,}", text):
        if not re.match(r"\s*(¹|\$\^\{|https?://www\.unodc)", part) or "info@" in part[:40]:
            number += 1
        pages[number] = pages.get(number, "") + part
    return {number: letters(text) for number, text in pages.items()}


def letters(text: str) -> str:
    """Letters and digits only, written anew here so that the product's own folding is not its judge."""
    text = re.sub(r"[⁰¹²³⁴-⁹]+|\$\^\{.*?\}\$|</?[a-z]+>|info@icarus-innovation\.eu", "", text)
    return "".join(c for c in text.lower() if c.isalnum())


@pytest.fixture
def raw_of() -> Callable[..., RawDocument]:
    """Makes a document of pages, each a text as it stands in a file: an empty line is a gap."""

    def make(*pages: str) -> RawDocument:
        document = Document(id="doc", title="A report", source="doc.txt", language="en")
        return RawDocument(document, tuple(RawPage(n, _lines(text)) for n, text in enumerate(pages, start=1)))

    return make


def _lines(text: str) -> tuple[Line, ...]:
    lines, gap = [], True
    for line in text.strip("\n").split("\n"):
        if line.strip():
            lines.append(Line(line, gap))
        gap = not line.strip()
    return tuple(lines)
