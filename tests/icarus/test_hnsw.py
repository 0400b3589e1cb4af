import warnings
from contextlib import closing
from pathlib import Path

import pytest
from llama_index.core.schema import TextNode

from icarus.hnsw import when_served, when_written
from icarus.store import SENTENCES, Store


@pytest.mark.parametrize(("rows", "candidates"), [(0, 200), (100_000, 200), (330_000, 400), (3_300_000, 800)])
def test_ten_times_the_rows_are_searched_with_twice_the_candidates(rows: int, candidates: int) -> None:
    assert when_served(rows)["ef_search"] == candidates


@pytest.mark.parametrize(("passages", "rows"), [(317, 1_000), (100_000, 10_000), (1_000_000, 20_000)])
def test_a_large_index_is_written_to_its_files_seldom(passages: int, rows: int) -> None:
    assert when_written(passages)["sync_threshold"] == rows


def test_what_is_built_is_searched_as_many_rows_need(tmp_path: Path) -> None:
    nodes = [TextNode(id_=f"s{n}", text="", embedding=[1.0, float(n)]) for n in range(3)]
    with closing(Store.create(tmp_path, passages=50_000)) as store:
        store.add_vectors(SENTENCES, nodes)
        assert settings_of(store)["sync_threshold"] == 5_000
        store.finish()
    with closing(Store.open(tmp_path)) as store:
        assert settings_of(store) | when_served(3) == settings_of(store)


def settings_of(store: Store) -> dict[str, object]:
    """What Chroma keeps of the graph of the sentences."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Chroma's, of a collection without embedding function
        return dict(store.collection(SENTENCES).configuration["hnsw"] or {})
