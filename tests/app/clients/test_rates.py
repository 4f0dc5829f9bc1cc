"""Rates, on a clock of their own: what is granted in a moving window, and what is said of it."""

import asyncio
import os
from collections.abc import Coroutine
from math import inf
from typing import Any

import pytest
from limits.errors import StorageError

from app.clients import rates
from app.clients.identity import Client
from app.clients.rates import BRIEF, WHOLE, Allowance, Rates
from app.clients.windows import Windows
from tests.wide.servers import NO_REDIS, REDIS, free_port, redis

SOMEBODY, ANOTHER = Client("192.0.2.1"), Client("192.0.2.2")


class Clock:
    def __init__(self) -> None:
        self.now = 5_000.0

    def __call__(self) -> float:
        return self.now


def played(scenario: Coroutine[Any, Any, None]) -> None:
    asyncio.run(scenario)


async def taken(kept: Rates, client: Client, cost: int = WHOLE) -> Allowance:
    allowance = await kept.take(client, cost)
    assert allowance is not None
    return allowance


def test_a_burst_at_once_and_then_as_many_a_minute_as_there_are() -> None:
    async def scenario() -> None:
        clock = Clock()
        kept = Rates(60, 20, clock=clock)
        granted = [(await taken(kept, SOMEBODY)).granted for _ in range(25)]
        assert granted == [True] * 20 + [False] * 5
        assert (await taken(kept, ANOTHER)).granted
        given = 0
        for _ in range(600):
            clock.now += 0.5
            given += (await taken(kept, SOMEBODY)).granted
        assert 20 + given == 5 * 60 + 1

    played(scenario())


def test_what_takes_a_moment_is_a_tenth() -> None:
    async def scenario() -> None:
        kept = Rates(60, 20, clock=Clock())
        assert sum([(await taken(kept, SOMEBODY, BRIEF)).granted for _ in range(250)]) == 200
        kept = Rates(60, 20, clock=Clock())
        for _ in range(15):
            assert (await taken(kept, SOMEBODY, BRIEF)).granted
            kept.note(SOMEBODY, WHOLE - BRIEF)
            await asyncio.sleep(0)
        assert (await taken(kept, SOMEBODY, BRIEF)).left == 4

    played(scenario())


def test_what_is_left_is_said_in_header_fields() -> None:
    async def scenario() -> None:
        clock = Clock()
        kept = Rates(60, 20, clock=clock)
        first = await taken(kept, SOMEBODY)
        assert first.headers() == {"RateLimit-Policy": '"programs";q=20;w=20', "RateLimit": '"programs";r=19;t=20'}
        clock.now += 12.5
        for _ in range(19):
            last = await taken(kept, SOMEBODY)
        assert last == Allowance(granted=True, most=20, window=20, left=0, wait=8)
        assert not (await taken(kept, SOMEBODY)).granted
        clock.now += 7.5
        assert (await taken(kept, SOMEBODY)).granted

    played(scenario())


@pytest.mark.parametrize(("rate", "burst", "window"), [(60, 20, 20), (1, 1, 60), (90, 20, 14), (6_000, 1, 1)])
def test_the_window_is_as_long_as_the_burst_lasts(rate: int, burst: int, window: int) -> None:
    async def scenario() -> None:
        assert (await taken(Rates(rate, burst, clock=Clock()), SOMEBODY)).window == window

    played(scenario())


def test_who_is_raised_has_more_and_who_is_without_limits_is_not_counted() -> None:
    async def scenario() -> None:
        kept = Rates(60, 20, clock=Clock())
        assert (await taken(kept, Client("school", 30.0))).most == 600
        assert (await taken(kept, Client("shut out", 0.001))).most == 1
        assert await kept.take(Client("here", inf)) is None
        kept.note(Client("here", inf), WHOLE)

    played(scenario())


def test_a_store_that_does_not_answer_is_left_alone_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Away(Windows):
        STORAGE_SCHEME = None

        async def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
            asked.append(key)
            if len(asked) == 1:
                raise ConnectionResetError
            if len(asked) == 2:
                raise StorageError(OSError())
            if len(asked) == 3:
                await asyncio.sleep(60)
            return await super().acquire_entry(key, limit, expiry, amount)

        @property
        def base_exceptions(self) -> type[Exception]:
            return StorageError

    monkeypatch.setattr(rates, "_redis", lambda _: Away(Clock()))
    monkeypatch.setattr(rates, "STORE_SECONDS", 0.01)

    async def scenario() -> None:
        clock = Clock()
        kept = Rates(60, 20, "redis://nowhere", clock)
        for times in (1, 2, 3):
            for _ in range(3):
                assert (await taken(kept, SOMEBODY)).granted
            assert len(asked) == times
            clock.now += rates.AWAY_SECONDS
        assert (await taken(kept, SOMEBODY)).left == 19, "it is there again, and knows nothing of those"

    played(scenario())


def test_windows_forget_who_was_not_seen_for_longest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.clients.windows.REMEMBERED", 10)

    async def scenario() -> None:
        windows = Windows(Clock())
        for number in range(100):
            await windows.acquire_entry(str(number), 5, 10)
        assert [await windows.get(str(number)) for number in (0, 89, 90, 99)] == [0, 0, 1, 1]
        assert await windows.reset() == 10

    played(scenario())


@pytest.mark.skipif(REDIS is None and os.environ.get("CI") != "true", reason=NO_REDIS)
def test_servers_with_one_redis_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "STORE_SECONDS", 20.0)  # on whatever machine

    async def scenario(url: str) -> None:
        one, other = Rates(60, 20, url), Rates(60, 20, url)
        for number in range(20):
            allowance = await taken((one, other)[number % 2], SOMEBODY)
            assert (allowance.granted, allowance.left) == (True, 19 - number)
        refused = await taken(other, SOMEBODY)
        assert not refused.granted
        assert 0 < refused.wait <= 20
        assert (await taken(one, ANOTHER)).granted
        for found in (one, other):
            await found.close()

    with redis() as (_, url):
        played(scenario(url))


def test_a_redis_that_is_not_there_is_done_without() -> None:
    async def scenario() -> None:
        kept = Rates(60, 20, f"redis://127.0.0.1:{free_port()}/0")
        assert [(await taken(kept, SOMEBODY)).left for _ in range(3)] == [19, 18, 17]
        await kept.close()

    played(scenario())
