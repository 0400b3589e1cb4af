"""Keep the last so many things that were looked up, so that a program that runs for weeks does not grow."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(Generic[K, V]):
    """Looks up many things at once, those that it does not remember together; safe to use from several threads.

    Args:
        fetch: gives the things of some keys; what is not there is left out.
        most: how many are remembered; those used longest ago are forgotten.
    """

    def __init__(self, fetch: Callable[[list[K]], Mapping[K, V]], most: int) -> None:
        self._fetch = fetch
        self._most = most
        self._held: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, keys: Sequence[K]) -> dict[K, V]:
        """The things of some keys, in their order, without those that are not there."""
        wanted = list(dict.fromkeys(keys))
        with self._lock:
            found = {key: self._held[key] for key in wanted if key in self._held}
        missing = [key for key in wanted if key not in found]
        if missing:
            found |= self._fetch(missing)
        with self._lock:
            for key, value in found.items():
                self._held[key] = value
                self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return {key: found[key] for key in wanted if key in found}
