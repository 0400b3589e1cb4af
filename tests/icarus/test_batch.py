"""Many questions in one go: one reply a line, in order, whatever the lines are like."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icarus.batch import BadLineError, read_case, replies
from icarus.errors import QuestionError
from icarus.records import Reply, Status


def echo(turns: Sequence[str]) -> Reply:
    """Answer with the last turn; the batch's own work is what is tested."""
    if turns[-1] == "refuse":
        raise QuestionError("The question is refused.")
    if turns[-1] == "break":
        raise RuntimeError("boom")
    if not turns[-1].strip():
        return Reply(question="", standalone_question="", status=Status.ERROR, answer="The question is empty.")
    return Reply(question=turns[-1], standalone_question=turns[-1], status=Status.ANSWERED, answer=" / ".join(turns))


def run(*lines: str | bytes) -> list[dict[str, Any]]:
    raw = [line.encode() if isinstance(line, str) else line for line in lines]
    return [json.loads(reply) for reply in replies(raw, echo)]


def test_each_line_gets_its_reply_in_order_with_its_id() -> None:
    found = run('{"id": "a", "turns": ["one"]}', '{"id": "b", "turns": ["one", "two"]}')
    assert [(r["id"], r["status"], r["answer"]) for r in found] == [
        ("a", "answered", "one"),
        ("b", "answered", "one / two"),
    ]


@pytest.mark.parametrize("identifier", ["a-1", 7, 1.5, True, None])
def test_an_id_comes_back_as_it_was_given(identifier: object) -> None:
    assert run(json.dumps({"id": identifier, "turns": ["one"]}))[0]["id"] == identifier


def test_an_id_is_not_needed() -> None:
    assert run('{"turns": ["one"]}')[0]["id"] is None


def test_a_reply_has_every_key_of_the_contract() -> None:
    assert set(run('{"id": "a", "turns": ["one"]}')[0]) == {
        "id", "question", "standalone_question", "status", "answer", "mode", "citations", "tools", "filters",
        "suggestions", "elapsed_ms",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "identifier", "says"),
    [
        ("no json", None, "not JSON"),
        ("[" * 100_000, None, "not JSON"),
        (b'{"id": "a", "turns": ["\xff\xfe"]}', None, "not JSON"),
        ("[1, 2]", None, "no JSON object"),
        ('"text"', None, "no JSON object"),
        ('{"id": "a"}', "a", '"turns"'),
        ('{"id": "a", "turns": "one"}', "a", '"turns"'),
        ('{"id": "a", "turns": []}', "a", "at least one question"),
        ('{"id": "a", "turns": [1]}', "a", "text"),
        ('{"id": "a", "turns": ["one", null]}', "a", "text"),
        ('{"id": ["a"], "turns": ["one"]}', None, '"id"'),
        ('{"id": "a", "turns": [" "]}', "a", "empty"),
        ('{"id": "a", "turns": ["refuse"]}', "a", "refused"),
        ('{"id": "a", "turns": ["break"]}', "a", "boom"),
    ],
)
def test_a_bad_line_becomes_an_error_and_the_rest_go_on(line: str | bytes, identifier: str | None, says: str) -> None:
    first, bad, last = run('{"id": 1, "turns": ["one"]}', line, '{"id": 3, "turns": ["three"]}')
    assert (first["answer"], last["answer"]) == ("one", "three")
    assert (bad["id"], bad["status"]) == (identifier, "error")
    assert bad["answer"].startswith("Line 2: ")
    assert says in bad["answer"]


def test_blank_lines_yield_nothing_but_count() -> None:
    first, bad = run('{"id": "a", "turns": ["one"]}', "", "  \n", "no json")
    assert first["id"] == "a"
    assert bad["answer"].startswith("Line 4: ")


def test_replies_come_while_lines_are_still_to_be_read() -> None:
    def lines() -> Iterator[bytes]:
        yield b'{"id": "a", "turns": ["one"]}'
        raise AssertionError("read ahead")

    assert json.loads(next(replies(lines(), echo)))["id"] == "a"


def test_a_byte_order_mark_is_no_harm() -> None:
    assert run(b'\xef\xbb\xbf{"id": "a", "turns": ["one"]}')[0]["answer"] == "one"


@given(st.binary(max_size=200).filter(lambda line: b"\n" not in line))
def test_no_line_whatever_ends_the_batch(line: bytes) -> None:
    found = list(replies([line, b'{"id": "last", "turns": ["one"]}'], echo))
    assert json.loads(found[-1])["id"] == "last"
    assert len(found) == (2 if line.strip() else 1)


@given(st.one_of(st.none(), st.text(), st.integers()), st.lists(st.text(), min_size=1, max_size=4))
def test_what_is_written_is_what_is_read(identifier: str | int | None, turns: list[str]) -> None:
    case = read_case(json.dumps({"id": identifier, "turns": turns, "type": "other keys are left alone"}).encode())
    assert (case.id, case.turns) == (identifier, tuple(turns))


def test_the_error_knows_the_id() -> None:
    with pytest.raises(BadLineError) as caught:
        read_case(b'{"id": "a-1"}')
    assert caught.value.id == "a-1"
