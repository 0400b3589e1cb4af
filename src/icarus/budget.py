"""What a language model may use: tokens and cost, counted by the day in a file beside the index.

Several processes may share the file; each counts a call before it makes it, so that together they keep to the limit.
"""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from filelock import FileLock, Timeout
from pydantic import ValidationError

from icarus.errors import LanguageModelError
from icarus.records import Record
from icarus.settings import Settings
from icarus.usage import Usage

_log = logging.getLogger(__name__)
_LEDGER = "llm-usage.json"
_PATIENCE = 2.0  # seconds for another process to let go of the file
_MILLION = 1_000_000


class _Day(Record):
    day: str
    used: Usage = Usage()


class Budget:
    """Keeps the calls of all processes on one index within what the settings allow for a day (UTC)."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._file = settings.index.parent / _LEDGER

    def priced(self, tokens_in: int, tokens_out: int, seconds: float = 0.0) -> Usage:
        """One call with these tokens, and what it costs."""
        settings = self._settings
        cost = (tokens_in * settings.llm_price_in + tokens_out * settings.llm_price_out) / _MILLION
        return Usage(calls=1, tokens_in=tokens_in, tokens_out=tokens_out, cost=round(cost, 6), seconds=seconds)

    def today(self) -> Usage:
        """What was used today; nothing where no count can be read."""
        try:
            day = _Day.model_validate_json(self._file.read_text(encoding="utf-8"))
        except (OSError, ValidationError):
            return Usage()
        return day.used if day.day == _today() else Usage()

    def is_spent(self) -> bool:
        """Whether another call of the least size would go beyond the day's limit."""
        try:
            self._within(self.today().plus(self.priced(1, self._settings.llm_max_tokens)))
        except LanguageModelError:
            return True
        return False

    def sentence(self) -> str:
        """What was used today, of what, in words."""
        used, settings = self.today(), self._settings
        most, highest = settings.llm_daily_tokens, settings.llm_daily_cost
        tokens = f"{used.tokens:,}" + (f" of {most:,}" if most is not None else "")
        cost = f"{used.cost:.4g}" + (f" of {highest:g}" if highest is not None else "")
        priced = settings.llm_price_in or settings.llm_price_out or highest is not None
        return f"{used.calls} calls and {tokens} tokens today" + (f", cost {cost}" if priced else "")

    def reserve(self, most: Usage) -> None:
        """Count the most that a call can use, before it is made.

        Raises:
            LanguageModelError: it would go beyond the day's limit, or a limit is set and cannot be kept count of.
        """
        try:
            self._update(lambda used: self._within(used.plus(most)))
        except (OSError, Timeout) as error:
            if self._settings.llm_daily_tokens is not None or self._settings.llm_daily_cost is not None:
                raise LanguageModelError(f"no count can be kept of the day's use ({self._file})") from error
            _log.warning("The use of the language model is not counted: %s", error)

    def settle(self, most: Usage, actual: Usage) -> None:
        """Put what a call did use in the place of what was reserved for it."""
        try:
            self._update(lambda used: used.plus(most, -1).plus(actual))
        except (OSError, Timeout) as error:
            _log.warning("The use of the language model stays counted at its most: %s", error)

    def _within(self, after: Usage) -> Usage:
        settings = self._settings
        if settings.llm_daily_tokens is not None and after.tokens > settings.llm_daily_tokens:
            raise LanguageModelError(f"the day's {settings.llm_daily_tokens:,} tokens are used up")
        if settings.llm_daily_cost is not None and after.cost > settings.llm_daily_cost:
            raise LanguageModelError(f"the day's budget of {settings.llm_daily_cost:g} is used up")
        return after

    def _update(self, change: Callable[[Usage], Usage]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self._file}.lock", timeout=_PATIENCE):
            day = _Day(day=_today(), used=change(self.today()))
            beside = self._file.with_suffix(".new")
            beside.write_text(json.dumps(day.model_dump()), encoding="utf-8")
            beside.replace(self._file)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()
