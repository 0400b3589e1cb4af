from icarus_ui.interrupting import Interruptions


def test_nothing_comes_after_a_stop() -> None:
    interruptions = Interruptions()
    answer = interruptions.until_stopped("one", iter("abc"))
    assert next(answer) == "a"
    interruptions.stop("one")
    assert list(answer) == []


def test_a_new_question_ends_what_is_left_of_the_one_before() -> None:
    interruptions = Interruptions()
    first = interruptions.until_stopped("one", iter("abc"))
    assert next(first) == "a"
    second = interruptions.until_stopped("one", iter("xyz"))
    assert next(second) == "x"
    assert list(first) == []
    assert list(second) == ["y", "z"]


def test_other_sessions_go_on() -> None:
    interruptions = Interruptions()
    answers = {session: interruptions.until_stopped(session, iter("ab")) for session in ("one", "two")}
    assert [next(answer) for answer in answers.values()] == ["a", "a"]
    interruptions.stop("one")
    assert [list(answer) for answer in answers.values()] == [[], ["b"]]


def test_stopping_where_nothing_is_awaited_does_nothing() -> None:
    interruptions = Interruptions()
    interruptions.stop("one")
    assert list(interruptions.until_stopped("one", iter("ab"))) == ["a", "b"]
    interruptions.stop("one")
