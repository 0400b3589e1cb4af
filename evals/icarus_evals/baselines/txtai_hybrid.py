"""txtai's hybrid index: its dense and sparse (BM25) scores combined its own way, with the same embedding model."""

import os
from collections.abc import Sequence
from pathlib import Path

from icarus_evals.baselines.chunks import Chunk
from icarus_evals.baselines.replies import Hit, Search
from icarus_evals.errors import EvalError

MISSING = "The baseline txtai needs the extra 'baselines': pip install 'icarus-assistant[baselines]'."


def txtai_search(chunks: Sequence[Chunk], model_folder: Path) -> Search:
    """A search over some chunks with the embedding model of a folder.

    Raises:
        EvalError: txtai is not installed.
    """
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        from txtai import Embeddings  # type: ignore[import-untyped, unused-ignore]
    except ImportError as error:
        raise EvalError(MISSING) from error
    settings = {"method": "sentence-transformers", "hybrid": True, "gpu": False}
    embeddings = Embeddings(path=str(model_folder), **settings)
    embeddings.index((i, chunk.text, None) for i, chunk in enumerate(chunks))

    def search(query: str, k: int) -> list[Hit]:
        return [(chunks[int(i)], float(score)) for i, score in embeddings.search(query, min(k, len(chunks)))]

    return search
