"""The steps of an answer as server-sent events."""

import logging
from collections.abc import Iterable, Iterator
from http import HTTPStatus

from fastapi.sse import ServerSentEvent

from icarus.assistant import Done, Found, Searching, Step, Words
from icarus_api.messages import FoundEvent, PassagePlace, SearchingEvent, WordsEvent
from icarus_api.problems import UNEXPECTED, Problem

_log = logging.getLogger(__name__)


def events(steps: Iterable[Step]) -> Iterator[ServerSentEvent]:
    """An event for each step; should one fail, an event `error` in its place, since the response has begun."""
    try:
        yield from map(_event, steps)
    except Exception:
        _log.exception("An answer broke off.")
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        yield ServerSentEvent(event="error", data=Problem(title=status.phrase, status=status, detail=UNEXPECTED))


def _event(step: Step) -> ServerSentEvent:
    match step:
        case Searching(question=question):
            searching = SearchingEvent(standalone_question=question.standalone, filters=question.filters)
            return ServerSentEvent(event="searching", data=searching)
        case Found(passages=passages):
            places = (PassagePlace.model_validate(p, from_attributes=True) for p in passages)
            return ServerSentEvent(event="found", data=FoundEvent(passages=tuple(places)))
        case Words(text=text, settled=settled):
            return ServerSentEvent(event="words", data=WordsEvent(text=text, settled=settled))
        case Done(reply=reply):
            return ServerSentEvent(event="done", data=reply.model_dump(mode="json", exclude={"id"}))
