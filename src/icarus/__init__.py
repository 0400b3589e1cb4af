"""Icarus answers questions about urban security from public deliverables, verbatim and with the page.

>>> from icarus import Assistant
>>> assistant = Assistant.open()  # doctest: +SKIP
>>> assistant.ask("What is Calm Street?").citations[0].page
17

The names below are all that most programs need. Each is loaded when it is first used, so that `import icarus` costs
nothing; `icarus.engines` has the same for llama-index.
"""

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from icarus.assistant import Assistant
    from icarus.errors import IcarusError
    from icarus.live import LiveAssistant
    from icarus.records import Category, Citation, Filters, FocusArea, Reply, Status, ToolCard
    from icarus.settings import Settings

# From 1.29 on, onnxruntime sends reports of each model that is opened to its maker, some seconds later and by native
# code; it looks for this variable when it is loaded, here or by chromadb. Nothing of ours is to call out.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

__all__ = [
    "Assistant",
    "Category",
    "Citation",
    "Filters",
    "FocusArea",
    "IcarusError",
    "LiveAssistant",
    "Reply",
    "Settings",
    "Status",
    "ToolCard",
]

_HOMES = {"Assistant": "assistant", "IcarusError": "errors", "LiveAssistant": "live", "Settings": "settings"}


def __getattr__(name: str) -> Any:  # noqa: ANN401  whatever the name stands for
    if name not in __all__:
        raise AttributeError(f"module 'icarus' has no attribute {name!r}")
    return getattr(importlib.import_module(f"icarus.{_HOMES.get(name, 'records')}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
