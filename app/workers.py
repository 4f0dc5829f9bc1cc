"""Where programs run: a pool of places, one program at a time each, stopped on time and replaced at once.

A place is a process of this machine, or a share of a cluster. `Pool.submit` takes a request and gives a job. The queue
is bounded in length and in time, a spare takes the place of one that was stopped while its successor starts, and the
event loop never waits for any of them.
"""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from time import monotonic
from typing import Protocol

from app.nursery import START_SECONDS, Nursery
from app.process import ROOT
from app.worker import Busy, Job, Lost, Owner, Place, RunError, TimeUp
from app.worker_main import Box
from engine.language.limits import Limits

DOCUMENT = "engine.document:run"
STREAMING = "engine.streaming:stream"
MARGIN_SECONDS = 0.1  # of the answer time, what is left for everything but running
EARLY_SECONDS = 0.005  # for so long after a job has begun the next may be given to its process already
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds between two attempts at starting what does not start

START_FAILURES = (OSError, RunError, TimeoutError)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a pool is run. Durations are in seconds."""

    workers: int = 2
    spares: int = 1
    queue: int = 100
    queue_seconds: float = 2.0
    runs: int = 1_000
    nice: int = 19
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


class Places(Protocol):
    """Where a pool has its places from."""

    name: str

    async def start(self, owner: Owner) -> Place:
        """One more, about to be ready; one of START_FAILURES if there is none."""

    async def close(self) -> None:
        """Let go of what they stood on: all of them are stopped."""


class Pool:
    """Places and the jobs that wait for them. From `open` to `close` it belongs to one event loop."""

    def __init__(self, places: Places, terms: Terms = Terms()) -> None:
        self._terms = terms
        self._places = places
        self._queue: dict[Job, None] = {}  # those that have not begun, in the order they came
        self._idle: list[Place] = []
        self._busy: set[Place] = set()
        self._workers: set[Place] = set()  # those two, and the ones that are still starting
        self._starting: set[asyncio.Task[None]] = set()
        self._expected = 0  # workers that are starting
        self._closing = asyncio.Event()
        self._closing.set()  # until it is opened

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
        return len(self._queue)

    async def open(self) -> None:
        """Start the processes, and return when the first one is ready; RuntimeError if it does not start."""
        self._expected = 0
        self._closing = asyncio.Event()
        try:
            self._idle.append(await self._start())
        except START_FAILURES as error:
            await self.close()
            raise RuntimeError(f"no worker could be started for {self._places.name}") from error
        self._refill()

    async def close(self) -> None:
        """Stop everything. Jobs without an answer end as busy; when this returns no process is left."""
        self._closing.set()
        while self._queue:
            self._give_up(next(iter(self._queue)))
        while self._starting or self._workers:
            for worker in tuple(self._workers):
                worker.stop(Busy())
            if self._starting:
                await asyncio.wait(self._starting)
        await self._places.close()

    def submit(self, request: bytes) -> Job:
        """Run a request as soon as a process is free; Busy if too many are waiting already."""
        if len(self._queue) >= self._terms.queue or self._closing.is_set():
            raise Busy
        job = Job(request)
        self._queue[job] = None
        self._dispatch()
        if job.worker is None:
            job.alarms.append(asyncio.get_running_loop().call_later(self._terms.queue_seconds, self._give_up, job))
        return job

    def abandon(self, job: Job) -> None:
        """Nobody wants the answer any more: stop working on it. A job that has ended is left alone."""
        if job.worker is None and not job.answer.done():
            self._give_up(job)
        elif job.worker is not None and not job.answer.done():
            job.worker.stop(Busy())
        job.answer.exception()  # seen: nobody else will look

    def begun(self, worker: Place, job: Job) -> tuple[float, RunError]:
        """Take a job out of the queue, and say how long it may run: one that had to wait has less time.

        One that was taken back meanwhile, or that nobody waits for, is as good as over.
        """
        if job.worker is not None or job.answer.done():
            return EARLY_SECONDS, Busy()
        self._queue.pop(job, None)
        job.begin(worker)
        limits = self._terms.limits
        waited = monotonic() - job.asked
        left = limits.answer_seconds - MARGIN_SECONDS - waited
        return (limits.kill_seconds, TimeUp()) if limits.kill_seconds <= left else (left, Busy())

    def freed(self, worker: Place) -> None:
        """Give a worker its next job, in the same breath."""
        if worker.idle:
            self._busy.discard(worker)
            self._idle.append(worker)
        self._dispatch()

    def ended(self, worker: Place, left: Iterable[Job]) -> None:
        """Replace a worker that is gone; what it had not begun runs elsewhere."""
        if worker not in self._workers:
            return
        self._workers.discard(worker)
        self._busy.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        for job in left:
            job.given = False
        self._refill()
        self._dispatch()

    def _dispatch(self) -> None:
        while (job := next((job for job in self._queue if not job.given), None)) and (worker := self._free()):
            job.given = True
            if not worker.idle:
                job.alarms.append(asyncio.get_running_loop().call_later(EARLY_SECONDS, self._take_back, job))
            self._busy.add(worker)
            worker.run(job)

    def _free(self) -> Place | None:
        """A process without a job; if there is none, one whose job has only just begun."""
        if self._idle and len(self._busy) < self._terms.workers:
            return self._idle.pop()
        return next((worker for worker in self._busy if worker.nearly_free(EARLY_SECONDS)), None)

    def _take_back(self, job: Job) -> None:
        """Give a job that was given too early to whoever is free now; the first of the two answers counts."""
        if job in self._queue:
            job.given = False
            self._dispatch()

    def _give_up(self, job: Job) -> None:
        del self._queue[job]
        job.end(Busy())

    def _refill(self) -> None:
        missing = self._terms.workers + self._terms.spares - self.ready - self._expected
        if not self._closing.is_set():
            self._expected += missing
            for _ in range(missing):
                task = asyncio.create_task(self._replace())
                self._starting.add(task)
                task.add_done_callback(self._starting.discard)

    async def _replace(self) -> None:
        """Start one more worker; where that fails try again, less and less often, until the pool is closed."""
        pause = FIRST_PAUSE
        while not self._closing.is_set():
            try:
                worker = await self._start()
            except START_FAILURES as error:
                if not self._closing.is_set():
                    log.error("a worker did not start (%s); the next attempt is in %.1f s", error, pause)  # noqa: TRY400
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self._expected -= 1
                self._idle.insert(0, worker)  # below those that have run something and are warm
                self._dispatch()
                return

    async def _start(self) -> Place:
        """Start a place and wait until it says that it is ready."""
        worker = await self._places.start(self)
        self._workers.add(worker)
        try:
            await asyncio.wait_for(worker.ready, START_SECONDS)
        except START_FAILURES:
            worker.stop(Lost())
            raise
        if worker not in self._workers:
            raise Lost  # it was stopped as soon as it was ready
        return worker
