"""How replies, catalogues and the state of the index look in a terminal."""

from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from icarus.generation import IndexManifest
from icarus.records import Citation, Reply, ToolCard
from icarus.tool_formats import short_row
from icarus.verification import CorpusChange


def show_reply(console: Console, reply: Reply) -> None:
    """The answer, then its sources with page and quote, the tools it speaks of, and what one could ask next."""
    console.print(Markdown(reply.answer))
    if reply.mode == "generated":
        console.print(Text("\nWorded by a language model from the passages quoted below.", style="dim"))
    if reply.citations:
        titles = {citation.title for citation in reply.citations}
        only = titles.pop() if len(titles) == 1 else ""
        console.print(Text(f"\nSources{only and f' in {only!r}'}", style="bold"))
        console.print(Group(*(_source(citation, with_title=not only) for citation in reply.citations)))
    if reply.tools:
        console.print(Text("\nTools", style="bold"))
        console.print(Group(*(Text(f"  {tool.name} (p. {tool.page})") for tool in reply.tools)))
    if reply.suggestions:
        console.print(Text("\nYou could ask", style="bold"))
        console.print(Group(*(Text(f"  {suggestion}") for suggestion in reply.suggestions)))


def tool_table(cards: Sequence[ToolCard]) -> Table:
    """Name, focus areas, categories, places and page of each tool."""
    table = Table("Tool", "Focus areas", "Categories", "Places", title=f"{len(cards)} tools", title_justify="left")
    table.add_column("Page", justify="right")
    for card in cards:
        table.add_row(*map(Text, short_row(card)))
    return table


def status_table(manifest: IndexManifest, change: CorpusChange, language_model: str | None = None) -> Table:
    """What is indexed, what built it, whether the corpus has changed since, and which language model words answers."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for document in manifest.documents:
        table.add_row("Document", Text(f"{document.title} ({document.id}, {document.pages} pages)"))
        if document.inferred:
            table.add_row("", Text(f"to be confirmed in the manifest: {', '.join(document.inferred)}", style="yellow"))
    table.add_row("Pages", str(manifest.pages))
    table.add_row("Passages", str(manifest.passages))
    table.add_row("Tools", str(manifest.tools))
    table.add_row("Embedding model", Text(f"{manifest.model}, {manifest.dimension} dimensions"))
    table.add_row("Built", Text(f"{manifest.built_at} by Icarus {manifest.icarus_version}"))
    table.add_row("Corpus since then", Text(change_sentence(change)))
    if language_model:
        table.add_row("Language model", Text(language_model))
    return table


def change_sentence(change: CorpusChange) -> str:
    """What changed in the corpus since the index was built, in words."""
    parts = {"new": change.new, "changed": change.changed, "missing": change.missing}
    told = [f"{word}: {', '.join(names)}" for word, names in parts.items() if names]
    return f"{'; '.join(told)} (run `icarus ingest`)" if told else "unchanged"


def pages(first: int, last: int) -> str:
    """'p. 43', or 'pp. 43-44'."""
    return f"p. {first}" if first == last else f"pp. {first}-{last}"


def _source(citation: Citation, with_title: bool) -> RenderableType:
    page = Text(f"[{citation.n}] {pages(citation.page, citation.page_end)}", style="bold")
    section = Text(f"{citation.title}: {citation.section}" if with_title else citation.section, style="dim")
    quote = Text(f"“{citation.quote}”", style="italic")
    return Group(Padding(page, (0, 0, 0, 2)), Padding(section, (0, 0, 0, 6)), Padding(quote, (0, 0, 0, 6)))
