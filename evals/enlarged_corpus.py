"""A corpus of any size, made of a small one: the same documents again and again, with other words and other vectors.

Only the first has the catalogue of tools. In each copy other words stand for half of the words. The vector of a
sentence of a copy is a mixture of those of five sentences drawn at random, with random weights, and noise. At 5,000
sentences such mixtures lie about as near to their ten nearest as those of 13 real deliverables (mean cosine 0.66; real
0.62), and graphs too small for them miss as many of the ten nearest to a question (recall .56, .77, .89 with 4, 6, 12
neighbours; real .62, .77, .89). Vectors that are only moved a little would be crowds of thousands, of which a graph
links each to its like alone.
"""

import random
import re
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from icarus.records import Passage, Sentence
from icarus.text import squash
from icarus_ingest.understand import Understood
from icarus_ingest.vector_file import VectorFile
from icarus_ingest.vectors import digest_of

_CHANGED = 0.5  # share of the words of a copy that others stand for
_WORD = re.compile(r"(?<![\w-])[A-Za-z]{4,}(?![\w-])")
_MIXED = 5  # sentences whose vectors are mixed
_NOISE = 0.45  # length of the noise that is added to a mixture of length 1


def enlarged(originals: Sequence[Understood], passages: int, known: VectorFile) -> Iterator[Understood]:
    """Documents of so many passages together.

    Args:
        originals: the documents that are copied.
        passages: how many passages there shall be.
        known: the vectors of the originals' sentences, by `digest_of`; those of the copies are put into it.
    """
    left, number = passages, 0
    words = sorted({w for u in originals for p in u.passages for w in _WORD.findall(p.text)})
    digests = [digest_of(s.text) for u in originals for p in u.passages for s in p.sentences]
    vectors = np.asarray(known.of(digests), dtype=np.float32)
    while left > 0:
        for original in originals:
            whole = original if number == 0 else _copied(original, number, words)
            if number:
                _give_vectors(whole, number, vectors, known)
            part = _cut(whole, left)
            left -= len(part.passages)
            yield part
            if left <= 0:
                return
        number += 1


def _copied(original: Understood, number: int, words: Sequence[str]) -> Understood:
    """A document in which other words stand for some of the words, everywhere the same for the same."""
    rng = random.Random(number)  # noqa: S311 only to be the same again
    changed = {w: rng.choice(words) for w in words if rng.random() < _CHANGED}
    document = original.document.model_copy(update={"id": f"{original.document.id}-{number}"})

    def vary(text: str) -> str:
        return _WORD.sub(lambda match: changed.get(match[0], match[0]), text)

    def varied(passage: Passage) -> Passage:
        sentences = tuple(Sentence(parts=tuple((page, vary(w)) for page, w in s.parts)) for s in passage.sentences)
        fields = {"id": f"{passage.id}-{number}", "document": document.id, "text": vary(passage.text), "tools": ()}
        return passage.model_copy(update={**fields, "sentences": sentences})

    pages = tuple(p.model_copy(update={"document": document.id, "text": vary(p.text)}) for p in original.pages)
    texts = {p.number: squash(p.text) for p in pages}
    copies = (varied(p) for p in original.passages)
    standing = tuple(p for p in copies if all(squash(w) in texts[n] for s in p.sentences for n, w in s.parts))
    return Understood(document=document, pages=pages, sections=(), passages=standing, cards=())


def _give_vectors(copy: Understood, number: int, vectors: NDArray[np.float32], known: VectorFile) -> None:
    """Put a vector for each sentence of a copy that is not known; few are, which no word was changed of."""
    new = list({d: None for p in copy.passages for s in p.sentences if (d := digest_of(s.text)) not in known})
    rng = np.random.default_rng([number, len(new)])
    weights = rng.dirichlet(np.ones(_MIXED), len(new)).astype(np.float32)
    drawn = vectors[rng.integers(len(vectors), size=(len(new), _MIXED))]
    noise = rng.standard_normal((len(new), vectors.shape[1])).astype(np.float32) / vectors.shape[1] ** 0.5
    known.put(new, _of_length_one(_of_length_one(np.einsum("sm,smd->sd", weights, drawn)) + _NOISE * noise))


def _of_length_one(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    lengths: NDArray[np.float32] = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths


def _cut(understood: Understood, most: int) -> Understood:
    """The document with at most so many passages; with fewer it has no tools, whose rows may be missing."""
    if len(understood.passages) <= most:
        return understood
    passages = tuple(p.model_copy(update={"tools": ()}) for p in understood.passages[:most])
    return Understood(understood.document, understood.pages, understood.sections, passages, ())
