"""A request names one host, and one of ours where the operator says which those are."""

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse

from app.http.headers import StandingHeaders
from app.http.hosts import Hosts, names
from tests.app.problems import check, check_raw
from tests.app.serving import Server


def answers(host: str, hosts: str = "", public_url: str = "") -> bool:
    """Whether a server with such settings answers to that name."""
    client = TestClient(StandingHeaders(Hosts(PlainTextResponse("ok"), names(hosts, public_url)), "*", 0, https=False))
    answer = client.get("/healthz", headers=[(b"Host", host.encode())])
    if answer.status_code != 200:
        check(answer, "host")
    return answer.status_code == 200


@pytest.mark.parametrize("host", ["x", "testserver", "127.0.0.1:8000", "[::1]:8000", "a.b-c.example", "EXAMPLE.org."])
def test_without_a_public_address_any_name_will_do(host: str) -> None:
    assert answers(host)


@pytest.mark.parametrize("host", ["a b", "a/b", "a@b", '"', "<script>", "a:b", "[::1", "a:123456", "x" * 300, "größe"])
def test_what_is_no_name_never_is_one(host: str) -> None:
    assert not answers(host)


OURS = {
    "play.example.org": True,
    "PLAY.example.org:443": True,
    "localhost:8000": True,
    "app:8000": True,
    "127.0.0.1": True,
    "[2001:db8::1]:8000": True,
    "example.org": False,
    "evil.example": False,
    "play.example.org.evil.example": False,
    "xplay.example.org": False,
    "127.0.0.1.evil.example": False,
}


@pytest.mark.parametrize(("host", "ours"), OURS.items())
def test_with_a_public_address_it_is_the_name(host: str, *, ours: bool) -> None:
    assert answers(host, public_url="https://play.example.org") == ours


@pytest.mark.parametrize(
    ("hosts", "host", "ours"),
    [
        ("a.example b.example", "b.example", True),
        ("a.example b.example", "c.example", False),
        ("*.example.org", "x.example.org", True),
        ("*.example.org", "x.y.example.org", True),
        ("*.example.org", "example.org", False),
        ("*.example.org", "xexample.org", False),
        ("*", "anything.example", True),
        ("a.example", "play.example.org", False),
    ],
)
def test_an_operator_may_list_the_names(hosts: str, host: str, *, ours: bool) -> None:
    assert answers(host, hosts, "https://play.example.org") == ours


def test_names_come_from_the_settings() -> None:
    assert names("", "") == ("*",)
    assert names("", "https://play.example.org:8443") == ("play.example.org",)


@pytest.mark.parametrize(
    "head",
    [
        "GET /healthz HTTP/1.1\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n",
        "GET /healthz HTTP/1.1\r\nHost:\r\n",
    ],
)
def test_a_request_without_one_name_is_refused(server: Server, head: str) -> None:
    answer = server.ask(f"{head}\r\n".encode())
    check_raw(answer.status, answer.headers, answer.body, "host", "/healthz")


def test_http_1_0_knew_no_hosts(server: Server) -> None:
    assert server.ask(b"GET /healthz HTTP/1.0\r\n\r\n").body == b"ok\n"
