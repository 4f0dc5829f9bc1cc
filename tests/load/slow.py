"""Slow clients: each sends the head of a request, or its body, a letter a second.

They are in a process of their own, so that who measures how long the others wait is not kept waiting by them.
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection

from tests.load.generator import FIRST
from tests.load.requests import GRAPH

TOGETHER = 10  # that send a letter in one breath
HEAD = b"GET / HTTP/1.1\r\nHost: x\r\nX: "
BODY = f"POST {GRAPH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n".encode()


@contextmanager
def slow_ones(port: int, count: int) -> Iterator[Callable[[], int]]:
    """So many of them; what is given says at the end how often the server had enough of one."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=drip, args=(port, count, theirs))
    process.start()
    ours.recv()  # all have begun

    def ended() -> int:
        ours.send(None)
        often: int = ours.recv()
        return often

    try:
        yield ended
    finally:
        process.kill()
        process.join()


def drip(port: int, count: int, line: Connection) -> None:
    """Send a letter a second from each, until something is said; then say how many had to begin again."""
    slow, again = [begun(port, number) for number in range(count)], 0
    line.send(None)
    for number in cycle(range(count)):
        try:
            slow[number].send(b"a")
        except OSError:
            again += 1
            slow[number].close()
            slow[number] = begun(port, number)
        if number % TOGETHER == 0:
            time.sleep(TOGETHER / count)
        if line.poll():
            break
    line.send(again)


def begun(port: int, number: int) -> socket.socket:
    """The beginning of a head, or a head whose body is to follow."""
    made = socket.create_connection(("127.0.0.1", port), 5.0, (str(FIRST + 40_000 + number), 0))
    made.setblocking(False)  # noqa: FBT003  # as the socket module has it
    made.send((HEAD, BODY)[number % 2])
    return made
