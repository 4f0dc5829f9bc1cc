"""Places on a Dask cluster: a pool's, as those of this machine are, with the queue and the terms of this server.

Dask carries the bytes of a request to a node and those of its answer back. When a node is lost, Dask gives what it had
to another; how often is the scheduler's `allowed-failures`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from math import nan
from uuid import uuid4

from distributed import Client

from app.pool import node
from app.pool.job import Job, Lost, Owner, RunError

CONNECT_SECONDS = 5.0
SIGN_SECONDS = 10.0  # that a node has to say that it is there
PAUSE_SECONDS = 5.0  # between two such signs
RUNNING = "running"  # what a client is that has its scheduler

Task = Callable[..., Awaitable[bytes]]

log = logging.getLogger(__name__)


class Cluster:
    """One server's way to a cluster. From its first place until it is closed it belongs to one event loop."""

    def __init__(self, address: str, target: str) -> None:
        self.name = f"{target} on {address}"
        self._address = address
        self._target = target
        self._one_at_a_time = asyncio.Lock()
        self._client: Client | None = None

    async def start(self, owner: Owner) -> "Remote":
        """A place that is about to be ready; OSError or TimeoutError if the scheduler does not answer."""
        async with self._one_at_a_time:
            if self._client is None or self._client.status == "closed":
                self._client = await Client(
                    self._address,
                    asynchronous=True,
                    direct_to_workers=True,
                    set_as_default=False,
                    timeout=CONNECT_SECONDS,
                )
        if self._client.status != RUNNING:
            raise ConnectionError("the scheduler does not answer")
        return Remote(self._client, self._target, owner)

    async def close(self) -> None:
        """Leave the cluster; its nodes stay."""
        if self._client is not None:
            await self._client.close()
            self._client = None


class Remote:
    """A place on whichever node is free. `ready` is done once one has answered."""

    def __init__(self, client: Client, target: str, owner: Owner) -> None:
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.walls: frozenset[str] = frozenset()
        self._client = client
        self._target = target
        self._owner = owner
        self._job: Job | None = None
        self._alarm: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] = asyncio.create_task(self._wait(0.0))

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do here."""
        return self._job is None

    def nearly_free(self, seconds: float) -> bool:  # noqa: ARG002  # as a pool asks it
        """No: what is sent ahead could not be taken back."""
        return False

    def run(self, job: Job) -> None:
        """Send the job to a node, and wait for no longer than it may take."""
        self._task.cancel()
        self._job = job
        seconds, late = self._owner.begun(self, job)
        self._alarm = asyncio.get_running_loop().call_later(seconds, self.stop, late)
        self._task = asyncio.create_task(self._answer(job))

    def worked(self) -> float:
        """What a node has used nobody tells us."""
        return nan

    def step_back(self) -> bool:
        """No: how the processes of a node share its time is the node's to say."""
        return False

    def stop(self, reason: RunError) -> None:
        """Expect nothing more from here, and end the job with `reason`; its node is told."""
        self._task.cancel()
        if not self.ready.done():
            self.ready.set_exception(reason)
        self._end(reason)
        self._owner.ended(self, reason, ())

    async def _wait(self, pause: float) -> None:
        """Have a node say every now and then that it is there, until there is something to run."""
        while True:
            await asyncio.sleep(pause)
            try:
                async with asyncio.timeout(SIGN_SECONDS):
                    outcome = await self._ask(node.ready, self._target)
            except TimeoutError:
                outcome = Lost()
            if isinstance(outcome, RunError):
                self.stop(outcome)
                return
            if not self.ready.done():
                self.ready.set_result(None)
            pause = PAUSE_SECONDS

    async def _answer(self, job: Job) -> None:
        key = f"run-{uuid4().hex}"
        outcome = await self._ask(node.run, self._target, key, job.request, key=key)
        self._end(outcome)
        self._task = asyncio.create_task(self._wait(PAUSE_SECONDS))
        self._owner.freed(self)

    async def _ask(self, task: Task, *given: str | bytes, key: str | None = None) -> bytes | RunError:
        """What a node says to a task; Lost for whatever goes wrong on the way."""
        future = self._client.submit(task, *given, key=key, pure=False)
        reply = asyncio.ensure_future(future.result())
        reply.add_done_callback(lambda done: done.cancelled() or done.exception())  # seen, if nobody waits any more
        try:
            # Shielded: Dask fetches many results together, and cancelling one of them would cancel the others.
            outcome, self.walls = node.heard(await asyncio.shield(reply))
        except Exception as error:  # noqa: BLE001  # a node's may be any
            log.warning("the cluster has no answer: %r", error)
            return Lost()
        finally:
            future.release()
        return outcome

    def _end(self, outcome: bytes | RunError) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if self._job is not None:
            self._job.end(outcome)
            self._job = None
