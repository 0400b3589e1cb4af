"""Whose browser it is: a signed cookie that holds a number drawn by lot and, after a login, a name."""

import secrets
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Scope

HOURS = 24
_ENDED_KEPT = 10_000
_SCOPE_KEY = "icarus.visit"


class Visit(NamedTuple):
    """One browser's visit, of somebody who was let in; `user` is '' where nobody gives a name."""

    id: str
    user: str = ""


class Visits:
    """Reads and sets the cookie. Its key is this process's own: after a restart everybody is a stranger again."""

    def __init__(self) -> None:
        self._serializer = URLSafeTimedSerializer(secrets.token_bytes(32), salt="visit")
        self._ended: OrderedDict[str, None] = OrderedDict()
        self._lock = Lock()

    def read(self, connection: HTTPConnection) -> Visit | None:
        """The visit that a request belongs to, or None: no cookie, not ours, too old, or logged out."""
        signed = connection.cookies.get(_name(connection.scope), "")
        try:
            number, user = self._serializer.loads(signed, max_age=HOURS * 3600)
        except (BadSignature, ValueError, TypeError):
            return None
        visit = Visit(str(number), str(user))
        return None if visit.id in self._ended else visit

    def begin(self, response: Response, scope: Scope, user: str = "") -> Visit:
        """Begin a visit: under a new number, so that one planted before a login is worth nothing after it."""
        visit = Visit(secrets.token_urlsafe(24), user)
        secure = scope["scheme"] == "https"
        signed = str(self._serializer.dumps(tuple(visit)))
        response.set_cookie(_name(scope), signed, httponly=True, samesite="lax", secure=secure)
        return visit

    def end(self, response: Response, connection: HTTPConnection) -> None:
        """End a visit: its cookie is taken back, and a copy of it no longer counts."""
        visit = self.read(connection)
        if visit:
            with self._lock:
                self._ended[visit.id] = None
                if len(self._ended) > _ENDED_KEPT:
                    self._ended.popitem(last=False)
        response.delete_cookie(_name(connection.scope), httponly=True, samesite="lax")


def remember(scope: Scope, visit: Visit) -> None:
    """Note on a request whose it is."""
    scope[_SCOPE_KEY] = visit


def visit_of(scope: Scope) -> Visit | None:
    """Whose a request is, once it has been let in."""
    found: Visit | None = scope.get(_SCOPE_KEY)
    return found


def _name(scope: Scope) -> str:
    # Cookies know no ports: two windows of one machine would else overwrite each other's.
    return f"icarus-{(scope.get('server') or ('', 0))[1]}"
