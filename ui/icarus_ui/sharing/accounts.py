"""Who may log in: one password for all, or the users of an htpasswd file with bcrypt hashes."""

import hashlib
import hmac
from collections.abc import Mapping
from pathlib import Path

import bcrypt

from icarus.errors import IcarusError
from icarus_ui.wording import on_terminal

SHORTEST_PASSWORD = 8
_BCRYPT = ("$2a$", "$2b$", "$2y$")
_LONGEST_FOR_BCRYPT = 72  # bytes; bcrypt reads no further
# Compared with where there is no such user, so that the time does not tell who is one.
_NOBODY = b"$2b$12$zQ4CooEXdGqcwi0PHsgc8eAf0DLXE/XHoBE8kCSGQ97rXwuClaPam"


class AccountsError(IcarusError):
    """The password or the file of users cannot be used."""


class Accounts:
    """Checks what a visitor types. With one password for all there are no names: any is passed over."""

    def __init__(self, password: str = "", hashes: Mapping[str, bytes] | None = None) -> None:
        self._password = hashlib.sha256(password.encode()).digest() if password else b""
        self._hashes = dict(hashes or {})

    @property
    def named(self) -> bool:
        """Whether a visitor gives a name beside the password."""
        return bool(self._hashes)

    def admits(self, name: str, password: str) -> bool:
        """Whether these open the door; takes as long for a wrong name as for a wrong password."""
        if not self.named:
            given = hashlib.sha256(password.encode()).digest()
            return bool(self._password) and hmac.compare_digest(given, self._password)
        typed = password.encode()
        if len(typed) > _LONGEST_FOR_BCRYPT or b"\0" in typed:
            return False
        return bcrypt.checkpw(typed, self._hashes.get(name, _NOBODY)) and name in self._hashes


def with_password(password: str) -> Accounts:
    """Accounts with one password for all.

    Raises:
        AccountsError: it is too short to keep anybody out.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise AccountsError(on_terminal("short_password", shortest=SHORTEST_PASSWORD))
    return Accounts(password)


def from_file(path: Path) -> Accounts:
    """Accounts of an htpasswd file: `name:hash` a line, as `htpasswd -B` writes it; `#` begins a comment.

    Raises:
        AccountsError: the file cannot be read, has no user, or a line without a bcrypt hash (it is named).
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise AccountsError(on_terminal("users_unreadable", path=path, reason=reason)) from error
    rows = [(n, line.strip()) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    hashes = {}
    for number, row in rows:
        name, _, hashed = row.partition(":")
        if not name or not hashed.startswith(_BCRYPT) or not _usable(hashed.encode()):
            raise AccountsError(on_terminal("users_line", path=path, line=number))
        hashes[name] = hashed.encode()
    if not hashes:
        raise AccountsError(on_terminal("users_empty", path=path))
    return Accounts(hashes=hashes)


def _usable(hashed: bytes) -> bool:
    try:
        bcrypt.checkpw(b"", hashed)
    except ValueError:
        return False
    return True
