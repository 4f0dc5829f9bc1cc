"""Answers in Redis: what one server computed another has; and a Redis that is slow, gone or false is none."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest
from redis import Redis

from app.cache.redis_answers import ANSWER_BYTES, KEPT_SECONDS, PAUSE_SECONDS, RedisAnswers
from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.app.serving import serving, until
from tests.each import each
from tests.wide.servers import NO_REDIS, REDIS, Started, free_port, redis

GRAPH = "/api/v1/graph"
KEY, OTHER = b"k" * 20, b"o" * 20
ANSWER = b'{"directed": true}'


@pytest.fixture(scope="module")
def store() -> Iterator[tuple[Started, str]]:
    if REDIS is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_REDIS, pytrace=False)
        pytest.skip(NO_REDIS)
    with redis() as started:
        yield started


@pytest.fixture
def url(store: tuple[Started, str]) -> str:
    """A Redis with nothing in it."""
    with Redis.from_url(store[1]) as connection:
        connection.flushall()
    return store[1]


@asynccontextmanager
async def answers(
    url: str, edition: str = "1", of: str = "", now: list[float] | None = None
) -> AsyncIterator[RedisAnswers]:
    found = RedisAnswers(url, edition, of) if now is None else RedisAnswers(url, edition, of, lambda: now[0])
    yield found
    await found.close()


async def found(url: str, key: bytes = KEY, edition: str = "1", of: str = "") -> bytes | None:
    """What a server that has just started finds, where Redis is as slow as a busy machine may make it."""
    for _ in range(50):
        async with answers(url, edition, of) as ours:
            answer = await ours.get(key)
            if not ours.failures:
                return answer
    raise AssertionError("Redis never answered")


async def kept(url: str, key: bytes = KEY, answer: bytes = ANSWER, of: str = "") -> None:
    """Keep an answer, and wait until it is there."""
    while True:
        async with answers(url, of=of) as ours:
            ours.keep(key, answer)
        if not ours.failures:
            return


def test_what_one_server_keeps_another_finds_if_it_has_the_same_engine_and_the_same_secret(url: str) -> None:
    async def main() -> None:
        await kept(url, of="all our servers")
        assert await found(url, of="all our servers") == ANSWER
        assert await found(url, OTHER, of="all our servers") is None
        assert await found(url, edition="2", of="all our servers") is None
        assert await found(url, of="others") is None

    asyncio.run(main())


def test_two_servers_run_a_program_once(url: str) -> None:
    apps = [create_app(Settings(workers=1, spares=0, redis_url=url, links="off"), target=fakes.ACT) for _ in range(2)]
    with serving(apps[0]) as first, serving(apps[1]) as second, Redis.from_url(url) as connection:
        assert first.post(GRAPH, {"source": "sleep 0.3"}).body == fakes.GRAPH
        until(lambda: connection.dbsize() == 1)
        assert 0 < connection.ttl(next(connection.scan_iter())) <= KEPT_SECONDS
        assert second.post(GRAPH, {"source": "sleep 0.3"}).body == fakes.GRAPH
        assert "playground_common_hits_total 1.0" in second.get("/metrics").body.decode()
        assert first.post(GRAPH, {"source": "wrong"}).status == 422
        assert connection.dbsize() == 1


Damage = Callable[[bytes, bytes], bytes]

DAMAGES: dict[str, Damage] = {
    "nothing of ours": lambda whole, other: b"hello",
    "empty": lambda whole, other: b"",
    "cut": lambda whole, other: whole[:-1],
    "longer": lambda whole, other: whole + b" ",
    "changed": lambda whole, other: whole.replace(b"true", b"null"),
    "of another request": lambda whole, other: other,
    "endless": lambda whole, other: whole + b" " * (2 * ANSWER_BYTES),
}


@each("what", DAMAGES)
def test_what_is_not_an_answer_of_ours_to_this_request_is_none(url: str, what: str) -> None:
    asyncio.run(kept(url))
    asyncio.run(kept(url, OTHER))
    with Redis.from_url(url) as connection:
        names = [next(connection.scan_iter(f"*{key.hex()}")) for key in (KEY, OTHER)]
        assert asyncio.run(found(url)) == ANSWER
        connection.set(names[0], DAMAGES[what](*connection.mget(names)))
    assert asyncio.run(found(url)) is None


def test_an_answer_that_is_too_long_to_be_one_is_not_kept(url: str) -> None:
    asyncio.run(kept(url, answer=b"x" * (ANSWER_BYTES + 1)))
    with Redis.from_url(url) as connection:
        assert connection.dbsize() == 0


def test_a_name_that_holds_something_else_is_a_miss(url: str) -> None:
    asyncio.run(kept(url))
    with Redis.from_url(url) as connection:
        (name,) = connection.scan_iter()
        connection.delete(name)
        connection.lpush(name, b"a list")

    async def main() -> None:
        async with answers(url) as ours:
            assert await ours.get(KEY) is None

    asyncio.run(main())


def test_a_redis_that_is_slow_or_gone_costs_a_moment_once_and_is_found_again(
    store: tuple[Started, str], url: str
) -> None:
    server, now = store[0], [0.0]

    async def main() -> None:
        async with answers(url, now=now) as ours:
            server.signal(signal.SIGSTOP)
            assert await ours.get(KEY) is None
            assert ours.failures == 1
            for _ in range(1_000):
                assert await ours.get(KEY) is None
            ours.keep(KEY, ANSWER)
            await asyncio.sleep(0)
            assert ours.failures == 1, "it is left alone for a while"
            now[0] += PAUSE_SECONDS
            assert await asyncio.gather(*(ours.get(KEY) for _ in range(10))) == [None] * 10
            assert ours.failures == 2, "one tries"
            server.signal(signal.SIGCONT)
            await kept(url)
            while await ours.get(KEY) != ANSWER:
                now[0] += PAUSE_SECONDS
            assert ours.hits == 1

    asyncio.run(main())


FALSE = {"gone": None, "no Redis": b"HTTP/1.1 400 Bad Request\r\n\r\n", "cut off": b"", "silent": b""}


@each("what", FALSE)
def test_a_server_answers_whatever_stands_where_redis_should(what: str) -> None:
    said = FALSE[what]

    async def main() -> None:
        async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            speaking.append(asyncio.current_task())
            await reader.read(1)
            writer.write(said or b"")
            if what == "silent":
                await reader.read()
            writer.close()

        speaking: list[asyncio.Task[None] | None] = []
        port = free_port()
        stranger = None if said is None else await asyncio.start_server(speak, "127.0.0.1", port)
        async with answers(f"redis://127.0.0.1:{port}/0") as ours:
            ours.keep(KEY, ANSWER)
            assert await ours.get(KEY) is None
            assert (ours.hits, ours.misses) == (0, 1)
        if stranger is not None:
            stranger.close()
            await asyncio.gather(*(task for task in speaking if task))

    asyncio.run(main())
