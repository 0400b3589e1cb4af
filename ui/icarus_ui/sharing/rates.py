"""How often: a limit for each visitor, in bounded memory."""

import ipaddress
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from starlette.types import Scope

from icarus_ui.sharing.visits import Visit

KEYS_KEPT = 10_000
# Behind one address there can be a whole office; a page sends several requests for each question.
VISITORS_OF_AN_ADDRESS = 5
REQUESTS_OF_A_QUESTION = 10


class Rate:
    """At most `count` a minute for each key, spent at once or bit by bit (the generic cell rate algorithm).

    One number a key is kept, and of many keys only those used last, so that it cannot be made to grow. `count` 0 is no
    limit.
    """

    def __init__(self, count: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 60 / count if count else 0.0
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str) -> int:
        """0 where it may happen now, and is counted; else the whole seconds until it may."""
        if not self._interval:
            return 0
        with self._lock:
            now = self._clock()
            due = max(self._full_at.get(key, now), now)
            early = due + self._interval - now - 60
            if early > 1e-6:
                return math.ceil(early)
            self._full_at[key] = due + self._interval
            self._full_at.move_to_end(key)
            if len(self._full_at) > KEYS_KEPT:
                self._full_at.popitem(last=False)
        return 0

    def give_back(self, key: str) -> None:
        """Take back that it happened once."""
        with self._lock:
            if key in self._full_at:
                self._full_at[key] -= self._interval


class Rates:
    """The limits of one window: questions of a visitor and of an address, and requests of an address."""

    def __init__(self, questions_per_minute: int) -> None:
        self._visitor = Rate(questions_per_minute)
        self._address = Rate(questions_per_minute * VISITORS_OF_AN_ADDRESS)
        self._requests = Rate(questions_per_minute * VISITORS_OF_AN_ADDRESS * REQUESTS_OF_A_QUESTION)

    def question(self, visit: Visit | None, scope: Scope) -> int:
        """Seconds until a question may be asked, 0 for now."""
        visitor = (visit.user or visit.id) if visit else ""
        return self._visitor.wait(visitor) or self._address.wait(address_of(scope))

    def request(self, scope: Scope) -> int:
        """Seconds until something may be sent, 0 for now."""
        return self._requests.wait(address_of(scope))


def address_of(scope: Scope) -> str:
    """Where a request comes from; of an IPv6 address the network, since a visitor has all that is below it."""
    host = (scope.get("client") or ("",))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
