"""The model as onnxruntime runs it: the same vectors, no torch, and held to them whenever it is opened."""

import json
import logging
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from icarus.embedding import BUILT_IN, EmbeddingModel
from icarus.errors import ModelError
from icarus.exported import DESCRIPTION, MODEL, ExportedEncoder, export
from icarus.exporting import main
from icarus.shipped_graph import strip
from tests.conftest import HEAVY, ROOT, loaded_by

TEXTS = ("Who trains the youth?", "  Überwachung – in Αθήνα  ", "", "street lighting and " * 200)


@pytest.fixture(scope="module")
def genuine() -> EmbeddingModel:
    """The model through torch."""
    return EmbeddingModel.load(BUILT_IN)


@pytest.fixture
def copied(built_index: Path, tmp_path: Path, genuine: EmbeddingModel) -> Path:
    """An export that may be damaged: its folder, under an index folder of its own."""
    folder = tmp_path / "models" / genuine.fingerprint[:16]
    shutil.copytree(built_index / "models" / folder.name, folder)
    return folder


def test_the_vectors_are_those_of_the_model(built_index: Path, genuine: EmbeddingModel) -> None:
    exported = EmbeddingModel.load(BUILT_IN, index=built_index)
    assert np.allclose(exported.encode_passages(TEXTS), genuine.encode_passages(TEXTS), atol=1e-5)
    assert np.allclose(exported.encode_query(TEXTS[0]), genuine.encode_query(TEXTS[0]), atol=1e-5)


def test_passages_keep_their_order_and_progress_is_told(built_index: Path) -> None:
    model = EmbeddingModel.load(BUILT_IN, index=built_index)
    texts = [f"{'long ' * (n % 7)}text number {n}" for n in range(40)]
    told: list[tuple[int, int]] = []
    together = model.encode_passages(texts, lambda done, of: told.append((done, of)))
    assert all(np.allclose(together[n], model.encode_passages([texts[n]])[0], atol=1e-5) for n in (0, 17, 39))
    assert told == [(16, 40), (32, 40), (40, 40)]


def test_a_question_is_encoded_without_torch(built_index: Path) -> None:
    loaded = loaded_by(
        "from pathlib import Path; from icarus.embedding import EmbeddingModel\n"
        f"EmbeddingModel.load({BUILT_IN!r}, index=Path({str(built_index)!r})).encode_query('a')"
    )
    assert loaded & HEAVY == set()


def test_the_built_in_model_is_exported_without_torch(tmp_path: Path) -> None:
    loaded = loaded_by(
        "from pathlib import Path; from icarus.embedding import EmbeddingModel\n"
        f"model = EmbeddingModel.load({BUILT_IN!r}); model.make_export(Path({str(tmp_path)!r}))\n"
        "assert model.runtime == 'onnxruntime'"
    )
    assert loaded & HEAVY == set()


@pytest.mark.slow
def test_the_graph_that_ships_is_the_one_that_is_exported(tmp_path: Path) -> None:
    main(BUILT_IN, tmp_path / "graph", graph_alone=True)
    shipped = ROOT / "src/icarus/data/encoder"
    assert (tmp_path / "graph" / MODEL).read_bytes() == (shipped / MODEL).read_bytes(), (
        "python -m icarus.exporting --graph"
    )
    made, known = (json.loads((folder / DESCRIPTION).read_text("utf-8")) for folder in (tmp_path / "graph", shipped))
    for ours, theirs in zip(
        made.pop("probes"), known.pop("probes"), strict=True
    ):  # processors differ in the last digits
        assert ours["text"] == theirs["text"]
        assert np.allclose(ours["vector"], theirs["vector"], atol=1e-5)
    assert made == known


def test_a_graph_of_other_weights_is_not_stripped(built_index: Path, tmp_path: Path, genuine: EmbeddingModel) -> None:
    graph = shutil.copy(built_index / "models" / genuine.fingerprint[:16] / MODEL, tmp_path)
    weights = load_file(genuine.folder / "model.safetensors")
    name = "embeddings.word_embeddings.weight"
    save_file({**weights, name: weights[name] + 1}, tmp_path / "other.safetensors")
    with pytest.raises(ModelError, match="none of the model's weights"):
        strip(Path(graph), tmp_path / "other.safetensors")


def test_an_export_that_gives_other_vectors_is_not_used(
    copied: Path, tmp_path: Path, genuine: EmbeddingModel, caplog: pytest.LogCaptureFixture
) -> None:
    described = json.loads((copied / DESCRIPTION).read_text(encoding="utf-8"))
    described["probes"][0]["vector"][7] += 0.002
    (copied / DESCRIPTION).write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(ModelError, match="gives other vectors"):
        ExportedEncoder(copied, genuine.tokenizer_file)
    with caplog.at_level(logging.WARNING, "icarus.embedding"):
        model = EmbeddingModel.load(BUILT_IN, index=tmp_path)
    assert "`icarus ingest` exports it anew" in caplog.text
    assert np.allclose(model.encode_query("Who?"), genuine.encode_query("Who?"), atol=1e-6)  # through torch


@pytest.mark.parametrize("file", [MODEL, DESCRIPTION])
@pytest.mark.parametrize("content", [None, b"", b"no export"])
def test_a_damaged_export_is_named(copied: Path, genuine: EmbeddingModel, file: str, content: bytes | None) -> None:
    if content is None:
        (copied / file).unlink()
    else:
        (copied / file).write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        ExportedEncoder(copied, genuine.tokenizer_file)


def test_a_damaged_export_is_made_anew(copied: Path, tmp_path: Path) -> None:
    (copied / MODEL).write_bytes(b"half")
    leftover = copied.with_name(f".{copied.name}-1")
    leftover.mkdir()
    model = EmbeddingModel.load(BUILT_IN)
    model.make_export(tmp_path)
    assert model.use_export(tmp_path)
    assert [path.name for path in copied.parent.iterdir()] == [copied.name]


@pytest.mark.slow
def test_a_model_that_cannot_be_exported_is_named_and_leaves_nothing(tmp_path: Path, genuine: EmbeddingModel) -> None:
    copy = tmp_path / "model"
    shutil.copytree(genuine.folder, copy)
    (copy / "modules.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ModelError, match="could not be exported: "):
        export(str(copy), tmp_path / "models" / "broken")
    assert list((tmp_path / "models").iterdir()) == []
