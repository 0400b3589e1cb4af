"""What a run found and what it changed, as a record, on the screen, and as a file in the generation."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from icarus.records import PassageKind, Record
from icarus_ingest.changes import ChangeKind, Changes, DocumentChange
from icarus_ingest.understand import Understood

_NAMED = 6  # tools and pages named on the screen; the file names all


class DocumentReport(Record):
    """What was found in one document; warnings begin with their page."""

    document: str
    title: str
    pages: int
    sections: int
    passages: int
    tools: int
    rows: int
    tables: int
    footnotes: int
    unconfirmed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class Report(Record):
    """What a run found; `failures` are the files that could not be read, one sentence each."""

    documents: tuple[DocumentReport, ...]
    failures: tuple[str, ...] = ()
    changes: Changes = Changes()


def report_of(understood: Iterable[Understood], failures: Sequence[str], changes: Changes) -> Report:
    """The report of a run."""
    return Report(documents=tuple(_document(u) for u in understood), failures=tuple(failures), changes=changes)


def show(report: Report, console: Console) -> None:
    """Print a report: one row a document, what changed, then warnings and failures."""
    table = Table(title="Documents", title_justify="left")
    table.add_column("document", overflow="fold")
    columns = ("pages", "sections", "passages", "tools", "tables", "footnotes")
    for column in columns:
        table.add_column(column, justify="right")
    for document in report.documents:
        table.add_row(document.document, *(str(getattr(document, column)) for column in columns))
    console.print(table)
    for sentence in _changed(report.changes):
        console.print(Text(sentence))
    for document in report.documents:
        for warning in (*_to_confirm(document), *document.warnings):
            console.print(Text(f"{document.document}: {warning}", style="yellow"))
    show_failures(report, console)


def show_failures(report: Report, console: Console) -> None:
    """Print what could not be read."""
    for failure in report.failures:
        console.print(Text(failure, style="red"))


def _changed(changes: Changes) -> Iterator[str]:
    if changes.since is None:
        return
    yield f"Since generation {changes.since}:" + ("" if changes.documents else " nothing changed.")
    yield from (f"  {_sentence(change)}" for change in changes.documents)


def _sentence(change: DocumentChange) -> str:
    match change.kind:
        case ChangeKind.ADDED:
            told = [f"{change.new_passages} passages", *_tools("tools", change.new_tools)]
        case ChangeKind.REMOVED:
            told = [f"{change.gone_passages} passages", *_tools("tools", change.gone_tools)]
        case ChangeKind.RENAMED:
            told = [f"it was {change.before}"]
        case ChangeKind.CHANGED:
            told = [
                *([f"pages {_some(map(str, change.pages))}"] if change.pages else []),
                f"{change.new_passages} passages new, {change.gone_passages} gone",
                *_tools("tools new", change.new_tools),
                *_tools("tools changed", change.changed_tools),
                *_tools("tools gone", change.gone_tools),
            ]
    return f"{change.document} {change.kind}: {'; '.join(told)}"


def _tools(what: str, names: Sequence[str]) -> list[str]:
    return [f"{len(names)} {what} ({_some(names)})"] if names else []


def _some(names: Iterator[str] | Sequence[str]) -> str:
    listed = list(names)
    more = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _to_confirm(document: DocumentReport) -> list[str]:
    fields = ", ".join(document.unconfirmed)
    return [f"taken from its cover and text, to be confirmed in the manifest: {fields}"] if fields else []


def _document(u: Understood) -> DocumentReport:
    return DocumentReport(
        document=u.document.id,
        title=u.document.title,
        pages=len(u.pages),
        sections=len(u.sections),
        passages=len(u.passages),
        tools=len(u.cards),
        rows=sum(p.kind is PassageKind.ROW for p in u.passages),
        tables=u.tables,
        footnotes=u.footnotes,
        unconfirmed=u.document.inferred,
        warnings=tuple(f"page {w.page}: {w.message}" if w.page else w.message for w in u.warnings),
    )
