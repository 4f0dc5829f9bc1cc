"""Whose turn it is: programs wait behind others of the same client, and clients take turns.

A client has so many slots: the programs of it that run at the same time. Of those who wait the one comes next who has
used the least lately, which among equals is taking turns; so whoever asks for much waits behind themselves. What was
used is forgotten by half every while. Where too many wait, the last one gives way of whoever waits with most.
"""

from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterator
from math import inf
from time import monotonic

from app.clients.identity import Client
from app.pool.job import Job

HALF_LIFE = 20.0  # seconds in which half of what was used is forgotten
LITTLE = 0.5  # seconds of a worker that are little use
REMEMBERED = 10_000  # clients whose use is known


class Turns:
    """The jobs of a pool that have not begun, and who has what."""

    def __init__(self, most: int, slots: int, clock: Callable[[], float] = monotonic) -> None:
        self._most, self._slots, self._clock = most, slots, clock
        self._waiting: dict[Client, deque[Job]] = {}
        self._holding: Counter[Client] = Counter()  # slots
        self._long: Counter[Client] = Counter()  # programs that take long
        self._used: OrderedDict[Client, tuple[float, float]] = OrderedDict()  # seconds, and when that was so
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Job]:
        return (job for jobs in tuple(self._waiting.values()) for job in tuple(jobs))

    def add(self, job: Job) -> Job | None:
        """Let a job wait; the one that has to give way for it, which may be the same."""
        self._waiting.setdefault(job.client, deque()).append(job)
        self._length += 1
        if self._length <= self._most:
            return None
        with_most = max(
            self._waiting, key=lambda client: (len(self._waiting[client]) / client.weight, client is job.client)
        )
        last = self._waiting[with_most][-1]
        self.remove(last)
        return last

    def remove(self, job: Job) -> None:
        """A job waits no longer, if it did."""
        jobs = self._waiting.get(job.client)
        if jobs is None or job not in jobs:
            return
        jobs.remove(job)
        self._length -= 1
        if not jobs:
            del self._waiting[job.client]

    def next(self, *, light: bool = False) -> Job | None:
        """The job whose turn it is, of those who have used little only or of all."""
        found = [
            (self.used(client) / client.weight, job)
            for client, jobs in self._waiting.items()
            if (job := next((one for one in jobs if not one.given), None))
            and self._holding[client] < client.times(self._slots)
            and not (light and self.much(client))
        ]
        return min(found, key=lambda one: one[0])[1] if found else None

    def hold(self, job: Job) -> None:
        """A job has a slot of its client's."""
        if not job.held:
            job.held = True
            self._holding[job.client] += 1

    def release(self, job: Job) -> None:
        """It has none any more."""
        if job.held:
            job.held = False
            self._less(self._holding, job.client)

    def lasts(self, job: Job) -> None:
        """A job takes long."""
        self._long[job.client] += 1

    def lasted(self, job: Job) -> None:
        """It is over."""
        self._less(self._long, job.client)

    def use(self, client: Client, seconds: float) -> None:
        """A worker has worked for a client."""
        self._used[client] = (self.used(client) + seconds, self._clock())
        self._used.move_to_end(client)
        if len(self._used) > REMEMBERED:
            self._used.popitem(last=False)

    def used(self, client: Client) -> float:
        """How many seconds of a worker a client has used lately."""
        seconds, then = self._used.get(client, (0.0, 0.0))
        return seconds * 0.5 ** ((self._clock() - then) / HALF_LIFE) if seconds else 0.0

    def much(self, client: Client) -> bool:
        """Whether a client uses much: then others go first, and it has no part in what is kept free for them.

        Who is without limits does so only while a program takes long: on a laptop nobody else is there to go first.
        """
        return self._long[client] > 0 or (client.factor < inf and self.used(client) >= LITTLE * client.weight)

    def _less(self, counter: Counter[Client], client: Client) -> None:
        counter[client] -= 1
        if not counter[client]:
            del counter[client]
