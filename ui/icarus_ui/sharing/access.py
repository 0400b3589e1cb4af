"""How the window is served: to this machine alone, or to others and then how they come in."""

import ipaddress
from dataclasses import dataclass

from icarus.errors import IcarusError
from icarus.settings import Settings
from icarus_ui.sharing.accounts import Accounts, from_file, with_password
from icarus_ui.wording import on_terminal

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SharingError(IcarusError):
    """The window would be served to others in a way that nobody has said is meant."""


@dataclass(frozen=True)
class Access:
    """Who is let in; as it stands here, whoever sits at this machine.

    `accounts` log in on a page of ours; `user_header` (in small letters) is where one of the `proxies` names who has
    logged in with it. `names` are the host names answered to, all of them where it is empty.
    """

    shared: bool = False
    accounts: Accounts | None = None
    user_header: str = ""
    proxies: tuple[str, ...] = ()
    names: frozenset[str] = LOOPBACK
    questions_per_minute: int = 0


def access_of(settings: Settings, host: str) -> Access:
    """How the window is served on an address.

    Raises:
        SharingError: it would be served to others, and the settings do not say how they come in.
        AccountsError: the password or the file of users cannot be used.
    """
    names = frozenset(name.lower() for name in _parts(settings.host_names))
    shared = host not in LOOPBACK or bool(names)
    accounts = _accounts(settings)
    proxies = tuple(_network(part) for part in _parts(settings.trusted_proxies))
    header = (settings.user_header or "").strip().lower()
    if header and not proxies:
        raise SharingError(on_terminal("proxy_unnamed"))
    if header and accounts:
        raise SharingError(on_terminal("two_doors"))
    if shared and not (accounts or header or settings.open_to_all):
        raise SharingError(on_terminal("not_open", host=host))
    return Access(
        shared=shared,
        accounts=accounts,
        user_header=header,
        proxies=proxies,
        names=names | LOOPBACK if names or host in LOOPBACK else frozenset(),
        questions_per_minute=settings.questions_per_minute if shared else 0,
    )


def _accounts(settings: Settings) -> Accounts | None:
    if settings.users:
        return from_file(settings.users)
    return with_password(settings.password.get_secret_value()) if settings.password else None


def _parts(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split(",") if part.strip()]


def _network(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text) if "/" in text else ipaddress.ip_address(text))
    except ValueError as error:
        raise SharingError(on_terminal("proxy_address", address=text)) from error
