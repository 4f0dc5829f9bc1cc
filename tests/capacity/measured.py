"""What things cost on this machine, and how a server here fares beside the simulated one."""

import random
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count, cycle, repeat
from time import perf_counter
from typing import NamedTuple
from urllib.request import urlopen

from engine.examples import EXAMPLES
from tests.bench.clients import get, slice_of
from tests.capacity.model import BUSY, HABITS, Costs, room
from tests.capacity.simulation import Outcome, asking, server
from tests.load.generator import Hit, Shot, fired, percentile, steady
from tests.load.requests import SEED, program, small
from tests.load.server import Service, serving

FILES = re.compile(r"/static/[\w./-]+")
SLICE, CONNECTIONS = 4.0, 8  # seconds that a server is kept busy, and by how many
ROUNDS = 3
SHARES = (0.2, 0.5, 0.8)  # of the people that a server has room for
SECONDS = 20.0
NUMBERS = count()
TERMS = {
    "AUTOGRAD_WORKER_RUNS": "1000000",  # so that the time of every process can be read at the end
    "AUTOGRAD_RAISED": "0.0.0.0/0=0",  # one address asks for everybody
}


class Pair(NamedTuple):
    """A server here and a simulated one, asked the same: the part of the room that is taken, and what came of it."""

    people: int
    share: float
    real: Outcome
    simulated: Outcome


def costs() -> Costs:
    """What things cost here."""
    with serving(**TERMS, AUTOGRAD_QUEUE_SECONDS="30") as service:
        files = sorted(set(FILES.findall(said(service, "/"))))
        opening = [get("/"), *map(get, files)]
        runs = sorted(times(service))
        page = of_front(service, cycle(opening)) * len(opening)
        kept = of_front(service, repeat(program(SEED)))
        asked = of_front(service, small())
        workers = list(held(service))
        return Costs(page, kept, asked, runs, service.front.memory, sum(workers) // len(workers))


def held(service: Service) -> Iterator[int]:
    """The bytes of memory of each process that runs programs; one that is just being replaced has none."""
    for one in service.workers:
        with suppress(OSError):
            yield one.memory


def said(service: Service, path: str) -> str:
    """What the service has at a path."""
    with urlopen(f"http://127.0.0.1:{service.port}{path}", timeout=10) as answer:  # our own address
        text: str = answer.read().decode()
        return text


def of_front(service: Service, requests: Iterator[bytes]) -> float:
    """The seconds of its time that the process which answers spends on one of the requests, where it has many."""
    before = service.front.seconds
    each = slice_of(service.port, requests, SLICE, CONNECTIONS)
    return (service.front.seconds - before) * each / SLICE


def right(hits: Sequence[Hit]) -> Sequence[Hit]:
    """The same, if there was an answer to each."""
    wrong = {hit.status for hit in hits} - {200, 422, 503}
    if wrong:
        raise RuntimeError(f"the service answered {wrong}")
    return hits


def times(service: Service) -> Iterator[float]:
    """How long each example runs: the best of some rounds, without what the way there and back takes."""
    best: dict[str, float] = {}
    way = min(hit.seconds for hit in fired(service.port, steady(20.0, 2.0, [program(SEED)])))
    for _ in range(ROUNDS):
        for example in EXAMPLES:
            began = perf_counter()
            right(fired(service.port, [Shot(0.0, fresh(example.source))]))
            best[example.name] = min(perf_counter() - began - way, best.get(example.name, 9.0))
    yield from (max(seconds, 1e-4) for seconds in best.values())


def fresh(source: str) -> bytes:
    """A program that nobody has asked for."""
    return program(f"{source}\n# {next(NUMBERS)}")


def beside(known: Costs, cores: int) -> Iterator[Pair]:
    """A server here and a simulated one with the same people, of whom nobody opens pages: they have theirs."""
    habit = replace(HABITS[1], pages=0.0)
    for share in SHARES:
        people = int(room(known, habit, cores) * share)
        asks = list(asking(habit, people, SECONDS, random.Random(people)))
        simulated = server(asks, known, cores, cores, set(), random.Random(1))
        dice = random.Random(2)
        with serving(**TERMS, AUTOGRAD_WORKERS=str(cores)) as service:
            before = used(service)
            shots = [
                Shot(
                    ask.at,
                    fresh(dice.choice(EXAMPLES).source)
                    if ask.kept_as is None
                    else program(EXAMPLES[ask.kept_as % len(EXAMPLES)].source),
                )
                for ask in asks
            ]
            hits = right(fired(service.port, shots))
            after = used(service)
        served = [hit.seconds for hit in hits if hit.status != 503]
        answering, *running = (after[pid] - before.get(pid, 0.0) for pid in after)
        real = Outcome(served, len(hits) - len(served), 0, answering, sum(running))
        yield Pair(people, share * BUSY, real, simulated)


def used(service: Service) -> dict[int, float]:
    """The seconds that each of its processes has worked: first the one that answers, then those that run programs."""
    found = {service.front.pid: service.front.seconds}
    for one in service.workers:
        with suppress(OSError):  # it is just being replaced
            found[one.pid] = one.seconds
    return found


def spread(outcome: Outcome) -> str:
    """How long requests took."""
    return " · ".join(f"{percentile(outcome.seconds, percent) * 1000:.0f}" for percent in (50, 95, 99))
