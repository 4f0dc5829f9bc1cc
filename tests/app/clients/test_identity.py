"""Who asks: nobody can say that they are another, and who is raised is raised."""

import tracemalloc
from math import inf
from typing import Any

import pytest

from app.clients.identity import Client, Clients
from app.clients.passes import DAY, LONGEST, Passes
from app.seal import Seal

WORDS = "sixteen letters, or more"
NOW = 1_000_000_000.0


def passes(now: float = NOW, words: str = WORDS) -> Passes:
    return Passes(Seal(words), lambda: now)


def scope(peer: str | None, *forwarded: str, query: str = "", shown: str = "") -> dict[str, Any]:
    headers = [(b"x-forwarded-for", one.encode("latin-1")) for one in forwarded]
    if shown:
        headers.append((b"autograd-pass", shown.encode()))
    return {"client": (peer, 5) if peer else None, "headers": headers, "query_string": query.encode()}


def known(hops: str, peer: str | None, *forwarded: str) -> str:
    return Clients(hops, "", passes()).of(scope(peer, *forwarded)).name


@pytest.mark.parametrize(
    ("hops", "peer", "forwarded", "name"),
    [
        ("0", "192.0.2.1", (), "192.0.2.1"),
        ("0", "192.0.2.1", ("198.51.100.9",), "192.0.2.1"),  # anybody may write that
        ("1", "192.0.2.1", ("198.51.100.9",), "198.51.100.9"),
        ("1", "192.0.2.1", ("10.1.1.1, 198.51.100.9",), "198.51.100.9"),  # from the right
        ("1", "192.0.2.1", ("10.1.1.1", "198.51.100.9"), "198.51.100.9"),  # in several fields
        ("2", "192.0.2.1", ("10.1.1.1, 198.51.100.9, 192.0.2.2",), "198.51.100.9"),
        ("2", "192.0.2.1", ("198.51.100.9",), "198.51.100.9"),  # who came around the outer one
        ("1", "192.0.2.1", (), "192.0.2.1"),
        ("1", "192.0.2.1", ("unknown",), "192.0.2.1"),
        ("1", "192.0.2.1", ("10.1.1.1, \xff<script>",), "192.0.2.1"),
        ("1", "192.0.2.1", ("198.51.100.9:4711",), "198.51.100.9"),
        ("1", "192.0.2.1", ('"[2001:db8:0:1:2:3:4:5]:4711"',), "2001:db8:0:1::/64"),
        ("192.0.2.0/24", "192.0.2.1", ("10.1.1.1, 198.51.100.9, 192.0.2.7",), "198.51.100.9"),
        ("192.0.2.0/24", "203.0.113.5", ("10.1.1.1",), "203.0.113.5"),  # not one of ours
        ("192.0.2.0/24 2001:db8::/32", "2001:db8::1", ("198.51.100.9, 192.0.2.7",), "198.51.100.9"),
        ("0", "2001:db8:0:1:2:3:4:5", (), "2001:db8:0:1::/64"),
        ("0", "2001:db8:0:1:ffff::", (), "2001:db8:0:1::/64"),
        ("0", "fe80::1%eth0", (), "fe80::/64"),
        ("0", "::ffff:192.0.2.1", (), "192.0.2.1"),
        ("1", "192.0.2.1", ("x" * 60_000 + ", 198.51.100.9",), "198.51.100.9"),
        ("1", "192.0.2.1", ("1.1.1.1," * 9_000 + "198.51.100.9",), "198.51.100.9"),
        ("0", None, (), "127.0.0.1"),
        ("1", None, ("198.51.100.9",), "198.51.100.9"),  # a proxy that speaks through a file
    ],
)
def test_a_client_is_the_address_that_our_own_hops_tell_of(
    hops: str, peer: str | None, forwarded: tuple[str, ...], name: str
) -> None:
    assert known(hops, peer, *forwarded) == name


def test_of_what_anybody_may_write_little_is_kept() -> None:
    clients = Clients("1", "", passes())
    tracemalloc.start()
    try:
        for n in range(200):
            clients.of(scope("192.0.2.1", "x" * 60_000 + f"{n}, 198.51.100.9"))
        assert tracemalloc.get_traced_memory()[0] < 1_000_000
    finally:
        tracemalloc.stop()


def test_networks_are_raised_and_the_first_that_holds_an_address_counts() -> None:
    clients = Clients("1", "192.0.2.7/32=30 192.0.2.0/24=0.5 2001:db8::/32=0", passes())
    factors = {
        "192.0.2.7": 30.0,
        "192.0.2.8": 0.5,
        "198.51.100.1": 1.0,
        "2001:db8::5": inf,
    }
    for address, factor in factors.items():
        assert clients.of(scope("127.0.0.1", address)).factor == factor


def test_this_machine_is_without_limits_but_not_for_whoever_it_passes_on() -> None:
    clients = Clients("0", "127.0.0.0/8=0", passes())
    assert clients.of(scope("127.0.0.1")).factor == inf
    assert clients.of(scope("127.0.0.1", "198.51.100.9")) == Client("127.0.0.1", 1.0)
    behind = Clients("1", "127.0.0.0/8=0", passes())
    assert behind.of(scope("127.0.0.1", "127.0.0.1, 198.51.100.9")) == Client("198.51.100.9", 1.0)


def test_a_pass_raises_whoever_shows_it_for_themselves() -> None:
    clients = Clients("0", "", passes())
    token = passes().made("linear algebra", 30, days=7)
    plain = clients.of(scope("192.0.2.1"))
    shown = clients.of(scope("192.0.2.1", shown=token))
    assert (plain.factor, shown.factor) == (1.0, 30.0)
    assert clients.of(scope("192.0.2.1", query=f"a=1&pass={token}")) == shown
    assert clients.of(scope("192.0.2.2", shown=token)) != shown, "a copy of it takes nothing from them"


@pytest.mark.parametrize("late", [8 * DAY, None])
def test_a_pass_that_is_over_or_another_servers_raises_nobody(late: int | None) -> None:
    token = passes().made("algebra", 30, days=7)
    then = passes(NOW + late) if late else passes(words="the words of somebody else")
    assert Clients("0", "", then).of(scope("192.0.2.1", shown=token)) == Client("192.0.2.1", 1.0)


@pytest.mark.parametrize("shown", ["x", ".", "e30.0", "x" * (LONGEST + 1), "\xe4.\xe4", "e30=" * 50])
def test_what_is_no_pass_is_none(shown: str) -> None:
    found = scope("192.0.2.1")
    found["headers"] = [(b"autograd-pass", shown.encode("latin-1"))]
    assert Clients("0", "", passes()).of(found) == Client("192.0.2.1", 1.0)


def test_a_pass_is_within_bounds() -> None:
    for factor in (1, 0, -1, 1_001, inf, float("nan")):
        with pytest.raises(ValueError, match="a pass raises limits"):
            passes().made("algebra", factor, days=7)
    with pytest.raises(ValueError, match="the name is too long"):
        passes().made("a" * 500, 2, days=7)


def test_everybody_has_one_of_whatever_there_is() -> None:
    assert Client(factor=0.1).times(2) == 1
    assert Client(factor=30.0).times(2) == 60
    assert (Client(factor=inf).times(2), Client(factor=inf).weight) == (inf, 1.0)
