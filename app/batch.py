"""Many programs in one request: run in slices by all workers, answered in order as they get done.

A slice takes a moment only, and all batches together have no more slices under way than there are workers: whoever
asks for a single program meanwhile waits no longer than that. Where a slice breaks its process, its programs are run
one by one, so that one of them has the problem and the others their graphs. What is done ahead of a reader is a few
slices, however large the answers are: who does not read, holds up nobody else and little memory.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, aclosing, suppress
from dataclasses import dataclass
from math import inf
from time import monotonic

import msgspec
import orjson
from fastapi import Request
from fastapi.responses import StreamingResponse
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from app.evaluate import ask, exceeded, unwrap
from app.http.body import parse, too_large
from app.http.errors import BUSY, ENDING, Problem
from app.schemas import LIMITS, GraphRequest
from app.services import services

SLICE_SECONDS = 0.02
GROUP = 32  # programs that are taken together
AHEAD = 2  # slices of a group that may lie there until they are read
BATCHES = 8  # that a server answers at a time
PIECE = 65_536  # bytes that are written at once: more would lie with the server where nobody reads
PAUSE = 0.1  # seconds before a slice that found no place asks again


class Slice(msgspec.Struct):
    """What a worker says to a slice: whether each program is right, and its graph or its problem."""

    answers: list[tuple[bool, msgspec.Raw]]


class Read:
    """The answers of a group on their way to the reader."""

    def __init__(self) -> None:
        self._slices: asyncio.Queue[list[bytes] | None] = asyncio.Queue()
        self._room = asyncio.Semaphore(AHEAD)

    async def room(self) -> None:
        """Wait until there is room for one more slice."""
        await self._room.acquire()

    def put(self, answers: list[bytes] | None) -> None:
        """Lay a slice there; None is the end."""
        self._slices.put_nowait(answers)

    async def take(self) -> list[bytes] | None:
        """The next slice."""
        found = await self._slices.get()
        self._room.release()
        return found


@dataclass(frozen=True, slots=True)
class Batch:
    """The programs of one request, the parts of their graphs that are wanted, and when their time is over."""

    request: Request
    programs: Sequence[bytes]
    fields: Sequence[str]
    ends: float

    async def answers(self) -> AsyncGenerator[list[bytes]]:
        """The answers, slice by slice, in the order of the programs, as long as there is somebody to take them."""
        waiting = deque(range(0, len(self.programs), GROUP))
        under_way: deque[tuple[Read, asyncio.Task[None]]] = deque()
        try:
            while waiting or under_way:
                while waiting and len(under_way) <= services(self.request).settings.workers:
                    read = Read()
                    under_way.append((read, asyncio.create_task(self._group(waiting.popleft(), read))))
                read, task = under_way[0]
                while (found := await read.take()) is not None:
                    if found:
                        yield found
                under_way.popleft()
                await task
        except ClientDisconnect:
            return
        finally:
            for _, task in under_way:
                task.cancel()

    async def _group(self, first: int, read: Read) -> None:
        """Answer some programs that stand beside each other."""
        asked, refused = await self._taken(first)
        together = GROUP
        try:
            while asked or refused:
                await read.room()
                found, together = await self._next(asked, together)
                end = min(asked, default=inf)
                found |= {place: refused.pop(place) for place in tuple(refused) if place < end}
                read.put([b'{"index":%d,%b}' % (place, found[place]) for place in sorted(found)])
        finally:
            read.put(None)

    async def _taken(self, first: int) -> tuple[dict[int, bytes], dict[int, bytes]]:
        """The programs of a group as a worker takes them, and the answers to those that are no requests."""
        asked: dict[int, bytes] = {}
        refused: dict[int, bytes] = {}
        for place, program in enumerate(self.programs[first : first + GROUP], first):
            try:
                asked[place] = self._asked(program)
            except Problem as problem:
                refused[place] = self._refused(problem)
            await asyncio.sleep(0)  # others have their turn: what is wrong with a large one takes a while to say
        return asked, refused

    async def _next(self, asked: dict[int, bytes], together: int) -> tuple[dict[int, bytes], int]:
        """The answers to the first programs of those that are left, which then are not; and how many to ask next."""
        places = list(asked)[:together]
        if not places:
            return {}, together
        try:
            answers = await self._slice([asked[place] for place in places])
        except Problem as problem:
            if len(places) > 1 and monotonic() < self.ends:
                return {}, 1
            answers = [self._refused(problem)]
        found = dict(zip(places, answers, strict=False))  # a slice may end before its last program
        for place in found:
            del asked[place]
        return found, together

    async def _slice(self, requests: Sequence[bytes]) -> list[bytes]:
        """The answers to the first of some requests, as far as a slice goes."""
        payload = b'{"verb":"batch","source":"","seconds":%f,"requests":[%b]}' % (SLICE_SECONDS, b",".join(requests))
        while monotonic() < self.ends:
            if services(self.request).ending.is_set():
                raise Problem(ENDING, ENDING.meaning)
            if await self.request.is_disconnected():
                raise ClientDisconnect
            try:
                async with services(self.request).slices:
                    answer = await ask(self.request, payload, 0)
            except Problem as problem:
                if problem.kind is not BUSY:
                    raise
                await asyncio.sleep(PAUSE)
            else:
                return [self._answer(*one) for one in msgspec.json.decode(answer, type=Slice).answers]
        raise exceeded("batch_seconds")

    def _asked(self, program: bytes) -> bytes:
        """A program as a worker takes it; a Problem where it is no request, or a larger one than may come alone."""
        if len(program) > LIMITS.body_bytes:
            raise too_large("body_bytes")
        return orjson.dumps({"verb": "graph", **parse(program, GraphRequest).model_dump(), "fields": self.fields})

    def _answer(self, right: bool, answer: msgspec.Raw) -> bytes:  # noqa: FBT001  # as a worker says it
        try:
            return b'"document":%b,"problem":null' % unwrap((b"+" if right else b"-") + bytes(answer))
        except Problem as problem:
            return self._refused(problem)

    def _refused(self, problem: Problem) -> bytes:
        return b'"document":null,"problem":%b' % problem.document(self.request.scope).encode()


async def lines(batch: Batch) -> AsyncGenerator[bytes]:
    """The answers as JSON lines."""
    async with aclosing(batch.answers()) as groups:
        async for group in groups:
            for piece in _pieces(b"\n".join([*group, b""])):
                yield piece


async def listed(batch: Batch) -> AsyncGenerator[bytes]:
    """The answers as one JSON document."""
    before = b'{"answers":['
    async with aclosing(batch.answers()) as groups:
        async for group in groups:
            for piece in _pieces(before + b",".join(group)):
                yield piece
            before = b","
    yield (before if not batch.programs else b"") + b"]}"


def _pieces(content: bytes) -> Iterator[bytes]:
    return (content[start : start + PIECE] for start in range(0, len(content), PIECE))


class Written(StreamingResponse):
    """The answers of a batch, which has a place; for so many seconds at most, however slowly they are read."""

    def __init__(
        self,
        answers: AsyncGenerator[bytes],
        place: AbstractContextManager[None],
        seconds: float,
        headers: Mapping[str, str],
        media_type: str,
    ) -> None:
        super().__init__(answers, headers=headers, media_type=media_type)
        self._answers, self._place, self._seconds = answers, place, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; a reader who is too slow has no end of it."""
        with self._place, suppress(TimeoutError):
            async with aclosing(self._answers), asyncio.timeout(self._seconds):
                await super().__call__(scope, receive, send)
