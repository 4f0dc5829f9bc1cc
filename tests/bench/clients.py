"""Servers in processes of their own, and a client of ours that is light enough not to be what is measured.

The client keeps its connections open and sends the next request as soon as the last one is answered; it reads no more
of an answer than its status, its length and its bytes.
"""

import asyncio
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from app.http.protocol import Protocol

START_SECONDS = 20.0
RECEIVED = 1 << 16  # bytes at a time
FLAGS = ("--ws", "none", "--no-access-log", "--no-date-header", "--no-proxy-headers", "--no-server-header")
PROTOCOL = f"{Protocol.__module__}:{Protocol.__name__}"


@contextmanager
def serving(factory: str, http: str = PROTOCOL, **environment: str) -> Iterator[int]:
    """Run `uvicorn --factory` in a process, as the service itself is run, and give its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        factory,
        "--port",
        str(port),
        "--log-level",
        "error",
        "--http",
        http,
        *FLAGS,
    ]
    with subprocess.Popen(command, env={**os.environ, "AUTOGRAD_LINKS": "off", **environment}) as process:
        try:
            _wait(port)
            yield port
        finally:
            process.terminate()


def _wait(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return


def post(path: str, body: bytes) -> bytes:
    """A request as it travels."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def get(path: str) -> bytes:
    """A request without a body."""
    return f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode()


class Connection(asyncio.Protocol):
    """One open connection; an answer is its status."""

    def __init__(self) -> None:
        self._answer: asyncio.Future[int]
        self._buffer = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment]  # a socket's reads and writes

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head = self._buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        at = self._buffer.find(b"content-length: ") + 16
        if len(self._buffer) >= head + 4 + int(self._buffer[at : self._buffer.index(b"\r", at)]):
            status = int(self._buffer[9:12])
            self._buffer = b""
            self._answer.set_result(status)

    def ask(self, request: bytes) -> asyncio.Future[int]:
        """Send a request; the future is its status."""
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._answer

    def close(self) -> None:
        """Hang up."""
        self._transport.close()


async def connect(port: int, address: str = "127.0.0.1") -> Connection:
    """Open a connection to a server here, from an address of this machine: each is a client of its own."""
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(Connection, "127.0.0.1", port, local_addr=(address, 0))
    return connection


def slice_of(port: int, requests: Iterator[bytes], seconds: float, connections: int) -> float:
    """How many seconds a request takes, with that many connections busy for a while, each with the next request.

    Sockets and nothing else: a client that does more would take its time from the server it measures.
    """
    opened = {one.fileno(): one for one in (socket.create_connection(("127.0.0.1", port)) for _ in range(connections))}
    received = dict.fromkeys(opened, b"")
    done, started = 0, time.perf_counter()
    with select.epoll() as ready:
        for number, one in opened.items():
            ready.register(number, select.EPOLLIN)
            one.sendall(next(requests))
        while (taken := time.perf_counter() - started) < seconds:
            for number, _ in ready.poll():
                received[number] += opened[number].recv(RECEIVED)
                if whole(received[number]):
                    received[number] = b""
                    done += 1
                    opened[number].sendall(next(requests))
    for one in opened.values():
        one.close()
    return taken / done


def whole(answer: bytes) -> bool:
    """Whether that is all of an answer; RuntimeError if it is not the one that was wanted."""
    if not answer.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(f"the server answered {answer[:80]!r}")
    head = answer.find(b"\r\n\r\n")
    at = answer.find(b"content-length: ") + 16
    return head > 0 and len(answer) >= head + 4 + int(answer[at : answer.index(b"\r", at)])


async def latencies(port: int, requests: Iterator[bytes], count: int, pause: float) -> list[float]:
    """How long each of many requests takes, one every `pause` seconds: counted from when it was due."""
    connection = await connect(port)
    found = []
    due = time.perf_counter()
    for _ in range(count):
        due += pause
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await connection.ask(next(requests))
        found.append(time.perf_counter() - due)
    connection.close()
    return found
