"""How the explanation of an answer looks in a terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from icarus.answer.draft import Wording
from icarus.explanation import Candidate, Explanation

_MOST = 15


def show_explanation(console: Console, explanation: Explanation) -> None:
    """The stages in their order: understood, candidates, tools, sentences, decision."""
    question = explanation.question
    console.print(Text("Understood", style="bold"))
    filters = {name: value for name, value in question.filters if value is not None}
    console.print(Text(f"  {question.ask} · {question.standalone}"))
    console.print(Text(f"  filters {filters or 'none'} · tools {list(question.tools) or 'none'}"))
    console.print(Text(f"  about {list(question.topic) or 'nothing beyond these'}"))
    console.print(_candidates(explanation))
    if explanation.tools:
        console.print(Text("Tools that it may be after", style="bold"))
        for tool in explanation.tools:
            console.print(Text(f"  {tool.score:.2f}  {tool.name}"))
    console.print(_sentences(explanation))
    reason = f": rule {explanation.rule!r}, {explanation.missing}" if explanation.rule else ""
    console.print(Text(f"Decision: {explanation.status}{reason}", style="bold"))
    if explanation.wording:
        console.print(*_wording(explanation.wording), sep="\n")


def _wording(wording: Wording) -> list[Text]:
    """What became of the language model's wording: whether it is shown, what was taken out and why, what it used."""
    told = f"quoted, because of the language model {wording.why}" if wording.why else "by the language model"
    lines = [Text(f"Worded: {told}; {wording.supported} sentences supported", style="bold")]
    lines += [Text(f"  taken out ({refused.why}): {refused.text}") for refused in wording.refused]
    used = wording.used
    if used.calls:
        tokens = f"{used.tokens_in} tokens sent, {used.tokens_out} received"
        lines.append(Text(f"  {tokens}, {used.seconds:.1f} s, cost {used.cost:.4g}"))
    return lines


def _candidates(explanation: Explanation) -> Table:
    table = Table("Page", "Section", title="Candidates", title_justify="left")
    for column in ("dense", "lexical", "mean", "covered", "fused"):
        table.add_column(column, justify="right")
    for candidate in explanation.candidates[:_MOST]:
        table.add_row(*map(Text, _candidate_row(candidate)))
    return table


def _candidate_row(candidate: Candidate) -> list[str]:
    return [
        str(candidate.page),
        candidate.section,
        _ranked(candidate.dense_rank, candidate.dense_cosine),
        _ranked(candidate.lexical_rank, candidate.lexical_coverage),
        f"{candidate.mean_cosine:.2f}",
        f"{candidate.covered:.2f}",
        f"{candidate.fused:.2f}",
    ]


def _ranked(rank: int | None, score: float | None) -> str:
    return "–" if rank is None or score is None else f"#{rank} {score:.2f}"


def _sentences(explanation: Explanation) -> Table:
    table = Table("Page", "Sentence", "Why", title="Sentences", title_justify="left")
    table.add_column("score", justify="right")
    shown = sorted(explanation.sentences, key=lambda s: (not s.chosen, -s.score))[:_MOST]
    for sentence in shown:
        style = "bold" if sentence.chosen else "dim"
        row = (str(sentence.page), sentence.text, sentence.why, f"{sentence.score:.2f}")
        table.add_row(*(Text(cell, style=style) for cell in row))
    return table
