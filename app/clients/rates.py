"""How much a client may ask for: programs that are run for it, in a window that moves with the time.

What costs is running. What was answered before, or is being run for somebody else, costs nothing, nor does any page or
file; a program that takes a moment costs a part of one that does not. So a class behind one address opens a link for
the price of one, and typing is not rationed.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, inf
from time import monotonic, time
from typing import Any

from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from app.clients.identity import Client
from app.clients.windows import Windows

WHOLE, BRIEF = 10, 1  # what a program costs, and one that takes a moment
STORE_SECONDS = 0.25  # that a store has to answer
AWAY_SECONDS = 5.0  # that one which did not is not asked again
POLICY = "programs"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client has left."""

    granted: bool
    most: int  # programs in a window
    window: int  # seconds
    left: int  # programs
    wait: int  # seconds until there is more

    def headers(self) -> dict[str, str]:
        """The same in header fields (draft-ietf-httpapi-ratelimit-headers)."""
        return {
            "RateLimit-Policy": f'"{POLICY}";q={self.most};w={self.window}',
            "RateLimit": f'"{POLICY}";r={self.left};t={self.wait}',
        }


class Counting:
    """Windows in a store."""

    def __init__(self, store: Windows | RedisStorage, clock: Callable[[], float]) -> None:
        self.store = store
        self._limiter = MovingWindowRateLimiter(store)
        self._clock = clock

    async def hit(self, item: RateLimitItemPerSecond, name: str, cost: int) -> tuple[bool, int, float]:
        """Whether there was room for that, how much is left, and in how many seconds there is more."""
        granted = await self._limiter.hit(item, name, cost=cost)
        reset, left = await self._limiter.get_window_stats(item, name)
        return granted, left, max(0.0, reset - self._clock())


class Rates:
    """What all clients have used."""

    def __init__(self, rate: int, burst: int, store: str = "", clock: Callable[[], float] = monotonic) -> None:
        self._burst = burst
        self._window = ceil(burst * 60 / rate)
        self._clock = clock
        self._here = Counting(Windows(clock), clock)
        self._store = Counting(_redis(store), time) if store else None
        self._away = -inf  # until when the store is not asked
        self._noting: set[asyncio.Task[Allowance | None]] = set()

    async def take(self, client: Client, cost: int = WHOLE) -> Allowance | None:
        """Let a client have something, if it may; None for one without limits."""
        if client.factor == inf:
            return None
        most = int(client.times(self._burst))
        item = RateLimitItemPerSecond(most * WHOLE, self._window)
        granted, left, wait = await self._hit(item, client.name, cost)
        return Allowance(granted, most, self._window, left // WHOLE, ceil(wait))

    def note(self, client: Client, cost: int) -> None:
        """A client has had something, whether it may or not."""
        if client.factor != inf:
            task = asyncio.ensure_future(self.take(client, cost))
            self._noting.add(task)
            task.add_done_callback(self._noting.discard)

    async def close(self) -> None:
        """Let go of the store."""
        for task in tuple(self._noting):
            await task
        if self._store is not None and isinstance(self._store.store, RedisStorage):
            bridge: Any = self._store.store.bridge  # its class is that of the client it was asked for
            await bridge.get_connection().aclose()

    async def _hit(self, item: RateLimitItemPerSecond, name: str, cost: int) -> tuple[bool, int, float]:
        """Count in the store that all servers share; in our own memory while it is away."""
        if self._store is None or self._clock() < self._away:
            return await self._here.hit(item, name, cost)
        try:
            async with asyncio.timeout(STORE_SECONDS):
                return await self._store.hit(item, name, cost)
        except _errors(self._store) as error:
            log.warning("the rates are counted here for a while: their store does not answer (%s)", error)
            self._away = self._clock() + AWAY_SECONDS
            return await self._here.hit(item, name, cost)


def _redis(url: str) -> RedisStorage:
    named = url if url.startswith("redis") else f"redis+{url}"  # a socket of this machine
    return RedisStorage(
        f"async+{named}",
        implementation="redispy",
        key_prefix="autograd",
        socket_timeout=STORE_SECONDS,
        socket_connect_timeout=STORE_SECONDS,
    )


def _errors(counting: Counting) -> tuple[type[Exception], ...]:
    known = counting.store.base_exceptions
    return (OSError, *(known if isinstance(known, tuple) else (known,)))
