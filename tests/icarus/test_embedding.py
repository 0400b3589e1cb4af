import math
import shutil
from pathlib import Path

import pytest

from icarus import embedding
from icarus.embedding import BUILT_IN_SHA256, EmbeddingModel
from icarus.errors import ModelError

NAME = "all-MiniLM-L6-v2"


@pytest.fixture(scope="module")
def model() -> EmbeddingModel:
    return EmbeddingModel.load(NAME)


def cosine(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def test_the_built_in_model_is_the_genuine_one(model: EmbeddingModel) -> None:
    assert model.fingerprint == BUILT_IN_SHA256
    assert (model.dimension, model.max_pieces) == (384, 256)


def test_pieces_are_counted_without_a_limit(model: EmbeddingModel) -> None:
    assert model.count_pieces("urban security") == 4
    assert model.count_pieces("radicalisation") == 4
    assert model.count_pieces("word " * 600) == 602


def test_opening_a_model_loads_no_torch() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from icarus.embedding import EmbeddingModel;"
        f"m = EmbeddingModel.load({NAME!r}); m.count_pieces('a'); print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"


@pytest.mark.slow
def test_vectors_have_unit_length_and_mean_something(model: EmbeddingModel) -> None:
    told = []
    vectors = model.encode_passages(
        ["Young people are trained as guardians.", "The harbour was dredged.", "x " * 700],
        lambda *step: told.append(step),
    )
    query = model.encode_query("Who trains the youth?")
    assert all(math.isclose(cosine(v, v), 1.0, abs_tol=1e-5) for v in [*vectors, query])
    assert cosine(query, vectors[0]) > cosine(query, vectors[1]) + 0.2
    assert told == [(3, 3)]


@pytest.mark.slow
def test_passages_keep_their_order_whatever_their_length(model: EmbeddingModel) -> None:
    texts = [f"{'long ' * (n % 7)}text number {n}" for n in range(70)]
    together = model.encode_passages(texts)
    for n in (0, 33, 69):
        assert cosine(together[n], model.encode_passages([texts[n]])[0]) > 0.9999


@pytest.mark.slow
def test_questions_use_the_threads_that_are_set() -> None:
    import torch

    model = EmbeddingModel.load(NAME, query_threads=1)
    model.encode_query("How many?")
    assert torch.get_num_threads() == 1


def test_a_folder_is_taken_and_its_weights_are_its_fingerprint(tmp_path: Path, model: EmbeddingModel) -> None:
    copy = tmp_path / "model"
    shutil.copytree(model.folder, copy)
    assert EmbeddingModel.load(str(copy)).fingerprint == BUILT_IN_SHA256
    with (copy / "model.safetensors").open("ab") as weights:
        weights.write(b"x")
    assert EmbeddingModel.load(str(copy)).fingerprint != BUILT_IN_SHA256


def test_weights_that_are_not_the_genuine_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "_fingerprint", lambda _: "0" * 64)
    with pytest.raises(ModelError, match="not the genuine ones"):
        EmbeddingModel.load(NAME)


@pytest.mark.parametrize("file", ["model.safetensors", "1_Pooling/config.json", "sentence_bert_config.json"])
def test_a_folder_that_is_no_model_is_named(tmp_path: Path, model: EmbeddingModel, file: str) -> None:
    copy = tmp_path / "model"
    shutil.copytree(model.folder, copy)
    (copy / file).unlink()
    with pytest.raises(ModelError, match="is no sentence-transformers model"):
        EmbeddingModel.load(str(copy))


def test_a_model_that_is_nowhere_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="neither a folder here nor to be had"):
        EmbeddingModel.load("nobody/no-such-model")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "_BUILT_IN_PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="is not installed"):
        EmbeddingModel.load(NAME)
