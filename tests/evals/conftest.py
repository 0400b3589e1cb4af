"""What the tests of the evaluation share: the dev cases, frozen real replies, the pages of the corpus."""

import pytest

from icarus.records import Document, Reply
from icarus_evals.cases import Case, load_cases
from icarus_evals.page_texts import PageTexts
from icarus_evals.runner import Evaluation
from tests.conftest import ROOT
from tests.evals.freeze import CASES, GOLDEN

DOCUMENT = Document(id="icarus-d2.2", title="D2.2", source="icarus-d2.2.txt", pages=81)


@pytest.fixture(scope="session")
def pages() -> PageTexts:
    """The pages of D2.2, from the corpus itself."""
    return PageTexts.of([DOCUMENT], ROOT / "corpus", None)


@pytest.fixture(scope="session")
def dev_cases() -> tuple[Case, ...]:
    """The development cases."""
    return load_cases(CASES)


@pytest.fixture(scope="session")
def golden() -> dict[str, Reply]:
    """Replies that the real assistant gave to the development cases, by case id."""
    lines = (GOLDEN / "replies.jsonl").read_text(encoding="utf-8").splitlines()
    return {reply.id or "": reply for reply in map(Reply.model_validate_json, lines)}


@pytest.fixture(scope="session")
def dev(dev_cases: tuple[Case, ...], pages: PageTexts) -> Evaluation:
    """The evaluation of the development cases."""
    return Evaluation({"dev": dev_cases}, pages)
