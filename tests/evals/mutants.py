"""Assistants that are broken on purpose, by what they do to the replies of the real one."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from icarus.records import Citation, Reply, Status, ToolSummary
from icarus_evals.cases import Case
from icarus_evals.runner import Evaluation

Break = Callable[[Reply, Case, "World"], Reply]
FIGURE_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


class World(NamedTuple):
    """What a broken assistant may draw on: the other replies, and the pages."""

    replies: Mapping[str, Reply]
    evaluation: Evaluation

    @property
    def tools(self) -> list[ToolSummary]:
        """Every card in any reply, once."""
        return list({tool.id: tool for reply in self.replies.values() for tool in reply.tools}.values())


class Mutant(NamedTuple):
    """A way to be broken, and the figures that must tell."""

    name: str
    caught_by: tuple[str, ...]
    act: Break


def broken(replies: Mapping[str, Reply], evaluation: Evaluation, mutant: Mutant) -> dict[str, Reply]:
    """The replies of the broken assistant."""
    world = World(replies, evaluation)
    cases = {case.id: case for _, case in evaluation.asked}
    return {i: mutant.act(reply, cases[i], world) for i, reply in replies.items()}


def _with(reply: Reply, **changes: object) -> Reply:
    return reply.model_copy(update=changes)


def drops_a_citation(reply: Reply, case: Case, world: World) -> Reply:
    """The last citation is gone, its marker stays."""
    return _with(reply, citations=reply.citations[:-1])


def drops_a_marker(reply: Reply, case: Case, world: World) -> Reply:
    """The first marker is gone, its citation stays."""
    return _with(reply, answer=reply.answer.replace(" [1]", "").replace("[1]", ""))


def drops_evidence(reply: Reply, case: Case, world: World) -> Reply:
    """Only the last source is cited and quoted, tidily."""
    if len(reply.citations) < 2:
        return reply
    last = reply.citations[-1].model_copy(update={"n": 1})
    return _with(reply, answer=f"{last.quote} [1]", citations=(last,))


def shifts_pages(reply: Reply, case: Case, world: World) -> Reply:
    """Each citation names the page after."""
    return _with(
        reply,
        citations=tuple(c.model_copy(update={"page": c.page + 1, "page_end": c.page_end + 1}) for c in reply.citations),
    )


def pads_lists(reply: Reply, case: Case, world: World) -> Reply:
    """Two cards more than are meant."""
    have = {tool.id for tool in reply.tools}
    return _with(reply, tools=(*reply.tools, *[t for t in world.tools if t.id not in have][:2]))


def cuts_lists(reply: Reply, case: Case, world: World) -> Reply:
    """At most three cards, as a top-k would give."""
    return _with(reply, tools=reply.tools[:3])


def swaps_tools(reply: Reply, case: Case, world: World) -> Reply:
    """The first card is another tool's."""
    have = {tool.id for tool in reply.tools}
    other = next((t for t in world.tools if t.id not in have), None)
    return _with(reply, tools=(other, *reply.tools[1:])) if other and reply.tools else reply


def always_refuses(reply: Reply, case: Case, world: World) -> Reply:
    """Nothing is in the report."""
    return _with(reply, status=Status.NOT_IN_REPORT, answer="The report does not say.", citations=(), tools=())


def never_refuses(reply: Reply, case: Case, world: World) -> Reply:
    """Everything is answered."""
    return _with(reply, status=Status.ANSWERED) if reply.status is Status.NOT_IN_REPORT else reply


def dumps_the_page(reply: Reply, case: Case, world: World) -> Reply:
    """Each cited page is given whole, with its marker."""
    texts = {c.n: world.evaluation.pages.text(c.document, c.page, c.page_end) for c in reply.citations}
    cited = tuple(c.model_copy(update={"quote": texts[c.n], "passage": texts[c.n]}) for c in reply.citations)
    answer = "\n\n".join(f"{' '.join(text.split())} [{n}]" for n, text in texts.items())
    return _with(reply, answer=answer or reply.answer, citations=cited)


def ignores_history(reply: Reply, case: Case, world: World) -> Reply:
    """A follow-up is answered as if it were the first of some other conversation: with that one's reply."""
    if len(case.turns) == 1:
        return reply
    others = [r for i, r in world.replies.items() if i != case.id and r.citations]
    return _with(others[len(case.question) % len(others)], id=reply.id, question=reply.question)


def invents_a_number(reply: Reply, case: Case, world: World) -> Reply:
    """A percentage that nobody gave, under the first marker."""
    return _with(reply, answer=_slipped_in(reply.answer, "This helped 83.4% of all cities."))


