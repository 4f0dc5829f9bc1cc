"""What only a real socket shows: bodies in pieces, clients that leave, full queues, and health beside all of it."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.http.errors import KINDS
from app.http.protocol import HEAD_BYTES, PIPELINED
from app.main import create_app
from app.schemas import LIMITS
from app.settings import Settings
from tests.app import fakes
from tests.app.problems import check_raw
from tests.app.serving import Answer, Server, posting, read, receive, serving, until

GRAPH = "/api/v1/graph"
HEAD = f"POST {GRAPH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


def check(answer: Answer, kind: str) -> None:
    check_raw(answer.status, answer.headers, answer.body, kind, GRAPH)


def idle(server: Server) -> bool:
    state = server.get("/readyz").json()
    return (state["running"], state["waiting"]) == (0, 0)


def test_a_body_that_grows_too_large_is_cut_off(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(f"{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode())
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        for _ in range(LIMITS.body_bytes // 0x10000 + 1):
            connection.sendall(chunk)
        answer = receive(connection)
        check(answer, "too-large")
        assert answer.headers["connection"] == "close"


def test_a_body_that_says_it_is_too_large_is_not_read(server: Server) -> None:
    answer = server.ask(f"{HEAD}Content-Length: {LIMITS.body_bytes + 1}\r\n\r\n".encode())
    check(answer, "too-large")


def test_a_length_in_thousands_of_digits_is_a_length(server: Server) -> None:
    body = b'{"source": "graph"}'
    answer = server.ask(f"{HEAD}Content-Length: {len(body):05000}\r\n\r\n".encode() + body)
    assert answer.body == fakes.GRAPH


def test_a_body_in_pieces_is_one_body(server: Server) -> None:
    raw = posting(GRAPH, b'{"source": "graph"}')
    with server.connect() as connection:
        for at in range(0, len(raw), 40):
            connection.sendall(raw[at : at + 40])
            time.sleep(0.01)
        assert receive(connection).body == fakes.GRAPH


def test_a_body_that_does_not_arrive_is_not_waited_for(server: Server) -> None:
    answer = server.ask(f"{HEAD}Content-Length: 20\r\n\r\n{{".encode())
    check(answer, "slow")
    assert answer.headers["connection"] == "close"


def test_one_connection_serves_many_requests(server: Server) -> None:
    with server.connect() as connection:
        for _ in range(3):
            connection.sendall(posting(GRAPH, b'{"source": "graph"}'))
            assert receive(connection).body == fakes.GRAPH


def test_an_answer_is_sent_in_one_piece(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(posting(GRAPH, b'{"source": "graph"}'))
        assert connection.recv(0x10000).endswith(b"\r\n\r\n" + fakes.GRAPH)


def test_a_client_that_leaves_takes_its_program_with_it(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(posting(GRAPH, b'{"source": "sleep 1.5"}'))
        until(lambda: not idle(server))
        started = time.monotonic()
    until(lambda: idle(server))
    assert time.monotonic() - started < 1.0
    assert server.post(GRAPH, {"source": "graph"}).status == 200


def test_a_client_that_leaves_in_the_middle_of_its_body_leaves_nothing(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(f"{HEAD}Content-Length: 20\r\n\r\n{{".encode())
    assert server.post(GRAPH, {"source": "graph"}).status == 200


def test_who_finds_every_place_taken_is_told_when_to_come_back(server: Server) -> None:
    until(lambda: idle(server))
    with ThreadPoolExecutor(8) as clients:
        asked = [clients.submit(server.post, GRAPH, {"source": f"sleep 1.{n}"}) for n in range(8)]
        answers = [future.result() for future in asked]
    assert sorted(answer.status for answer in answers) == [200, *[503] * 7]
    for answer in answers:
        if answer.status == 503:
            check(answer, "busy")
            assert answer.headers["retry-after"] == "1"


def test_a_program_that_is_not_http_gets_no_answer_of_ours(server: Server) -> None:
    answer = server.ask(b"nonsense\r\n\r\n")
    assert answer.status == KINDS["bad-request"].status
    assert server.get("/healthz").status == 200


@pytest.mark.parametrize("start", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX: "])
def test_a_head_that_does_not_end_is_not_waited_for(
    server: Server, start: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.http.protocol.HEAD_SECONDS", 0.2)
    with server.connect() as connection:
        connection.sendall(start)
        started = time.monotonic()
        assert connection.recv(1) == b""
        assert 0.1 < time.monotonic() - started < 2.0


def test_a_head_that_does_not_end_is_not_kept(server: Server) -> None:
    with server.connect() as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * HEAD_BYTES)
        assert receive(connection).status == KINDS["bad-request"].status


def test_what_comes_behind_a_body_is_no_header() -> None:
    """Proxies pass trailers on: nobody says by one of them from where they come."""
    chunks = b'1f\r\n{"source": "graph", "seed": %d}\r\n0\r\n'  # no two alike: an answer that is kept costs nothing
    trailers = b"X-Forwarded-For: 192.0.2.%d\r\n" + b"X: y\r\n" * 1_000 + b"\r\n"
    settings = Settings(rate=1, burst=1, trusted_hops="1", cache_bytes=0)
    with serving(create_app(settings, target=fakes.ACT)) as server:
        heads = f"{HEAD}X-Forwarded-For: 192.0.2.9\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        asked = [heads + chunks % n + trailers % n for n in range(10, 22)]
        assert [server.ask(one).status for one in asked][-1] == KINDS["too-many"].status


def test_no_more_requests_are_taken_than_can_wait(server: Server) -> None:
    with server.connect() as connection, connection.makefile("rb") as stream:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * PIPELINED)
        assert [read(stream).body for _ in range(PIPELINED)] == [b"ok\n"] * PIPELINED
    with server.connect() as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * (2 * PIPELINED))
        assert receive(connection).status == KINDS["bad-request"].status


def test_a_connection_that_has_been_idle_takes_another_request(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.http.protocol.HEAD_SECONDS", 0.2)
    with server.connect() as connection:
        for _ in range(2):
            connection.sendall(posting(GRAPH, b'{"source": "graph"}'))
            assert receive(connection).body == fakes.GRAPH
            time.sleep(0.4)


@pytest.mark.parametrize("deed", ["spin", "sleep"])
def test_health_is_told_at_once_beside_sixteen_endless_programs(deed: str) -> None:
    settings = Settings(workers=2)
    with serving(create_app(settings, target=fakes.ACT)) as server, ThreadPoolExecutor(16) as clients:
        started = time.monotonic()
        asked = [clients.submit(server.post, GRAPH, {"source": f"{deed} {60 + n}"}) for n in range(16)]
        worst = 0.0
        while not all(future.done() for future in asked):
            before = time.monotonic()
            assert server.get("/healthz").body == b"ok\n"
            worst = max(worst, time.monotonic() - before)
            time.sleep(0.02)
        assert worst < 2.0, "on whatever machine; the bench holds the bar"
        assert time.monotonic() - started < 20.0, "none of them has run for the minute that it would take"
        answers = [future.result() for future in asked]
        assert sorted({answer.status for answer in answers}) == [422, 503]
        assert server.post(GRAPH, {"source": "graph"}).status == 200


def test_starting_and_stopping_leaves_no_thread() -> None:
    before = threading.active_count()
    for _ in range(2):
        with serving(create_app(Settings(workers=1), target=fakes.ACT)) as server:
            assert server.get("/readyz").json()["workers"] >= 1
    assert threading.active_count() <= before
