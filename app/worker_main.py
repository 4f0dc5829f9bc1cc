"""The process that programs run in: reads a request, calls the target, writes its answer, and again.

`app.process` starts this file once, isolated and with an empty environment. That process imports the standard library
and its target, nothing else and without starting a thread, and never runs a program: each worker is a fork of it, which
closes the door behind itself before it reads the first request.

A worker is asked for by a byte and the socket it shall serve; what comes back is its number and a descriptor of the
process, for `pidfd_send_signal`. A request is its length and its bytes; an answer is its length, whether it is the last
one, and its bytes. The first answer is empty and means: ready. What the target itself did not answer begins with one of
the marks below.
"""

import gc
import importlib
import json
import os
import resource
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from io import BufferedReader
from typing import NoReturn, Self

FORK = b"f"
PID = struct.Struct("!i")
REQUEST = struct.Struct("!I")
ANSWER = struct.Struct("!I?")
READY = b""
OUT_OF_MEMORY = b"m"
FAILED = b"!"  # followed by the traceback, for the server's log only

Target = Callable[[bytes], bytes]

GARBAGE = 20_000  # objects made and not freed since the last collection: worth one between two runs
OPEN_FILES = 16
STACK_BYTES = 256 * 1024 * 1024  # the kernel grows the stack up to here: generators may run inside one another
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

    def text(self) -> str:
        """The box as a command line argument."""
        return json.dumps(asdict(self))

    @classmethod
    def of(cls, text: str) -> Self:
        """The box a command line argument says."""
        return cls(**json.loads(text))


def main() -> None:
    """Fork workers until the parent hangs up."""
    box = Box.of(sys.argv[1])
    sys.path.insert(0, box.root)
    module, _, name = box.target.partition(":")
    os.environ.update(ALONE)
    target: Target = getattr(importlib.import_module(module), name)
    os.environ.clear()
    _settle()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the dead
    with socket.socket(fileno=box.socket) as control:
        while channel := _asked(control):
            pid = os.fork()
            if pid == 0:
                control.close()
                _work(box, target, channel)
            channel.close()
            descriptor = os.pidfd_open(pid)
            socket.send_fds(control, [PID.pack(pid)], [descriptor])
            os.close(descriptor)


def _asked(control: socket.socket) -> socket.socket | None:
    """The socket that the next worker shall serve; None if there will be no next."""
    _, descriptors, _, _ = socket.recv_fds(control, len(FORK), 1)
    return socket.socket(fileno=descriptors[0]) if descriptors else None


def _work(box: Box, target: Target, channel: socket.socket) -> NoReturn:
    """Be a worker, from here to the end of the process."""
    try:
        memory = os.open(MEMORY, os.O_RDONLY)
        _close(box)
        with channel, open(channel.fileno(), "rb", closefd=False) as requests:
            _serve(box, target, channel, requests, memory)
    finally:
        os._exit(0)


def _serve(box: Box, target: Target, channel: socket.socket, requests: BufferedReader, memory: int) -> None:
    """Answer requests until the parent hangs up or the process is used up."""
    _send(channel, READY, last=False)
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


def _settle() -> None:
    """What was imported stays: the collector need not look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def _close(box: Box) -> None:
    """Step back, give up what a program never needs, and say nothing more on the server's terminal."""
    os.nice(box.nice)
    for what, most in {
        resource.RLIMIT_AS: box.memory_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_NPROC: 0,
    }.items():
        resource.setrlimit(what, (most, most))
    most = resource.getrlimit(resource.RLIMIT_STACK)[1]
    stack = STACK_BYTES if most == resource.RLIM_INFINITY else min(STACK_BYTES, most)
    resource.setrlimit(resource.RLIMIT_STACK, (stack, most))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in range(3):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


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
    except BaseException:  # noqa: BLE001  # whatever it is, the server's log should have it
        return FAILED + traceback.format_exc().encode("utf-8", "replace"), True


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


if __name__ == "__main__":
    main()
