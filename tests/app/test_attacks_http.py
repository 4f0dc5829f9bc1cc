"""Every request of the table, over a socket: refused or answered as it must, and nothing after it is taken for one."""

import re
import socket
from collections import Counter
from typing import BinaryIO

import pytest

from tests.app.attacks_http import FILE, HTTP, NONE, SMUGGLED, Request
from tests.app.problems import LEAKS
from tests.app.serving import Answer, Server, read
from tests.each import each

FOLLOWING = 0.15  # seconds in which an answer to what was smuggled would come
WHO = re.compile(rb"root:[x*!]:|BEGIN [A-Z ]+KEY|\[core\]|meta-data")
OURS = re.compile(r"/(?![/\\])")
REFLECTED = "<script>alert(1)"


@pytest.fixture(scope="module")
def file(server: Server) -> bytes:
    """The address of a static file."""
    found = re.search(rb"/static/[^\"]+[.]css", server.get("/").body)
    assert found
    return found[0]


@each("request_", HTTP)
def test_it_is_answered_as_it_must(request_: Request, server: Server, file: bytes) -> None:
    with server.connect() as connection, connection.makefile("rb") as stream:
        connection.sendall(request_.raw.replace(FILE.encode(), file))
        answer = answered(stream)
        assert answer.status in request_.expect, (request_.name, answer)
        assert not (request_.last and follows(connection, stream)), request_.name
    problem = "problem" in answer.headers.get("content-type", "")
    shown = LEAKS.findall(answer.body.decode("utf-8")) if problem else []
    assert not [one for one in shown if one.encode() not in request_.raw], answer.body
    assert not WHO.search(answer.body)
    assert "set-cookie" not in answer.headers
    assert OURS.match(answer.headers.get("location", "/"))
    assert REFLECTED not in answer.body.decode("utf-8") or "json" in answer.headers["content-type"]
    assert server.get("/healthz").status == 200


def answered(stream: BinaryIO) -> Answer:
    """The next answer; status NONE where the connection just ends."""
    try:
        return read(stream)
    except (IndexError, ConnectionError):
        return Answer(NONE, {}, b"")


def follows(connection: socket.socket, stream: BinaryIO) -> bool:
    """Whether there is another answer."""
    connection.settimeout(FOLLOWING)
    try:
        return answered(stream).status != NONE
    except TimeoutError:
        return False


def test_what_is_smuggled_would_be_noticed(server: Server) -> None:
    with server.connect() as connection, connection.makefile("rb") as stream:
        connection.sendall(SMUGGLED + SMUGGLED)
        assert answered(stream).body == b"ok\n"
        assert follows(connection, stream)


def test_a_connection_that_ends_is_no_answer() -> None:
    here, there = socket.socketpair()
    with here, here.makefile("rb") as stream:
        there.close()
        assert answered(stream).status == NONE


def test_the_table_says_nothing_twice() -> None:
    assert not [name for name, times in Counter((one.family, one.name) for one in HTTP).items() if times > 1]
    assert not [raw[:80] for raw, times in Counter(one.raw for one in HTTP).items() if times > 1]


@pytest.mark.parametrize("text", [b"root:x:0:0", b"[core]\n"])
def test_a_file_of_the_machine_would_be_noticed(text: bytes) -> None:
    assert WHO.search(text)
