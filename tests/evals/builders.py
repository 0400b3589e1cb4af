"""Small cases and replies for examples that can be followed by hand."""

from icarus.records import Citation, Reply, Status, ToolSummary
from icarus_evals.cases import Case
from icarus_evals.metrics.subject import Subject
from icarus_evals.page_texts import PageTexts

PAGES = PageTexts(
    {"d": {1: "The project ran in Bari. It helped 40 families.", 2: "Its budget is not known. Nobody asked."}}
)


def citation(n: int, quote: str, page: int = 1, passage: str | None = None, **more: object) -> Citation:
    """A citation of a page of document 'd'."""
    given = {"n": n, "document": "d", "title": "D", "page": page, "page_end": page, "section": "1", **more}
    return Citation.model_validate(given | {"quote": quote, "passage": passage if passage is not None else quote})


def tool(name: str, *aliases: str) -> ToolSummary:
    """A card whose id is its name in lower case."""
    return ToolSummary(id=name.lower(), name=name, aliases=aliases, page=1)


def reply(answer: str = "", *citations: Citation, **more: object) -> Reply:
    """A reply that answers."""
    given = {"question": "q", "standalone_question": "q", "status": Status.ANSWERED, **more}
    return Reply.model_validate(given | {"answer": answer, "citations": citations})


def case(**given: object) -> Case:
    """A lookup with evidence."""
    return Case.model_validate(
        {"id": "c", "type": "lookup", "turns": ["q"], "evidence": ["It helped 40 families"]} | given
    )


def unanswerable(**given: object) -> Case:
    """A case that should be refused."""
    return case(**{"type": "unanswerable", "answerable": False, "evidence": []} | given)


def subject(of: Case, given: Reply | None, pages: PageTexts = PAGES) -> Subject:
    """A reply beside its case."""
    return Subject(of, given, pages)
