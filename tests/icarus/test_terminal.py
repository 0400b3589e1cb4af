"""What a terminal shows of a reply: the report's words as they are, whatever rich makes of brackets."""

import io
from typing import Literal

from rich.console import Console

from icarus.generation import IndexManifest
from icarus.records import Citation, Document, Reply, Status, ToolSummary
from icarus.terminal import change_sentence, pages, show_reply, status_table
from icarus.verification import CorpusChange


def citation(n: int, quote: str, title: str = "D2.2", page: int = 43) -> Citation:
    return Citation(
        n=n, document="d", title=title, page=page, page_end=page + n - 1, section="4.4 > [red]X[/red]",
        quote=quote, passage=quote,
    )  # fmt: skip


def shown(
    *citations: Citation, answer: str = "**SAM** walks. [1]", mode: Literal["verbatim", "generated"] = "verbatim"
) -> str:
    reply = Reply(
        question="q", standalone_question="q", status=Status.ANSWERED, answer=answer, mode=mode, citations=citations,
        tools=(ToolSummary(id="sam", name="SAM [1]", page=80),), suggestions=("Who runs [SAM]?",),
    )  # fmt: skip
    console = Console(file=io.StringIO(), width=100)
    with console.capture() as captured:
        show_reply(console, reply)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def test_words_in_brackets_are_shown_and_not_taken_for_markup() -> None:
    text = shown(citation(1, "A [bold]quote[/bold] with [/] brackets [2]."))
    assert "“A [bold]quote[/bold] with [/] brackets [2].”" in text
    assert "4.4 > [red]X[/red]" in text
    assert "SAM [1] (p. 80)" in text
    assert "Who runs [SAM]?" in text


def test_who_words_an_answer_is_told() -> None:
    told = "Worded by a language model from the passages quoted below."
    assert told in shown(citation(1, "one"), mode="generated")
    assert told not in shown(citation(1, "one"))


def test_the_answer_comes_first_and_every_source_has_its_number_and_page() -> None:
    text = shown(citation(1, "one"), citation(2, "two"))
    assert text.index("SAM walks. [1]") < text.index("Sources in 'D2.2'") < text.index("[1] p. 43\n")
    assert "[2] pp. 43-44" in text


def test_sources_of_several_reports_name_theirs() -> None:
    text = shown(citation(1, "one"), citation(2, "two", title="D3.1"))
    assert "Sources\n" in text
    assert "D2.2: 4.4" in text
    assert "D3.1: 4.4" in text


def test_pages_are_named_as_one_or_a_range() -> None:
    assert (pages(43, 43), pages(43, 44)) == ("p. 43", "pp. 43-44")


def test_a_change_is_told_with_what_to_do() -> None:
    assert change_sentence(CorpusChange()) == "unchanged"
    told = change_sentence(CorpusChange(new=("a.pdf", "b.pdf"), missing=("c.txt",)))
    assert told == "new: a.pdf, b.pdf; missing: c.txt (run `icarus ingest`)"


def test_what_nobody_has_confirmed_is_said_of_a_document() -> None:
    def row(**more: object) -> str:
        document = Document(id="parks", title="Safe parks", source="parks.pdf", pages=3).model_copy(update=more)
        manifest = IndexManifest(
            format=4, generation="aaa", built_at="2026-01-31", icarus_version="1", model="m", model_fingerprint="f",
            dimension=3, max_pieces=9, versions={}, documents=(document,), pages=3, passages=9, tools=0,
            corpus_hash="c",
        )  # fmt: skip
        console = Console(file=io.StringIO(), width=100)
        with console.capture() as captured:
            console.print(status_table(manifest, CorpusChange()))
        return captured.get()

    assert "to be confirmed in the manifest: title, date" in row(inferred=("title", "date"))
    assert "to be confirmed" not in row()
