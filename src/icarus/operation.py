"""What the programs that serve have in common for who runs them: log, figures, and how they stop."""

from typing import TYPE_CHECKING, Any

from uvicorn.config import LOGGING_CONFIG

from icarus.logs import write_json_lines
from icarus.settings import Settings
from icarus.stopping import Stopping
from icarus.watching import Watch

if TYPE_CHECKING:
    from icarus.metrics import Metrics


class Operation:
    """One running program: who watches its answers, how many requests it has, whether it is being stopped.

    Args:
        watch: who watches its answers.
        stop_seconds: how long answers on their way may take when it is being stopped.
        log_addresses: whether the log says who asks.
        log_config: how uvicorn's log is set up; None: it goes where the rest goes.
    """

    def __init__(
        self,
        watch: Watch | None = None,
        stop_seconds: float = 20,
        *,
        log_addresses: bool = False,
        log_config: dict[str, Any] | None = LOGGING_CONFIG,
    ) -> None:
        self.watch = watch or Watch()
        self.requests = 0  # counted by the event loop alone
        self.stopping = Stopping(stop_seconds, lambda: self.requests + self.watch.in_flight)
        self.log_addresses = log_addresses
        self.log_config = log_config


def begin_operation(settings: Settings) -> Operation:
    """The operation that the settings ask for; from now on the log is written as they say."""
    as_json = settings.log_format == "json"
    if as_json:
        write_json_lines()
    return Operation(
        Watch(_metrics(settings)),
        settings.stop_seconds,
        log_addresses=settings.log_addresses,
        log_config=None if as_json else LOGGING_CONFIG,
    )


def _metrics(settings: Settings) -> "Metrics | None":
    if not settings.metrics:
        return None
    from icarus.metrics import Metrics  # loaded only where it is asked for

    return Metrics()
