"""A node of a Dask cluster: runs programs as a single machine does, each in a boxed process of its own.

`dask worker tcp://… --preload app.pool.node` is one, with as many such processes as Dask gives it threads. A task is
the bytes of a request; what comes back is a letter for what became of it, the walls there, a line's end, the answer.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import cast

from distributed import Worker, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from app.pool.job import Busy, Lost, MemoryUp, RunError, TimeUp
from app.pool.pools import terms_of
from app.pool.workers import DOCUMENT, Pool, boxed
from app.settings import Settings

NAME = "autograd-playground"
ANSWERED = b"="
OUTCOMES: dict[bytes, type[RunError]] = {b"b": Busy, b"l": Lost, b"m": MemoryUp, b"t": TimeUp}
LETTERS = {outcome: letter for letter, outcome in OUTCOMES.items()}
UNWANTED = ("cancelled", "released", "forgotten")  # what Dask calls a task whose answer nobody waits for


class Node(WorkerPlugin):
    """The pools of one node, by what they run. It belongs to the event loop of Dask's worker."""

    name = NAME

    def __init__(self) -> None:
        self._pools: dict[str, Pool] = {}
        self._opening = asyncio.Lock()
        self._stopping: dict[str, Callable[[], None]] = {}  # by the task's key
        self._threads = 0

    async def setup(self, worker: Worker) -> None:
        """Be ready to run programs."""
        self._threads = worker.state.nthreads
        await self.pool(DOCUMENT)

    async def teardown(self, worker: Worker) -> None:  # noqa: ARG002  # as Dask calls it
        """Stop everything."""
        for pool in self._pools.values():
            await pool.close()

    def transition(self, key: object, start: str, finish: str, **_: object) -> None:  # noqa: ARG002  # as Dask calls it
        """Stop a program whose answer nobody waits for any more."""
        if finish in UNWANTED and isinstance(key, str) and (stop := self._stopping.pop(key, None)):
            stop()

    async def pool(self, target: str) -> Pool:
        """The pool that runs this function ("module:function")."""
        async with self._opening:
            if target not in self._pools:
                terms = replace(terms_of(Settings()), workers=self._threads)
                pool = Pool(boxed(target, terms), terms)
                await pool.open()
                self._pools[target] = pool
        return self._pools[target]

    async def run(self, target: str, key: str, request: bytes) -> bytes:
        """What became of a request."""
        pool = await self.pool(target)
        try:
            job = pool.submit(request)
            self._stopping[key] = partial(pool.abandon, job)
            letter, answer = ANSWERED, await job.answer
        except RunError as error:
            letter, answer = LETTERS[type(error)], b""
        finally:
            self._stopping.pop(key, None)
        return told(letter, pool, answer)


async def run(target: str, key: str, request: bytes) -> bytes:
    """The task: `Node.run` on whichever node it comes to."""
    return await _here().run(target, key, request)


async def ready(target: str) -> bytes:
    """The task that says that a node can run this function, and the walls there."""
    return told(ANSWERED, await _here().pool(target))


def told(letter: bytes, pool: Pool, answer: bytes = b"") -> bytes:
    """What a node sends back."""
    walls = " ".join(sorted(pool.walls)) if pool.ready else ""
    return b"%b%b\n%b" % (letter, walls.encode(), answer)


def heard(reply: object) -> tuple[bytes | RunError, frozenset[str]]:
    """The same as it is understood: the answer or why there is none, and the walls around it."""
    if not isinstance(reply, bytes):
        return Lost(), frozenset()
    head, _, answer = reply.partition(b"\n")
    walls = frozenset(head[1:].decode("ascii", "replace").split())
    return (answer if head[:1] == ANSWERED else OUTCOMES.get(head[:1], Lost)()), walls


def _here() -> Node:
    return cast(Node, get_worker().plugins[NAME])


async def dask_setup(worker: Worker) -> None:
    """Make a node of a worker; Dask calls this because of `--preload app.pool.node`."""
    await worker.plugin_add(Node(), name=NAME)
