"""Many requests run in a process that has a worker's bounds; where it falls, the request that did it is found."""

import multiprocessing
import resource
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as Late
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from app.pool.walls import STACK_BYTES
from engine import document
from tests.fuzz.judged import fault
from tests.fuzz.written import request

BATCH = 500
CPU_SECONDS = 0.2  # of a program: what has no end would otherwise take most of the time; over HTTP it is what it is
PATIENCE = 240.0  # seconds on the clock for a batch: the machine may have other things to do
BATCHES = 40  # of a process, as a worker is replaced now and then


@dataclass
class Found:
    """What came of so many programs."""

    programs: Counter[str] = field(default_factory=Counter)  # by kind
    faults: dict[int, str] = field(default_factory=dict)  # by the request's number

    def add(self, other: "Found") -> None:
        """Count another part in."""
        self.programs += other.programs
        self.faults |= other.faults


def bounded(*, memory: bool = True) -> None:
    """Take the memory and the stack of a worker, and a fifth of its time."""
    resource.setrlimit(resource.RLIMIT_STACK, (STACK_BYTES, resource.getrlimit(resource.RLIMIT_STACK)[1]))
    if memory:
        resource.setrlimit(resource.RLIMIT_AS, (document.LIMITS.worker_bytes, document.LIMITS.worker_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    document.LIMITS = replace(document.LIMITS, cpu_seconds=CPU_SECONDS)


def run(first: int, count: int) -> Found:
    """Run so many requests here."""
    found = Found()
    for number in range(first, first + count):
        kind, asked = request(number)
        found.programs[kind] += 1
        if wrong := fault(asked):
            found.faults[number] = wrong
    return found


class Child:
    """A process that runs batches, and is started again where it falls or does not come back."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def run(self, first: int, count: int, patience: float = PATIENCE) -> Found:
        """Run so many requests there; what ends the process is looked for half by half."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                1, multiprocessing.get_context("spawn"), bounded, max_tasks_per_child=BATCHES
            )
        try:
            return self._pool.submit(run, first, count).result(patience)
        except (BrokenProcessPool, Late) as error:
            self.stop()
            if count == 1:
                return Found(Counter(), {first: "hangs" if isinstance(error, Late) else "crashes the process"})
        half, found = count // 2, Found()
        found.add(self.run(first, half, patience))
        found.add(self.run(first + half, count - half, patience))
        return found

    def stop(self) -> None:
        """End the process, whatever it does."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in pool._processes.values():
                process.kill()
            pool.shutdown(cancel_futures=True)


@contextmanager
def child() -> Iterator[Child]:
    """Such a process until the block ends."""
    made = Child()
    try:
        yield made
    finally:
        made.stop()


def fuzzed(first: int, seconds: float, batch: int = BATCH) -> Iterator[Found]:
    """Batch after batch, as long as there is time."""
    end = time.monotonic() + seconds
    with child() as process:
        while time.monotonic() < end:
            yield process.run(first, batch)
            first += batch
