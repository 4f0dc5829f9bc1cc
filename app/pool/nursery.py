"""The processes of this machine that run programs: forked here, and gone when this is closed."""

import asyncio
import socket

from app.pool.job import Owner
from app.pool.process import Process, Template
from app.pool.worker import Worker
from app.pool.worker_main import FORK, Box
from engine.language.limits import KIB

MARGIN_BYTES = 64 * KIB  # the size of an answer is the engine's budget: this is how far beyond it we still read
START_SECONDS = 20.0


class Nursery:
    """Makes workers, one at a time; whatever else has use for such a process gets it from here as well."""

    def __init__(self, box: Box, answer_bytes: int) -> None:
        self.name = box.target
        self._box = box
        self._most_bytes = answer_bytes + MARGIN_BYTES
        self._template: Template | None = None
        self._gone: set[asyncio.Future[None]] = set()  # of the processes that are not gone yet

    async def start(self, owner: Owner) -> Worker:
        """A worker that is about to be ready; OSError or TimeoutError if there is none."""
        process, channel = await self.fork(FORK)
        worker = Worker(process, self._most_bytes, owner)
        await asyncio.get_running_loop().create_unix_connection(lambda: worker, sock=channel)
        return worker

    async def fork(self, kind: bytes) -> tuple[Process, socket.socket]:
        """A process, and our end of its socket; OSError or TimeoutError if there is none."""
        self._template = self._template or Template(self._box)
        async with asyncio.timeout(START_SECONDS):
            process, channel = await self._template.fork(kind)
        self._gone.add(process.gone)
        process.gone.add_done_callback(self._gone.discard)
        return process, channel

    async def close(self) -> None:
        """Wait until those that were stopped are gone, and fork no more."""
        if self._gone:
            await asyncio.wait(self._gone)
        if self._template is not None:
            self._template.close()
            self._template = None
