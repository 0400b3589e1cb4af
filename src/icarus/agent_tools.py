"""The four functions of `icarus.model_tools` as tools for llama-index's agents."""

import functools
import inspect
from collections.abc import Callable
from typing import Any

from llama_index.core.tools import FunctionTool
from pydantic import ValidationError, validate_call

from icarus.arguments import argument_problem
from icarus.assistant import Assistant
from icarus.errors import QuestionError
from icarus.model_tools import ModelTools
from icarus.records import Record


def agent_tools(assistant: Assistant) -> list[FunctionTool]:
    """Tools for a `FunctionAgent` or `ReActAgent`: ask_report, find_tools, get_tool, read_page.

    The model reads a result as JSON; `raw_output` of the tool's output is the record itself. What cannot be answered
    raises an `IcarusError`, whose sentence the agent hands to its model.

    >>> ask_report, *_ = agent_tools(assistant)
    >>> ask_report(question="How many languages do the teams of SAM speak together?").raw_output.citations[0].page
    43
    """
    return [_tool(function) for function in ModelTools(lambda: assistant).all]


def _tool(function: Callable[..., Record]) -> FunctionTool:
    return FunctionTool.from_defaults(_checked(function), description=inspect.getdoc(function), callback=_as_json)


def _checked(function: Callable[..., Record]) -> Callable[..., Record]:
    """The function with its arguments validated, which llama-index leaves to the model: it may invent a focus area."""
    validated = validate_call(function)

    @functools.wraps(function)
    def call(**arguments: Any) -> Record:  # noqa: ANN401  whatever the model wrote
        try:
            return validated(**arguments)
        except ValidationError as error:
            raise QuestionError(argument_problem(error.errors())) from error

    return call


def _as_json(result: Record) -> str:
    return result.model_dump_json()
