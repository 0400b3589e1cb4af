"""What the HTTP API answers. Every address is under /v1; a change that breaks programs gets another number."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent

from icarus.assistant import Assistant, Done, Step
from icarus.errors import QuestionError
from icarus.lookup import card_of_id, page_of
from icarus.records import Document, Page, Reply, Status, ToolCard
from icarus_api.events import events
from icarus_api.messages import Conversation, Served, ToolFilters
from icarus_api.problems import described

Current = Callable[[], Assistant]

router = APIRouter(prefix="/v1", responses=described(401, 403, 421, 500, 503))


def current_assistant(request: Request) -> Assistant:
    """The assistant on the generation that is published now; one request sees one generation."""
    current: Current = request.app.state.current
    return current()


Now = Annotated[Assistant, Depends(current_assistant)]


def begun(conversation: Conversation, assistant: Now) -> Iterator[Step]:
    """The steps of an answer, the first already taken: a question that cannot be taken is refused before any is sent.

    Raises:
        QuestionError: there is no question that can be taken.
    """
    steps = assistant.steps(conversation.turns, conversation.filters)
    first = next(steps)
    if isinstance(first, Done):
        return iter([Done(_taken(first.reply))])
    return chain([first], steps)


@router.post("/ask", response_model_exclude={"id"}, responses=described(400, 413, 422))
def ask(conversation: Conversation, assistant: Now) -> Reply:
    """Answer the last turn of a conversation, in the words of the reports, each with its page.

    The server keeps nothing of a conversation: send all its turns with each question. Status `not_in_report` is an
    answer; a question that cannot be taken is a problem with status 422.
    """
    return _taken(assistant.ask(conversation.turns, conversation.filters))


@router.post("/ask/stream", response_class=EventSourceResponse, responses=described(400, 413, 422))
def ask_stream(steps: Annotated[Iterator[Step], Depends(begun)]) -> Iterator[ServerSentEvent]:
    """The same as server-sent events: `searching`, `found`, `words` (the answer so far) and `done` (the whole reply).

    Each has JSON as its data. `done` is the last; what goes wrong on the way is an event `error`, a problem.
    """
    yield from events(steps)


@router.get("/tools", responses=described(422))
def list_tools(filters: Annotated[ToolFilters, Query()], assistant: Now) -> list[ToolCard]:
    """The catalogue: all tools, or those that meet every filter, complete and in the order of the reports.

    A card's fields are quotes with their pages; one without quotes is not stated in the report. The report gives no
    thorough information on the efficacy of the tools: none carries a rating.
    """
    return assistant.catalogue.select(**dict(filters))


@router.get("/tools/{tool}", responses=described(404, 422))
def read_tool(
    tool: Annotated[str, Path(max_length=200, description="its id", examples=["calm-street"])], assistant: Now
) -> ToolCard:
    """The card of one tool."""
    return card_of_id(assistant.catalogue, tool)


@router.get("/documents")
def list_documents(assistant: Now) -> tuple[Document, ...]:
    """The reports that answers come from."""
    return assistant.index.documents


@router.get("/documents/{document}/pages/{page}", responses=described(404, 422))
def read_page(
    document: Annotated[str, Path(max_length=200, description="its id", examples=["icarus-d2.2"])],
    page: Annotated[int, Path(ge=1, le=1_000_000, description="its number, as printed", examples=[43])],
    assistant: Now,
) -> Page:
    """The text of a page, which quotes stand on word for word."""
    return page_of(assistant.index, document, page)


@router.get("/status")
def read_status(assistant: Now) -> Served:
    """What is served, what built it and when."""
    manifest = assistant.index.manifest
    return Served.model_validate({name: getattr(manifest, name) for name in Served.model_fields})


def _taken(reply: Reply) -> Reply:
    """A reply to a question that was taken.

    Raises:
        QuestionError: it was not.
    """
    if reply.status is Status.ERROR:
        raise QuestionError(reply.answer)
    return reply
