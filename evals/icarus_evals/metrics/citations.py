"""Citation recall and precision after ALCE (Gao, Yen, Yu and Chen, EMNLP 2023, section 4.3; `compute_autoais`).

A statement is recalled where its citations together support it. A citation is precise where its statement is recalled
and it either supports it alone or cannot be left out. ALCE asks a language model whether text supports a statement;
here the words decide (`statements.supports`), so that nothing but the reply is needed.
"""

from collections.abc import Callable, Sequence

from icarus_evals.metrics.statements import Statement, source_text, statements_of, supports
from icarus_evals.metrics.subject import Figures, Subject

Supports = Callable[[Sequence[str], str], bool]


def citation_figures(subject: Subject) -> Figures:
    """`citation_recall` and `citation_precision` of a reply that answers."""
    statements = statements_of(subject.reply.answer)
    if not subject.answered or not statements:
        return {}
    sources = {c.n: source_text(c) for c in subject.reply.citations}
    recall, precision = alce(statements, sources)
    return {"citation_recall": recall, "citation_precision": precision}


def alce(statements: list[Statement], sources: dict[int, str], entails: Supports = supports) -> tuple[float, float]:
    """Recall over statements and precision over citations; a marker without a source supports nothing.

    Takes at least one statement; precision is 0 where nothing is cited, as in ALCE's own program.
    """
    recalled = precise = cited = 0
    for statement in statements:
        texts = [sources.get(n, "") for n in statement.markers]
        cited += len(texts)
        whole = bool(texts) and all(texts) and entails(texts, statement.text)
        recalled += whole
        precise += _precise(texts, statement.text, entails) if whole else 0
    return recalled / len(statements), precise / cited if cited else 0.0


def _precise(texts: list[str], statement: str, entails: Supports) -> int:
    """How many of the citations of a recalled statement are needed, or would do alone."""
    if len(texts) == 1:
        return 1
    return sum(
        entails([text], statement) or not entails([*texts[:i], *texts[i + 1 :]], statement)
        for i, text in enumerate(texts)
    )
