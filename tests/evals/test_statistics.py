"""Intervals and tests by resampling."""

import pytest

from icarus_evals.statistics import bootstrap_mean, for_many_tests, sign_flip_p


def test_the_interval_of_a_coin() -> None:
    # The mean of 50 zeros and 50 ones has a standard error of 0.05: the interval is about 0.5 +- 1.96 * 0.05.
    found = bootstrap_mean([0.0, 1.0] * 50, seed=0)
    assert found.mean == 0.5
    assert found.low == pytest.approx(0.402, abs=0.015)
    assert found.high == pytest.approx(0.598, abs=0.015)


def test_the_same_seed_gives_the_same_interval_to_the_last_digit() -> None:
    values = [0.1, 0.5, 0.2, 0.9, 0.4]
    assert bootstrap_mean(values, seed=3) == bootstrap_mean(values, seed=3)
    assert bootstrap_mean(values, seed=3) != bootstrap_mean(values, seed=4)


def test_few_or_equal_values() -> None:
    assert bootstrap_mean([0.3], seed=0) == (0.3, None, None, 1)
    assert bootstrap_mean([1.0, 1.0], seed=0) == (1.0, 1.0, 1.0, 2)


def test_the_sign_flip_test_by_hand() -> None:
    # Six pairs, all better by one: of the 2**6 ways to flip signs only all-plus and all-minus are so extreme.
    assert sign_flip_p([1.0] * 6 + [0.0] * 10, seed=0) == pytest.approx(2 / 64)
    assert sign_flip_p([1.0, -1.0], seed=0) == 1.0
    assert sign_flip_p([1.0, 0.0, 0.0], seed=0) == 1.0
    assert sign_flip_p([0.0], seed=0) == 1.0


def test_correction_for_many_tests_by_benjamini_and_hochbergs_example() -> None:
    # Benjamini and Hochberg (1995), section 3.2: of these 15 the four smallest count at a rate of 0.05.
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]  # fmt: skip  # noqa: E501
    assert [p <= 0.05 for p in for_many_tests(published)] == [True] * 4 + [False] * 11
    assert for_many_tests([]) == []
