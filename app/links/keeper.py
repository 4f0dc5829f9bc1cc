"""The store, for the event loop: its threads wait, the loop does not, and what goes wrong has a name.

A store that is away keeps nobody else from being answered. It is asked again each time.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from math import inf
from time import monotonic
from typing import TypeVar

from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.links.state import LinkState
from app.links.store import Answer, Kept, Made, Store

THREADS = 4
SECONDS = 6.0  # the longest a request waits for the store
MOST = 200  # requests that wait for it
REACH_SECONDS = 1.0  # in which a store answers that can be reached; it is asked that no more often
NOBODYS = ""  # no link has this name
CLEARING_SECONDS = 3_600.0
FULL_SQLITE = 13  # SQLITE_FULL
FULL_POSTGRESQL = "53100"  # disk_full

Result = TypeVar("Result")

log = logging.getLogger(__name__)


class Away(Exception):
    """The store does not answer, or cannot be written to."""


class Full(Away):
    """There is no room left for another link."""


class Keeper:
    """The links of one application. From `open` to `close` it belongs to one event loop."""

    def __init__(self, url: str, days: int | None) -> None:
        self._store = Store(url, days, THREADS)
        self._threads = ThreadPoolExecutor(THREADS, "links")
        self._waiting = 0
        self._clearing: asyncio.Task[None] | None = None
        self._reaching = asyncio.Lock()
        self._reached: tuple[float, bool] = (-inf, False)  # when it was last asked, and whether it answered

    async def open(self) -> None:
        """From now on keep the store clear, which begins with preparing it; nobody waits for that."""
        self._clearing = asyncio.create_task(self._clear())

    async def close(self) -> None:
        """Let go of the store."""
        if self._clearing is not None:
            self._clearing.cancel()
        self._threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._store.close)

    async def make(self, state: LinkState, answer: Answer) -> Made:
        """Keep a state."""
        return await self._ask(lambda: self._store.make(state, answer))

    async def find(self, name: str) -> Kept | None:
        """The link of this name, if there is one."""
        return await self._ask(lambda: self._store.find(name))

    async def give_up(self, name: str, token: str) -> bool:
        """End one holder's hold; whether the link is gone with it."""
        return await self._ask(lambda: self._store.give_up(name, token))

    async def reachable(self) -> bool:
        """Whether the store can be read."""
        async with self._reaching:
            if monotonic() - self._reached[0] > REACH_SECONDS:
                reached = False
                with suppress(Away, TimeoutError):
                    async with asyncio.timeout(REACH_SECONDS):
                        await self.find(NOBODYS)
                        reached = True
                self._reached = monotonic(), reached
        return self._reached[1]

    async def _clear(self) -> None:
        while True:
            with suppress(Away):
                await self._ask(self._store.clear)
            await asyncio.sleep(CLEARING_SECONDS)

    async def _ask(self, question: Callable[[], Result]) -> Result:
        if self._waiting >= MOST:
            raise Away
        self._waiting += 1
        try:
            async with asyncio.timeout(SECONDS):
                return await asyncio.get_running_loop().run_in_executor(self._threads, question)
        except TimeoutError:
            log.warning("links: the store did not answer in %g seconds", SECONDS)
            raise Away from None
        except (SQLAlchemyError, CommandError, OSError) as error:
            log.warning("links: %s", getattr(error, "orig", None) or error)
            raise (Full if _is_full(error) else Away) from error
        finally:
            self._waiting -= 1


def _is_full(error: Exception) -> bool:
    """Whether the disk is, in the words of either database."""
    original = error.orig if isinstance(error, DBAPIError) else None
    if getattr(original, "sqlite_errorcode", None) == FULL_SQLITE:
        return True
    told = original.args[0] if original and original.args else None
    return isinstance(told, dict) and told.get("C") == FULL_POSTGRESQL
