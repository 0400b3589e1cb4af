"""Mechanisms switched off one at a time: each part that is named is there, and comes back."""

import pytest
from evals.ablation import MECHANISMS, without

from icarus import retrieval


@pytest.mark.parametrize("name", MECHANISMS)
def test_every_part_that_is_switched_off_is_there_and_comes_back(name: str) -> None:
    before = [getattr(target, part) for target, part, _ in MECHANISMS[name]]
    with without(MECHANISMS[name]):
        now = [getattr(target, part) for target, part, _ in MECHANISMS[name]]
        assert all(new is not old for new, old in zip(now, before, strict=True))
    assert [getattr(target, part) for target, part, _ in MECHANISMS[name]] == before


def test_expected_questions_can_be_switched_off() -> None:
    with without(MECHANISMS["without expected questions"]):
        assert retrieval._ASKED == 0.0
    assert retrieval._ASKED > 0.0
