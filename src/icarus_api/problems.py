"""What goes wrong as RFC 9457 has it: `application/problem+json` with one sentence in `detail`."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from icarus.arguments import argument_problem
from icarus.errors import IcarusError, NotThereError, QuestionError
from icarus.records import Record

MEDIA_TYPE = "application/problem+json"
TOO_LONG = "The request is too long: send at most 1 MB."
_SENTENCES = {
    404: "There is nothing at this address: /openapi.json describes what there is.",
    405: "This address does not take that method: /openapi.json describes what it takes.",
    413: TOO_LONG,
}
UNEXPECTED = "Something unexpected went wrong: the log of the server says what."


class Problem(Record):
    """Why a request was not answered."""

    type: str = "about:blank"
    title: str = Field(description="what its status means")
    status: int
    detail: str = Field(description="one sentence that says what is wrong and what to do")


class ProblemResponse(JSONResponse):
    """A problem as a response."""

    media_type = MEDIA_TYPE

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        problem = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
        super().__init__(problem.model_dump(), status, headers)


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How the OpenAPI description tells of responses that are problems."""
    content = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def status_of(error: IcarusError) -> int:
    """404 for what is not there, 422 for a question that cannot be taken, 503 for a server that cannot answer now."""
    if isinstance(error, NotThereError):
        return 404
    return 422 if isinstance(error, QuestionError) else 503


def handle_problems(app: FastAPI) -> None:
    """Have an application answer with problems, whatever goes wrong in it."""
    app.add_exception_handler(IcarusError, _of_house)
    app.add_exception_handler(RequestValidationError, _of_arguments)
    app.add_exception_handler(HTTPException, _of_http)
    app.add_exception_handler(Exception, _unexpected)


def _of_house(_: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, IcarusError)  # noqa: S101  what it is registered for
    return ProblemResponse(status_of(error), str(error))


def _of_arguments(_: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101  what it is registered for
    return ProblemResponse(422, argument_problem(error.errors()))


def _of_http(_: Request, error: Exception) -> ProblemResponse:
    assert isinstance(error, HTTPException)  # noqa: S101  what it is registered for
    return ProblemResponse(error.status_code, _SENTENCES.get(error.status_code, error.detail), error.headers)


def _unexpected(_: Request, _error: Exception) -> ProblemResponse:
    return ProblemResponse(500, UNEXPECTED)
