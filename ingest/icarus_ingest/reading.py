"""Read any deliverable: text or PDF, told by its name."""

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
