"""Open a published generation: passages, pages, tool cards, vectors and words, read-only."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from icarus import store
from icarus.errors import IndexUnusableError
from icarus.generation import LEXICAL, REBUILD, REGISTER, IndexManifest, home_of, published_generation, read_manifest
from icarus.lexical import LexicalIndex
from icarus.records import Category, FocusArea, Page, Passage, ToolCard
from icarus.register import CATEGORIES, FOCUS_AREAS, TOOLS, Register
from icarus.remembering import Remembered
from icarus.settings import ChromaServer
from icarus.text import content_stems

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_EXACT = 20_000  # sentences up to which comparing all takes less than Chroma's search, about 2 ms
_REMEMBERED = 4_096  # passages, with their vectors about 100 MB


class Index:
    """One published generation. It does not change while it is open; a newer one is opened anew."""

    def __init__(self, manifest: IndexManifest, folder: Path, server: ChromaServer | None = None) -> None:
        self.manifest = manifest
        self.folder = folder
        self.documents = manifest.documents
        self.register = Register(folder / REGISTER)
        self._store = store.Store.open(home_of(manifest, folder, server))
        self._remembered = Remembered(self._store.passages, _REMEMBERED)
        self._remembered_vectors = Remembered(self._vectors_of, _REMEMBERED)
        self._remembered_pages = Remembered(self._pages_of, _REMEMBERED)
        self._check_counts()

    @classmethod
    def open(cls, root: Path, embedding_model: str, server: ChromaServer | None = None) -> "Index":
        """The generation that is published under a folder.

        Args:
            root: the index folder.
            embedding_model: the one that the settings ask for.
            server: the Chroma server of the settings, where there is one.

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
        return cls(manifest, folder, server)

    @cached_property
    def tools(self) -> tuple[ToolCard, ...]:
        """The whole catalogue, in the order of the documents."""
        return tuple(self._store.tools())

    def page(self, document: str, number: int) -> Page | None:
        """One page of a document, or None where it has no page of that number."""
        return self._remembered_pages.get([(document, number)]).get((document, number))

    def pages(self, document: str) -> dict[int, Page]:
        """All pages of a document, by their numbers."""
        count = next((d.pages for d in self.documents if d.id == document), 0)
        return self._store.pages(document, range(1, count + 1))

    def passages(self, ids: Sequence[str]) -> list[Passage]:
        """The passages of some ids, in the order asked; an id that is not there is left out."""
        found = self._remembered.get(ids)
        return [found[i] for i in ids if i in found]

    def passage_ids(  # noqa: PLR0913  each is one thing to look for
        self,
        *,
        document: str | None = None,
        tool: str | None = None,
        focus_area: FocusArea | None = None,
        category: Category | None = None,
        section: str | None = None,
        page: int | None = None,
    ) -> list[str]:
        """The ids of all passages that meet every condition given, in reading order; `page` is any they stand on."""
        given = {TOOLS: tool, FOCUS_AREAS: focus_area, CATEGORIES: category}
        about = [(field, str(value)) for field, value in given.items() if value is not None]
        return self.register.ids(document=document, section=section, page=page, about=about)

    def find_passages(
        self,
        *,
        document: str | None = None,
        tool: str | None = None,
        section: str | None = None,
        page: int | None = None,
    ) -> list[Passage]:
        """All passages that meet every condition given, in reading order; `page` is any page they stand on."""
        return self.passages(self.passage_ids(document=document, tool=tool, section=section, page=page))

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
        return self._remembered_vectors.get(passages)

    def lexical(self, query: str, k: int, *, among: Sequence[str] | None = None) -> list[tuple[str, float]]:
        """The k passages that cover most of a query's stemmed words: (passage id, share of their weight), best first.

        Passages that cover none are left out, and those that are not `among` these ids, where ids are given.
        """
        return self.lexical_index.best(dict.fromkeys(content_stems(query), 1.0), k, among=among)

    def all_passages(self) -> tuple[Passage, ...]:
        """Every passage, in reading order: the whole corpus, so never for a question."""
        ids = self.register.ids()
        found = self._store.passages(ids)
        return tuple(found[i] for i in ids if i in found)

    def collection(self, name: str = store.PASSAGES) -> "Collection":
        """The Chroma collection of that name ('passages', 'sentences'...), for llama-index's `ChromaVectorStore`."""
        return self._store.collection(name)

    def touch(self) -> None:
        """See that the collections can be asked, as a server that holds them may have gone.

        Raises:
            IndexUnusableError: they cannot.
        """
        self._store.count(store.TOOLS)

    def close(self) -> None:
        """Let go of the files; the index is of no use afterwards."""
        self._store.close()
        self.register.close()

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
        if self.register.passages != self.manifest.passages:
            raise IndexUnusableError(f"The index is damaged: {REBUILD}")

    def _pages_of(self, places: Sequence[tuple[str, int]]) -> dict[tuple[str, int], Page]:
        found = ((place, self._store.pages(place[0], [place[1]])) for place in places)
        return {place: page for place, pages in found for page in pages.values()}

    def _vectors_of(self, passages: Sequence[str]) -> dict[str, NDArray[np.float64]]:
        return self._store.sentence_vectors({p.id: len(p.sentences) for p in self.passages(passages)})

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
        questions = list(self._store.questions())
        return [q.tool for q in questions], np.asarray([q.vector for q in questions], dtype=np.float64)
