"""The embedding model as onnxruntime runs it: a third of a second to load, and no torch.

An export is a folder: `model.onnx`, made once for each model (see `exporting`), and `export.json`, which says what goes
in and holds probes: texts with the vectors that the model itself gave them. It is held to these whenever it is opened.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from icarus.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

MODEL, DESCRIPTION = "model.onnx", "export.json"
TOLERANCE = 1e-3
"""How far a number of a vector may be from the model's own; what is seen is 2e-7."""
EXPORT_SECONDS = 600.0
BATCH = 16  # on two cores a little faster than 32: less padding
Progress = Callable[[int, int], None]
Batches = Sequence[list[str]]
_PROBES_AT_OPENING = 2  # the long ones take a tenth of a second

# What the tokenizers library calls the inputs that sentence-transformers feeds a model.
_INPUTS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}


class Probe(BaseModel):
    """A text, and the vector that the model itself gives it."""

    model_config = ConfigDict(frozen=True)

    text: str
    vector: list[float]


class Description(BaseModel):
    """What an export is fed: inputs by name, at most so many word pieces, after the prompts of the model.

    `padding` is the word piece that fills up the shorter texts of a batch.
    """

    model_config = ConfigDict(frozen=True)

    inputs: tuple[Literal["input_ids", "attention_mask", "token_type_ids"], ...]
    max_pieces: int
    padding: str
    query_prompt: str
    passage_prompt: str
    probes: tuple[Probe, ...]


class ExportedEncoder:
    """Gives unit-length vectors as the model does that was exported; safe to use from several threads.

    Args:
        folder: the export.
        tokenizer: the model's own `tokenizer.json`.
        threads: how many threads encode one text.

    Raises:
        ModelError: the export cannot be read, or gives other vectors than the model.
    """

    def __init__(self, folder: Path, tokenizer: Path, threads: int = 1) -> None:
        self._folder = folder
        try:
            self._is = Description.model_validate_json((folder / DESCRIPTION).read_bytes())
            self._tokenizer = _tokenizer(tokenizer, self._is)
            self._session = _session(folder / MODEL, threads)
            off = self._distance(self._is.probes[:_PROBES_AT_OPENING])
        except Exception as error:  # those of onnxruntime and tokenizers have no base of their own
            raise ModelError(f"The exported model in {folder} cannot be read.") from error
        self._hold_to(off)

    def check(self) -> None:
        """Hold the export to all its probes.

        Raises:
            ModelError: it gives other vectors than the model.
        """
        self._hold_to(self._distance(self._is.probes))

    def encode_query(self, text: str) -> list[float]:
        """The vector of a question."""
        [vector] = self._encode([self._is.query_prompt + text])
        return [float(x) for x in vector]

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> list[list[float]]:
        """The vectors of passages in their order; `progress` is told (done, all) after each batch.

        There are as many batches at once as processors, each with a thread: threads that share a batch wait for each
        other when the machine is busy.
        """
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            return in_batches(texts, lambda batches: pool.map(self._encode_batch, batches), progress)

    def _distance(self, probes: Sequence[Probe]) -> float:
        """The greatest difference between the numbers of the vectors given and wanted."""
        wanted = np.asarray([probe.vector for probe in probes], dtype=np.float32)
        return float(np.max(np.abs(self._encode_batch([probe.text for probe in probes]) - wanted)))

    def _hold_to(self, distance: float) -> None:
        if not distance <= TOLERANCE:
            raise ModelError(f"The exported model in {self._folder} gives other vectors than the model itself.")

    def _encode_batch(self, passages: Sequence[str]) -> NDArray[np.float32]:
        return self._encode([self._is.passage_prompt + text for text in passages])

    def _encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        read = self._tokenizer.encode_batch([text.strip() for text in texts])
        fed = {name: np.asarray([getattr(r, _INPUTS[name]) for r in read], dtype=np.int64) for name in self._is.inputs}
        return np.asarray(self._session.run(None, fed)[0], dtype=np.float32)


def in_batches(
    texts: Sequence[str],
    encode: Callable[[Batches], Iterable[Iterable[Sequence[float] | NDArray[np.float32]]]],
    progress: Progress | None = None,
    size: int = BATCH,
) -> list[list[float]]:
    """The vectors of texts in their order, encoded in batches of like length: each is padded to its longest text.

    Args:
        texts: what is to be encoded.
        encode: gives the vectors of each batch, batch by batch.
        progress: is told (done, all) after each.
        size: how many texts a batch has at most.
    """
    vectors: list[list[float]] = [[] for _ in texts]
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    done = 0
    for batch, found in zip(batches, encode([[texts[i] for i in batch] for batch in batches]), strict=True):
        for i, vector in zip(batch, found, strict=True):
            vectors[i] = [float(x) for x in vector]
        done += len(batch)
        if progress:
            progress(done, len(texts))
    return vectors


@contextmanager
def whole_or_nothing(folder: Path) -> Iterator[Path]:
    """A folder to build in, which takes the place of `folder` when all went well and is gone otherwise."""
    for left in folder.parent.glob(f".{folder.name}-*"):  # by one that was killed
        shutil.rmtree(left, ignore_errors=True)
    building = folder.with_name(f".{folder.name}-{os.getpid()}")
    building.mkdir(parents=True)
    try:
        yield building
        shutil.rmtree(folder, ignore_errors=True)
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def export(model: str, folder: Path) -> None:
    """Export a model in a process of its own: torch never enters this one, and what goes wrong there stays there.

    Args:
        model: its name, as `EmbeddingModel.load` takes it.
        folder: where the export will be; nothing is there until it is whole.

    Raises:
        ModelError: it cannot be exported.
    """
    command = [sys.executable, "-m", "icarus.exporting", model, str(folder)]
    try:
        done = subprocess.run(  # noqa: S603
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=EXPORT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ModelError(f"The embedding model {model!r} could not be exported: {error}") from error
    if done.returncode:
        reason = (done.stderr.strip() or f"exit status {done.returncode}").splitlines()[-1]
        raise ModelError(f"The embedding model {model!r} could not be exported: {reason}")


def _session(path: Path, threads: int) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.enable_mem_pattern = False  # texts differ in length: a plan of memory for each would be kept
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _tokenizer(path: Path, described: Description) -> "Tokenizer":
    from tokenizers import Tokenizer

    if not path.is_file():
        raise FileNotFoundError(path)
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.enable_truncation(described.max_pieces)
    tokenizer.enable_padding(pad_token=described.padding, pad_id=tokenizer.token_to_id(described.padding))
    return tokenizer
