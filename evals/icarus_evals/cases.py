"""Questions with gold answers: the format of `cases/*.jsonl`, one JSON object a line, and its loader."""

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, model_validator

from icarus.records import Category, FocusArea, Record
from icarus_evals.errors import CaseFileError

MOST_ERRORS = 10


class CaseType(StrEnum):
    """What kind of question a case asks."""

    LOOKUP = "lookup"
    PARAPHRASE = "paraphrase"
    LIST = "list"
    COUNT = "count"
    NUMBER = "number"
    COMPARE = "compare"
    FOLLOWUP = "followup"
    BARRIER = "barrier"
    CROSSCUT = "crosscut"
    LINK = "link"
    UNANSWERABLE = "unanswerable"
    HOSTILE = "hostile"


CATALOGUE_TYPES = frozenset({CaseType.LIST, CaseType.COUNT})
"""Types whose answer is a set of tools: neither their length nor their number of citations is limited."""


class Case(Record):
    """One conversation whose last turn is scored, and what a right answer to it holds."""

    id: str = Field(min_length=1)
    type: CaseType
    turns: tuple[str, ...] = Field(min_length=1, description="the user's messages; the last one is scored")
    answerable: bool = Field(default=True, description="false: the right status is not_in_report")
    evidence: tuple[str, ...] = Field(default=(), description="quotes, word for word, that a whole answer rests on")
    evidence_any: tuple[tuple[str, ...], ...] = Field(
        default=(), description="groups of quotes that say the same in two places: one of each group is enough"
    )
    key_facts: tuple[tuple[str, ...], ...] = Field(
        default=(), description="facts that the answer must state, each a list of surface forms (vital nuggets)"
    )
    okay_facts: tuple[tuple[str, ...], ...] = Field(
        default=(), description="facts that are good to have, each a list of surface forms (okay nuggets)"
    )
    tools: tuple[str, ...] | None = Field(
        default=None, description="cards to show: the exact set for lists and counts; empty: none is required"
    )
    focus_area: FocusArea | None = Field(default=None, description="where the gold lies, not always a filter asked for")
    category: Category | None = None
    pages: tuple[int, ...] = Field(default=(), description="pages that the evidence stands on")
    pages_any: tuple[int, ...] = Field(default=(), description="those of the alternatives as well")
    rewordings: tuple[str, ...] = Field(default=(), description="the last turn in other words, for the same gold")
    language: str = Field(default="en", description="ISO 639-1 code of the question's language")
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> "Case":
        if any(not turn.strip() for turn in self.turns):
            raise ValueError("a turn is empty")
        if not self.answerable and (self.evidence or self.key_facts):
            raise ValueError("a case that is not answerable has neither evidence nor key_facts")
        if self.answerable and self.type is CaseType.UNANSWERABLE:
            raise ValueError("a case of type unanswerable needs answerable: false")
        if self.answerable and not (self.evidence or self.key_facts or self.tools):
            raise ValueError("an answerable case needs evidence, key_facts or tools")
        return self

    @property
    def question(self) -> str:
        """The turn that is scored."""
        return self.turns[-1]

    @property
    def is_catalogue(self) -> bool:
        """Whether the answer is a set of tools."""
        return self.type in CATALOGUE_TYPES


def load_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a file, in its order.

    Raises:
        CaseFileError: the file cannot be read, holds no case, or lines of it break the format (each is named).
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CaseFileError(f"The cases cannot be read from {path}: {error}") from error
    cases: dict[str, Case] = {}
    errors: list[str] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            errors.extend(f"line {number}: {e}" for e in _take(line, cases))
    if errors:
        more = f"; and {len(errors) - MOST_ERRORS} more" if len(errors) > MOST_ERRORS else ""
        raise CaseFileError(f"{path.name} breaks the format of cases: {'; '.join(errors[:MOST_ERRORS])}{more}.")
    if not cases:
        raise CaseFileError(f"{path} holds no case.")
    return tuple(cases.values())


def _take(line: str, cases: dict[str, Case]) -> Iterator[str]:
    """Add the case of one line; yields what is wrong with it instead."""
    try:
        case = Case.model_validate_json(line)
    except ValidationError as error:
        yield from (_sentence(dict(e)) for e in error.errors())
        return
    if case.id in cases:
        yield f"the id {case.id!r} stands twice"
    cases.setdefault(case.id, case)


def _sentence(error: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in error["loc"])
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"{where}: {message}" if where else message


def dump_cases(cases: tuple[Case, ...]) -> str:
    """Cases as a file holds them: one JSON object a line, fields at their defaults left out."""
    rows = (json.loads(c.model_dump_json(exclude_defaults=True)) for c in cases)
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
