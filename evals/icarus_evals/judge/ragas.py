"""Faithfulness and answer relevance after RAGAS (Es, James, Espinosa-Anke and Schockaert, EACL 2024, section 3).

Faithfulness is the share of an answer's statements that the judge infers from what is cited. RAGAS lets a model split
the answer into statements; here its sentences and list items are the statements, so that only the verdict is the
judge's. Answer relevance is the mean cosine between the question and questions that the judge makes from the answer.
"""

from collections.abc import Callable, Sequence

from icarus.records import Reply
from icarus_evals.judge.model import Judge, UnreadableVerdictError
from icarus_evals.metrics.statements import source_text, statements_of

QUESTIONS = 3
Encode = Callable[[str], Sequence[float]]

_FAITHFUL = """Here is a context, and below it numbered statements. For each statement, judge whether it can be \
inferred from the context alone. Answer only with JSON: {{"verdicts": [true, false, ...]}}, one verdict a statement, \
in order.

CONTEXT:
{context}

STATEMENTS:
{statements}"""

_QUESTIONS = """Write {n} different questions that the following answer answers. Answer only with JSON: \
{{"questions": ["...", ...]}}.

ANSWER:
{answer}"""


def verdicts(judge: Judge, context: str, statements: Sequence[str]) -> list[bool]:
    """For each statement, whether the judge infers it from the context.

    Raises:
        UnreadableVerdictError: there is not one verdict a statement.
    """
    numbered = "\n".join(f"{n}. {text}" for n, text in enumerate(statements, 1))
    found = judge.ask(_FAITHFUL.format(context=context, statements=numbered)).get("verdicts")
    if not isinstance(found, list) or len(found) != len(statements) or not all(isinstance(v, bool) for v in found):
        raise UnreadableVerdictError(f"The judge {judge.name} gave no verdict for each statement.")
    return found


def faithfulness(judge: Judge, reply: Reply) -> float | None:
    """Share of the statements of a reply that the judge infers from its sources; None where it states nothing."""
    statements = [s.text for s in statements_of(reply.answer)]
    if not statements:
        return None
    context = "\n\n".join(source_text(c) for c in reply.citations)
    found = verdicts(judge, context, statements)
    return sum(found) / len(found)


def answer_relevance(judge: Judge, reply: Reply, encode: Encode) -> float:
    """Mean cosine between the question and those made from the answer; `encode` gives unit-length vectors.

    Raises:
        UnreadableVerdictError: the judge made no questions.
    """
    made = judge.ask(_QUESTIONS.format(n=QUESTIONS, answer=reply.answer)).get("questions")
    if not isinstance(made, list) or not made or not all(isinstance(q, str) and q.strip() for q in made):
        raise UnreadableVerdictError(f"The judge {judge.name} made no questions.")
    asked = encode(reply.standalone_question)
    cosines = [sum(a * b for a, b in zip(asked, encode(q), strict=True)) for q in made]
    return sum(cosines) / len(cosines)
