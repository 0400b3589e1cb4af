"""Open a published generation: passages, pages, tool cards, vectors and words, read-only."""

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from icarus import store
from icarus.errors import IndexMissingError, IndexUnusableError
from icarus.lexical import LexicalIndex
from icarus.records import Category, Document, FocusArea, Page, Passage, Record, ToolCard
from icarus.text import content_stems

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

FORMAT = 4
POINTER = "current"
GENERATIONS = "generations"
MANIFEST = "manifest.json"
CHROMA = "chroma"
LEXICAL = "lexical"
_EXACT = 20_000  # sentences up to which comparing all takes less than Chroma's search, about 2 ms
REBUILD = "build it again with `icarus ingest`."


class IndexManifest(Record):
    """What built an index, and what it must hold to be whole."""

    format: int
    generation: str
    built_at: str
    icarus_version: str
    model: str
    model_fingerprint: str
    dimension: int
    max_pieces: int
    versions: dict[str, str]
    documents: tuple[Document, ...]
    pages: int
    passages: int
    tools: int
    corpus_hash: str


class Index:
    """One published generation. It does not change while it is open; a newer one is opened anew."""

    def __init__(self, manifest: IndexManifest, folder: Path) -> None:
        self.manifest = manifest
        self.folder = folder
        self.documents = manifest.documents
        self._store = store.Store.open(folder / CHROMA)
        self._check_counts()

    @classmethod
    def open(cls, root: Path, embedding_model: str) -> "Index":
        """The generation that is published under a folder.

        Raises:
            IndexMissingError: nothing is published there.
            IndexUnusableError: it is damaged, of another format, or built with another embedding model.
        """
        folder = published_generation(root)
        manifest = read_manifest(folder)
        if manifest.model != embedding_model:
            raise IndexUnusableError(
                f"The index was built with the embedding model {manifest.model!r}, the settings ask for "
                f"{embedding_model!r}: {REBUILD}"
            )
        return cls(manifest, folder)

    @cached_property
    def tools(self) -> tuple[ToolCard, ...]:
        """The whole catalogue, in the order of the documents."""
        return tuple(self._store.tools())

    def page(self, document: str, number: int) -> Page | None:
        """One page of a document, or None where it has no page of that number."""
        key = (document, number)
        if key not in self._fetched_pages:
            self._fetched_pages[key] = self._store.page(document, number)
        return self._fetched_pages[key]

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of some ids, in the order asked; an id that is not there is left out."""
        return [self._by_id[i] for i in ids if i in self._by_id]

    def find_passages(
        self,
        *,
        document: str | None = None,
        tool: str | None = None,
        section: str | None = None,
        page: int | None = None,
    ) -> list[Passage]:
        """All passages that meet every condition given, in reading order; `page` is any page they stand on."""
        return [
            p
            for p in (self.all_passages() if tool is None else self._by_tool.get(tool, ()))
            if (document is None or p.document == document)
            and (section is None or p.section == section)
            and (page is None or p.page <= page <= p.page_end)
        ]

    def nearest(  # noqa: PLR0913  each filter is one word of the question
        self,
        vector: Sequence[float],
        k: int,
        *,
        focus_area: FocusArea | None = None,
        category: Category | None = None,
        document: str | None = None,
        tool: str | None = None,
    ) -> list[tuple[str, float]]:
        """The k passages nearest to a unit-length vector: (passage id, cosine), best first."""
        wanted = {"focus_areas": focus_area, "categories": category, "document": document, "tools": tool}
        where = {field: str(value) for field, value in wanted.items() if value is not None}
        return self._store.nearest(store.PASSAGES, vector, k, where)

    def nearest_sentences(
        self, vector: Sequence[float] | NDArray[np.float64], k: int, *, searching: bool = False
    ) -> list[tuple[str, float]]:
        """Passages of the k sentences nearest to a unit-length vector: (passage id, cosine), best first, each once.

        Of a small corpus all sentences are compared, which is exact and faster, unless `searching` asks for Chroma's
        approximate search, as a large one is searched.
        """
        if searching or not self._is_small:
            nearest = self._store.nearest(store.SENTENCES, [float(x) for x in vector], k, {})
        else:
            ids, vectors = self._sentences
            cosines = vectors @ np.asarray(vector, dtype=np.float32)
            nearest = [(ids[i], float(cosines[i])) for i in np.argsort(-cosines, kind="stable")[:k]]
        found: dict[str, float] = {}
        for sentence, cosine in nearest:
            found.setdefault(sentence.rpartition("#")[0], cosine)
        return list(found.items())

    def nearest_questions(self, vector: Sequence[float] | NDArray[np.float64], k: int) -> dict[str, float]:
        """Tools of the k expected questions nearest to a unit-length vector, each with its best cosine.

        People write these questions, so they are few: all are compared, which is faster than an approximate search.
        """
        tools, vectors = self._questions
        if not tools:
            return {}
        cosines = vectors @ np.asarray(vector)
        found: dict[str, float] = {}
        for i in np.argsort(-cosines, kind="stable")[:k]:
            found.setdefault(tools[i], float(cosines[i]))
        return found

    def sentence_vectors(self, passages: Sequence[str]) -> dict[str, NDArray[np.float64]]:
        """For each passage the vectors of its sentences, a row each, in reading order."""
        new = [i for i in passages if i not in self._vectors]
        if new:
            for passage, rows in self._store.sentence_vectors(new).items():
                self._vectors[passage] = np.asarray([v for _, v in sorted(rows, key=lambda r: r[0])], dtype=np.float64)
        return {i: self._vectors[i] for i in passages}

    def lexical(self, query: str, k: int) -> list[tuple[str, float]]:
        """The k passages that cover most of a query's stemmed words: (passage id, share of their weight), best first.

        Passages that cover none are left out.
        """
        scores = self.lexical_index.coverage(dict.fromkeys(content_stems(query), 1.0))
        best = np.argsort(-scores, kind="stable")[:k]
        return [(self.lexical_index.ids[i], float(scores[i])) for i in best if scores[i] > 0]

    def all_passages(self) -> tuple[Passage, ...]:
        """Every passage, in reading order."""
        return self._all

    def collection(self, name: str = store.PASSAGES) -> "Collection":
        """The Chroma collection of that name ('passages', 'sentences'...), for llama-index's `ChromaVectorStore`."""
        return self._store.collection(name)

    def close(self) -> None:
        """Let go of the files; the index is of no use afterwards."""
        self._store.close()

    def _check_counts(self) -> None:
        expected = {
            store.PASSAGES: self.manifest.passages,
            store.TOOLS: self.manifest.tools,
            store.PAGES: self.manifest.pages,
        }
        for collection, count in expected.items():
            found = self._store.count(collection)
            if found != count:
                raise IndexUnusableError(f"The index holds {found} of {count} {collection}: {REBUILD}")

    @cached_property
    def _all(self) -> tuple[Passage, ...]:
        return tuple(self._store.passages())

    @cached_property
    def _by_id(self) -> dict[str, Passage]:
        return {p.id: p for p in self._all}

    @cached_property
    def _by_tool(self) -> dict[str, list[Passage]]:
        found: dict[str, list[Passage]] = {}
        for passage in self._all:
            for tool in passage.tools:
                found.setdefault(tool, []).append(passage)
        return found

    @cached_property
    def lexical_index(self) -> LexicalIndex:
        """The words of all passages."""
        return LexicalIndex(self.folder / LEXICAL)

    @cached_property
    def _is_small(self) -> bool:
        return self._store.count(store.SENTENCES) <= _EXACT

    @cached_property
    def _sentences(self) -> tuple[list[str], NDArray[np.float32]]:
        """The ids of all sentences, and their vectors, a row each."""
        return self._store.all_vectors(store.SENTENCES)

    @cached_property
    def _questions(self) -> tuple[list[str], NDArray[np.float64]]:
        """Whose each expected question is, and their vectors, a row each."""
        rows = self._store.questions()
        return [tool for tool, _ in rows], np.asarray([vector for _, vector in rows], dtype=np.float64)

    @cached_property
    def _fetched_pages(self) -> dict[tuple[str, int], Page | None]:
        return {}

    @cached_property
    def _vectors(self) -> dict[str, NDArray[np.float64]]:
        return {}


