"""What things cost on this machine, and how a server here fares beside the simulated one."""

import json
import os
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count, cycle, repeat
from math import inf
from time import process_time
from typing import NamedTuple
from urllib.request import urlopen

from engine.document import run
from engine.examples import EXAMPLES
from tests.bench.clients import get, slice_of
from tests.capacity.model import BUSY, HABITS, Costs, room
from tests.capacity.simulation import Outcome, asking, server
from tests.load.generator import Hit, Shot, fired, percentile
from tests.load.requests import SEED, program, small
from tests.load.server import Service, serving

FILES = re.compile(r"/static/[\w./-]+")
SLICE, CONNECTIONS = 4.0, 8  # seconds that a server is kept busy, and by how many
ROUNDS = 3
SHORT = 0.05  # seconds that a program runs
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
    with undisturbed(), serving(**TERMS, AUTOGRAD_QUEUE_SECONDS="30") as service:
        preferred(service.front.pid, 2)
        files = sorted(set(FILES.findall(said(service, "/"))))
        opening = [get("/"), *map(get, files)]
        page = of_front(service, cycle(opening)) * len(opening)
        kept = of_front(service, repeat(program(SEED)))
        asked = of_front(service, small())
        workers = list(held(service))
        return Costs(page, kept, asked, list(times()), service.front.memory, sum(workers) // len(workers))


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


def times() -> Iterator[float]:
    """How long each example takes a processor, as a process that runs programs runs it: the best of some rounds."""
    requests = [json.dumps({"verb": "graph", "source": example.source}).encode() for example in EXAMPLES]
    best = [inf] * len(requests)
    for _ in range(ROUNDS):
        for place, request in enumerate(requests):
            began = process_time()
            run(request)
            best[place] = min(process_time() - began, best[place])
    yield from best


def fresh(source: str) -> bytes:
    """A program that nobody has asked for."""
    return program(f"{source}\n# {next(NUMBERS)}")


def beside(known: Costs, cores: int) -> Iterator[Pair]:
    """A server here and a simulated one with the same people, who have their pages and run examples that are short.

    Programs that run for long make way for everything else on the machine, which is not simulated.
    """
    habit = replace(HABITS[1], pages=0.0)
    brief = {one.source: run for one, run in zip(EXAMPLES, known.runs, strict=True) if run < SHORT}
    known, programs = replace(known, runs=list(brief.values())), list(brief)
    for share in SHARES:
        people = int(room(known, habit, cores) * share)
        asks = list(asking(habit, people, SECONDS, random.Random(people)))
        simulated = server(asks, known, cores, cores, set(), random.Random(1))
        dice = random.Random(2)
        with undisturbed(), serving(**TERMS, AUTOGRAD_WORKERS=str(cores)) as service:
            preferred(service.front.pid, 2)
            shots = [
                Shot(
                    ask.at,
                    fresh(dice.choice(programs))
                    if ask.kept_as is None
                    else program(programs[ask.kept_as % len(programs)]),
                )
                for ask in asks
            ]
            hits = right(fired(service.port, shots))
        served = [hit.seconds for hit in hits if hit.status != 503]
        real = Outcome(served, len(hits) - len(served))
        yield Pair(people, share * BUSY, real, simulated)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Go before everything else on the machine, as far as one may: this process first, and those it starts."""
    before = os.sched_getscheduler(0)
    preferred(0, 1)
    try:
        yield
    finally:
        os.sched_setscheduler(0, before, os.sched_param(0))


def preferred(pid: int, priority: int) -> None:
    """Let a process go before others, if that may be asked for."""
    with suppress(PermissionError):
        os.sched_setscheduler(pid, os.SCHED_RR, os.sched_param(priority))


def spread(outcome: Outcome) -> str:
    """How long requests took."""
    return " · ".join(f"{percentile(outcome.seconds, percent) * 1000:.0f}" for percent in (50, 95, 99))
