"""The rules of the contract that every reply keeps, whatever was asked: `defects` names those that one breaks."""

import re
from collections.abc import Iterator

from icarus.records import Reply, Status
from icarus_evals.page_texts import PageTexts

MOST_CITATIONS = 6
MOST_WORDS = 132  # 'about 120'
MARKER = re.compile(r"\[(\d+)\]")


def markers(answer: str) -> list[int]:
    """The numbers of the markers of an answer, in its order."""
    return [int(number) for number in MARKER.findall(answer)]


def answer_words(reply: Reply) -> int:
    """How many words an answer has, markers left out."""
    return len(MARKER.sub(" ", reply.answer).split())


def is_list(reply: Reply) -> bool:
    """Whether an answer is a list of tools, which may be as long as the catalogue."""
    return len(re.findall(r"^- ", reply.answer, re.M)) > 0


def defects(reply: Reply, printed: PageTexts, most_words: int = MOST_WORDS) -> list[str]:
    """What is wrong with a reply by the contract alone; empty for a good one."""
    return [*_of_markers(reply), *_of_quotes(reply, printed), *_of_size(reply, most_words), *_of_tools(reply)]


def _of_markers(reply: Reply) -> Iterator[str]:
    numbers = [citation.n for citation in reply.citations]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"citations are numbered {numbers}"
    if sorted(set(markers(reply.answer))) != numbers:
        yield f"markers {markers(reply.answer)} are not the citations {numbers}"
    sources = [(c.document, c.page, c.quote) for c in reply.citations]
    if len(set(sources)) != len(sources):
        yield "one source has two numbers"
    if reply.status in {Status.ANSWERED, Status.PARTIAL} and not reply.citations and "lists 0" not in reply.answer:
        yield "an answer without a source"


def _of_quotes(reply: Reply, printed: PageTexts) -> Iterator[str]:
    for citation in reply.citations:
        if not printed.holds_word_for_word(citation.document, citation.page, citation.page_end, citation.quote):
            yield f"[{citation.n}] does not stand on page {citation.page}: {citation.quote!r}"
        if citation.page > citation.page_end:
            yield f"[{citation.n}] ends on page {citation.page_end} before it begins on {citation.page}"


def _of_size(reply: Reply, most_words: int) -> Iterator[str]:
    if not reply.answer.strip():
        yield "no answer"
    if is_list(reply):
        return
    if len(reply.citations) > MOST_CITATIONS:
        yield f"{len(reply.citations)} citations"
    if answer_words(reply) > most_words:
        yield f"{answer_words(reply)} words"


def _of_tools(reply: Reply) -> Iterator[str]:
    ids = [tool.id for tool in reply.tools]
    if len(set(ids)) != len(ids):
        yield f"a tool is shown twice: {ids}"
    if is_list(reply):
        cited = {citation.tool for citation in reply.citations}
        yield from (f"{tool} is listed without a source" for tool in ids if tool not in cited)
