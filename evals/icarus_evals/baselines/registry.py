"""The baselines by name, each built only when it is asked for."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from icarus.embedding import EmbeddingModel
from icarus.records import Document
from icarus_evals.baselines.bm25 import bm25_search
from icarus_evals.baselines.chunks import FITTING_TOKENS, STOCK_TOKENS, Chunk, cut
from icarus_evals.baselines.llama_index import chroma_search, fusion_search, in_memory_search
from icarus_evals.baselines.replies import Search, ShowsWhatItFinds
from icarus_evals.baselines.txtai_hybrid import MISSING, txtai_search
from icarus_evals.errors import EvalError
from icarus_evals.page_texts import PageTexts


class Baseline(NamedTuple):
    """How a baseline cuts the corpus, and what searches the chunks."""

    says: str
    tokens: int
    search: Callable[[Sequence[Chunk], EmbeddingModel], Search]


BASELINES: dict[str, Baseline] = {
    "bm25": Baseline("BM25 alone, stemmed", FITTING_TOKENS, lambda chunks, _: bm25_search(chunks)),
    "llama-index": Baseline(
        "stock llama-index in memory, chunks of 1,024 tokens",
        STOCK_TOKENS,
        lambda chunks, model: in_memory_search(chunks, model.llama_index_model),
    ),
    "llama-index-chroma": Baseline(
        "llama-index on Chroma, chunks of 256 tokens",
        FITTING_TOKENS,
        lambda chunks, model: chroma_search(chunks, model.llama_index_model),
    ),
    "llama-index-fusion": Baseline(
        "llama-index's fusion of vectors and BM25",
        FITTING_TOKENS,
        lambda chunks, model: fusion_search(chunks, model.llama_index_model),
    ),
    "txtai": Baseline("txtai's hybrid index", FITTING_TOKENS, lambda chunks, model: txtai_search(chunks, model.folder)),
}
ALL = "all"


def check_installed(name: str) -> None:
    """Whether a baseline can be built at all.

    Raises:
        EvalError: there is no baseline of that name, or a package that it needs is not installed.
    """
    if name not in BASELINES:
        raise EvalError(
            f"There is no baseline {name!r}: choose from {', '.join((*BASELINES, ALL))}, or name a run.json."
        )
    if name == "txtai" and find_spec("txtai") is None:
        raise EvalError(MISSING)


def build(name: str, documents: Sequence[Document], pages: PageTexts, model: EmbeddingModel) -> ShowsWhatItFinds:
    """A baseline over some documents.

    Raises:
        EvalError: there is no baseline of that name, or a package that it needs is not installed.
    """
    check_installed(name)
    baseline = BASELINES[name]
    return ShowsWhatItFinds(baseline.search(cut(documents, pages, baseline.tokens), model))
