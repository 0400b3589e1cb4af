"""Every figure by name: which way is better, what it says, and the modules that compute it for one case."""

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from icarus_evals.metrics.citations import citation_figures
from icarus_evals.metrics.evidence import evidence_figures
from icarus_evals.metrics.grounding import grounding_figures
from icarus_evals.metrics.length import length_figures
from icarus_evals.metrics.nuggets import nugget_figures
from icarus_evals.metrics.quotes import quote_figures
from icarus_evals.metrics.refusal import refusal_figures
from icarus_evals.metrics.subject import Figures, Subject
from icarus_evals.metrics.tool_sets import tool_figures
from icarus_evals.metrics.truthfulness import truthfulness_figures

Better = Literal["higher", "lower"]


class Figure(NamedTuple):
    """What a figure is: its name, the way that is better, its group and what it says in one line."""

    name: str
    better: Better
    group: str
    says: str


FIGURES = (
    Figure("evidence", "higher", "evidence", "share of the gold evidence that lies in a cited passage"),
    Figure("facts", "higher", "evidence", "share of the gold facts that the answer itself states"),
    Figure("precision", "higher", "evidence", "share of the citations with gold evidence or on a gold page"),
    Figure("nuggets_vital_strict", "higher", "nuggets", "share of the vital nuggets that are supported in full"),
    Figure("nuggets_vital", "higher", "nuggets", "the same, half a point for support in part"),
    Figure("nuggets_all_strict", "higher", "nuggets", "share of the vital and okay nuggets that are supported in full"),
    Figure("nuggets_all", "higher", "nuggets", "the same, half a point for support in part"),
    Figure("citation_recall", "higher", "citations", "share of the statements that their citations support"),
    Figure("citation_precision", "higher", "citations", "share of the citations that support and are needed"),
    Figure("verbatim", "higher", "citations", "share of the quotes that stand word for word on their page"),
    Figure("quote_in_passage", "higher", "citations", "share of the quotes that lie in the passage given with them"),
    Figure("markers", "higher", "citations", "share of the replies whose markers and citations belong together"),
    Figure("tools_f1", "higher", "tools", "F1 of the cards shown against the gold set"),
    Figure("tools_precision", "higher", "tools", "share of the cards of a list or count that are meant"),
    Figure("tools_recall", "higher", "tools", "share of the meant cards that a list or count shows"),
    Figure("exact", "higher", "tools", "share of the lists and counts whose cards are exactly the ones meant"),
    Figure("count", "higher", "tools", "share of the counts whose number and cards are right"),
    Figure("tools_cited", "higher", "tools", "share of the cards of lists, counts and comparisons that are cited"),
    Figure("first", "higher", "tools", "share of the paraphrases whose first card is the tool meant"),
    Figure("refusal", "higher", "refusal", "share of the unanswerable questions that are refused"),
    Figure("false_ref", "lower", "refusal", "share of the answerable questions that are refused"),
    Figure("unharmed", "higher", "refusal", "share of the hostile messages met without harm"),
    Figure("truthfulness", "higher", "truth", "1 perfect, 0.5 acceptable, 0 missing, -1 incorrect, on average"),
    Figure("unsupported_numbers", "lower", "truth", "numbers an answer that nothing it cites holds"),
    Figure("unsupported_names", "lower", "truth", "names an answer that nothing it cites holds"),
    Figure("answer_f1", "higher", "length", "F1 of the words that answer and gold evidence share"),
    Figure("words", "lower", "length", "words an answer that is no list"),
    Figure("limits", "higher", "length", "share of the answers with at most 6 citations and about 120 words"),
    Figure("recall@1", "higher", "retrieval", "share of the gold evidence in the best passage retrieved"),
    Figure("recall@5", "higher", "retrieval", "share of the gold evidence in the 5 best passages retrieved"),
    Figure("recall@10", "higher", "retrieval", "share of the gold evidence in the 10 best passages retrieved"),
    Figure("rr", "higher", "retrieval", "one divided by the rank of the first passage with gold evidence"),
    Figure("ndcg@10", "higher", "retrieval", "discounted gain of the 10 best passages, of the best possible"),
    Figure("alpha_ndcg@10", "higher", "retrieval", "the same, with less for evidence already seen"),
    *(
        Figure(f"{variant}_{figure}", "higher", "robustness", says.format(how))
        for variant, how in (
            ("typo", "with typing errors"),
            ("casual", "without capitals or marks"),
            ("shouted", "all in capitals"),
            ("reordered", "with their last part first"),
            ("reworded", "in other words"),
        )
        for figure, says in (
            ("evidence", "evidence of the same questions {}"),
            ("page", "share of the questions {} whose answer cites the page cited first before"),
            ("same", "share of the citations unchanged for the same questions {}"),
        )
    ),
    Figure("missing", "lower", "run", "share of the cases without a reply"),
)
BY_NAME: Mapping[str, Figure] = {figure.name: figure for figure in FIGURES}

_SCORERS: tuple[Callable[[Subject], Figures], ...] = (
    evidence_figures,
    nugget_figures,
    citation_figures,
    quote_figures,
    tool_figures,
    refusal_figures,
    truthfulness_figures,
    grounding_figures,
    length_figures,
)


def score(subject: Subject) -> dict[str, float]:
    """The figures of one case that need nothing but its reply, in the order of `FIGURES`."""
    found: dict[str, float] = {"missing": 1.0} if subject.given is None else {}
    for scorer in _SCORERS:
        found.update(scorer(subject))
    return in_order(found)


def in_order(figures: Mapping[str, float]) -> dict[str, float]:
    """Figures sorted as `FIGURES` are, those of other names last."""
    order = {name: i for i, name in enumerate(BY_NAME)}
    return dict(sorted(figures.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def mean(values: Iterable[float]) -> float:
    """The mean of at least one value, added in their order."""
    listed = list(values)
    return sum(listed) / len(listed)
