"""Real servers for tests, each on a free port and gone when the block ends: a Redis, and a Dask cluster of nodes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.pool.process import ROOT
from tests.app.serving import until

REDIS = shutil.which("redis-server")
NO_REDIS = "redis-server is not installed (Debian: redis-server)"
START_SECONDS = 60.0


@dataclass
class Started:
    """A process of a server, and what it wrote."""

    process: subprocess.Popen[bytes]
    log: Path

    def says(self, text: str) -> None:
        """Wait until it does."""

        def said() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return text in self.log.read_text()

        until(said, START_SECONDS)

    def signal(self, number: signal.Signals) -> None:
        """Stop it, let it go on, or kill it."""
        self.process.send_signal(number)
        if number == signal.SIGKILL:
            self.process.wait()


@contextmanager
def started(command: list[str], folder: Path, name: str, **environment: str) -> Iterator[Started]:
    """Have a process until the block ends."""
    log = folder / f"{name}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **environment}, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield Started(process, log)
    finally:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGCONT)
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def redis(port: int | None = None) -> Iterator[tuple[Started, str]]:
    """A Redis that keeps nothing on a disk, and its URL."""
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        command = [REDIS or "", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with started(command, Path(folder), "redis") as server:
            server.says("Ready to accept connections")
            yield server, f"redis://127.0.0.1:{port}/0"


@dataclass
class Nodes:
    """A scheduler, and the nodes that run programs for it."""

    address: str
    scheduler: Started
    start: Callable[[str, str], Started]
    threads: int
    nodes: list[Started] = field(default_factory=list)

    def add(self) -> None:
        """One more node."""
        options = f"{self.address} --nthreads {self.threads} --no-nanny --memory-limit 0 --preload app.pool.node"
        node = self.start(f"node-{len(self.nodes)}", f"worker {options}")
        node.says("Registered to")
        self.nodes.append(node)


@contextmanager
def dask(nodes: int = 2, threads: int = 1, address: str = "") -> Iterator[Nodes]:
    """A cluster; a node that ends is not replaced, and what it had is tried once more."""
    address = address or f"tcp://127.0.0.1:{free_port()}"
    environment = {
        "AUTOGRAD_WORKER_NICE": "0",
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "PYTHONPATH": str(ROOT),
    }
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dask-")))

        def start(name: str, command: str) -> Started:
            whole = [sys.executable, "-m", "dask", *command.split(), "--no-dashboard", "--host", "127.0.0.1"]
            return stack.enter_context(started(whole, folder, name, **environment))

        scheduler = start("scheduler", f"scheduler --port {address.rpartition(':')[2]}")
        scheduler.says("Scheduler at")
        found = Nodes(address, scheduler, start, threads)
        for _ in range(nodes):
            found.add()
        yield found
