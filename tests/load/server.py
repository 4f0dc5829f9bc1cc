"""The service as it is run, in a process of its own, and what its processes use of the machine."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

START_SECONDS = 30.0
STOP_SECONDS = 15.0
TICKS = os.sysconf("SC_CLK_TCK")
MIB = 1024 * 1024
USUAL = {"AUTOGRAD_LINKS": "off", "AUTOGRAD_TRUSTED_HOPS": "1"}  # the generator is the proxy that says who asks


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Seen:
    """A process, by what /proc says of it."""

    pid: int

    @property
    def seconds(self) -> float:
        """The processor time it has used, and that of those it has buried."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICKS

    @property
    def memory(self) -> int:
        """Bytes that would come back with its end: what it shares with others counts in parts (PSS)."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))

    @property
    def resident(self) -> int:
        """Bytes in memory, also those that it shares."""
        lines = Path(f"/proc/{self.pid}/smaps_rollup").read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Rss:"))

    @property
    def descriptors(self) -> int:
        """How many files and sockets it has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    @property
    def children(self) -> list["Seen"]:
        """The processes it has started."""
        found = (path.read_text("ascii").split() for path in Path(f"/proc/{self.pid}/task").glob("*/children"))
        return [Seen(int(pid)) for pids in found for pid in pids]


class Service:
    """A server on a port of its own; the template is its child, and the workers are the template's."""

    def __init__(self, *prefix: str, **environment: str) -> None:
        self.port = free_port()
        self._command = [*prefix, sys.executable, "-m", "app", "serve", "--port", str(self.port)]
        self._environment = {**os.environ, **USUAL, **environment}
        self.process: subprocess.Popen[bytes]

    @property
    def front(self) -> Seen:
        """The process that speaks HTTP."""
        return Seen(self.process.pid)

    @property
    def workers(self) -> list[Seen]:
        """The processes that run programs."""
        return [worker for template in self.front.children for worker in template.children]

    def start(self) -> None:
        """Start it, and wait until it can run programs."""
        self.process = subprocess.Popen(self._command, env=self._environment, stderr=subprocess.DEVNULL)
        end = time.monotonic() + START_SECONDS
        while not self.ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError("the server does not start")
            time.sleep(0.02)

    def ready(self, path: str = "/readyz") -> bool:
        """Whether it says that it can."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def told(self, path: str) -> dict[str, Any]:
        """What it says there, in JSON."""
        with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
            found: dict[str, Any] = json.load(answer)
            return found

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it."""
        self.process.send_signal(how)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextmanager
def serving(*prefix: str, **environment: str) -> Iterator[Service]:
    """A server until the block ends; `prefix` is a command that runs it."""
    service = Service(*prefix, **environment)
    service.start()
    try:
        yield service
    finally:
        service.stop()
