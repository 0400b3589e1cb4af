"""How well the attributes that questions ask for are heard, on invented questions.

    python evals/attributes_heard.py [--missed NAME]

`attribute_questions.jsonl` holds questions with the names of the attributes (`icarus.attributes`) that they ask for, or
none. What is heard is held against that: the share of questions asking for an attribute in which it is heard, and in
how many that ask for none it is. A miss lets a near-miss through; a false alarm costs nothing where the text states
the attribute.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from icarus.attributes import asked_attributes

QUESTIONS = Path(__file__).with_name("attribute_questions.jsonl")
_ALIKE = {"an age group": "an age"}


class Asked(NamedTuple):
    """A question, and the names of the attributes that it asks for."""

    text: str
    attributes: frozenset[str]

    @property
    def heard(self) -> frozenset[str]:
        """The attributes that are heard in it."""
        return frozenset(_ALIKE.get(a.name, a.name) for a in asked_attributes(self.text))


def main() -> None:
    """Print what is heard of each attribute, or the questions in which one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--missed", metavar="NAME", help="print the questions in which this attribute is not heard")
    name = parser.parse_args().missed
    questions = load_questions()
    if name:
        missed = [q.text for q in questions if name in q.attributes - q.heard]
        Console().print("\n".join(missed), highlight=False)
        return
    table = Table("attribute", "asked", "heard", "heard where none is asked")
    alarms = false_alarms(questions)
    for attribute, (asked, heard) in sorted(counts(questions).items()):
        table.add_row(attribute, str(asked), f"{heard / asked:.2f}", str(alarms[attribute]))
    Console().print(table)


def load_questions(path: Path = QUESTIONS) -> list[Asked]:
    """The questions, in their order."""
    read = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [Asked(entry["asked"], frozenset(entry["attributes"])) for entry in read]


def counts(questions: Sequence[Asked]) -> dict[str, tuple[int, int]]:
    """Of each attribute, in how many questions it is asked for, and in how many of them it is heard."""
    asked = Counter(a for q in questions for a in q.attributes)
    heard = Counter(a for q in questions if q.attributes for a in q.attributes & q.heard)
    return {attribute: (number, heard[attribute]) for attribute, number in asked.items()}


def false_alarms(questions: Sequence[Asked]) -> Counter[str]:
    """How often each attribute is heard in questions that ask for none."""
    return Counter(a for q in questions if not q.attributes for a in q.heard)


if __name__ == "__main__":
    main()
