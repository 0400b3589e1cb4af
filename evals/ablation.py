"""What each mechanism of the assistant brings: the figures without it, beside those of the whole.

    python evals/ablation.py [--cases FILE ...]

A mechanism that brings nothing on any file of cases is one to remove. The last rows show the trade-off of refusing: the
same with all rules of the judge off, with single ones off, and with what is near enough set lower and higher.
"""

import argparse
import statistics
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from icarus import answerability, answering, conversation, coverage, evidence, relevance, retrieval, selection, spelling
from icarus.assistant import Assistant
from icarus.settings import get_settings
from icarus_evals.cases import load_cases
from icarus_evals.runner import Evaluation, score_replies
from icarus_evals.systems import House

FOLDER = Path(__file__).parent / "cases"
CASES = [FOLDER / f"{name}.jsonl" for name in ("dev", "own", "blind", "fresh")]
FIGURES = ("evidence", "facts", "first", "exact", "refusal", "false_ref")

Patch = tuple[Any, str, object]
_PASSED = answerability.YES


def _no_rule(name: str) -> Patch:
    return answerability.Judge, name, lambda self, case: _PASSED


def _scaled(by: float) -> list[Patch]:
    names = ("_FAR", "_NEAR", "_CLOSE", "_SOME", "_THIRD", "_HALF")
    shares = [(relevance, name, by * getattr(relevance, name)) for name in names]
    return [*shares, (answerability, "ENOUGH", by * answerability.ENOUGH)]


_NO_RELEVANCE: Patch = (answerability, "relevance", lambda case: _PASSED)
RULES = (
    "_ranking",
    "_unknown_name",
    "_unnamed_place",
    "_attribute",
    "_count",
    "_items",
    "_class",
    "_name",
    "_yes_or_no",
    "_claim",
)
MECHANISMS: dict[str, list[Patch]] = {
    "the whole": [],
    "without expected questions": [(retrieval, "_ASKED", 0.0)],
    "without the words that mean the same": [
        (retrieval, "report_words", lambda text: []),
        (coverage, "_SIMILAR", 0.0),
    ],
    "without the share of things asked about": [(retrieval, "_COVERED", 0.0), (evidence, "_LEXICAL", 0.0)],
    "without the mean of sentences": [(retrieval, "_mean_cosine", lambda vectors, query: 0.0)],
    "without scores of whole tools": [(selection.Selector, "_tools_met", lambda *given: [])],
    "without cues": [(evidence, "cue", lambda question, sentence: 0.0)],
    "without parts of questions": [(selection.Selector, "_part_by_part", lambda self, question, scored: list(scored))],
    "without neighbours": [(answering, "filled", lambda chosen, scored: list(chosen))],
    "without mending of spelling": [(spelling.Spelling, "correct", lambda self, text, keep=(): text)],
    "without the conversation": [(conversation.Conversation, "depends", lambda self, reading, context: False)],
    "without any rule of refusal": [*map(_no_rule, RULES), _NO_RELEVANCE],
    **{f"without the rule {rule[1:].replace('_', ' ')!r}": [_no_rule(rule)] for rule in RULES},
    "without the rule 'relevance'": [_NO_RELEVANCE],
    **{f"near enough at {by:.0%}": _scaled(by) for by in (0.5, 0.75, 1.25, 1.5)},
}


@contextmanager
def without(patches: Iterable[Patch]) -> Iterator[None]:
    """The assistant with some of its parts replaced."""
    with ExitStack() as stack:
        for target, name, replacement in patches:
            stack.enter_context(patch.object(target, name, replacement))
        yield


def measure(house: House, evaluation: Evaluation, patches: Iterable[Patch]) -> dict[str, float]:
    """The figures over all cases with some parts replaced; what they lack to the whole is what the parts bring."""
    with without(patches):
        assistant = Assistant(house.index, house.model, house.settings)
        replies = {case.id: assistant.ask(case.turns) for _, case in evaluation.asked}
    results = score_replies(evaluation, replies)
    values = {name: [r.figures[name] for r in results if name in r.figures] for name in FIGURES}
    return {name: statistics.mean(found) for name, found in values.items() if found}


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, action="append", help="a file of cases; may be given again")
    files: list[Path] = parser.parse_args().cases or CASES
    house = House.open(get_settings())
    evaluation = Evaluation({path.stem: load_cases(path) for path in files}, house.pages, robustness=False)
    table = Table(title=", ".join(evaluation.sources))
    for column in ("", *FIGURES):
        table.add_column(column, justify="right" if column else "left")
    encoded = lru_cache(maxsize=None)(house.model.encode_query)
    with patch.object(house.model, "encode_query", encoded):
        for name, patches in MECHANISMS.items():
            figures = measure(house, evaluation, patches)
            table.add_row(name, *(f"{figures[figure]:.3f}" if figure in figures else "" for figure in FIGURES))
    Console(width=120).print(table)


if __name__ == "__main__":
    main()
