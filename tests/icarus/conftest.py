"""What the library's tests share: D2.2 as it is read without a model, and its catalogue."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from icarus.catalogue import Catalogue
from icarus.spelling import Spelling
from icarus.text import content_stems, parts_of, words
from icarus.understanding import Understanding
from tests import d22
from tests.conftest import ROOT
from tests.icarus.openai_server import OpenAIServer, serving

if TYPE_CHECKING:
    from icarus.assistant import Assistant
    from icarus_evals.page_texts import PageTexts
    from icarus_ingest.understand import Understood

settings.register_profile("busy", deadline=None)  # a busy machine is no defect
settings.load_profile("busy")


@pytest.fixture(scope="session")
def understood() -> "Understood":
    """D2.2 as ingestion understands it: pages, passages and tool cards; no vectors."""
    return d22.understood()


@pytest.fixture(scope="session")
def passages_with(understood: "Understood") -> Counter[str]:
    """In how many passages of D2.2 each stem stands."""
    return Counter(stem for p in understood.passages for stem in set(content_stems(f"{p.heading} {p.text}")))


@pytest.fixture(scope="session")
def catalogue(understood: "Understood", passages_with: Counter[str]) -> Catalogue:
    """The 104 tools of D2.2."""
    return Catalogue(understood.cards, passages_with)


@pytest.fixture(scope="session")
def spelling(understood: "Understood") -> Spelling:
    """Corrects towards the words that D2.2 prints."""
    return Spelling(Counter(part for p in understood.passages for w in words(p.text) for part in parts_of(w)))


@pytest.fixture(scope="session")
def understanding(catalogue: Catalogue, spelling: Spelling) -> Understanding:
    """Reads questions against the catalogue of D2.2."""
    return Understanding(catalogue, spelling)


@pytest.fixture(scope="session")
def printed(assistant: "Assistant") -> "PageTexts":
    """The pages as the corpus prints them, to check quotes against: not taken from the index that is tested."""
    from icarus_evals.page_texts import PageTexts

    return PageTexts.of(assistant.index.documents, ROOT / "corpus", None)


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAIServer]:
    """A language model's server that behaves as a test tells it to."""
    with serving() as started:
        yield started
