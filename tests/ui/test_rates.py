from starlette.types import Scope

from icarus_ui.sharing import rates
from icarus_ui.sharing.rates import KEYS_KEPT, Rate, Rates, address_of
from icarus_ui.sharing.visits import Visit


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def scope(address: str) -> Scope:
    return {"type": "http", "client": (address, 1)}


def test_as_many_as_allowed_at_once_then_one_by_one() -> None:
    clock = Clock()
    rate = Rate(6, clock)
    assert [rate.wait("a") for _ in range(8)] == [0] * 6 + [10, 10]
    clock.now += 9
    assert rate.wait("a") == 1
    clock.now += 1
    assert [rate.wait("a"), rate.wait("a")] == [0, 10]
    assert rate.wait("b") == 0
    clock.now += 120
    assert [rate.wait("a") for _ in range(7)] == [0] * 6 + [10]


def test_what_is_given_back_may_happen_again() -> None:
    rate = Rate(2, Clock())
    for _ in range(5):
        assert rate.wait("a") == 0
        rate.give_back("a")
    assert [rate.wait("a") for _ in range(3)] == [0, 0, 30]
    rate.give_back("unknown")


def test_zero_is_no_limit() -> None:
    rate = Rate(0)
    assert {rate.wait("a") for _ in range(1000)} == {0}


def test_it_does_not_grow_with_those_who_come() -> None:
    rate = Rate(1, Clock())
    for n in range(KEYS_KEPT + 500):
        rate.wait(str(n))
    assert len(rate._full_at) == KEYS_KEPT
    assert rate.wait(str(KEYS_KEPT + 499)) == 60


def test_who_throws_the_cookie_away_is_limited_by_address() -> None:
    limits = Rates(2)
    waits = [limits.question(Visit(str(n)), scope("192.0.2.1")) for n in range(11)]
    assert waits[:10] == [0] * 10
    assert waits[10] > 0
    assert limits.question(Visit("other"), scope("192.0.2.2")) == 0


def test_a_user_is_one_visitor_in_all_browsers() -> None:
    limits = Rates(2)
    waits = [limits.question(Visit(str(n), "ada"), scope(f"192.0.2.{n}")) for n in range(3)]
    assert [wait > 0 for wait in waits] == [False, False, True]


def test_an_ipv6_visitor_is_a_network() -> None:
    assert address_of(scope("2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::/64" == address_of(scope("2001:db8:1:2::9"))
    assert address_of(scope("192.0.2.1")) == "192.0.2.1"
    assert address_of(scope("testclient")) == "testclient"
    assert address_of({"type": "http", "client": None}) == ""
    assert rates.VISITORS_OF_AN_ADDRESS > 1
