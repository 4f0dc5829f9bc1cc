"""The process that programs run in: reads a request, calls the target, writes its answer, and again.

`app.pool.process` starts this once, isolated and with an empty environment. That process imports the standard library
and its target, nothing else and without starting a thread, and never runs a program: each worker is a fork of it, which
puts up its walls before it reads the first request.

A worker is asked for by a byte and the socket it shall serve; what comes back is its number and a descriptor of the
process, for `pidfd_send_signal`. A request is its length and its bytes; an answer is its length, whether it is the last
one, and its bytes. The first answer means: ready, and names the walls that stand. What the target itself did not answer
begins with one of the marks below.

The worker of a stream has one request, after which it is told more; all but its last answer are sent on the way.
"""

import gc
import importlib
import json
import math
import os
import resource
import select
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from io import BufferedReader
from typing import NoReturn, Self

from app.pool.walls import OWN, SHARED, bound, put_up

FORK = b"f"  # a worker
STREAM = b"s"  # a worker of one stream
PID = struct.Struct("!i")
REQUEST = struct.Struct("!I")
ANSWER = struct.Struct("!I?")
READY = b"r"  # followed by the names of the walls
OUT_OF_MEMORY = b"m"
FAILED = b"!"  # followed by the traceback, for the server's log only

Target = Callable[[bytes], bytes]
Serve = Callable[[socket.socket], None]

GARBAGE = 20_000  # objects made and not freed since the last collection: worth one between two runs
PIPE_BYTES = 64 * 1024
MEMORY = "/proc/self/statm"  # in pages: all, and in use
ALONE = {f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "OMP", "MKL")}  # who has threads should not fork


@dataclass(frozen=True, slots=True)
class Box:
    """What a process runs, and what it may use."""

    target: str  # "module:function"
    root: str  # the folder that holds the module
    socket: int
    runs: int
    nice: int
    memory_bytes: int
    cpu_seconds: float  # of one run; the backstop for a parent that is gone
    stream: str = ""  # as `target`, for streams
    stream_seconds: float = 0.0  # as `cpu_seconds`

    def text(self) -> str:
        """The box as a command line argument."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, text: str) -> Self:
        """The box a command line argument says."""
        return cls(**json.loads(text))


def main() -> None:
    """Fork workers until the parent hangs up."""
    box = Box.of(sys.argv[-1])
    os.environ.update(ALONE)
    standing = put_up(SHARED, box.root)
    serving: dict[bytes, Serve] = {FORK: partial(_serve, box, standing, _imported(box.target))}
    os.environ.clear()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the dead
    with socket.socket(fileno=box.socket) as control:
        while asked := _asked(control):
            kind, channel = asked
            if kind == STREAM and STREAM not in serving:
                serving[STREAM] = partial(_stream, box, standing, _imported(box.stream))
            pid = os.fork()
            if pid == 0:
                control.close()
                _work(serving[kind], channel)
            channel.close()
            descriptor = os.pidfd_open(pid)
            socket.send_fds(control, [PID.pack(pid)], [descriptor])
            os.close(descriptor)


def _asked(control: socket.socket) -> tuple[bytes, socket.socket] | None:
    """The kind of the next worker and the socket it shall serve; None if there will be no next."""
    kind, descriptors, _, _ = socket.recv_fds(control, len(FORK), 1)
    return (kind, socket.socket(fileno=descriptors[0])) if descriptors else None


def _imported(target: str) -> Callable[..., bytes]:
    """The function of that name."""
    module, _, name = target.partition(":")
    found: Callable[..., bytes] = getattr(importlib.import_module(module), name)
    _settle()
    return found


def _work(serve: Serve, channel: socket.socket) -> NoReturn:
    """Be a worker, from here to the end of the process."""
    try:
        with channel:
            serve(channel)
    finally:
        os._exit(0)


def _serve(box: Box, standing: list[str], target: Target, channel: socket.socket) -> None:
    """Answer requests until the parent hangs up or the process is used up."""
    memory = os.open(MEMORY, os.O_RDONLY)
    _send(channel, _close(box, standing), last=False)
    with open(channel.fileno(), "rb", closefd=False) as requests:
        for run in range(1, box.runs + 1):
            request = _receive(requests)
            if request is None:
                return
            _allow(box.cpu_seconds)
            answer, broken = _answer(target, request)
            last = broken or run == box.runs or _swollen(box, memory)
            _send(channel, answer, last=last)
            if last:
                requests.read()  # until the parent, which has read this answer, hangs up: a reset would take it back
                return
            if gc.get_count()[0] > GARBAGE:
                gc.collect()


class Line:
    """The way between the program of a stream and the server."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel

    def tell(self, event: bytes) -> None:
        """Send something."""
        _send(self._channel, event, last=False)

    def hear(self, *, within: float = math.inf) -> bytes | None:
        """What is said next; None where nothing is within so many seconds."""
        if within < math.inf and not select.select([self._channel], [], [], within)[0]:
            return None
        head = self._channel.recv(REQUEST.size, socket.MSG_WAITALL)
        if len(head) < REQUEST.size:
            raise ConnectionResetError("the server is gone")
        (length,) = REQUEST.unpack(head)
        return self._channel.recv(length, socket.MSG_WAITALL)


def _stream(box: Box, standing: list[str], target: Callable[[bytes, Line], bytes], channel: socket.socket) -> None:
    """Run one program, and tell of it while it runs."""
    line = Line(channel)
    line.tell(_close(box, standing))
    request = line.hear() or b""
    _allow(box.stream_seconds)
    answer, _ = _answer(lambda asked: target(asked, line), request)
    _send(channel, answer, last=True)
    while channel.recv(PIPE_BYTES):
        pass  # until the parent, which has read this answer, hangs up


def _settle() -> None:
    """What was imported stays: the collector need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def _close(box: Box, standing: list[str]) -> bytes:
    """Put up the walls, say nothing more on the server's terminal, and be ready."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    bound(box.memory_bytes, box.nice)
    return READY + " ".join([*standing, *put_up(OWN, box.root)]).encode()


def _allow(seconds: float) -> None:
    """Let the process use this much more processor time; the kernel ends one that uses more."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + seconds) + 1, hard))


def _answer(target: Target, request: bytes) -> tuple[bytes, bool]:
    """The answer, and whether the process is no longer fit to give another."""
    try:
        return target(request), False
    except MemoryError:
        return OUT_OF_MEMORY, True
    except BaseException as error:  # noqa: BLE001  # whatever it is, the server's log should have it
        return FAILED + _told(error).encode("utf-8", "replace"), True


def _told(error: BaseException) -> str:
    """Where it went wrong, and what it is called: in its own words there may be some of the program's."""
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__


def _swollen(box: Box, memory: int) -> bool:
    """Whether so much memory is still held after a run that it is better to begin anew."""
    pages = int(os.pread(memory, 64, 0).split()[1])
    return pages * resource.getpagesize() > box.memory_bytes // 4


def _receive(requests: BufferedReader) -> bytes | None:
    head = requests.read(REQUEST.size)
    if len(head) < REQUEST.size:
        return None
    (length,) = REQUEST.unpack(head)
    return requests.read(length)


def _send(channel: socket.socket, answer: bytes, *, last: bool) -> None:
    channel.sendall(ANSWER.pack(len(answer), last) + answer)
