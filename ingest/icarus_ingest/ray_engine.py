"""Reading and encoding on Ray: tasks without state, so that one whose process dies is simply done again.

Plain tasks rather than Ray Data: it would bring pyarrow, and hands rows back in an order of its own. Files travel with
their task, so the other machines of a cluster need not see the corpus; publishing stays with the process that asked.
"""

import os
import socket
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from icarus.embedding import EmbeddingModel
from icarus.errors import EngineError, IcarusError, UnreadableFileError
from icarus.exported import BATCH, Batches, Progress, in_batches
from icarus_ingest.code_version import code_hash
from icarus_ingest.corpus import Source
from icarus_ingest.engine import Reading
from icarus_ingest.model import RawDocument
from icarus_ingest.reading import read

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_TRIES = 4  # of a task whose process dies; one that dies each time is its input's fault
_TEXTS = 128  # a task: about a second of work
_REACHED = 10.0  # seconds in which a cluster must answer
_AHEAD = 2  # tasks that wait for each one that runs


class Work(NamedTuple):
    """What workers do; both travel to them."""

    read: Callable[[Source], RawDocument]
    encode: Callable[[Sequence[str]], list[list[float]]]


def work_with(model: EmbeddingModel, index: Path) -> Work:
    """The work of an ingestion with a model, which is exported under an index folder."""
    return Work(read, partial(_encoded_by, model.name, model.fingerprint, index.resolve()))


@contextmanager
def started(address: str | None = None, processors: int | None = None) -> Iterator[None]:
    """Ray, on this machine and for it alone (it listens on the loopback address), or the cluster at an address.

    Raises:
        EngineError: it is not installed, cannot be started, or does not answer.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if address is None:
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # despite its name, what keeps any system to itself
        os.environ.setdefault("RAY_AUTH_MODE", "token")  # other users of this machine have no part in it
    ray = _ray()
    if address and address != "auto":
        _hold_to_answer(address)
    here = {"num_cpus": processors, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    try:
        ray.init(address=address or "local", log_to_driver=False, logging_level="ERROR", **({} if address else here))
    except Exception as error:  # Ray raises kinds of its own, Python's, and grpc's
        told = " ".join(str(error).split())[:200]
        raise EngineError(
            f"The Ray cluster at {address} does not let us in: {told}. Where it wants a token, set RAY_AUTH_MODE=token."
            if address
            else f"Ray cannot be started here: {told}"
        ) from error
    try:
        yield
    finally:
        ray.shutdown()


def _hold_to_answer(address: str) -> None:
    """Ray itself tries for minutes to reach a cluster that is not there."""
    host, _, port = address.rpartition("//")[2].rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=_REACHED):
            return
    except (OSError, ValueError) as error:
        raise EngineError(f"No Ray cluster answers at {address}: give HOST:PORT as `ray start` printed it.") from error


class RayEngine:
    """Reads and encodes on Ray, which is `started`."""

    def __init__(self, work: Work) -> None:
        self._ray = _ray()
        self._processors = max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        task = self._ray.remote(num_cpus=1, max_retries=_TRIES - 1)
        self._read, self._encode = task(_read_there), task(_encode_there)
        self._work = self._ray.put((code_hash(), work))  # sent to each worker once

    @property
    def streams(self) -> int:
        """How many documents are encoded at a time: small ones would not keep all processors busy one by one."""
        return self._processors

    def read_ahead(self, sources: Iterable[Source]) -> Iterator[tuple[Source, Reading]]:
        """The files in their order; so many are under way that no processor waits, and no more."""
        pending: deque[tuple[Source, Reading]] = deque()
        for source in sources:
            pending.append((source, self._reading(source)))
            if len(pending) > _AHEAD * self._processors:
                yield pending.popleft()
        yield from pending

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> list[list[float]]:
        """The vectors of texts, in their order.

        Raises:
            EngineError: a task was tried in vain as often as it may be.
        """
        return in_batches(texts, self._encoded, progress, _TEXTS)

    def _encoded(self, batches: Batches) -> "Iterator[NDArray[np.float32]]":
        """The vectors of each batch; so many are under way that no processor waits, and no more."""
        running: deque[Any] = deque()
        for batch in batches:
            running.append(self._encode.remote(self._work, batch))
            if len(running) >= _AHEAD * self._processors:
                yield self._result(running.popleft())
        yield from map(self._result, running)

    def _reading(self, source: Source) -> Reading:
        try:
            content = source.path.read_bytes()
        except OSError:
            return partial(read, source)  # which says what is wrong with it
        return partial(self._what_was_read, source, self._read.remote(self._work, source, content))

    def _what_was_read(self, source: Source, task: Any) -> RawDocument:  # noqa: ANN401 Ray's references have no type
        try:
            found = self._result(task)
        except EngineError as error:
            raise UnreadableFileError(f"{source.path.name} cannot be read: {error}") from error
        if isinstance(found, str):
            raise UnreadableFileError(found)
        return found  # type: ignore[no-any-return]

    def _result(self, task: Any) -> Any:  # noqa: ANN401 what the task gives
        errors = self._ray.exceptions
        try:
            return self._ray.get(task)
        except errors.RayTaskError as error:
            raise error.cause if isinstance(error.cause, IcarusError) else error from None
        except (errors.WorkerCrashedError, errors.OutOfMemoryError, errors.ObjectLostError) as error:
            raise EngineError(f"The processes that worked on it ended, {_TRIES} one after the other.") from error


def _read_there(given: tuple[str, Work], source: Source, content: bytes) -> RawDocument | str:
    """In a worker: what is read of a file, or the sentence that says why it cannot be."""
    code, work = given
    _hold_to(code)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / source.path.name
        path.write_bytes(content)
        try:
            return work.read(replace(source, path=path))
        except UnreadableFileError as error:
            return str(error)


def _encode_there(given: tuple[str, Work], texts: Sequence[str]) -> "NDArray[np.float32]":
    """In a worker: the vectors of some texts."""
    import numpy as np

    code, work = given
    _hold_to(code)
    # One batch at a time: one is one thread, and a task has one processor.
    batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
    return np.asarray([vector for batch in batches for vector in work.encode(batch)], dtype=np.float32)


def _encoded_by(name: str, fingerprint: str, index: Path, texts: Sequence[str]) -> list[list[float]]:
    model = _model(name, index)
    if model.fingerprint != fingerprint:
        raise EngineError(f"A worker of the Ray cluster has other weights of {name!r}: install the same there.")
    return model.encode_passages(texts)


@lru_cache(maxsize=1)
def _model(name: str, index: Path) -> EmbeddingModel:
    """The model, loaded once in each worker."""
    return EmbeddingModel.load(name, index=index)


def _hold_to(code: str) -> None:
    if code_hash() != code:
        raise EngineError("A worker of the Ray cluster has another version of Icarus: install the same there.")


def _ray() -> Any:  # noqa: ANN401 an optional module
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise EngineError(
            f"Ray is not installed: {Path(sys.executable).name} -m pip install 'icarus-assistant[ray]'."
        ) from error
    return ray