def invents_a_name(reply: Reply, case: Case, world: World) -> Reply:
    """A name that nobody gave, under the first marker."""
    return _with(reply, answer=_slipped_in(reply.answer, "It was led by Annelies Vandersteen."))


def _slipped_in(answer: str, sentence: str) -> str:
    return answer.replace(" [1]", f" {sentence} [1]", 1) if " [1]" in answer else f"{answer} {sentence}"


def states_without_citing(reply: Reply, case: Case, world: World) -> Reply:
    """A paragraph of opinion, without a source."""
    return _with(
        reply, answer=f"{reply.answer}\n\nCities everywhere praise this approach as the best available option."
    )


def duplicates_markers(reply: Reply, case: Case, world: World) -> Reply:
    """All citations bear the number 1."""
    return _with(reply, citations=tuple(c.model_copy(update={"n": 1}) for c in reply.citations))


def truncates(reply: Reply, case: Case, world: World) -> Reply:
    """The answer breaks off after eight words; the sources stay."""
    markers = " ".join(f"[{c.n}]" for c in reply.citations)
    return _with(reply, answer=f"{' '.join(reply.answer.split()[:8])} {markers}")


def counts_wrong(reply: Reply, case: Case, world: World) -> Reply:
    """One more than there are."""
    right = len(reply.tools)
    answer = reply.answer.replace(f"{right} ", f"{right + 1} ")
    return _with(reply, answer=answer)


def misquotes(reply: Reply, case: Case, world: World) -> Reply:
    """A word is left out of each quote."""
    return _with(reply, citations=tuple(c.model_copy(update={"quote": _without_a_word(c)}) for c in reply.citations))


def _without_a_word(citation: Citation) -> str:
    words = citation.quote.split()
    return " ".join(words[: len(words) // 2] + words[len(words) // 2 + 1 :])


def cites_elsewhere(reply: Reply, case: Case, world: World) -> Reply:
    """The sources are those of another reply, quotes, pages and all."""
    others = [r for i, r in world.replies.items() if i != case.id and len(r.citations) >= len(reply.citations)]
    if not others:
        return reply
    borrowed = others[len(case.question) % len(others)].citations[: len(reply.citations)]
    numbers = [c.n for c in reply.citations]
    return _with(reply, citations=tuple(c.model_copy(update={"n": n}) for c, n in zip(borrowed, numbers, strict=True)))


def cites_too_much(reply: Reply, case: Case, world: World) -> Reply:
    """Four sources more behind the first marker, none of them needed."""
    others = [c for i, r in sorted(world.replies.items()) if i != case.id for c in r.citations[:1]][:4]
    start = max((c.n for c in reply.citations), default=0)
    extra = tuple(c.model_copy(update={"n": start + i}) for i, c in enumerate(others, 1))
    markers = "".join(f"[{c.n}]" for c in extra)
    if "[1]" not in reply.answer:
        return reply
    return _with(reply, answer=reply.answer.replace("[1]", f"[1]{markers}", 1), citations=(*reply.citations, *extra))


MUTANTS = (
    Mutant("drops a citation", ("markers",), drops_a_citation),
    Mutant("drops a marker", ("markers",), drops_a_marker),
    Mutant("drops evidence", ("evidence",), drops_evidence),
    Mutant("shifts pages by one", ("verbatim",), shifts_pages),
    Mutant("pads lists", ("tools_precision", "exact", "tools_f1"), pads_lists),
    Mutant("cuts lists to three", ("tools_recall",), cuts_lists),
    Mutant("swaps two tools", ("tools_f1",), swaps_tools),
    Mutant("always refuses", ("false_ref", "truthfulness", "nuggets_vital"), always_refuses),
    Mutant("never refuses", ("refusal", "truthfulness"), never_refuses),
    Mutant("dumps the page", ("answer_f1", "limits", "words"), dumps_the_page),
    Mutant("ignores history", ("evidence",), ignores_history),
    Mutant("invents a number", ("unsupported_numbers", "citation_recall"), invents_a_number),
    Mutant("invents a name", ("unsupported_names", "citation_recall"), invents_a_name),
    Mutant("states without citing", ("citation_recall",), states_without_citing),
    Mutant("duplicates markers", ("markers",), duplicates_markers),
    Mutant("truncates the answer", ("facts", "nuggets_vital_strict", "truthfulness"), truncates),
    Mutant("counts wrong", ("count",), counts_wrong),
    Mutant("misquotes", ("verbatim",), misquotes),
    Mutant("cites what others cite", ("evidence", "precision", "citation_recall"), cites_elsewhere),
    Mutant("cites too much", ("citation_precision", "precision"), cites_too_much),
)
