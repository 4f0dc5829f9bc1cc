"""A server that is told to end: what is running ends well, whoever asks is told, and no connection is cut."""

import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest

from app.http.server import Server as Served
from app.http.server import configured, opened
from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.app.listening import training
from tests.app.problems import check_raw
from tests.app.serving import Answer, Server, posting, receive, until

GRAPH = "/api/v1/graph"
SECONDS = 20.0


class Ending:
    """A server that can be told to end."""

    def __init__(self, drain_seconds: float, target: str) -> None:
        listening = opened("127.0.0.1", 0)
        self.server = Server(listening.getsockname()[1])
        settings = Settings(workers=2, worker_nice=0, links="off", queue_seconds=20.0)
        app = create_app(settings, target=target, stream=fakes.STREAM)
        self._served = Served(configured(app), drain_seconds)
        self._thread = threading.Thread(target=self._served.run, args=([listening],))
        self._thread.start()
        until(lambda: self._served.started)

    def client(self) -> httpx.Client:
        """Somebody who asks it."""
        return httpx.Client(base_url=f"http://127.0.0.1:{self.server.port}", timeout=SECONDS)

    def end(self) -> None:
        """Tell it."""
        self._served.should_exit = True

    @property
    def ended(self) -> bool:
        """Whether it has done so."""
        return not self._thread.is_alive()

    def wait(self) -> None:
        """Wait until it has."""
        self._thread.join(SECONDS)
        assert self.ended


@contextmanager
def ending(drain_seconds: float = 0.0, target: str = fakes.ACT) -> Iterator[Ending]:
    """A server, and its end in any case."""
    found = Ending(drain_seconds, target)
    try:
        yield found
    finally:
        found.end()
        found.wait()


def refused(server: Server) -> bool:
    try:
        server.connect().close()
    except ConnectionRefusedError:
        return True
    return False


def test_a_program_that_runs_is_answered() -> None:
    with ending() as found, ThreadPoolExecutor(1) as client:
        asked = client.submit(found.server.post, GRAPH, {"source": "sleep 1.0"})
        until(lambda: found.server.get("/readyz").json()["running"] == 1)
        found.end()
        answer = asked.result()
        assert (answer.status, answer.body, answer.headers["connection"]) == (200, fakes.GRAPH, "close")


def test_it_is_over_in_five_seconds_whatever_goes_on() -> None:
    with ending() as found, ThreadPoolExecutor(8) as clients:
        idle = found.server.connect()
        asked = [clients.submit(found.server.post, GRAPH, {"source": f"sleep {9 + n}"}) for n in range(6)]
        until(lambda: found.server.get("/readyz").json()["waiting"] == 4)
        began = time.monotonic()
        found.end()
        found.wait()
        assert time.monotonic() - began < 5.5
        assert {answer.result().status for answer in asked} <= {422, 503}
        assert idle.recv(1) == b""
        idle.close()


def test_an_open_connection_is_heard_once_more() -> None:
    with ending() as found, found.server.connect() as connection:
        connection.sendall(posting(GRAPH, b'{"source": "graph"}'))
        assert "connection" not in receive(connection).headers
        found.end()
        until(lambda: refused(found.server))
        connection.sendall(posting(GRAPH, b'{"source": "graph"}'))
        answer = receive(connection)
        assert (answer.body, answer.headers["connection"]) == (fakes.GRAPH, "close")
        assert connection.recv(1) == b""


def test_readiness_says_so_while_connections_are_still_taken(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "app")
    with ending(drain_seconds=2.0) as found:
        assert found.server.get("/readyz").status == 200
        found.end()
        answer = _until_not_ready(found.server)
        check_raw(answer.status, answer.headers, answer.body, "ending", "/readyz")
        assert found.server.get("/healthz").status == 200
        assert found.server.post(GRAPH, {"source": "graph"}).body == fakes.GRAPH
        assert "is about to end" in found.server.get("/status").body.decode()
    assert [record.message for record in caplog.records if record.name == "app.http.server"][-1] == "ending"


def _until_not_ready(server: Server) -> Answer:
    for _ in range(500):
        answer = server.get("/readyz")
        if answer.status != 200:
            return answer
    raise AssertionError("it never said so")


def test_a_training_has_a_last_event() -> None:
    with ending() as found, found.client() as client, training(client, "count 100000") as listener:
        listener.until("frame")
        found.end()
        last = listener.until("problem")
        assert next(iter(listener), None) is None
    assert "shutting down" in last["data"]["detail"]


def test_a_batch_ends_with_an_answer_to_each_program() -> None:
    programs = [{"source": f"sleep 0.{n:03}"} for n in range(100, 400)]
    with ending(target=fakes.BATCHES) as found, found.client() as client, ThreadPoolExecutor(1) as asking:
        asked = asking.submit(client.post, "/api/v1/batch", json={"programs": programs})
        until(lambda: found.server.get("/readyz").json()["running"] >= 1)
        found.end()
        answers = asked.result().json()["answers"]
    assert len(answers) == len(programs)
    assert {one["problem"]["type"] for one in answers if one["problem"]} == {"/problems/ending"}
