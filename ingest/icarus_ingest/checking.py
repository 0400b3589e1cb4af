"""Check a generation before it serves."""

from contextlib import closing
from itertools import islice
from pathlib import Path

from icarus.errors import IndexUnusableError
from icarus.generation import read_manifest
from icarus.index import Index
from icarus.settings import ChromaServer
from icarus.verification import problems

_SAMPLE = 20
_ITSELF = 0.999  # cosine of a sentence with itself, but for rounding
_FOUND = 0.9  # share of the sample that an approximate search must find: it may miss one in twenty


def check(folder: Path, server: ChromaServer | None = None) -> None:
    """Check a generation: its counts, its words and vectors, a sample found by itself, every quote on its page.

    Raises:
        IndexUnusableError: it cannot be trusted.
    """
    with closing(Index(read_manifest(folder), folder, server)) as index:
        if not _parts_agree(index):
            raise IndexUnusableError("The index fails its check: its parts do not agree.")
        for problem in islice(problems(index), 1):
            raise IndexUnusableError(f"The index fails its check: {problem}")


def _parts_agree(index: Index) -> bool:
    """Whether word index and passages are the same ones, and sentences are found by their own vectors."""
    passages = index.passage_ids()
    sample = passages[:: max(1, len(passages) // _SAMPLE)]
    first = [vectors[0] for vectors in index.sentence_vectors(sample).values()]
    found = [index.nearest_sentences(vector, 1, searching=True) for vector in first]
    itself = sum(bool(f) and f[0][1] >= _ITSELF for f in found)
    return index.lexical_index.ids == passages and itself >= _FOUND * len(found)
