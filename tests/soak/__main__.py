"""`python -m tests.soak --minutes M`: a mixed load, and whether memory and descriptors stay what they are."""

import argparse
import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from statistics import linear_regression, median
from typing import NamedTuple

from tests.bench.clients import get, post
from tests.load.generator import Gun, Shot, steady
from tests.load.requests import GRAPH, HEALTH, endless, middling, small
from tests.load.server import MIB, Service, serving
from tests.proof.document import Proof, duration, told

ROUND = 10.0  # seconds of load after which the processes are looked at
PATIENCE = 60.0  # seconds for an answer: trainings last
FEW = 4  # rounds that are too few to say anything
CLIENTS = range(400)
SMALL_CACHE = str(4 * MIB)  # bytes: full long before the end, so that what grows is not the answers that are kept
TRAINING = (
    "a = 3.0\nfor i in range(40):\n    L = (a - 1) ** 2\n    a.grad = 0\n    L.backward()\n    a.data -= 0.1 * a.grad"
)
GROWTH = 3.0  # MiB that the second half may hold more than the first
MORE = 8  # descriptors
ABOUT = (
    "A mixed load, open loop: small, middling, endless and wrong programs, pages, trainings, health. Memory and "
    "open descriptors are read every ten seconds, when nothing runs; the first quarter warms up and does not count."
)


class Look(NamedTuple):
    """The processes at a moment: in seconds, MiB, and descriptors."""

    at: float
    front: float
    workers: float
    descriptors: int


def load(number: int) -> list[Shot]:
    """The requests of a round."""
    odd = [
        post(GRAPH, b'{"source": "x = tahn(1.0)"}'),
        post(GRAPH, b"{"),
        get("/"),
        get(f"/api/v1/graph?source=a%20%3D%20{number}"),
        get("/nowhere"),
        HEALTH,
        post("/api/v1/train", json.dumps({"source": TRAINING, "seed": number}).encode()),
    ]
    clients = CLIENTS[number % 40 * 10 :][:10]
    return [
        *steady(15.0, ROUND, list(islice(small(), 200)), "small", CLIENTS),
        *steady(1.0, ROUND, list(islice(middling(), 20)), "middling", CLIENTS),
        *steady(0.2, ROUND, list(islice(endless(), 5)), "endless", clients),
        *steady(3.0, ROUND, list(islice(cycle(odd), 40)), "odd", clients),
    ]


async def rounds(service: Service, seconds: float, came: Counter[int], looks: list[Look]) -> None:
    """Load it, and look at it, round after round."""
    began = time.monotonic()
    while (now := time.monotonic() - began) < seconds:
        gun = Gun(service.port, PATIENCE)
        came.update(hit.status for hit in await gun.fire(load(int(now / ROUND))))
        gun.close()
        await asyncio.sleep(1.0)
        looks.append(look(service, now))
        print(f"  {now:5.0f} s: {looks[-1].front:.1f} MiB, {looks[-1].descriptors} descriptors", flush=True)


def look(service: Service, now: float) -> Look:
    """Look at it; once more where a process ended while it was looked at."""
    try:
        workers = sum(one.resident for one in service.workers) / MIB
    except (FileNotFoundError, ProcessLookupError):
        return look(service, now)
    return Look(now, service.front.resident / MIB, workers, service.front.descriptors)


def proofs(seconds: float) -> Iterator[Proof]:
    """The rows of the table."""
    came: Counter[int] = Counter()
    looks: list[Look] = []
    with serving(AUTOGRAD_CACHE_BYTES=SMALL_CACHE) as service:
        asyncio.run(rounds(service, seconds, came, looks))
    answers = ", ".join(f"{status}: {times:,}" for status, times in sorted(came.items()))
    bad = sum(times for status, times in came.items() if status >= 500 and status != 503) + came[0]
    yield Proof(f"{duration(seconds)} of mixed load", answers, "no 5xx but 503, and an answer each", not bad)
    counted = looks[len(looks) // 4 :]
    if len(counted) < FEW:
        return
    front, fds = [one.front for one in counted], [float(one.descriptors) for one in counted]
    hours = [one.at / 3600 for one in counted]
    yield flat("memory of the front process", "MiB", hours, front, GROWTH)
    yield flat("memory of the workers", "MiB", hours, [one.workers for one in counted], 3 * GROWTH)
    yield flat("descriptors of the front process", "descriptors", hours, fds, MORE)


def flat(what: str, unit: str, hours: list[float], found: list[float], growth: float) -> Proof:
    """That something is in the second half what it was in the first."""
    half = len(found) // 2
    more = median(found[half:]) - median(found[:half])
    slope = linear_regression(hours, found).slope
    text = f"{median(found):.1f} {unit} (median), slope {slope:+.2f} an hour; the second half holds {more:+.1f}"
    return Proof(what, text, f"≤ +{growth:.0f} {unit}", more <= growth)


def main() -> int:
    """Load it for so many minutes; 1 where something grows."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    return told("soak", ABOUT, proofs(parser.parse_args().minutes * 60))


if __name__ == "__main__":
    sys.exit(main())
