"""BM25 alone (Robertson and Zaragoza, 2009) over chunks of 256 tokens, with English stems, by the library bm25s."""

from collections.abc import Sequence

from icarus_evals.baselines.chunks import Chunk
from icarus_evals.baselines.replies import Hit, Search


def bm25_search(chunks: Sequence[Chunk]) -> Search:
    """A search over some chunks."""
    import bm25s
    import Stemmer

    stemmer = Stemmer.Stemmer("english")
    index = bm25s.BM25()
    texts = [chunk.text for chunk in chunks]
    index.index(bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, show_progress=False), show_progress=False)

    def search(query: str, k: int) -> list[Hit]:
        tokens = bm25s.tokenize(query, stopwords="en", stemmer=stemmer, show_progress=False)
        found, scores = index.retrieve(tokens, k=min(k, len(chunks)), show_progress=False)
        return [(chunks[int(i)], float(s)) for i, s in zip(found[0], scores[0], strict=True) if s > 0]

    return search
