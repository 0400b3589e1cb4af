"""Many sentences stand in several collections of Chroma; whoever asks sees one."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from llama_index.core.schema import TextNode
from numpy.typing import NDArray

from icarus.hnsw import shards_for
from icarus.store import SENTENCES, Store

PASSAGES, OF_EACH = 60, 3


@pytest.mark.parametrize(("passages", "shards"), [(0, 1), (317, 1), (100_000, 1), (100_001, 2), (1_000_000, 10)])
def test_some_hundred_thousand_sentences_stand_together(passages: int, shards: int) -> None:
    assert shards_for(passages) == shards


@pytest.fixture(scope="module")
def vectors() -> NDArray[np.float32]:
    drawn = np.random.default_rng(7).standard_normal((PASSAGES * OF_EACH, 16)).astype(np.float32)
    lengths: NDArray[np.float32] = np.linalg.norm(drawn, axis=1, keepdims=True)
    return drawn / lengths


@pytest.fixture
def store(tmp_path: Path, vectors: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr("icarus.hnsw._OF_A_SHARD", 20)
    ids = [f"p{number}#{sentence}" for number in range(PASSAGES) for sentence in range(OF_EACH)]
    with closing(Store.create(tmp_path, PASSAGES)) as writing:
        nodes = [TextNode(id_=i, text="", embedding=v.tolist()) for i, v in zip(ids, vectors, strict=True)]
        writing.add_vectors(SENTENCES, nodes)
        writing.finish()
    monkeypatch.undo()  # how many there are is read, not counted anew
    with closing(Store.open(tmp_path)) as reading:
        yield reading


def test_each_row_stands_in_one_of_them(store: Store) -> None:
    assert store.count(SENTENCES) == PASSAGES * OF_EACH
    assert 0 < store.collection(SENTENCES).count() < PASSAGES * OF_EACH / 2
    ids, _ = store.all_vectors(SENTENCES)
    assert len(set(ids)) == len(ids) == PASSAGES * OF_EACH


def test_the_nearest_of_all_are_found_best_first(store: Store, vectors: NDArray[np.float32]) -> None:
    for number in (0, 50, 179):
        cosines = vectors @ vectors[number]
        found = store.nearest(SENTENCES, vectors[number].tolist(), 10, {})
        assert [cosine for _, cosine in found] == pytest.approx(sorted(cosines, reverse=True)[:10], abs=1e-5)
        assert found[0][0] == f"p{number // OF_EACH}#{number % OF_EACH}"


def test_the_vectors_of_a_passage_are_found_by_its_id(store: Store, vectors: NDArray[np.float32]) -> None:
    found = store.sentence_vectors({"p59": OF_EACH, "p0": OF_EACH, "p31": 2})
    assert list(found) == ["p59", "p0", "p31"]
    assert np.allclose(found["p31"], vectors[31 * OF_EACH : 31 * OF_EACH + 2])


def test_more_than_there_are_may_be_asked_for(store: Store, vectors: NDArray[np.float32]) -> None:
    assert len(store.nearest(SENTENCES, vectors[0].tolist(), 1_000, {})) == PASSAGES * OF_EACH
    assert store.nearest(SENTENCES, vectors[0].tolist(), 0, {}) == []
