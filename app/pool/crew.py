"""The places of a pool: started, replaced when one is gone, and stopped together."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from app.pool.job import Busy, Lost, Owner, Place, RunError
from app.pool.nursery import START_SECONDS

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0  # seconds between two attempts at starting what does not start

START_FAILURES = (OSError, RunError, TimeoutError)

log = logging.getLogger(__name__)


class Places(Protocol):
    """Where a pool has its places from."""

    name: str

    async def start(self, owner: Owner) -> Place:
        """One more, about to be ready; one of START_FAILURES if there is none."""

    async def close(self) -> None:
        """Let go of what they stood on: all of them are stopped."""


class Crew:
    """So many places. From `open` to `close` it belongs to one event loop."""

    def __init__(self, places: Places, size: int, owner: Owner, arrived: Callable[[Place], None]) -> None:
        self._places = places
        self._size = size
        self._owner = owner
        self._arrived = arrived  # told of each that is ready
        self._there: set[Place] = set()  # also those that are still starting
        self._starting: set[asyncio.Task[None]] = set()
        self._expected = 0  # places that are starting
        self._closing = asyncio.Event()
        self._closing.set()  # until it is opened

    def __contains__(self, place: Place) -> bool:
        return place in self._there

    @property
    def closing(self) -> bool:
        """Whether nothing is to be started any more, or yet."""
        return self._closing.is_set()

    async def open(self) -> None:
        """Start the places, and return when the first one is ready; RuntimeError if it does not start."""
        self._expected = 0
        self._closing = asyncio.Event()
        try:
            first = await self._start()
        except START_FAILURES as error:
            await self.close()
            raise RuntimeError(f"no worker could be started for {self._places.name}") from error
        self._arrived(first)
        self.refill(1)

    async def close(self) -> None:
        """Stop everything; when this returns nothing is left."""
        self._closing.set()
        while self._starting or self._there:
            for place in tuple(self._there):
                place.stop(Busy())
            if self._starting:
                await asyncio.wait(self._starting)
        await self._places.close()

    def leave(self, place: Place) -> None:
        """One is gone."""
        self._there.discard(place)

    def refill(self, ready: int) -> None:
        """Start what is missing, where so many are ready."""
        missing = self._size - ready - self._expected
        if not self.closing:
            self._expected += missing
            for _ in range(missing):
                task = asyncio.create_task(self._replace())
                self._starting.add(task)
                task.add_done_callback(self._starting.discard)

    async def _replace(self) -> None:
        """Start one more; where that fails try again, less and less often, until all is closed."""
        pause = FIRST_PAUSE
        while not self.closing:
            try:
                place = await self._start()
            except START_FAILURES as error:
                if not self.closing:
                    log.error("a worker did not start (%s); the next attempt is in %.1f s", error, pause)  # noqa: TRY400
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closing.wait(), pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self._expected -= 1
                self._arrived(place)
                return

    async def _start(self) -> Place:
        """Start a place and wait until it says that it is ready."""
        place = await self._places.start(self._owner)
        self._there.add(place)
        try:
            await asyncio.wait_for(place.ready, START_SECONDS)
        except START_FAILURES:
            place.stop(Lost())
            raise
        if place not in self._there:
            raise Lost  # it was stopped as soon as it was ready
        return place
