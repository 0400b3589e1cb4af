"""Many questions in one go: JSON lines in, replies as JSON lines out, one for one and in order."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from icarus.errors import IcarusError, QuestionError
from icarus.records import Reply, Status

Ask = Callable[[Sequence[str]], Reply]
JsonScalar = str | int | float | bool | None


@dataclass(frozen=True)
class Case:
    """One line: the user's messages of one conversation, the last of which is to be answered."""

    id: JsonScalar
    turns: tuple[str, ...]


class BadLineError(QuestionError):
    """A line that is no case; it may still have told its id."""

    def __init__(self, sentence: str, identifier: JsonScalar = None) -> None:
        super().__init__(sentence)
        self.id = identifier


def replies(lines: Iterable[bytes], ask: Ask) -> Iterator[str]:
    """A reply as one line of JSON for each line that is not blank; a bad line gets a reply of status `error`."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _reply_line(number, line, ask)


def read_case(line: bytes) -> Case:
    """The case that a line of JSON holds: `{"id": ..., "turns": ["...", ...]}`; other keys are left alone.

    Raises:
        BadLineError: it is not UTF-8, no JSON object, or has no `turns` that are text.
    """
    try:
        content = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadLineError("this is not JSON.") from error
    if not isinstance(content, dict):
        raise BadLineError('this is no JSON object with "id" and "turns".')
    identifier = content.get("id")
    if isinstance(identifier, list | dict):
        raise BadLineError('"id" is to be text or a number.')
    turns = content.get("turns")
    if not isinstance(turns, list) or not turns:
        raise BadLineError('"turns" is to be a list with at least one question.', identifier)
    if not all(isinstance(turn, str) for turn in turns):
        raise BadLineError('every one of "turns" is to be text.', identifier)
    return Case(identifier, tuple(turns))


def _reply_line(number: int, line: bytes, ask: Ask) -> str:
    try:
        case = read_case(line)
    except BadLineError as error:
        return _dump(_error_reply("", str(error)), error.id, number)
    return _dump(_answer(case, ask), case.id, number)


def _answer(case: Case, ask: Ask) -> Reply:
    try:
        return ask(case.turns)
    except IcarusError as error:
        return _error_reply(case.turns[-1], str(error))
    except Exception as error:  # one bad line must not end the others
        return _error_reply(case.turns[-1], f"something unexpected went wrong: {error!r}.")


def _error_reply(question: str, sentence: str) -> Reply:
    return Reply(question=question, standalone_question=question, status=Status.ERROR, answer=sentence)


def _dump(reply: Reply, identifier: JsonScalar, number: int) -> str:
    content = reply.model_dump(mode="json") | {"id": identifier}
    if reply.status is Status.ERROR:
        content["answer"] = f"Line {number}: {reply.answer}"
    return json.dumps(content, ensure_ascii=False)
