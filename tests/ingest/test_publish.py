import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from icarus.embedding import EmbeddingModel
from icarus.errors import IndexUnusableError
from icarus.generation import CHROMA, current_generation
from icarus.index import Index
from icarus.records import Passage
from icarus.store import COLLECTIONS, Store
from icarus_ingest import publish as publishing
from icarus_ingest.model import RawDocument
from icarus_ingest.publish import Build, generation_id, known_vectors, publish, published_report
from icarus_ingest.understand import Understood, understand
from icarus_ingest.vectors import Vectors
from tests.ingest.small_model import SmallModel

Make = Callable[..., RawDocument]
FIRST = "1. One\n\nCalm Street began in 1995. It trains young people.\n\n2. Two\n\nThe second chapter says more."


@pytest.fixture
def model() -> SmallModel:
    return SmallModel()


@pytest.fixture
def understood(raw_of: Make, model: SmallModel) -> Understood:
    return understand(raw_of(FIRST), model.count_pieces, model.max_pieces)


def build(root: Path, understood: Understood, model: SmallModel, generation: str) -> None:
    publish(root, Build(generation, [understood], Vectors(model, known_vectors(root, model)), '{"documents": []}'))


def test_a_published_generation_opens(tmp_path: Path, understood: Understood, model: SmallModel) -> None:
    build(tmp_path, understood, model, "aaa")
    index = Index.open(tmp_path, "small")
    assert index.all_passages() == understood.passages
    assert index.page("doc", 1) == understood.pages[0]
    assert index.page("doc", 2) is None
    assert index.manifest.generation == "aaa"
    assert (index.manifest.passages, index.manifest.dimension) == (len(understood.passages), 16)
    index.close()


def test_one_generation_is_kept_back_and_no_more(tmp_path: Path, understood: Understood, model: SmallModel) -> None:
    for generation in ("aaa", "bbb", "ccc"):
        build(tmp_path, understood, model, generation)
    assert sorted(p.name for p in (tmp_path / "generations").iterdir()) == ["bbb", "ccc"]
    assert Index.open(tmp_path, "small").manifest.generation == "ccc"


def test_a_reader_that_is_open_goes_on_while_another_is_published(
    tmp_path: Path, understood: Understood, model: SmallModel
) -> None:
    build(tmp_path, understood, model, "aaa")
    reader = Index.open(tmp_path, "small")
    build(tmp_path, understood, model, "bbb")
    assert len(reader.all_passages()) == len(understood.passages)
    assert reader.nearest(model.encode_passages(["x"])[0], 1)


def test_only_new_sentences_are_encoded(tmp_path: Path, raw_of: Make, model: SmallModel) -> None:
    first = understand(raw_of(FIRST), model.count_pieces, model.max_pieces)
    build(tmp_path, first, model, "aaa")
    assert sorted(model.encoded) == sorted({s.text for p in first.passages for s in p.sentences})
    model.encoded.clear()
    second = understand(raw_of(FIRST + " It ends."), model.count_pieces, model.max_pieces)
    build(tmp_path, second, model, "bbb")
    assert model.encoded == ["It ends."]


@pytest.mark.parametrize(
    "step",
    ["pipeline.run_pipeline", "publish._write_lexical", "publish.check", "publish.switch_to", "generations._point"],
)
def test_a_crash_at_any_step_leaves_the_old_generation_serving(
    tmp_path: Path, understood: Understood, model: SmallModel, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    build(tmp_path, understood, model, "aaa")

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(f"icarus_ingest.{step}", crash)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path, understood, model, "bbb")
    monkeypatch.undo()
    assert Index.open(tmp_path, "small").manifest.generation == "aaa"
    build(tmp_path, understood, model, "ccc")
    assert sorted(p.name for p in (tmp_path / "generations").iterdir()) == ["aaa", "ccc"]


def test_a_generation_that_fails_its_check_is_not_published(
    tmp_path: Path, understood: Understood, model: SmallModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, understood, model, "aaa")
    monkeypatch.setattr(publishing, "_write_lexical", _write_half)
    with pytest.raises(IndexUnusableError, match="fails its check"):
        build(tmp_path, understood, model, "bbb")
    assert Index.open(tmp_path, "small").manifest.generation == "aaa"


_write_lexical = publishing._write_lexical


def _write_half(folder: Path, passages: Iterator[Passage]) -> None:
    _write_lexical(folder, list(passages)[:1])


def test_a_damaged_generation_counts_as_none(tmp_path: Path, understood: Understood, model: SmallModel) -> None:
    build(tmp_path, understood, model, "aaa")
    assert published_report(tmp_path, "aaa") == '{"documents": []}'
    assert published_report(tmp_path, "bbb") is None
    folder = current_generation(tmp_path)
    assert folder is not None
    shutil.rmtree(folder / "lexical")
    assert published_report(tmp_path, "aaa") is None
    build(tmp_path, understood, model, "aaa")
    assert published_report(tmp_path, "aaa") is not None


def test_the_generation_is_named_by_what_it_is_made_of(understood: Understood) -> None:
    documents = [understood.document]
    same = generation_id(documents, "small", "f")
    assert generation_id(documents, "small", "f") == same
    changed = [understood.document.model_copy(update={"sha256": "other"})]
    others = [generation_id(changed, "small", "f"), generation_id(documents, "small", "g")]
    assert len({same, *others}) == 3


def content(root: Path) -> dict[str, object]:
    """Everything that the collections of the published generation hold, vectors to the last bit."""
    folder = current_generation(root)
    assert folder
    with closing(Store.open(folder / CHROMA)) as store:
        return {name: sorted(_rows(store, name)) for name in COLLECTIONS}


def _rows(store: Store, name: str) -> Iterator[tuple[str, str, str, bytes]]:
    found = store.collection(name).get(include=["documents", "metadatas", "embeddings"])
    vectors = np.asarray(found["embeddings"], dtype=np.float32)
    documents, metadatas = found["documents"] or [], found["metadatas"] or []
    for i, identifier in enumerate(found["ids"]):
        yield identifier, str(documents[i]), json.dumps(metadatas[i], sort_keys=True), vectors[i].tobytes()


def test_the_same_corpus_gives_the_same_content_to_the_last_bit(
    tmp_path: Path, raw_of: Make, model: SmallModel
) -> None:
    for root in ("one", "two"):
        understood = understand(raw_of(FIRST), model.count_pieces, model.max_pieces)
        build(tmp_path / root, understood, SmallModel(), "aaa")
    assert content(tmp_path / "one") == content(tmp_path / "two")


def test_what_was_there_before_leaves_no_trace(tmp_path: Path, raw_of: Make, model: SmallModel) -> None:
    first = understand(raw_of(FIRST), model.count_pieces, model.max_pieces)
    other = understand(raw_of("3. Else\n\nQuite another text."), model.count_pieces, model.max_pieces)
    build(tmp_path / "fresh", first, model, "aaa")
    for generation, understood in (("xxx", other), ("aaa", first)):
        build(tmp_path / "again", understood, model, generation)
    assert content(tmp_path / "fresh") == content(tmp_path / "again")


@pytest.mark.slow
def test_the_real_model_gives_the_same_vectors_in_every_build(tmp_path: Path, raw_of: Make) -> None:
    real = EmbeddingModel.load("all-MiniLM-L6-v2")
    for root in ("one", "two"):
        understood = understand(raw_of(FIRST), real.count_pieces, real.max_pieces)
        publish(tmp_path / root, Build("aaa", [understood], Vectors(real), "{}"))
    assert content(tmp_path / "one") == content(tmp_path / "two")
