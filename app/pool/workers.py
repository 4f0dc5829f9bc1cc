"""Where programs run: a pool of places, one program at a time each, stopped on time and replaced at once.

A place is a process of this machine, or a share of a cluster. `Pool.submit` takes a request and gives a job. The queue
is bounded in length and in time, and whose turn it is `turns` says. A spare takes the place of one that was stopped
while its successor starts; and it runs the programs of those who use little where all others have been at it for long.
The event loop never waits for any of them.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic

from app.clients.identity import NOBODY, Client
from app.pool.crew import Crew, Places
from app.pool.job import Busy, Job, Place, RunError, TimeUp, UsedUp
from app.pool.nursery import Nursery
from app.pool.process import ROOT
from app.pool.turns import Turns
from app.pool.worker_main import Box
from app.telemetry.counts import Spread
from engine.language.limits import Limits

DOCUMENT = "engine.document:run"
STREAMING = "engine.streaming:stream"
MARGIN_SECONDS = 0.1  # of the answer time, what is left for everything but running
LONG_SECONDS = 0.1  # that a program runs until others go first
STUCK_SECONDS = 0.5  # after which it takes long also where it does nothing
EARLY_SECONDS = 0.005  # for so long after a job has begun the next may be given to its process already


@dataclass(frozen=True, slots=True)
class Terms:
    """How a pool is run. Durations are in seconds."""

    workers: int = 2
    spares: int = 1
    queue: int = 100
    queue_seconds: float = 2.0
    slots: int = 2
    runs: int = 1_000
    nice: int = 10
    limits: Limits = field(default_factory=Limits)


def boxed(target: str = DOCUMENT, terms: Terms = Terms(), stream: str = STREAMING) -> Nursery:
    """The processes of a pool on these terms, which run these functions ("module:function")."""
    box = Box(
        target=target,
        stream=stream,
        root=str(ROOT),
        socket=-1,
        runs=terms.runs,
        nice=terms.nice,
        memory_bytes=terms.limits.worker_bytes,
        cpu_seconds=terms.limits.kill_seconds,
        stream_seconds=Limits.stream().kill_seconds,
    )
    return Nursery(box, terms.limits.answer_bytes)


def _nothing(client: Client) -> None:
    """Nobody needs to know."""


class Pool:
    """Places and the jobs that wait for them. From `open` to `close` it belongs to one event loop."""

    def __init__(self, places: Places, terms: Terms = Terms()) -> None:
        self.lasts: Callable[[Client], None] = _nothing  # told whose program takes long
        self.waits = Spread()  # of the programs that began
        self.ends: Counter[str] = Counter()  # of the places that ended, by why they did
        self._terms = terms
        self._crew = Crew(places, terms.workers + terms.spares, self, self._arrived)
        self._turns = Turns(terms.queue, terms.slots)
        self._idle: list[Place] = []
        self._busy: set[Place] = set()
        self._long: set[Place] = set()  # those of them whose program takes long, or is of somebody whose do
        self._behind: set[Place] = set()  # those that have stepped back for good

    @property
    def ready(self) -> int:
        """How many processes could run a program, or are running one."""
        return len(self._idle) + len(self._busy)

    @property
    def walls(self) -> frozenset[str]:
        """The walls that stand around each process."""
        return frozenset.intersection(*[one.walls for one in (*self._idle, *self._busy)])

    @property
    def running(self) -> int:
        """How many programs are running."""
        return len(self._busy)

    @property
    def waiting(self) -> int:
        """How many programs are waiting for a process."""
        return len(self._turns)

    async def open(self) -> None:
        """Start the processes, and return when the first one is ready; RuntimeError if it does not start."""
        await self._crew.open()

    async def close(self) -> None:
        """Stop everything. Jobs without an answer end as busy; when this returns no process is left."""
        for job in self._turns:
            job.end(Busy())
        await self._crew.close()

    def submit(self, request: bytes, client: Client = NOBODY) -> Job:
        """Run a request as soon as it is its turn; Busy if too many of its client's are waiting already."""
        if self._crew.closing:
            raise Busy
        job = Job(request, client)
        job.over = self._over
        last = self._turns.add(job)
        if last is job:
            raise Busy
        if last is not None:
            last.end(Busy())
        self._dispatch()
        if job.worker is None:
            job.alarms.append(asyncio.get_running_loop().call_later(self._terms.queue_seconds, job.end, Busy()))
        return job

    def abandon(self, job: Job) -> None:
        """Nobody wants the answer any more: stop working on it. A job that has ended is left alone."""
        if job.worker is None and not job.answer.done():
            job.end(Busy())
        elif job.worker is not None and not job.answer.done():
            job.worker.stop(Busy())
        job.answer.exception()  # seen: nobody else will look

    def begun(self, worker: Place, job: Job) -> tuple[float, RunError]:
        """Take a job out of the queue, and say how long it may run: one that had to wait has less time.

        One that was taken back meanwhile, or that nobody waits for, is as good as over.
        """
        if job.worker is not None or job.answer.done():
            return EARLY_SECONDS, Busy()
        self._turns.remove(job)
        self._turns.hold(job)
        job.begin(worker)
        job.alarms.append(asyncio.get_running_loop().call_later(LONG_SECONDS, self._lasts, job))
        if self._turns.much(job.client):
            self._set_back(job)
        limits = self._terms.limits
        waited = monotonic() - job.asked
        self.waits.add(waited)
        left = limits.answer_seconds - MARGIN_SECONDS - waited
        return (limits.kill_seconds, TimeUp()) if limits.kill_seconds <= left else (left, Busy())

    def freed(self, worker: Place) -> None:
        """Give a worker its next job, in the same breath; of too many that have stepped back one makes place."""
        if worker.idle and worker in self._behind and len(self._behind) > self._terms.spares:
            worker.stop(UsedUp())
        elif worker.idle:
            self._busy.discard(worker)
            self._idle.append(worker)
        self._dispatch()

    def ended(self, worker: Place, why: RunError, left: Iterable[Job]) -> None:
        """Replace a worker that is gone; what it had not begun runs elsewhere."""
        if worker not in self._crew:
            return
        self.ends[why.word] += 1
        self._crew.leave(worker)
        for places in (self._busy, self._long, self._behind):
            places.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        for job in left:
            self._take_back(job)
        self._crew.refill(self.ready)
        self._dispatch()

    def _arrived(self, worker: Place) -> None:
        self._idle.insert(0, worker)  # below those that have run something and are warm
        self._dispatch()

    def _dispatch(self) -> None:
        while found := self._pair():
            job, worker = found
            job.given = True
            self._turns.hold(job)
            if not worker.idle:
                job.alarms.append(asyncio.get_running_loop().call_later(EARLY_SECONDS, self._try_again, job))
            self._busy.add(worker)
            worker.run(job)

    def _pair(self) -> tuple[Job, Place] | None:
        """A job whose turn it is and where it can run: a free place, or one whose job has only just begun."""
        if not self._turns:
            return None
        places = self._terms.workers
        if self._idle and len(self._busy) - len(self._long) < places:
            job = self._turns.next(light=len(self._busy) >= places)
            return (job, self._suited(job)) if job else None
        worker = next((worker for worker in self._busy if worker.nearly_free(EARLY_SECONDS)), None)
        job = self._turns.next(light=len(self._busy) > places) if worker else None
        return (job, worker) if job and worker else None

    def _suited(self, job: Job) -> Place:
        """A free place: for those who use much one that has stepped back, else the coldest; for others the warmest."""
        much = self._turns.much(job.client)
        places = range(len(self._idle)) if much else reversed(range(len(self._idle)))
        fitting = (place for place in places if (self._idle[place] in self._behind) is much)
        return self._idle.pop(next(fitting, 0 if much else -1))

    def _try_again(self, job: Job) -> None:
        """Give a job that was given too early to whoever is free now; the first of the two answers counts."""
        self._take_back(job)
        self._dispatch()

    def _take_back(self, job: Job) -> None:
        if job.worker is None and not job.answer.done():
            job.given = False
            self._turns.release(job)

    def _lasts(self, job: Job) -> None:
        """A program takes long, where not only others are in its way: they go first, and its client uses much."""
        if job.used() < LONG_SECONDS / 2 and monotonic() - job.began < STUCK_SECONDS:
            job.alarms.append(asyncio.get_running_loop().call_later(LONG_SECONDS, self._lasts, job))
            return
        self._set_back(job)
        self.lasts(job.client)
        self._dispatch()

    def _set_back(self, job: Job) -> None:
        worker = job.worker
        if worker is not None and worker in self._busy - self._long:
            self._long.add(worker)
            self._turns.lasts(job)
            if self._terms.nice and worker.step_back():
                self._behind.add(worker)

    def _over(self, job: Job) -> None:
        """A job has ended: what it had is its client's again, and what it used is known."""
        if job.worker is None:
            self._turns.remove(job)
        else:
            used = job.used()
            if job.worker in self._long:
                self._long.discard(job.worker)
                self._turns.lasted(job)
                used = monotonic() - job.began if used >= LONG_SECONDS / 2 else used  # whoever had the processor
            self._turns.use(job.client, used)
        self._turns.release(job)
