"""A server of ours on a port of its own, and raw requests to it."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from fastapi import FastAPI

from app.http.server import Server as Served
from app.http.server import configured, opened

SECONDS = 10.0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:  # noqa: ANN401  # whatever was sent
        return json.loads(self.body)


@dataclass(frozen=True)
class Server:
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), SECONDS)

    def ask(self, raw: bytes) -> Answer:
        """Send these bytes, and read one answer."""
        with self.connect() as connection:
            connection.sendall(raw)
            return receive(connection)

    def get(self, path: str) -> Answer:
        return self.ask(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    def post(self, path: str, content: object) -> Answer:
        return self.ask(posting(path, json.dumps(content).encode()))


def posting(path: str, body: bytes) -> bytes:
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def receive(connection: socket.socket) -> Answer:
    with connection.makefile("rb") as stream:
        return read(stream)


def read(stream: BinaryIO) -> Answer:
    """The next answer of a connection."""
    status = int(stream.readline().split()[1])
    headers = {}
    while line := stream.readline().strip():
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return Answer(status, headers, stream.read(int(headers.get("content-length", 0))))


@contextmanager
def serving(app: FastAPI) -> Iterator[Server]:
    """Serve the application from a thread until the block ends."""
    listening = opened("127.0.0.1", 0)
    server = Served(configured(app))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    try:
        until(lambda: server.started)
        yield Server(listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(SECONDS)
        assert not thread.is_alive()


def until(holds: Callable[[], bool], seconds: float = SECONDS) -> None:
    """Wait until it holds; fail if it never does."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)
