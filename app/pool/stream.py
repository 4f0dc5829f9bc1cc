"""A program that tells of itself while it runs, in a process of its own, to at most one client.

The process makes a frame when the last one has been taken, so nothing piles up for a client that reads slowly. One that
has left finds its stream again for a while: the program waits, or has ended. What was sent last is kept for it, within
bounds; the last event is always there.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncGenerator, Callable
from typing import NamedTuple, cast

import orjson

from app.clients.identity import NOBODY, Client
from app.pool.job import Lost, RunError, TimeUp
from app.pool.nursery import MARGIN_BYTES
from app.pool.process import Process
from app.pool.worker import outcome
from app.pool.worker_main import ANSWER, READY, REQUEST
from app.pool.workers import MARGIN_SECONDS
from engine.language.limits import KIB, Limits

EVENT_BYTES = Limits.stream().answer_bytes + MARGIN_BYTES
CHECKED, FRAME = b".", b"~"  # what an event begins with that is not the last one
HEARTBEAT = 10.0  # seconds of silence before a sign of life
KEPT_BYTES = 256 * KIB  # of what was sent, for a client that lost its connection
SAID_BYTES = 64 * KIB  # that may wait until the program hears it
LEFT_SECONDS = 60.0  # that a stream waits for its client to come back
CANCEL_SECONDS = 5.0  # that a process has to answer with what its program has done so far
TOKEN_BYTES = 16


class Stopped(RunError):
    """The server is shutting down."""


class Event(NamedTuple):
    """One event of a stream; `result` is what the process said, or why it says nothing."""

    number: int
    result: bytes | RunError
    last: bool


class Stream(asyncio.Protocol):
    """A program in a process of its own. `checked` is done once it is known to be one, or has failed to be."""

    def __init__(
        self, process: Process, request: bytes, seconds: float, late: Callable[[], None], client: Client = NOBODY
    ) -> None:
        loop = asyncio.get_running_loop()
        self.client = client
        self.token = secrets.token_urlsafe(TOKEN_BYTES)
        self.checked: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[None] = loop.create_future()
        self.left: float | None = loop.time()  # since when nobody reads
        self.stuck: float | None = None  # since when its reader has not taken what it was given
        self.events: deque[Event] = deque()
        self._process = process
        self._request = request
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self._news = asyncio.Event()
        self._next = 0  # the number of the next event: the first, 0, is that the program has been checked
        self._bytes = 0  # in `events`
        self._asked = False  # for the next frame
        self._readers = 0
        self._late = late  # called some time after nobody reads any more
        loop.call_later(LEFT_SECONDS + MARGIN_SECONDS, late)
        self._alarm = loop.call_later(seconds, self.stop, TimeUp())

    async def read(self, after: int) -> AsyncGenerator[Event | None]:
        """The events after that number as they come, None for a sign of life; a new reader takes an old one's place."""
        self._readers = reader = self._readers + 1
        self._news.set()
        self.left = self.stuck = None
        after = min(after, self._next - 1)  # nobody has had what is still to come
        try:
            if after < 0 < min([event.number for event in self.events], default=0):
                yield Event(0, CHECKED, last=False)
            while reader == self._readers:
                event = next((event for event in self.events if event.number > after), None)
                if event is not None:
                    after = event.number
                    self.stuck = asyncio.get_running_loop().time()
                    yield event
                    self.stuck = None
                elif self.ended.done():
                    return
                elif not await self._more():
                    yield None
        finally:
            if reader == self._readers:
                self._leave()

    @property
    def deserted(self) -> bool:
        """Whether it had a reader, who has left."""
        return self.left is not None and self._readers > 0

    @property
    def newest(self) -> Event | None:
        """The last event so far."""
        return self.events[-1] if self.events else None

    def tell(self, **said: object) -> None:
        """Tell the program something."""
        message = orjson.dumps(said)
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(REQUEST.pack(len(message)) + message)

    @property
    def deaf(self) -> bool:
        """Whether the program has not heard for long what it was told."""
        return self._transport is not None and self._transport.get_write_buffer_size() > SAID_BYTES

    def cancel(self) -> None:
        """Have the program end with what it has done so far; one that does not listen is stopped."""
        self.tell(action="cancel")
        asyncio.get_running_loop().call_later(CANCEL_SECONDS, self.stop, Lost())

    def stop(self, reason: RunError) -> None:
        """End the process now."""
        self._process.kill()
        if self._transport is not None:
            self._transport.abort()
        self._add(reason, last=True)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport, which for a socket reads and writes."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(REQUEST.pack(len(self._request)) + self._request)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # why does not matter
        """Notice that the process ended, by itself or by us."""
        self.stop(Lost())

    def data_received(self, data: bytes) -> None:
        """Collect events, whatever else the bytes may turn out to be."""
        self._buffer += data
        while len(self._buffer) >= ANSWER.size:
            length, last = ANSWER.unpack_from(self._buffer)
            end = ANSWER.size + length
            if length > EVENT_BYTES:
                self.stop(Lost())
                return
            if len(self._buffer) < end:
                return
            said = bytes(memoryview(self._buffer)[ANSWER.size : end])
            del self._buffer[:end]
            self._hear(said, last=last)

    def _hear(self, said: bytes, *, last: bool) -> None:
        """Take in what the process says."""
        if last:
            self._add(outcome(said), last=True)
            self.stop(Lost())
        elif said.startswith((CHECKED, FRAME)):
            self._asked = self._asked and not said.startswith(FRAME)
            self._add(said, last=False)
        elif not said.startswith(READY):
            self.stop(Lost())

    def _add(self, result: bytes | RunError, *, last: bool) -> None:
        """Keep an event for the reader, and no more of the old ones than there is room for."""
        if self.ended.done():
            return
        self.events.append(Event(self._next, result, last))
        self._next += 1
        self._bytes += _size(self.events[-1])
        while self._bytes > KEPT_BYTES and len(self.events) > 1:
            self._bytes -= _size(self.events.popleft())
        if not self.checked.done():
            self.checked.set_result(None)
        if last:
            self._alarm.cancel()
            self.ended.set_result(None)
        self._news.set()

    async def _more(self) -> bool:
        """Ask for the next frame and wait for news; False if there is none for long."""
        if not self._asked:
            self._asked = True
            self.tell(action="take")
        self._news.clear()
        try:
            async with asyncio.timeout(HEARTBEAT):
                return await self._news.wait()
        except TimeoutError:
            return False

    def _leave(self) -> None:
        """Nobody reads any more: the program may wait."""
        loop = asyncio.get_running_loop()
        self.left, self.stuck = loop.time(), None
        loop.call_later(LEFT_SECONDS + MARGIN_SECONDS, self._late)
        self._asked = False
        self.tell(action="leave")


def _size(event: Event) -> int:
    return len(event.result) if isinstance(event.result, bytes) else 0
