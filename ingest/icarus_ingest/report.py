"""What a run found, as a record, as a table on the screen, and as a file in the generation."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from icarus.records import PassageKind, Record
from icarus_ingest.understand import Understood


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
    warnings: tuple[str, ...] = ()


class Report(Record):
    """What a run found; `failures` are the files that could not be read, one sentence each."""

    documents: tuple[DocumentReport, ...]
    failures: tuple[str, ...] = ()


def report_of(understood: Sequence[Understood], failures: Sequence[str]) -> Report:
    """The report of a run."""
    return Report(documents=tuple(_document(u) for u in understood), failures=tuple(failures))


def show(report: Report, console: Console) -> None:
    """Print a report: one row a document, then warnings and failures."""
    table = Table(title="Documents", title_justify="left")
    table.add_column("document", overflow="fold")
    columns = ("pages", "sections", "passages", "tools", "tables", "footnotes")
    for column in columns:
        table.add_column(column, justify="right")
    for document in report.documents:
        table.add_row(document.document, *(str(getattr(document, column)) for column in columns))
    console.print(table)
    for document in report.documents:
        for warning in document.warnings:
            console.print(f"{document.document}: {warning}", style="yellow", markup=False, highlight=False)
    show_failures(report, console)


def show_failures(report: Report, console: Console) -> None:
    """Print what could not be read."""
    for failure in report.failures:
        console.print(failure, style="red", markup=False, highlight=False)


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
        warnings=tuple(f"page {w.page}: {w.message}" if w.page else w.message for w in u.warnings),
    )
