"""What becomes of programs when the processes that run them are killed or stopped, or when nobody waits for them."""

import asyncio
import json
import os
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from app.settings import Settings
from engine import document
from tests.bench.clients import post
from tests.load.generator import Gun, Hit, Shot, digest_of, fired, percentile, steady
from tests.load.requests import GRAPH, MIDDLING, NUMBERS, endless, middling, small
from tests.load.scenarios import statuses
from tests.load.server import Service, serving
from tests.proof.document import Proof, duration

RATE = 20.0  # requests a second
LOST, RETRY = b"/problems/lost", b"retry-after:"
PAUSE = 0.2  # seconds from one kill to the next
CLIENTS = range(200)
USUAL = Settings()
ALL = USUAL.workers + USUAL.spares


def kills(count: int = 1_000) -> Iterator[Proof]:
    """Random workers are killed, one every fifth of a second, while programs run."""
    seconds = count * PAUSE + 1.0
    sources = [MIDDLING.format(number=next(NUMBERS)) for _ in range(int(RATE * seconds))]
    bodies = [json.dumps({"source": source}).encode() for source in sources]
    with serving() as service:
        wait_for(lambda: len(service.workers) >= ALL, 10.0)
        before = service.front.descriptors
        shots = steady(RATE, seconds, [post(GRAPH, body) for body in bodies], clients=CLIENTS)
        hits, killed = asyncio.run(under_fire(service, shots, count))
        returned = wait_for(lambda: service.front.descriptors <= before, 10.0) is not None
    lost = [hit for hit in hits if LOST in hit.body]
    unclean = [hit for hit in hits if hit.status != 200 and (hit.status != 503 or RETRY not in hit.head.lower())]
    wrong = sum(hit.body != right(body) for hit, body in zip(hits, bodies, strict=True) if hit.status == 200)
    gap = longest_gap(killed, hits)
    yield Proof(
        f"{len(killed):,} kills of random workers under {RATE:.0f} programs a second",
        f"{statuses(hits)}, of which {len(lost)} ended with their process; {len(unclean)} without 503 and Retry-After; "
        f"{wrong} wrong answers; next success after at most {duration(gap)}; {'all' if returned else 'not all'} "
        "descriptors given back",
        "only programs in flight fail, retryably; next success ≤ 1 s; no wrong answer",
        not unclean and not wrong and len(lost) <= len(killed) and gap <= 1.0 and returned,
    )


async def under_fire(service: Service, shots: Sequence[Shot], count: int) -> tuple[list[Hit], list[float]]:
    """Fire, and meanwhile kill so many workers; when that was."""
    chance, loop, gun = random.Random(0), asyncio.get_running_loop(), Gun(service.port)
    killed: list[float] = []
    firing = asyncio.create_task(gun.fire(shots))
    while len(killed) < count:
        await asyncio.sleep(PAUSE)
        if workers := service.workers:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(workers).pid, signal.SIGKILL)
                killed.append(loop.time())
    hits = await firing
    gun.close()
    return hits, killed


def right(request: bytes) -> bytes:
    """What stands for the answer that the engine gives here."""
    asked = json.dumps({"verb": "graph", **json.loads(request)}).encode()
    return digest_of(document.run(asked)[1:])


def longest_gap(killed: Sequence[float], hits: Sequence[Hit]) -> float:
    """The longest time from a kill to the next answer that is one."""
    successes = sorted(hit.ended for hit in hits if hit.status == 200)
    return max((next((end for end in successes if end > at), at) - at for at in killed), default=0.0)


def stopped(count: int = 5) -> Iterator[Proof]:
    """Workers that are stopped (SIGSTOP) answer nothing and do not end."""
    chance = random.Random(0)
    with serving() as service:
        before = {worker.pid for worker in service.workers}
        frozen = chance.sample(sorted(before), min(count, len(before)))
        for pid in frozen:
            os.kill(pid, signal.SIGSTOP)
        hits = fired(service.port, steady(5.0, 8.0, list(islice(small(), 50)), clients=CLIENTS))
        replaced = wait_for(lambda: len({one.pid for one in service.workers} - before) >= len(frozen), 10.0)
    slowest = percentile((hit.seconds for hit in hits), 100)
    yield Proof(
        f"SIGSTOP of {len(frozen)} workers, all there are",
        f"{statuses(hits)}; the slowest answer after {duration(slowest)}; "
        f"{'all' if replaced is not None else 'not all'} replaced",
        "answers (200, 422 time limit, 503) within 3 s; replaced",
        {hit.status for hit in hits} <= {200, 422, 503} and slowest <= 3.5 and replaced is not None,
    )


def leaving(count: int = 50) -> Iterator[Proof]:
    """Clients ask for programs that never end, and leave."""

    async def ask_and_leave(port: int) -> None:
        streams = [await asyncio.open_connection("127.0.0.1", port) for _ in range(count)]
        for (_, writer), request in zip(streams, endless(), strict=False):
            writer.write(request)
        await asyncio.sleep(0.3)
        for _, writer in streams:
            writer.transport.abort()

    with serving() as service:
        asyncio.run(ask_and_leave(service.port))
        rest = wait_for(lambda: idle(service), 10.0)
        (hit,) = fired(service.port, [Shot(0.0, next(middling()), client=900)])
    yield Proof(
        f"{count} clients leave while their endless programs run or wait",
        f"nothing runs any more after {'never' if rest is None else duration(rest)}; the next program: {hit.status}",
        "≤ 1 s; 200",
        rest is not None and rest <= 1.0 and hit.status == 200,
    )


def idle(service: Service) -> bool:
    """Whether no program runs or waits."""
    try:
        state = service.told("/readyz")
    except OSError:  # it says that no worker is ready
        return False
    return (state["running"], state["waiting"]) == (0, 0)


def wait_for(holds: Callable[[], bool], seconds: float) -> float | None:
    """Seconds until it holds; None if it does not in time."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if holds():
            return time.monotonic() - began
        time.sleep(0.02)
    return None
