"""One server takes another's place on the same socket, under load, and nobody notices."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection
from typing import Self

from tests.invariants.sources import ROOT

SECONDS = 60.0
ENDING_SECONDS = 5.0
CLIENTS = 4
RESTARTS = 1
LISTENING = b"listening on "


@contextmanager
def served(listening: socket.socket) -> Iterator[subprocess.Popen[bytes]]:
    """A server on a socket that is open already, which it has begun to take connections from."""
    descriptor = listening.fileno()
    command = [sys.executable, "-m", "app", "serve", "--fd", str(descriptor), "--workers", "1"]
    settings = {"AUTOGRAD_LINKS": "off", "AUTOGRAD_WORKER_NICE": "0", "AUTOGRAD_QUEUE_SECONDS": "30"}
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **settings}, stderr=subprocess.PIPE, pass_fds=[descriptor]
    ) as server:
        try:
            _until_it_listens(server)
            yield server
        finally:
            server.kill()


def _until_it_listens(server: subprocess.Popen[bytes]) -> None:
    """Read its log up to there, and the rest of it for nobody."""
    assert server.stderr is not None
    end = time.monotonic() + SECONDS
    while LISTENING not in (line := server.stderr.readline()):
        assert line, "the server ended"
        assert time.monotonic() < end, "it took too long"
    threading.Thread(target=server.stderr.read, daemon=True).start()


class Load:
    """Clients that ask one thing after the other, half of them on a connection that they keep."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: Counter[object] = Counter()
        self._over = threading.Event()
        self._clients = [threading.Thread(target=self._ask, args=(number,)) for number in range(CLIENTS)]

    def __enter__(self) -> Self:
        for client in self._clients:
            client.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for client in self._clients:
            client.join(SECONDS)

    def more(self, count: int) -> None:
        """Wait for so many more answers."""
        wanted, end = self.answers.total() + count, time.monotonic() + SECONDS
        while self.answers.total() < wanted:
            assert time.monotonic() < end, "it took too long"
            time.sleep(0.02)

    def _ask(self, number: int) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        asked = 0
        while not self._over.is_set():
            asked += 1
            program = {"source": f"x = {number}.0\ny = x * {asked}.0"}
            try:
                connection.request("POST", "/api/v1/graph", json.dumps(program), {"Content-Type": "application/json"})
                answer = connection.getresponse()
                told = json.loads(answer.read())
                self.answers[answer.status if told["nodes"] else "empty"] += 1
            except Exception as error:  # noqa: BLE001  # whatever it is, it is what must not be
                self.answers[repr(error)] += 1
                connection.close()
            if number % 2:
                connection.close()
        connection.close()


def ended(server: subprocess.Popen[bytes]) -> tuple[int, float]:
    """How a server ends that is told to, and how long it takes."""
    began = time.monotonic()
    server.send_signal(signal.SIGTERM)
    return server.wait(SECONDS), time.monotonic() - began


def test_a_restart_under_load_loses_no_request() -> None:
    with ExitStack() as stack:
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=128))
        server = stack.enter_context(served(listening))
        with Load(listening.getsockname()[1]) as load:
            load.more(20)
            for _ in range(RESTARTS):
                successor = stack.enter_context(served(listening))
                code, seconds = ended(server)
                assert (code, seconds < ENDING_SECONDS) == (0, True)
                server = successor
                load.more(20)
    assert set(load.answers) == {200}
    assert load.answers[200] >= 20 * (RESTARTS + 1)


def test_connections_wait_for_a_server_that_is_not_there_yet() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        with served(listening) as server:
            assert ended(server)[0] == 0
        connection = HTTPConnection("127.0.0.1", listening.getsockname()[1], timeout=SECONDS)
        connection.request("GET", "/healthz")  # nobody is there, and it is not refused
        with served(listening):
            assert connection.getresponse().status == 200
        connection.close()


def test_a_descriptor_that_is_no_socket_of_that_kind_is_named() -> None:
    with socket.socket() as silent:
        command = [sys.executable, "-m", "app", "serve", "--fd", str(silent.fileno())]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, pass_fds=[silent.fileno()]
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"descriptor {command[-1]}: cannot be listened on: Invalid argument\n"


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "app", "serve", "--port", place]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"127.0.0.1:{place}: cannot be listened on: Address already in use\n"
