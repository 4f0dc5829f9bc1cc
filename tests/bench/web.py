"""The service: requests a second beside bare FastAPI, and how quick small ones stay beside heavy ones.

Servers run in processes of their own, all at once, and are asked in short slices, by turns; a ratio is the median over
the rounds. The client is ours (`tests.bench.clients`): raw sockets, kept open.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from itertools import cycle, repeat
from statistics import median, quantiles

from app.routes.described import REQUEST_EXAMPLE
from engine.language.limits import Limits
from tests.bench.clients import connect, get, latencies, post, serving, slice_of

GRAPH = "/api/v1/graph"
OURS = "app.main:create_app"
PEER = "tests.bench.echo:create_app"

ROUNDS = 7
SLICE_SECONDS = 0.5
CONNECTIONS = 16

SMALL = post(GRAPH, json.dumps(REQUEST_EXAMPLE).encode())
MOVED = [post(GRAPH, json.dumps(REQUEST_EXAMPLE | {"inputs": {"a": 2 + n / 1024}}).encode()) for n in range(4096)]
FRESH = [
    post(GRAPH, json.dumps(REQUEST_EXAMPLE | {"source": f"{REQUEST_EXAMPLE['source']}  # {n:04}"}).encode())
    for n in range(4096)
]
ENDLESS = [post(GRAPH, json.dumps({"source": f"while True:\n    pass  # {n}"}).encode()) for n in range(16)]
HEALTH = get("/healthz")
LIST = get("/api/v1/limits")
PACE = 0.005  # seconds from one request to the next

Row = dict[str, str | float | bool]


def rows() -> Iterable[Row]:
    """All rows of the table."""
    yield _asked("another input each time, 1 worker, uncached", MOVED, 0.4, AUTOGRAD_CACHE_BYTES="0")
    yield _asked("another text each time, 1 worker, uncached", FRESH, 0.0, AUTOGRAD_CACHE_BYTES="0")
    yield _asked("1 worker, cached", [SMALL], 1.0)
    yield asyncio.run(_beside_heavy_ones("small requests", [LIST], 1.0, 5.0))
    yield asyncio.run(_beside_heavy_ones("small programs, 5 workers,", MOVED, 0.0, 1.0))
    yield asyncio.run(_health_beside_endless_ones())
    yield asyncio.run(_overshoot())


def _row(work: str, ours: float, peer: str, peers: float, bar: float, ratio: float | None = None) -> Row:
    found = peers / ours if ratio is None else ratio
    return {
        "work": work,
        "ours_s": ours,
        "peer": peer,
        "peer_s": peers,
        "ratio": found,
        "bar": bar,
        "holds": found >= bar,
    }


def _asked(how: str, requests: list[bytes], bar: float, **environment: str) -> Row:
    """Requests a second beside the peer's, which echoes the same bytes."""
    ours_next, theirs_next = cycle(requests), cycle(requests)
    with serving(OURS, AUTOGRAD_WORKERS="1", **environment) as ours, serving(PEER, "httptools") as peer:
        taken = []
        for _ in range(ROUNDS):
            mine = slice_of(ours, ours_next, SLICE_SECONDS, CONNECTIONS)
            theirs = slice_of(peer, theirs_next, SLICE_SECONDS, CONNECTIONS)
            taken.append((mine, theirs))
    ratio = median(theirs / mine for mine, theirs in taken)
    mine, theirs = (median(column) for column in zip(*taken, strict=True))
    work = f"POST /api/v1/graph, seed expression, {how}"
    return _row(work, mine, "bare FastAPI echo of the same bytes", theirs, bar, ratio)


@asynccontextmanager
async def _busy(port: int, requests: list[bytes]) -> AsyncIterator[None]:
    """Keep a stranger for each request asking, whatever the answers; the servers have a hop that says who asks."""

    async def keep_asking(number: int, request: bytes) -> None:
        connection = await connect(port, f"127.0.1.{1 + number}")
        request = request.replace(b"\r\n", f"\r\nX-Forwarded-For: 198.18.0.{1 + number}\r\n".encode(), 1)
        try:
            while True:
                await connection.ask(request)
        finally:
            connection.close()

    asking = [asyncio.create_task(keep_asking(*one)) for one in enumerate(requests)]
    await asyncio.sleep(0.2)
    yield
    for task in asking:
        task.cancel()
    await asyncio.wait(asking)


async def _beside_heavy_ones(work: str, requests: list[bytes], bar: float, aim: float) -> Row:
    """The 99th percentile of many small requests, sent at a steady pace whatever becomes of those before."""
    with serving(OURS, AUTOGRAD_WORKERS="5", AUTOGRAD_TRUSTED_HOPS="1") as port:
        await latencies(port, cycle(requests), 100, PACE)
        async with _busy(port, ENDLESS[:4]):
            found = await latencies(port, cycle(requests[100:] or requests), 1_000, PACE)
    made = _row(f"{work} while 4 heavy programs run: 99th percentile", _worst(found, 99), "the bar of 5 ms", 0.005, bar)
    return {**made, "aim": aim}


def _worst(found: list[float], percent: int) -> float:
    return quantiles(found, n=100)[percent - 1]


async def _health_beside_endless_ones() -> Row:
    with serving(OURS, AUTOGRAD_TRUSTED_HOPS="1") as port:
        async with _busy(port, ENDLESS):
            found = await latencies(port, repeat(HEALTH), 400, 0.01)
    return _row("GET /healthz while 16 endless programs run: worst", max(found), "the bar of 200 ms", 0.2, 1.0)


async def _overshoot() -> Row:
    """A program that does not even charge its budget is stopped from outside; here a spinning worker stands for it."""
    limit = Limits().kill_seconds
    with serving("tests.bench.spinning:create_app", AUTOGRAD_WORKERS="1") as port:
        connection = await connect(port)
        found = []
        for _ in range(3):
            started = time.perf_counter()
            await connection.ask(SMALL)
            found.append(time.perf_counter() - started - limit)
    return _row("a program stopped from outside: overshoot", max(found), "the bar of 25 ms", 0.025, 1.0)
