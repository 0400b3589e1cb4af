"""What anyone could build in an afternoon, over the same corpus."""

import pytest

from icarus.embedding import EmbeddingModel
from icarus.records import Status
from icarus_evals.baselines.bm25 import bm25_search
from icarus_evals.baselines.chunks import FITTING_TOKENS, STOCK_TOKENS, cut
from icarus_evals.baselines.registry import BASELINES, build, check_installed
from icarus_evals.baselines.replies import CITED, ShowsWhatItFinds
from icarus_evals.errors import EvalError
from icarus_evals.matching import holds
from icarus_evals.metrics.quotes import quote_figures
from icarus_evals.page_texts import PageTexts
from tests.evals.builders import case, subject
from tests.evals.conftest import DOCUMENT

QUESTION = "Which mobile safety audit tool crowd-sources information for the safety of women?"
GOLD = "A mobile safety audit tool which crowd-sources information for the safety of women"


@pytest.fixture(scope="module")
def model() -> EmbeddingModel:
    return EmbeddingModel.load("all-MiniLM-L6-v2")


def test_chunks_keep_their_page_and_their_size(pages: PageTexts) -> None:
    small, large = cut([DOCUMENT], pages, FITTING_TOKENS), cut([DOCUMENT], pages, STOCK_TOKENS)
    assert len(small) > len(large) > 80
    assert len({chunk.id for chunk in small}) == len(small)
    for chunk in small[::17]:
        assert pages.holds_word_for_word(DOCUMENT.id, chunk.page, chunk.page, chunk.text)
    assert max(len(chunk.text.split()) for chunk in small) <= FITTING_TOKENS


def test_bm25_shows_what_it_finds(pages: PageTexts) -> None:
    answerer = ShowsWhatItFinds(bm25_search(cut([DOCUMENT], pages, FITTING_TOKENS)))
    reply = answerer.ask(["Hello.", QUESTION])
    assert reply.status is Status.ANSWERED
    assert len(reply.citations) == CITED
    assert reply.citations[0].page in {41, 79}
    assert quote_figures(subject(case(), reply, pages)) == {"markers": 1.0, "verbatim": 1.0, "quote_in_passage": 1.0}
    nothing = answerer.ask(["zzzz qqqq"])
    assert (nothing.status, nothing.citations) == (Status.NOT_IN_REPORT, ())


@pytest.mark.slow
@pytest.mark.parametrize("name", BASELINES)
def test_each_baseline_finds_what_is_asked_for(name: str, model: EmbeddingModel) -> None:
    if name == "txtai":
        pytest.importorskip("txtai", reason="the extra 'baselines' is not installed")
    texts = {1: GOLD + ".", 2: "A survey of the city by district runs for two months every year.", 3: "Mafia villas."}
    few = DOCUMENT.model_copy(update={"pages": 3})
    answerer = build(name, [few], PageTexts({few.id: texts}), model)
    found = answerer.retrieve([QUESTION], 3)
    assert holds(found[0].text, GOLD)
    assert found[0].page == 1
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert answerer.ask([QUESTION]).citations[0].page == 1


def test_a_baseline_that_there_is_not_is_named() -> None:
    with pytest.raises(EvalError, match=r"no baseline 'haystack': choose from bm25, llama-index, .*all"):
        check_installed("haystack")
