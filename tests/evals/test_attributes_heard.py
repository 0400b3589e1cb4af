"""The attributes that questions ask for are heard in most wordings, and not where none is asked for."""

import pytest
from evals.attributes_heard import Asked, counts, false_alarms, load_questions

from icarus.wording import attributes

QUESTIONS = load_questions()
FOUND = counts(QUESTIONS)
PLAIN = {"how often", "how long it takes or lasts", "a percentage", "a cost or budget", "a date", "who made it"}


def test_every_attribute_named_is_one() -> None:
    assert {a for q in QUESTIONS for a in q.attributes} <= {a.name for a in attributes()}


def test_most_are_heard() -> None:
    asked, heard = (sum(numbers) for numbers in zip(*FOUND.values(), strict=True))
    assert heard >= 0.5 * asked


@pytest.mark.parametrize("attribute", sorted(PLAIN))
def test_plain_ones_are_heard_in_most_wordings(attribute: str) -> None:
    asked, heard = FOUND[attribute]
    assert heard >= 0.7 * asked


def test_few_are_heard_where_none_is_asked_for() -> None:
    none = sum(not q.attributes for q in QUESTIONS)
    assert none > 800
    assert sum(false_alarms(QUESTIONS).values()) <= 0.06 * none


def test_what_is_not_heard_is_counted() -> None:
    deaf = [Asked("zzz", frozenset({"a date"})), Asked("In which year did it start?", frozenset({"a date"}))]
    assert counts(deaf) == {"a date": (2, 1)}


def test_what_is_heard_of_nothing_is_counted() -> None:
    assert false_alarms([Asked("In which year did it start?", frozenset())])["a date"] == 1
