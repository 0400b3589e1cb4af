"""The systems that are evaluated: Icarus itself, and the baselines over the same documents."""

import hashlib
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from icarus.assistant import Assistant
from icarus.embedding import EmbeddingModel
from icarus.errors import QuestionError
from icarus.index import Index
from icarus.records import Reply
from icarus.retrieval import Retriever
from icarus.settings import Settings
from icarus_evals.answerers import Answerer, Candidate
from icarus_evals.baselines.registry import build
from icarus_evals.page_texts import PageTexts
from icarus_evals.run_record import Identity
from icarus_evals.tracing import Trace, trace_of

ICARUS = "icarus"
NAMED_VERSIONS = ("llama-index-core", "chromadb", "sentence-transformers", "torch", "txtai", "ir-measures")


class IcarusAnswerer:
    """The assistant, the passages that its retriever finds in the whole corpus, and the stages of its answers."""

    def __init__(self, assistant: Assistant, model: EmbeddingModel) -> None:
        self._assistant = assistant
        self._retriever = Retriever(assistant.index, assistant.catalogue, model.encode_query)

    def ask(self, turns: Sequence[str]) -> Reply:
        """The assistant's reply."""
        return self._assistant.ask(turns)

    def retrieve(self, turns: Sequence[str], k: int) -> list[Candidate]:
        """The k best passages of the whole corpus for the standalone question, whatever tool or filter it names.

        So rankings are as deep for every question, and comparable with those of other systems. What the search of an
        answer looked at tells `explain`.
        """
        question = self._assistant.ask(turns).standalone_question
        hits = self._retriever.search(self._retriever.query(question), k)
        return [
            Candidate(
                text=f"{hit.passage.heading}\n{hit.passage.text}",
                page=hit.passage.page,
                page_end=hit.passage.page_end,
                section=hit.passage.section,
                score=hit.score,
            )
            for hit in hits
        ]

    def explain(self, turns: Sequence[str]) -> Trace | None:
        """The stages of the assistant's answer, worked through again; None where it takes the last turn for none."""
        try:
            explanation = self._assistant.explain(turns)
        except QuestionError:
            return None
        return trace_of(explanation, self._assistant.index, self._assistant.catalogue)


@dataclass(frozen=True)
class House:
    """What all systems of one evaluation share: the index, the model, the settings and the pages."""

    settings: Settings
    index: Index
    model: EmbeddingModel
    pages: PageTexts

    @classmethod
    def open(cls, settings: Settings) -> "House":
        """Open the published index and its model.

        Raises:
            IndexMissingError, IndexUnusableError, ModelError: as the assistant does.
        """
        index = Index.open(settings.index, settings.embedding_model, settings.chroma)
        model = EmbeddingModel.load(settings.embedding_model, settings.query_threads, settings.index)
        return cls(settings, index, model, PageTexts.of(index.documents, settings.corpus, index.page))

    def system(self, name: str) -> Answerer:
        """The assistant, or the baseline of a name.

        Raises:
            EvalError: there is no such baseline, or what it needs is not installed.
        """
        if name == ICARUS:
            return IcarusAnswerer(Assistant(self.index, self.model, self.settings), self.model)
        return build(name, self.index.documents, self.pages, self.model)

    def identity(self, system: str, case_files: Sequence[Path], seed: int) -> Identity:
        """What a run of one system measures."""
        manifest = self.index.manifest
        commit, changed = _commit()
        return Identity(
            system=system,
            icarus_version=_version("icarus-assistant") or manifest.icarus_version,
            commit=commit,
            changed_files=changed,
            cases={path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in case_files},
            corpus_hash=manifest.corpus_hash,
            documents=tuple(d.id for d in manifest.documents),
            index_generation=manifest.generation,
            index_built_at=manifest.built_at,
            embedding_model=manifest.model,
            model_fingerprint=manifest.model_fingerprint,
            settings=_settings(self.settings),
            seed=seed,
            python=platform.python_version(),
            versions={name: found for name in NAMED_VERSIONS if (found := _version(name))},
        )


def _settings(settings: Settings) -> dict[str, str]:
    """Settings that bear on answers; addresses and secrets stay out of reports."""
    hidden = {"host", "port"}
    return {
        name: str(value)
        for name, value in settings.model_dump().items()
        if name not in hidden and not any(word in name for word in ("key", "token", "secret", "password", "url"))
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _commit() -> tuple[str | None, int | None]:
    """The commit that the package's files are of, and how many files differ from it; None outside a repository."""
    folder = Path(__file__).resolve().parent
    head = _git(folder, "rev-parse", "HEAD")
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    return (head.strip(), len((changed or "").splitlines())) if head else (None, None)


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True, text=True, timeout=20, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
