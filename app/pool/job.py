"""A program on its way to an answer, what may become of it, and what is asked of the places where programs run.

A job's `answer` is a worker's bytes or one of the errors below.
"""

import asyncio
from collections.abc import Callable, Iterable
from math import isnan
from time import monotonic
from typing import ClassVar, Protocol

from app.clients.identity import NOBODY, Client


class RunError(Exception):
    """There is no answer, or there will be none from here any more; `word` is for those who count."""

    word: ClassVar[str] = "lost"


class Busy(RunError):
    """No process was free in time: ask again later."""

    word = "given-up"


class TimeUp(RunError):
    """The program ran until it was stopped."""

    word = "time"


class MemoryUp(RunError):
    """The program needed more memory than there is for one."""

    word = "memory"


class Lost(RunError):
    """The process ended, or answered nonsense: not necessarily the program's fault."""


class UsedUp(RunError):
    """The process has done its part: another takes its place."""

    word = "used-up"


class Job:
    """A request of somebody's on its way to an answer."""

    __slots__ = ("alarms", "answer", "asked", "began", "client", "given", "held", "over", "request", "worked", "worker")

    def __init__(self, request: bytes, client: Client = NOBODY) -> None:
        self.request = request
        self.client = client
        self.answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.asked = self.began = monotonic()
        self.alarms: list[asyncio.TimerHandle] = []  # of what happens if it does not begin, or end, soon
        self.given = False  # to a process that is, or soon will be, free for it
        self.held = False  # one of its client's slots
        self.worker: Place | None = None  # where it runs
        self.worked = 0.0  # seconds that was at work before
        self.over: Callable[[Job], None] | None = None  # called when it has ended

    def begin(self, worker: "Place") -> None:
        """Leave the queue."""
        self.worker = worker
        self.began = monotonic()
        self.worked = worker.worked()
        self._silence()

    def used(self) -> float:
        """Seconds of a processor that it has had; of time, where nobody knows."""
        had = self.worker.worked() - self.worked if self.worker is not None else 0.0
        return monotonic() - self.began if isnan(had) else had

    def end(self, result: bytes | RunError) -> None:
        """Give the answer, or say why there is none; nobody may be listening any more."""
        self._silence()
        over, self.over = self.over, None
        if over is not None:
            over(self)
        if self.answer.done():
            return
        if isinstance(result, RunError):
            self.answer.set_exception(result)
        else:
            self.answer.set_result(result)

    def _silence(self) -> None:
        while self.alarms:
            self.alarms.pop().cancel()


class Place(Protocol):
    """Where programs run, one at a time. `ready` is done once they can, and fails if they never will."""

    ready: asyncio.Future[None]
    walls: frozenset[str]  # that stand around a program, once it is ready

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do here."""

    def nearly_free(self, seconds: float) -> bool:
        """Whether the only job here began less than so long ago, so that another may be given already."""

    def run(self, job: Job) -> None:
        """Run the job when those before it have ended."""

    def worked(self) -> float:
        """Seconds of a processor that it has used; nan where that is not known."""

    def step_back(self) -> bool:
        """Let all others go first, from now to the end; False where there is no such thing."""

    def stop(self, reason: RunError) -> None:
        """End it now, and its job with `reason`."""


class Owner(Protocol):
    """Who is told what becomes of a place."""

    def begun(self, worker: Place, job: Job) -> tuple[float, RunError]:
        """The job is running from now on; says for how many seconds it may, and how it ends if that is not enough."""

    def freed(self, worker: Place) -> None:
        """The worker has answered and can be given another job."""

    def ended(self, worker: Place, why: RunError, left: Iterable[Job]) -> None:
        """The worker is gone, why, and these jobs were not begun; it may be said more than once."""
