from typing import Any

import pytest

from icarus.settings import Settings
from icarus_ui.sharing.access import LOOPBACK, SharingError, access_of

OTHERS = "0.0.0.0"  # noqa: S104
PASSWORD = {"password": "open sesame"}


def settings(**values: Any) -> Settings:  # noqa: ANN401
    return Settings(_env_file=None, **values)


@pytest.mark.parametrize("host", sorted(LOOPBACK))
def test_this_machine_alone_needs_nothing(host: str) -> None:
    access = access_of(settings(), host)
    assert (access.shared, access.accounts, access.names, access.questions_per_minute) == (False, None, LOOPBACK, 0)


@pytest.mark.parametrize(("host", "names"), [(OTHERS, None), ("::", None), ("192.0.2.7", None), ("127.0.0.1", "a.org")])
def test_others_are_let_in_only_where_somebody_said_how(host: str, names: str | None) -> None:
    with pytest.raises(SharingError, match=f"^Serving on {host} lets others in: set ICARUS_PASSWORD or [^\n]*meant.$"):
        access_of(settings(host_names=names), host)
    assert access_of(settings(open_to_all=True), host).shared == (host != "127.0.0.1")


def test_a_password_is_one_way() -> None:
    access = access_of(settings(**PASSWORD), OTHERS)
    assert access.accounts
    assert access.accounts.admits("", "open sesame")
    assert access.names == frozenset()
    assert access.questions_per_minute == 20
    assert "sesame" not in repr(settings(**PASSWORD))


def test_a_proxy_is_another() -> None:
    access = access_of(settings(user_header="X-Remote-User", trusted_proxies="192.0.2.1, 10.0.0.0/8,::1"), OTHERS)
    assert (access.user_header, access.proxies) == ("x-remote-user", ("192.0.2.1", "10.0.0.0/8", "::1"))


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"user_header": "X-User"}, "needs ICARUS_TRUSTED_PROXIES"),
        ({"user_header": "X-User", "trusted_proxies": "*"}, "'\\*' is not an address or network"),
        ({"user_header": "X-User", "trusted_proxies": "10.0.0.1/8"}, "'10.0.0.1/8' is not an address"),
        (
            {"user_header": "X-User", "trusted_proxies": "::1", **PASSWORD},
            "goes without ICARUS_PASSWORD",
        ),
    ],
)
def test_what_does_not_go_together_is_one_sentence(values: dict[str, str], says: str) -> None:
    with pytest.raises(SharingError, match=says):
        access_of(settings(**values), "127.0.0.1")


def test_names_are_those_listed_and_this_machine_s() -> None:
    access = access_of(settings(host_names="Icarus.example", open_to_all=True), OTHERS)
    assert access.names == LOOPBACK | {"icarus.example"}
