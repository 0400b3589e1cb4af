"""Read any deliverable: text or PDF, told by its name."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from icarus.errors import UnreadableFileError
from icarus_ingest.corpus import MANIFEST, Source
from icarus_ingest.cover import described
from icarus_ingest.model import RawDocument
from icarus_ingest.text_file import read_text


def read(source: Source) -> RawDocument:
    """The pages of a deliverable, described by its cover where the manifest does not name it.

    Raises:
        UnreadableFileError: it cannot be read, in one sentence with its name and the reason.
    """
    if not source.path.exists():
        raise UnreadableFileError(
            f"{source.path.name} is named in {MANIFEST} and is not there: put it back, or take its entry out."
        )
    if source.path.suffix.lower() == ".pdf":
        from icarus_ingest.pdf import read_pdf

        raw = read_pdf(source.path, source.document)
    else:
        raw = read_text(source.path, source.document)
    return raw if source.listed else replace(raw, document=described(raw, source.path.stem))


def read_ahead(sources: Iterable[Source]) -> Iterator[tuple[Source, "Future[RawDocument]"]]:
    """The deliverables in their order, each with what will be read of it; some are read while others are waited for.

    A PDF is read in a process of its own, so threads that wait for these are enough. Few are held at a time.
    """
    workers = os.cpu_count() or 1
    with ThreadPoolExecutor(workers) as pool:
        pending: deque[tuple[Source, Future[RawDocument]]] = deque()
        for source in sources:
            pending.append((source, pool.submit(read, source)))
            if len(pending) > workers:
                yield pending.popleft()
        yield from pending
