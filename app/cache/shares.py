"""One run for requests that are equal while the first of them is under way: a class that opens a link asks for one."""

from dataclasses import dataclass

from app.clients.identity import Client
from app.pool.job import Job
from app.pool.workers import Pool


@dataclass(slots=True, eq=False)
class Run:
    """A job, and how many wait for it."""

    job: Job
    waiting: int = 0


class Share:
    """The part of one of those who wait for a run, which is given up when nobody is left."""

    def __init__(self, shares: "Shares", run: Run) -> None:
        self.answer = run.job.answer
        self._shares = shares
        self._run: Run | None = run
        run.waiting += 1

    def leave(self) -> None:
        """Wait no longer, whether there was an answer or not."""
        run, self._run = self._run, None
        if run is not None:
            run.waiting -= 1
            if not run.waiting:
                self._shares.end(run)


class Shares:
    """The runs that are under way, by request."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._runs: dict[bytes, Run] = {}

    def __len__(self) -> int:
        return len(self._runs)

    def under_way(self, request: bytes) -> bool:
        """Whether somebody has asked the same and has no answer yet."""
        run = self._runs.get(request)
        return run is not None and not run.job.answer.done()

    def join(self, request: bytes, client: Client) -> Share:
        """Wait with those who asked the same and have no answer yet, or have it run; Busy as from the pool."""
        if not self.under_way(request):
            self._runs[request] = Run(self._pool.submit(request, client))
        return Share(self, self._runs[request])

    def end(self, run: Run) -> None:
        """Nobody waits for a run any more."""
        if self._runs.get(run.job.request) is run:
            del self._runs[run.job.request]
        self._pool.abandon(run.job)
