"""A process that answers requests as the service's workers do, watched from outside: it may hang, or fall over."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, Self

from app.pool import worker_main
from app.pool.process import ROOT, START
from app.pool.worker_main import Box
from engine.language.limits import Limits

TICKS = os.sysconf("SC_CLK_TCK")
MOST_SECONDS = 3.0  # of processor time, for one answer
PATIENCE = 60.0  # seconds on the clock: the machine may have other things to do


class NoAnswer(Exception):
    """The process gave none: it was stopped, or it ended by itself."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and the processor time it took."""

    reply: bytes
    seconds: float

    @property
    def right(self) -> bool:
        """Whether the program was right."""
        return self.reply.startswith(b"+")

    @property
    def body(self) -> dict[str, Any]:
        """What the answer says; ValueError if it is no strict JSON in UTF-8."""
        found: dict[str, Any] = json.loads(self.reply[1:].decode("utf-8", "strict"), parse_constant=refuse)
        return found


def refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


class Answerer:
    """One such process; the next question starts another where it had to be stopped."""

    def __init__(self, target: str = "engine.document:run", limits: Limits | None = None) -> None:
        self.target = target
        self.limits = limits or Limits()
        self.process: int | None = None  # a descriptor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def ask(self, source: str, **options: object) -> Answer:
        """The answer to one request; NoAnswer where there is none within its time."""
        if self.process is None:
            self.start()
        request = json.dumps({"verb": "graph", "source": source, **options}).encode()
        before = self.used()
        self.channel.sendall(worker_main.REQUEST.pack(len(request)) + request)
        reply, last = self.receive(before)
        seconds = self.used() - before
        if last:
            self.stop()
        if reply[:1] not in (b"+", b"-"):
            raise NoAnswer(reply.decode("utf-8", "replace"))
        return Answer(reply, seconds)

    def start(self) -> None:
        """Start the process, and wait until it is ready."""
        control, theirs = socket.socketpair()
        box = Box(
            target=self.target,
            root=str(ROOT),
            socket=theirs.fileno(),
            runs=100_000,
            nice=0,
            memory_bytes=self.limits.worker_bytes,
            cpu_seconds=2 * MOST_SECONDS,
        )
        command = [sys.executable, "-I", "-c", START, box.root, box.text()]
        with theirs:
            self.template = subprocess.Popen(command, cwd="/", env={}, pass_fds=[box.socket], stdin=subprocess.DEVNULL)
        self.channel, theirs = socket.socketpair()
        with control, theirs:
            socket.send_fds(control, [worker_main.FORK], [theirs.fileno()])
            message, (self.process,), _, _ = socket.recv_fds(control, worker_main.PID.size, 1)
            (self.pid,) = worker_main.PID.unpack(message)
        assert self.receive(None)[0].startswith(worker_main.READY)

    def stop(self) -> None:
        """End the process."""
        if self.process is not None:
            signal.pidfd_send_signal(self.process, signal.SIGKILL)
            select.select([self.process], [], [])
            os.close(self.process)
            self.template.kill()
            self.template.wait()
            self.channel.close()
            self.process = None

    def used(self) -> float:
        """The processor time the process has used, in seconds."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def receive(self, before: float | None) -> tuple[bytes, bool]:
        """One answer of the process, and whether it is its last; without `before` it may take its time."""
        length, last = worker_main.ANSWER.unpack(self.read(worker_main.ANSWER.size, before))
        return self.read(length, before), last

    def read(self, size: int, before: float | None) -> bytes:
        """So many bytes, while there is time."""
        end, found = time.monotonic() + PATIENCE, b""
        while len(found) < size:
            ready = select.select([self.channel], [], [], 0.1)[0]
            more = self.channel.recv(size - len(found)) if ready else b""
            found += more
            late = time.monotonic() > end or (before is not None and self.used() - before > MOST_SECONDS)
            if (ready and not more) or (late and not ready):
                self.stop()
                raise NoAnswer("it was stopped" if late else "it fell over")
        return found
