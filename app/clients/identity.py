"""Who asks: the address that a request came from, as far as proxies of ours say it, and how much it may have.

A client is an address, or in IPv6 the network of 64 bits that one house has. What a proxy adds to `X-Forwarded-For` is
believed from the right, for as many hops as are ours; what stands before it anybody may have written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from math import inf
from urllib.parse import parse_qs

from starlette.types import Scope

from app.clients.passes import Pass, Passes

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

HERE = IPv4Address("127.0.0.1")  # also for who has no address: whoever comes through a file of this machine
HOUSE = 64  # bits that the addresses of one IPv6 client have in common
REMEMBERED = 4_096  # addresses that need not be looked up again
CHAIN_BYTES = 512  # from the right: more proxies than that has room for are nobody's
FORWARDED = b"x-forwarded-for"
PASS = b"autograd-pass"  # a header, or in the address as `pass`


@dataclass(frozen=True, slots=True)
class Client:
    """Somebody who asks, and how many times the usual they may have: infinitely often is without limits."""

    name: str = ""
    factor: float = 1.0

    @property
    def weight(self) -> float:
        """How much of what is shared out falls to them, beside others."""
        return 1.0 if self.factor == inf else self.factor

    def times(self, usual: int) -> float:
        """So many of what others have `usual` of, and one at least."""
        return max(1.0, usual * self.factor)


NOBODY = Client(factor=inf)  # the service itself


class Clients:
    """Tells clients apart."""

    def __init__(self, hops: str, raised: str, passes: Passes) -> None:
        self._count, self._ours = trusted(hops)
        self._raised = list(factors(raised))
        self._passes = passes
        self._client = lru_cache(REMEMBERED)(self._known)

    def of(self, scope: Scope) -> Client:
        """The client that a request came from."""
        peer = scope["client"]
        chain = b",".join(value for name, value in scope["headers"] if name == FORWARDED)
        shown = next((value for name, value in scope["headers"] if name == PASS), b"") or _asked(scope["query_string"])
        found = self._client(peer[0] if peer else "", chain[-CHAIN_BYTES:])
        token = self._passes.opened(shown) if shown else None
        return _raised_by(token, found) if token else found

    def _known(self, peer: str, chain: bytes) -> Client:
        came = _read(peer) or HERE
        passed_on = [_read(part) for part in chain.decode("latin-1").split(",")] if chain else []
        address = self._behind(came, passed_on)
        factor = next((factor for network, factor in self._raised if address in network), 1.0)
        if passed_on and address == came:
            factor = min(factor, 1.0)  # somebody is behind this address of whom we are not to know
        return Client(_name(address), factor)

    def _behind(self, came: Address, passed_on: list[Address | None]) -> Address:
        """The last address that a proxy of ours told of."""
        found = came
        for hop, address in enumerate(reversed(passed_on)):
            ours = hop < self._count or any(found in network for network in self._ours)
            if not ours or address is None:
                break
            found = address
        return found


def trusted(text: str) -> tuple[int, list[Network]]:
    """How many hops are ours, or the networks that they are in; ValueError where it says neither."""
    if text.strip().isdecimal():
        return int(text), []
    return 0, [ip_network(part) for part in text.split()]


def factors(text: str) -> Iterator[tuple[Network, float]]:
    """Networks and how much more they may have, 0 being without limits; ValueError where it says something else."""
    for part in text.split():
        network, _, factor = part.rpartition("=")
        number = float(factor)
        if not 0 <= number < inf:
            raise ValueError(f"{factor} is no factor")
        yield ip_network(network), number or inf


def _read(text: str) -> Address | None:
    """An address as proxies write it: perhaps with a port, or in brackets."""
    bare = text.strip().strip('"')
    bare = bare[1:].partition("]")[0] if bare.startswith("[") else bare
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


def _name(address: Address) -> str:
    if isinstance(address, IPv6Address):
        return str(ip_network((address, HOUSE), strict=False))
    return str(address)


def _asked(query: bytes) -> bytes:
    return parse_qs(query).get(b"pass", [b""])[0] if b"pass=" in query else b""


def _raised_by(token: Pass, client: Client) -> Client:
    """Whoever shows a pass has what it says to themselves: a copy of it takes nothing from anybody."""
    return Client(f"{client.name} {token.name}", max(client.factor, token.factor))
