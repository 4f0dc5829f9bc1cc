"""Clients with many connections, many headers, or no appetite."""

import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from socket import MSG_PEEK, socket
from unittest.mock import Mock

import pytest

from app.http import protocol
from app.http.crowd import giving_way
from app.http.errors import KINDS
from app.http.protocol import HEADERS, Protocol
from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.app.serving import Server, posting, serving, until

GRAPH = "/api/v1/graph"
LARGE = 20  # answers of a MiB: more than the system holds for a connection


@dataclass(frozen=True)
class One:
    peer: str
    number: int
    waiting: bool = True


def test_who_has_most_makes_room_with_what_waits() -> None:
    many = [One("a", number) for number in range(5)]
    busy = [One("b", number, waiting=False) for number in range(9)]
    few = [One("c", number) for number in range(3)]
    assert giving_way([*few, *busy, *many]) == many[:3]
    assert giving_way([*busy]) == []
    assert giving_way([*busy, few[0]]) == few[:1]


def test_where_there_are_too_many_connections_there_is_room_for_others(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "CONNECTIONS", 8)
    with ExitStack() as held:
        slow = [held.enter_context(server.connect()) for _ in range(30)]
        for one in slow:
            one.setblocking(False)  # noqa: FBT003  # as the socket module has it
        assert server.get("/healthz").status == 200
        until(lambda: sum(map(gone, slow)) >= 20)


def gone(connection: socket) -> bool:
    """Whether the server has closed it."""
    try:
        return connection.recv(1, MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_a_request_has_so_many_headers(server: Server) -> None:
    def asked(count: int) -> int:
        more = "".join(f"x-{number}: 1\r\n" for number in range(count - 1))
        return server.ask(f"GET /healthz HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()).status

    assert asked(HEADERS) == 200
    assert asked(HEADERS + 1) == KINDS["bad-request"].status


def test_who_takes_no_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "TAKING_SECONDS", 0.3)
    app = create_app(Settings(workers=1, worker_nice=0, links="off"), target=fakes.ACT)
    with serving(app) as server, server.connect() as connection:
        for number in range(LARGE):
            connection.sendall(posting(GRAPH, b'{"source": "large 1", "seed": %d}' % number))
        until(lambda: app.state.services.answers.misses > 1)
        time.sleep(1.0)
        assert length(connection) < LARGE * fakes.MIB


@pytest.mark.parametrize(("sizes", "looks"), [([9, 9], 1), ([99, 80, 79], 2), ([99, 90, 81, 72, 63, 62], 5)])
def test_who_takes_an_answer_slowly_is_waited_for(sizes: list[int], looks: int) -> None:
    """Of these sizes of what is left, in kibibytes, so many are looked at until the client has taken too little."""
    one, left = Protocol.__new__(Protocol), sizes[0]
    one.flow, one.loop, one.transport = Mock(), Mock(), Mock()
    one.transport.get_write_buffer_size = lambda: left * 1024
    one.pause_writing()
    for size in sizes[1:]:
        left = size
        assert not one.transport.abort.called
        one.loop.call_later.call_args.args[1]()
    assert one.transport.abort.called
    assert one.loop.call_later.call_count == looks


def length(connection: socket) -> int:
    """How much there is until the connection is closed, from whichever side."""
    taken = 0
    connection.settimeout(10)
    with suppress(OSError):
        while taken < LARGE * fakes.MIB and (found := connection.recv(1 << 17)):
            taken += len(found)
    return taken
