"""The Model Context Protocol: what a language model can call, with typed results."""

import functools
import inspect
from collections.abc import Callable
from importlib import metadata
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations

from icarus.errors import IcarusError
from icarus.model_tools import INSTRUCTIONS, ModelTools
from icarus.records import Record

_READS_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)


def mcp_server(tools: ModelTools) -> MCPServer[Any]:
    """A server with the four tools; it keeps no state, and its log goes to standard error."""
    server: MCPServer[Any] = MCPServer(
        "icarus",
        title="Icarus",
        instructions=INSTRUCTIONS,
        version=metadata.version("icarus-assistant"),
        log_level="WARNING",
        subscriptions=False,
    )
    for function in tools.all:
        server.add_tool(_in_sentences(function), description=inspect.getdoc(function), annotations=_READS_ONLY)
    return server


def _in_sentences(function: Callable[..., Record]) -> Callable[..., Record]:
    """The function with its failures as the model is to read them."""

    @functools.wraps(function)
    def call(**arguments: Any) -> Record:  # noqa: ANN401  validated by the server
        try:
            return function(**arguments)
        except IcarusError as error:
            raise ToolError(str(error)) from error

    return call
