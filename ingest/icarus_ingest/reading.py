"""Read any deliverable: text or PDF, told by its name."""

from dataclasses import replace

from icarus_ingest.corpus import Source
from icarus_ingest.marks import plain, squeeze
from icarus_ingest.model import RawDocument, Warn
from icarus_ingest.text_file import read_text

_TITLE_CHARS = 200
_FIRST_LINES = 8


def read(source: Source) -> RawDocument:
    """The pages of a deliverable, with a title guessed where the manifest gives none.

    Raises:
        UnreadableFileError: it cannot be read, in one sentence with its name and the reason.
    """
    if source.path.suffix.lower() == ".pdf":
        from icarus_ingest.pdf import read_pdf

        raw = read_pdf(source.path, source.document)
    else:
        raw = read_text(source.path, source.document)
    return raw if source.listed else _with_title(raw, source)


def _with_title(raw: RawDocument, source: Source) -> RawDocument:
    title = _title(raw) or source.path.stem
    warning = Warn(0, f"not in the manifest; title guessed from the first page: {title!r}")
    document = raw.document.model_copy(update={"title": title})
    return replace(raw, document=document, warnings=(warning, *raw.warnings))


def _title(raw: RawDocument) -> str:
    """The longest of the first lines that are no sentences, of the largest letters where those are known.

    Above a title stand numbers, logos and addresses, all of them shorter.
    """
    lines = [line for page in raw.pages[:2] for line in page.lines][:_FIRST_LINES]
    largest = min((line.heading for line in lines if line.heading), default=0)
    texts = [squeeze(plain(line.text)) for line in lines if line.heading == largest]
    titles = [t for t in texts if not t.endswith((".", "!", "?", ";", ":"))] or texts
    return max(titles, key=len, default="")[:_TITLE_CHARS]
