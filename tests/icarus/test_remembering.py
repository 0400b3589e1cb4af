from concurrent.futures import ThreadPoolExecutor

from icarus.remembering import Remembered


def squares(asked: list[list[int]]) -> Remembered[int, int]:
    """Squares of even numbers, three of them remembered; notes what is fetched."""

    def fetch(numbers: list[int]) -> dict[int, int]:
        asked.append(numbers)
        return {n: n * n for n in numbers if n % 2 == 0}

    return Remembered(fetch, 3)


def test_what_is_missing_is_fetched_together_and_once() -> None:
    asked: list[list[int]] = []
    remembered = squares(asked)
    assert remembered.get([2, 4, 2]) == {2: 4, 4: 16}
    assert list(remembered.get([4, 6, 2])) == [4, 6, 2]
    assert asked == [[2, 4], [6]]


def test_what_is_not_there_is_left_out() -> None:
    assert squares([]).get([1, 2]) == {2: 4}


def test_what_was_used_longest_ago_is_forgotten() -> None:
    asked: list[list[int]] = []
    remembered = squares(asked)
    remembered.get([2, 4, 6])
    remembered.get([2])
    remembered.get([8])
    remembered.get([2, 6, 8])
    assert asked == [[2, 4, 6], [8]]
    remembered.get([4])
    assert asked[-1] == [4]


def test_more_can_be_asked_for_at_once_than_is_remembered() -> None:
    assert len(squares([]).get(range(0, 20, 2))) == 10


def test_many_threads_get_what_they_ask_for() -> None:
    remembered = squares([])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: remembered.get([n, n + 2]), list(range(0, 40, 2)) * 20))
    assert all(value == key * key for one in found for key, value in one.items())
