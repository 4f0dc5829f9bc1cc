"""One worker as the server sees it: a process, our end of its socket, and the jobs it was given, one at a time.

A job that is given while another runs lies ready in the socket, so that the process need not wait for us between two.
Nothing here trusts the worker's bytes.
"""

import asyncio
import logging
from collections import deque
from time import monotonic
from typing import cast

from app.pool.job import Job, Lost, MemoryUp, Owner, RunError, UsedUp
from app.pool.process import Process
from app.pool.walls import WALLS
from app.pool.worker_main import ANSWER, FAILED, OUT_OF_MEMORY, READY, REQUEST

LOGGED_BYTES = 8 * 1024

log = logging.getLogger(__name__)


class Worker(asyncio.Protocol):
    """A process that runs programs. `ready` is done once it has imported its target, and fails if it never does."""

    def __init__(self, process: Process, most_bytes: int, owner: Owner) -> None:
        self.process = process
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.walls: frozenset[str] = frozenset()  # that stand around it, once it is ready
        self._owner = owner
        self._most_bytes = most_bytes
        self._buffer = bytearray()
        self._jobs: deque[Job] = deque()  # the first one is running
        self._began = 0.0
        self._alarm: asyncio.TimerHandle | None = None  # while one is running
        self._transport: asyncio.Transport | None = None

    def run(self, job: Job) -> None:
        """Run the job when those before it have ended, and stop the process if it takes longer than it may."""
        self._jobs.append(job)
        if self._transport is not None:
            self._transport.write(REQUEST.pack(len(job.request)) + job.request)
        if len(self._jobs) == 1:
            self._begin()

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do here."""
        return not self._jobs

    def nearly_free(self, seconds: float) -> bool:
        """Whether the only job here began less than so long ago: most take no longer."""
        return len(self._jobs) == 1 and monotonic() - self._began < seconds

    def worked(self) -> float:
        """Seconds of a processor that the process has used."""
        return self.process.worked()

    def step_back(self) -> bool:
        """Let all others go first."""
        return self.process.step_back()

    def stop(self, reason: RunError) -> None:
        """End the process now, and its job with `reason`."""
        self.process.kill()
        if self._transport is not None:
            self._transport.abort()
        if not self.ready.done():
            self.ready.set_exception(reason)
        self._end(reason)
        left, self._jobs = self._jobs, deque()
        self._owner.ended(self, reason, left)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport, which for a socket reads and writes."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # why does not matter
        """Notice that the process ended, by itself or by us."""
        self.stop(Lost("it ended or answered nonsense"))

    def data_received(self, data: bytes) -> None:
        """Collect answers, whatever else the bytes may turn out to be."""
        self._buffer += data
        while len(self._buffer) >= ANSWER.size:
            length, last = ANSWER.unpack_from(self._buffer)
            end = ANSWER.size + length
            expected = self._jobs or not self.ready.done()
            if length > self._most_bytes or not expected:
                self.stop(Lost("it ended or answered nonsense"))
                return
            if len(self._buffer) < end:
                return
            answer = bytes(memoryview(self._buffer)[ANSWER.size : end])
            del self._buffer[:end]
            self._answered(answer, last=last)

    def _answered(self, answer: bytes, *, last: bool) -> None:
        if answer.startswith(READY) and not self.ready.done():
            self.walls = standing(answer)
            self.ready.set_result(None)
            return
        found = outcome(answer)
        self._end(found)
        if last:
            self.stop(found if isinstance(found, RunError) else UsedUp())
            return
        if self._jobs:
            self._begin()
        self._owner.freed(self)

    def _begin(self) -> None:
        self._began = monotonic()
        seconds, late = self._owner.begun(self, self._jobs[0])
        self._alarm = asyncio.get_running_loop().call_later(seconds, self.stop, late)

    def _end(self, result: bytes | RunError) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
            job = self._jobs.popleft()
            if job.worker is self or isinstance(result, bytes):  # else it runs elsewhere, and may still succeed
                job.end(result)


def standing(answer: bytes) -> frozenset[str]:
    """The walls that a process says stand around it."""
    return frozenset(WALLS).intersection(answer.removeprefix(READY).decode("ascii", "replace").split())


def outcome(answer: bytes) -> bytes | RunError:
    """Tell the target's answers from what `worker_main` says when there is none."""
    if answer == OUT_OF_MEMORY:
        return MemoryUp()
    if answer.startswith(FAILED):
        text = answer[:LOGGED_BYTES].decode("utf-8", "replace")
        log.error("a program broke its worker: %r", text)
        return Lost()
    return answer
