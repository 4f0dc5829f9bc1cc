"""A load of constant rate: requests leave when they are due, whatever has become of those before them.

The registries have no generator that keeps its rate while the server stalls (wrk waits for answers), so this one is
ours: sockets, and one process. A client is an address of its own, with as many connections as it needs: it says so as
a proxy would, because what comes from the machine itself has no limits. A time counts from when the request was due:
what stalls, the server or the generator, is in it, and `late` says how much of it is the generator's.
"""

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from ipaddress import IPv4Address
from math import ceil
from typing import NamedTuple

FIRST = IPv4Address("127.0.0.1")  # where the connections of the clients come from
HOME = IPv4Address("198.18.0.1")  # and what they say: the network that is set aside for such trials
PATIENCE = 15.0  # seconds for an answer
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
CLOSING = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
BODILESS = (204, 304)
PROBLEM = 400
NONE = 0  # the status of a request without an answer


class Shot(NamedTuple):
    """A request, and when it is due: in seconds after the beginning."""

    at: float
    request: bytes
    kind: str = ""
    client: int = 0


class Hit(NamedTuple):
    """What became of a shot: its status, its head, what stands for its body, and how long after it was due."""

    shot: Shot
    status: int
    seconds: float
    late: float  # seconds after it was due that it left
    head: bytes
    body: bytes  # a digest of what was asked for, a problem as it is
    ended: float  # by the event loop's clock, which is the system's monotonic one


class Line(asyncio.Protocol):
    """One connection, and the answer it waits for."""

    def __init__(self) -> None:
        self.open = False
        self._buffer = bytearray()
        self._answer: asyncio.Future[tuple[bytes, bytes]] | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # a socket's reads and writes
        self.open = True

    def connection_lost(self, exc: Exception | None) -> None:
        self.open = False
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n") + 4
        if end < 4 or self._answer is None or self._answer.done():
            return
        head = bytes(self._buffer[:end])
        if self._whole(head, end):
            body = bytes(self._buffer[end:])
            self._buffer.clear()
            self.open = not CLOSING.search(head)
            self._answer.set_result((head, body if status(head) >= PROBLEM else digest_of(body)))

    def _whole(self, head: bytes, end: int) -> bool:
        if CHUNKED.search(head):
            return self._buffer.endswith(b"0\r\n\r\n")
        length = LENGTH.search(head)
        return status(head) in BODILESS or (length is not None and len(self._buffer) >= end + int(length[1]))

    async def ask(self, request: bytes) -> tuple[bytes, bytes]:
        """Send a request; the answer is its head and what stands for its body, once all of it has come."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def close(self) -> None:
        """Hang up."""
        self.open = False
        self._transport.abort()


def digest_of(body: bytes) -> bytes:
    """What stands for a body."""
    return blake2b(body, digest_size=8).digest()


def status(head: bytes) -> int:
    """The status of an answer."""
    return int(head[9:12])


class Gun:
    """Fires shots at a server, and keeps the connections of every client."""

    def __init__(self, port: int, patience: float = PATIENCE) -> None:
        self._port = port
        self._patience = patience
        self._free: dict[int, list[Line]] = defaultdict(list)

    async def fire(self, shots: Iterable[Shot]) -> list[Hit]:
        """Fire each when it is due, and wait until all have their answer, or none."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        flying = []
        for shot in sorted(shots, key=lambda one: one.at):
            if (pause := began + shot.at - loop.time()) > 0:
                await asyncio.sleep(pause)
            flying.append(asyncio.create_task(self._one(shot, began + shot.at)))
        return list(await asyncio.gather(*flying))

    def close(self) -> None:
        """Hang up everywhere."""
        for lines in self._free.values():
            while lines:
                lines.pop().close()

    async def _one(self, shot: Shot, due: float) -> Hit:
        loop = asyncio.get_running_loop()
        late = loop.time() - due
        line: Line | None = None
        try:
            async with asyncio.timeout(self._patience):
                line = await self._line(shot.client)
                head, body = await line.ask(told_by_proxy(shot))
        except (OSError, TimeoutError):
            if line is not None:
                line.close()
            return Hit(shot, NONE, loop.time() - due, late, b"", b"", loop.time())
        if line.open:
            self._free[shot.client].append(line)
        return Hit(shot, status(head), loop.time() - due, late, head, body, loop.time())

    async def _line(self, client: int) -> Line:
        free = self._free[client]
        while free:
            if (line := free.pop()).open:
                return line
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(Line, "127.0.0.1", self._port, local_addr=(str(FIRST + client), 0))
        return line


def fired(port: int, shots: Iterable[Shot], patience: float = PATIENCE) -> list[Hit]:
    """Fire the shots at a server here."""

    async def main() -> list[Hit]:
        gun = Gun(port, patience)
        try:
            return await gun.fire(shots)
        finally:
            gun.close()

    return asyncio.run(main())


def told_by_proxy(shot: Shot) -> bytes:
    """The request as a proxy passes it on, which says whose it is."""
    line = f"\r\nX-Forwarded-For: {HOME + shot.client}\r\n".encode()
    return shot.request.replace(b"\r\n", line, 1)


def steady(
    rate: float,
    seconds: float,
    requests: Sequence[bytes],
    kind: str = "",
    clients: Sequence[int] = (0,),
    start: float = 0.0,
) -> list[Shot]:
    """So many shots a second, evenly, with the requests and clients by turns."""
    return [
        Shot(start + number / rate, requests[number % len(requests)], kind, clients[number % len(clients)])
        for number in range(int(rate * seconds))
    ]


def percentile(seconds: Iterable[float], percent: float) -> float:
    """The time that so many percent do not exceed; that of the slowest where they are few."""
    found = sorted(seconds)
    return found[max(ceil(len(found) * percent / 100) - 1, 0)]
