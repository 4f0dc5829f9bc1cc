"""Writers at a server that is killed: what was answered is there afterwards.

Each writer makes links of its own, one after the other, and asks again where no answer came. Meanwhile the server is
killed with SIGKILL, so many times and evenly, and started again at once.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from urllib.request import urlopen

import httpx

WRITERS = 8
STARTING_SECONDS = 30.0


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Killed:
    """A server on a port of its own, that is killed now and then."""

    url: str  # of its database
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "app", "serve", "--port", str(self.port), "--workers", "1"]
        environment = {**os.environ, "AUTOGRAD_LINKS": self.url, "AUTOGRAD_SPARES": "0", "AUTOGRAD_WORKER_NICE": "0"}
        self.process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        end = time.monotonic() + STARTING_SECONDS
        while not self.ready():
            assert time.monotonic() < end, "the server does not start"
            time.sleep(0.05)

    def ready(self) -> bool:
        """Whether it answers."""
        try:
            with urlopen(f"{self.address}/readyz", timeout=5) as answer:  # noqa: S310  # our own address
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """End it without a word."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()


@dataclass(frozen=True)
class Outcome:
    """What became of it."""

    answered: int
    lost: tuple[str, ...]  # links that were answered and do not open, or open with something else
    kills: int
    seconds: float


def killing(url: str, links: int, kills: int) -> Outcome:
    """Make so many links while the server is killed so many times, and open every one that was answered."""
    began = time.monotonic()
    answered: dict[str, str] = {}
    numbers = count()
    with serving(url) as server, asking(server.address) as client, ThreadPoolExecutor(WRITERS) as threads:
        writers = [threads.submit(write, client, numbers, links, answered) for _ in range(WRITERS)]
        done = 0
        while done < kills:
            if len(answered) >= links * (done + 1) // (kills + 1):
                server.kill()
                server.start()
                done += 1
            time.sleep(0.005)
        for writer in writers:
            writer.result()
        seconds = time.monotonic() - began
        kept = threads.map(lambda name: client.get(f"/z/{name}.txt").text, answered)
        gone = [name for name, found in zip(answered, kept, strict=True) if found != answered[name]]
    return Outcome(len(answered), tuple(gone), done, seconds)


def asking(address: str) -> httpx.Client:
    """A client with a connection for each writer."""
    return httpx.Client(base_url=address, timeout=30)


def write(client: httpx.Client, numbers: Iterator[int], links: int, answered: dict[str, str]) -> None:
    """Make links until there are enough, each until it is answered."""
    while (number := next(numbers)) < links:
        source = f"a = {number}.0"
        while (name := made(client, source)) is None:
            time.sleep(0.01)
        answered[name] = source


def made(client: httpx.Client, source: str) -> str | None:
    """The name of the link that was made; None where no answer came, or none could be given."""
    try:
        answer = client.post("/api/v1/links", json={"source": source})
    except httpx.TransportError:
        return None
    if answer.status_code == 503:
        return None
    name: str = answer.raise_for_status().json()["id"]
    return name


@contextmanager
def serving(url: str) -> Iterator[Killed]:
    """A server that runs until the block ends."""
    server = Killed(url)
    server.start()
    try:
        yield server
    finally:
        server.kill()
