"""The generator keeps its rate while a server stalls, and what it tells of answers is true."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.bench.clients import get
from tests.load.generator import NONE, Shot, digest_of, fired, percentile, steady
from tests.load.scenarios import normal_again

STALL = 0.4  # seconds
Peers = list[str]


@contextmanager
def serving(peers: Peers) -> Iterator[int]:
    """A server that stalls, refuses or hangs up where the path says so."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            peers.append(self.client_address[0])

        def do_GET(self) -> None:
            peers.append(self.headers["X-Forwarded-For"])
            if self.path == "/gone":
                self.close_connection = True
                return
            time.sleep(STALL * (self.path == "/slow"))
            self.send_response(503 if self.path == "/busy" else 200)
            self.send_header("Content-Length", str(len(self.path)))
            self.end_headers()
            self.wfile.write(self.path.encode())

        def log_message(self, format: str, *_: object) -> None:  # noqa: A002  # as the library has it
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Clients leave."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_an_answer_is_told_as_it_was() -> None:
    paths = ("/a", "/busy", "/gone", "/a")
    peers: Peers = []
    with serving(peers) as port:
        hits = fired(port, [Shot(0.0, get(path), path, client) for client, path in enumerate(paths)])
    assert [hit.status for hit in hits] == [200, 503, NONE, 200]
    assert [hit.body for hit in hits] == [digest_of(b"/a"), b"/busy", b"", digest_of(b"/a")]
    assert sorted(peers) == [f"{home}.{n}" for home in ("127.0.0", "198.18.0") for n in range(1, 5)]


def test_requests_leave_when_they_are_due_while_others_wait() -> None:
    peers: Peers = []
    with serving(peers) as port:
        hits = fired(port, [Shot(0.0, get("/slow")), *steady(50.0, STALL / 2, [get("/a")])])
    slow, *others = hits
    assert slow.seconds >= STALL
    assert max(hit.ended for hit in others) < slow.ended
    assert set(peers) == {"127.0.0.1", "198.18.0.1"}
    assert peers.count("127.0.0.1") >= 2


def test_a_request_that_leaves_late_says_so() -> None:
    with serving([]) as port:
        (hit,) = fired(port, [Shot(-1.0, get("/a"))])
    assert hit.late >= 1.0
    assert hit.seconds >= hit.late


def test_who_is_never_answered_is_not_waited_for() -> None:
    with serving([]) as port:
        (hit,) = fired(port, [Shot(0.0, get("/slow"))], patience=0.05)
    assert (hit.status, hit.seconds < STALL) == (NONE, True)


def test_a_steady_load_takes_requests_and_clients_by_turns() -> None:
    shots = steady(10.0, 0.4, [b"a", b"b"], "kind", [7, 8, 9], start=1.0)
    assert shots == [Shot(1.0 + n / 10, b"ab"[n % 2 :][:1], "kind", (7, 8, 9)[n % 3]) for n in range(4)]


@pytest.mark.parametrize(("percent", "found"), [(50, 2.0), (75, 3.0), (99, 4.0), (100, 4.0)])
def test_a_percentile_is_one_of_the_times(percent: float, found: float) -> None:
    assert percentile([4.0, 1.0, 3.0, 2.0], percent) == found


def test_it_is_normal_again_after_the_last_request_that_was_not_answered_soon() -> None:
    with serving([]) as port:
        hits = fired(port, [Shot(0.0, get("/a")), Shot(0.1, get("/busy")), Shot(0.2, get("/a"))])
    assert normal_again(hits, 0.05) == pytest.approx(0.05)
    assert normal_again(hits[:1], 0.0) == 0.0
