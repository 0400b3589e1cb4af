import json
import shutil
from pathlib import Path

import pytest

from icarus.embedding import EmbeddingModel
from icarus.errors import IndexMissingError, IndexUnusableError
from icarus.generation import current_generation
from icarus.index import Index
from icarus.records import Category, FocusArea, PassageKind

NAME = "all-MiniLM-L6-v2"


@pytest.fixture(scope="module")
def index(built_index: Path) -> Index:
    return Index.open(built_index, NAME)


@pytest.fixture(scope="module")
def model() -> EmbeddingModel:
    return EmbeddingModel.load(NAME)


def test_the_manifest_says_what_built_the_index(index: Index) -> None:
    manifest = index.manifest
    assert (manifest.pages, manifest.tools) == (81, 104)
    assert manifest.passages == len(index.all_passages())
    assert (manifest.model, manifest.dimension) == (NAME, 384)
    assert manifest.versions["chromadb"] == "1.5.9"
    (document,) = index.documents
    assert (document.id, document.pages, len(document.sha256)) == ("icarus-d2.2", 81, 64)


def test_passages_come_in_reading_order_and_by_id(index: Index) -> None:
    passages = index.all_passages()
    some = [passages[30], passages[3], passages[200]]
    assert index.passages([p.id for p in some]) == some
    assert index.passages(["no-such-id"]) == []
    body = [p.page for p in passages if p.kind is not PassageKind.FOOTNOTE]
    assert body == sorted(body)


def test_passages_are_found_by_what_they_are(index: Index) -> None:
    calm = index.find_passages(tool="calm-street")
    assert {p.page for p in calm} == {17, 19, 65}
    assert all("calm-street" in p.tools for p in calm)
    assert [p.kind for p in index.find_passages(tool="calm-street", page=65)] == [PassageKind.ROW]
    assert index.find_passages(section="5.2 Concepts and approaches", page=50)
    assert index.find_passages(document="another") == []


def test_pages_are_given_by_number(index: Index) -> None:
    page = index.page("icarus-d2.2", 36)
    assert page is not None
    assert "4.3.3 Evaluation tools" in page.text
    assert index.page("icarus-d2.2", 82) is None
    assert index.page("another", 1) is None


def test_a_sentence_finds_itself(index: Index, model: EmbeddingModel) -> None:
    passage = index.find_passages(tool="thor-methodology", page=37)[0]
    (best, cosine), *_ = index.nearest_sentences(model.encode_query(passage.sentences[0].text), 5)
    assert best == passage.id
    assert cosine == pytest.approx(1.0, abs=1e-3)


def test_nearest_passages_keep_to_the_filters(index: Index, model: EmbeddingModel) -> None:
    vector = model.encode_query("training for young people")
    everywhere = index.nearest(vector, 10)
    assert [c for _, c in everywhere] == sorted((c for _, c in everywhere), reverse=True)
    assert all(-1.0 <= c <= 1.0 for _, c in everywhere)
    found = index.passages([i for i, _ in index.nearest(vector, 10, focus_area=FocusArea.ORGANISED_CRIME)])
    assert len(found) == 10
    assert all(FocusArea.ORGANISED_CRIME in p.focus_areas for p in found)
    evaluation = {"focus_area": FocusArea.RADICALISATION, "category": Category.EVALUATION}
    both = index.passages([i for i, _ in index.nearest(vector, 50, **evaluation)])  # type: ignore[arg-type]
    assert both
    assert all(p.categories == (Category.EVALUATION,) and p.focus_areas == (FocusArea.RADICALISATION,) for p in both)
    assert {i for i, _ in index.nearest(vector, 50, tool="hayat")} == {p.id for p in index.find_passages(tool="hayat")}
    assert index.nearest(vector, 5, document="another") == []
    assert index.nearest(vector, 0) == []


def test_nearest_agrees_with_exact_search(index: Index, model: EmbeddingModel) -> None:
    import numpy as np

    query = np.asarray(model.encode_query("How is hate speech on the internet measured?"))
    vectors = index.sentence_vectors([p.id for p in index.all_passages()])
    exact = {passage: float((rows @ query).max()) for passage, rows in vectors.items()}
    best = sorted(exact, key=lambda passage: -exact[passage])[:10]
    assert [passage for passage, _ in index.nearest_sentences(query, 40)][:10] == best


def test_words_find_passages_by_their_stems(index: Index) -> None:
    (best, share), *_ = index.lexical("Which methodologies have technological, human and regulatory dimensions?", 5)
    assert index.passages([best])[0].tools == ("thor-methodology",)
    assert 0 < share <= 1
    assert index.lexical("zzz qqq", 5) == []
    assert index.lexical("the of and", 5) == []


def test_the_catalogue_is_in_the_order_of_the_annex(index: Index) -> None:
    assert len(index.tools) == 104
    assert [t.page for t in index.tools] == sorted(t.page for t in index.tools)
    assert index.tools[0].name == "Police station social worker - City of Moissy-Cramayel"


def test_llama_index_reads_the_collections_as_they_are(index: Index, model: EmbeddingModel) -> None:
    from llama_index.core import VectorStoreIndex
    from llama_index.vector_stores.chroma import ChromaVectorStore

    store = ChromaVectorStore(chroma_collection=index.collection("passages"))
    retriever = VectorStoreIndex.from_vector_store(store, embed_model=model.llama_index_model).as_retriever(
        similarity_top_k=3
    )
    nodes = retriever.retrieve("safety audit app for women")
    assert any("Safetipin" in node.text for node in nodes)
    assert {node.node.ref_doc_id for node in nodes} == {"icarus-d2.2"}
    assert all(node.node.metadata["page"] for node in nodes)


def test_no_index_and_another_model_are_told_apart(tmp_path: Path, built_index: Path) -> None:
    with pytest.raises(IndexMissingError, match="icarus ingest"):
        Index.open(tmp_path, NAME)
    with pytest.raises(IndexUnusableError, match=r"built with the embedding model 'all-MiniLM-L6-v2'.*'other'"):
        Index.open(built_index, "other")


@pytest.mark.parametrize("damage", ["manifest", "format", "count", "chroma", "pointer", "lexical"])
def test_a_damaged_index_is_refused(tmp_path: Path, built_index: Path, damage: str) -> None:
    root = tmp_path / "index"
    shutil.copytree(built_index, root)
    folder = current_generation(root)
    assert folder is not None
    manifest = folder / "manifest.json"
    content = json.loads(manifest.read_text(encoding="utf-8"))
    if damage == "manifest":
        manifest.write_text("{", encoding="utf-8")
    elif damage == "format":
        manifest.write_text(json.dumps(content | {"format": 0}), encoding="utf-8")
    elif damage == "count":
        manifest.write_text(json.dumps(content | {"passages": 1}), encoding="utf-8")
    elif damage == "chroma":
        (folder / "chroma" / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    elif damage == "pointer":
        (root / "current").write_text("gone", encoding="utf-8")
    else:
        shutil.rmtree(folder / "lexical")
    with pytest.raises(IndexUnusableError, match="icarus ingest"):
        _ = Index.open(root, NAME).lexical_index
