"""What the service is put under: strangers that never end, far too many, slow ones; and what it holds in memory."""

import asyncio
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from tests.load.generator import Gun, Hit, Shot, fired, percentile, steady
from tests.load.requests import endless, middling, small
from tests.load.server import MIB, serving
from tests.load.slow import slow_ones
from tests.proof.document import Proof, duration

RATE = 50.0  # small requests a second
WARM = 5.0  # seconds
REFUSED = {429, 503}


def taken(hits: Sequence[Hit], percent: float) -> float:
    """The time that so many percent of the answers do not exceed."""
    return percentile((hit.seconds for hit in hits), percent)


def statuses(hits: Sequence[Hit]) -> str:
    """How often which status came; 0 is no answer."""
    return ", ".join(f"{status}: {times:,}" for status, times in sorted(Counter(hit.status for hit in hits).items()))


def lateness(hits: Sequence[Hit]) -> str:
    """How much of the times is the generator's own doing."""
    return f"the generator was late by {duration(percentile((hit.late for hit in hits), 99))} (p99)"


def of(hits: Sequence[Hit], kind: str) -> list[Hit]:
    """The hits of a kind."""
    return [hit for hit in hits if hit.shot.kind == kind]


def endless_strangers(seconds: float = 20.0, clients: int = 100) -> Iterator[Proof]:
    """A tenth of the clients sends nothing but programs that never end, a tenth of all requests."""
    count, hostile = int(RATE * seconds), clients // 10
    many = steady(RATE * 0.9, seconds, list(islice(small(), count)), "small", range(hostile, clients))
    some = steady(RATE * 0.1, seconds, list(islice(endless(), count)), "endless", range(hostile))
    with serving() as service:
        fired(service.port, steady(RATE, WARM, list(islice(small(), 300)), clients=range(clients)))
        hits = fired(service.port, [*many, *some])
    others = of(hits, "small")
    wrong = [hit for hit in others if hit.status != 200]
    found = (
        f"p95 {duration(taken(others, 95))}, p99 {duration(taken(others, 99))}, {len(wrong)} of {len(others):,} not 200"
    )
    yield Proof(
        f"{RATE:.0f} requests a second of {clients} clients, endless programs from a tenth of them: the others",
        f"{found}; endless ones: {statuses(of(hits, 'endless'))}; {lateness(hits)}",
        "p95 ≤ 300 ms, no error",
        taken(others, 95) <= 0.3 and not wrong,
    )


def overload(seconds: float = 10.0, clients: int = 2_000) -> Iterator[Proof]:
    """Five times as many programs as the machine can run, from many clients; then a fifth of what it can."""
    with serving() as service:
        most = capacity(service.port, WARM)
        fives = list(islice(middling(), int(5 * most * seconds)))
        calm = steady(most / 5, 8.0, list(islice(middling(), 400)), "after", range(clients, 2 * clients), seconds)
        hits = fired(service.port, [*steady(5 * most, seconds, fives, "over", range(clients)), *calm])
    over, after = of(hits, "over"), of(hits, "after")
    accepted = [hit for hit in over if hit.status == 200]
    untold = [hit for hit in over if hit.status in REFUSED and b"retry-after:" not in hit.head.lower()]
    allowed = {200, *REFUSED}
    yield Proof(
        f"5 × overload: {5 * most:,.0f} programs of some 20 ms a second for {seconds:.0f} s",
        f"{statuses(over)}; accepted p99 {duration(taken(accepted, 99))}; {len(untold)} refusals without Retry-After; "
        f"{lateness(hits)}",
        "only 200, 429, 503; accepted p99 ≤ 2.5 s",
        {hit.status for hit in over} <= allowed and taken(accepted, 99) <= 2.5 and not untold,
    )
    again = normal_again(after, seconds)
    yield Proof("normal again after the overload", duration(again), "≤ 5 s", again <= 5.0)


def normal_again(after: Sequence[Hit], ended: float) -> float:
    """Seconds after the end of an overload from which on every request is answered, and in half a second."""
    late = [hit.shot.at - ended for hit in after if hit.status != 200 or hit.seconds > 0.5]
    return max(late, default=0.0)


def capacity(port: int, seconds: float, busy: int = 8) -> float:
    """How many middling programs a second the machine runs, each from a client that has asked nothing yet."""

    async def main() -> float:
        gun, requests, done, first = Gun(port), middling(), 0, 20_000
        end = time.monotonic() + seconds

        async def ask(number: int) -> None:
            nonlocal done
            while time.monotonic() < end:
                number += busy
                (hit,) = await gun.fire([Shot(0.0, next(requests), client=first + number)])
                done += hit.status == 200

        await asyncio.gather(*(ask(number) for number in range(busy)))
        gun.close()
        return done / seconds

    return asyncio.run(main())


def slow_clients(count: int = 1_000, seconds: float = 20.0) -> Iterator[Proof]:
    """Clients that send the head of a request, or its body, a letter a second."""
    shots = steady(RATE, seconds, list(islice(small(), int(2 * RATE * seconds))), clients=range(100))
    more = [shot._replace(request=request) for shot, request in zip(shots, small(), strict=False)]
    with serving() as service:
        before = fired(service.port, shots)
        with slow_ones(service.port, count) as ended:
            during = fired(service.port, more)
            again = ended()
    ratio = taken(during, 99) / taken(before, 99)
    yield Proof(
        f"{count:,} slow clients: the others",
        f"p99 {duration(taken(during, 99))} beside {duration(taken(before, 99))} without them ({ratio:.2f} ×), "
        f"{statuses(during)}; the server had enough of one {again:,} times; {lateness(during)}",
        "p99 within 1.5 ×, no error",
        ratio <= 1.5 and {hit.status for hit in during} == {200},
    )


def idle(requests: int = 300) -> Iterator[Proof]:
    """What the processes hold when they have nothing to do, after they had."""
    with serving() as service:
        fired(service.port, steady(RATE, requests / RATE, list(islice(small(), requests)), clients=range(100)))
        front = service.front.resident / MIB
        workers = [worker.resident / MIB for worker in service.workers]
        shared = [worker.memory / MIB for worker in service.workers]
    found = f"front {front:.0f} MiB; workers {', '.join(f'{one:.0f}' for one in workers)} MiB"
    of_their_own = f"of which the workers share all but {max(shared):.0f} MiB"
    yield Proof(
        f"memory after {requests} requests, idle",
        f"{found}, {of_their_own}",
        "front ≤ 150 MB, worker ≤ 120 MB",
        front * MIB <= 150e6 and max(workers) * MIB <= 120e6,
    )