def current_generation(root: Path) -> Path | None:
    """The folder of the published generation, or None where nothing is published."""
    return next(iter(named_generations(root)), None)


def named_generations(root: Path) -> list[Path]:
    """The folders that the pointer names, a line each: the generation that serves, then the one that is kept back.

    Raises:
        IndexUnusableError: the pointer cannot be read.
    """
    try:
        names = (root / POINTER).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise IndexUnusableError(f"The index at {root} cannot be read: {REBUILD}") from error
    if not names:
        raise IndexUnusableError(f"The index at {root} is damaged: {REBUILD}")
    return [root / GENERATIONS / Path(name).name for name in names]


def published_generation(root: Path) -> Path:
    """The folder of the published generation.

    Raises:
        IndexMissingError: nothing is published there.
    """
    folder = current_generation(root)
    if folder is None:
        raise IndexMissingError("There is no index yet: build it with `icarus ingest`.")
    return folder


def read_manifest(folder: Path) -> IndexManifest:
    """What built a generation.

    Raises:
        IndexUnusableError: the manifest is not there or damaged, or of another format.
    """
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if content.get("format") != FORMAT:
            raise IndexUnusableError(f"The index is of another format than this version reads: {REBUILD}")
        return IndexManifest.model_validate(content)
    except (OSError, ValueError, AttributeError, ValidationError) as error:
        raise IndexUnusableError(f"The index is damaged: {REBUILD}") from error
