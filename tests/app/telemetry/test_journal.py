"""What is told of each request: a line, a count and a name; nothing of what was asked."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.clients.identity import Clients as Known
from app.clients.passes import Passes
from app.main import create_app
from app.seal import Seal
from app.settings import Clients, Settings
from app.telemetry.counts import Counts
from app.telemetry.entry import NAME
from app.telemetry.journal import NOBODY, Journal, Manner
from app.telemetry.logs import FACTS
from tests.app import fakes
from tests.app.problems import check

GRAPH = "/api/v1/graph"
LEARNERS = "something_of_a_learner"

Told = list[dict[str, Any]]


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Callable[[], Told]:
    """The facts of every request's line so far."""
    caplog.set_level(logging.INFO, "app.telemetry.journal")
    return lambda: [getattr(record, FACTS) for record in caplog.records if record.name == "app.telemetry.journal"]


@pytest.mark.parametrize(
    ("method", "path", "route", "status"),
    [
        ("GET", "/healthz", "/healthz", 200),
        ("HEAD", "/healthz", "/healthz", 200),
        ("POST", GRAPH, GRAPH, 200),
        ("GET", f"{GRAPH}?source=graph", GRAPH, 200),
        ("GET", "/problems/busy", "/problems/{kind}", 200),
        ("GET", "/problems/nope", "/problems/{kind}", 404),
        ("DELETE", "/healthz", "/healthz", 405),
        ("GET", f"/{LEARNERS}", None, 404),
        ("OPTIONS", GRAPH, None, 204),
    ],
)
def test_a_request_is_a_line(
    client: TestClient, told: Callable[[], Told], method: str, path: str, route: str | None, status: int
) -> None:
    asking = {"Origin": "null", "Access-Control-Request-Method": "POST"} if method == "OPTIONS" else {}
    body = {"source": "graph"} if method == "POST" else None
    answer = client.request(method, path, json=body, headers=asking)
    (line,) = told()
    assert line.items() >= {"method": method, "route": route, "status": status}.items()
    assert answer.status_code == status
    assert line["request"] == answer.headers["x-request-id"]
    assert 0 < line["ms"] < 60_000


def test_nothing_of_what_is_asked_is_told(
    client: TestClient, told: Callable[[], Told], caplog: pytest.LogCaptureFixture
) -> None:
    client.post(GRAPH, json={"source": f"wrong {LEARNERS}"})
    client.post(GRAPH, json={"source": "graph", LEARNERS: 1})
    client.get(GRAPH, params={"source": LEARNERS})
    client.get(f"/api/v1/train/{LEARNERS}", headers={"User-Agent": LEARNERS, "Referer": LEARNERS})
    client.get(f"/z/{LEARNERS}")
    assert len(told()) == 5
    assert LEARNERS not in "".join(f"{record.getMessage()} {vars(record)}" for record in caplog.records)


def test_programs_are_told_where_that_is_switched_on(told: Callable[[], Told]) -> None:
    settings = Settings(workers=1, worker_nice=0, links="off", log_programs=True)
    with TestClient(create_app(settings, target=fakes.ACT)) as client:
        client.post(GRAPH, json={"source": "graph"})
        client.get(GRAPH, params={"source": "graph"})
        client.post(GRAPH, content=b"\xff" * 300_000)
    posted, asked, large = told()
    assert posted["body"] == '{"source":"graph"}'
    assert (asked["query"], asked["body"]) == ("source=graph", "")
    assert len(large["body"]) <= 64 * 1024


def test_problems_and_budgets_are_told_by_name(client: TestClient, told: Callable[[], Told]) -> None:
    check(client.post(GRAPH, json={"source": "wrong"}), "program")
    check(client.post(GRAPH, json={"source": "grow 900"}), "program")
    check(client.post(GRAPH, json={"source": "exit"}), "lost")
    check(client.post(GRAPH, content=b" " * 300_000, headers={"Content-Type": "application/json"}), "too-large")
    found = [(line["problem"], line.get("budget")) for line in told()]
    assert found == [("program", None), ("program", "memory"), ("lost", None), ("too-large", "request body")]


def test_a_page_with_a_program_that_exceeds_a_budget_is_told_as_such(told: Callable[[], Told]) -> None:
    with TestClient(create_app(Settings(workers=1, worker_nice=0, links="off"))) as client:
        assert client.get("/", params={"source": "x = [0.0] * 60000"}).status_code == 200
    (line,) = told()
    assert (line["status"], line["problem"], line["budget"]) == (200, "program", "sequence length")


NAMES = [
    ({"X-Request-ID": "abc-1_2.3"}, "abc-1_2.3"),
    ({"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}, "ab" * 16),
    ({"X-Request-ID": "mine", "traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01"}, "mine"),
]
NO_NAMES = [
    {},
    {"X-Request-ID": ""},
    {"X-Request-ID": "x" * 65},
    {"X-Request-ID": "a b"},
    {"X-Request-ID": 'a"b'},
    {"X-Request-ID": "a\tb"},
    {"X-Request-ID": "größer".encode("latin-1")},
    {"traceparent": f"00-{'0' * 32}-{'cd' * 8}-01"},
    {"traceparent": f"00-{'ab' * 16}-{'0' * 16}-01"},
    {"traceparent": f"ff-{'ab' * 16}-{'cd' * 8}-01"},
    {"traceparent": f"00-{'AB' * 16}-{'cd' * 8}-01"},
    {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01-more"},
]


@pytest.mark.parametrize(("headers", "name"), NAMES)
def test_a_request_may_have_a_name_already(client: TestClient, headers: dict[str, str], name: str) -> None:
    assert client.get("/healthz", headers=headers).headers["x-request-id"] == name
    assert check(client.get("/nope", headers=headers), "not-found").request == name


@pytest.mark.parametrize("headers", NO_NAMES)
def test_what_is_no_name_is_replaced_by_one(client: TestClient, headers: dict[str, Any]) -> None:
    first, second = (client.get("/healthz", headers=headers).headers["x-request-id"] for _ in range(2))
    assert first != second
    assert NAME.fullmatch(first.encode())
    assert len(first) == 32


def test_each_problem_of_a_batch_has_the_name_of_the_request(engine: TestClient) -> None:
    programs = {"programs": [{"source": "x = 1.0"}, {"source": "nope"}]}
    answer = engine.post("/api/v1/batch", json=programs, headers={"X-Request-ID": "batch-1"})
    assert [one["problem"] and one["problem"]["request"] for one in answer.json()["answers"]] == [None, "batch-1"]


def test_a_failure_of_ours_is_found_in_the_log_by_its_name(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError(LEARNERS)

    with TestClient(create_app(Settings(workers=1, links="off"), target=fakes.ACT)) as client:
        monkeypatch.setattr("app.routes.health.hindered", fail)
        answer = client.get("/readyz", headers={"X-Request-ID": "case-7"})
    assert "case-7" in check(answer, "internal").detail
    assert LEARNERS not in answer.text
    (record,) = [record for record in caplog.records if record.exc_info]
    assert getattr(record, FACTS) == {"request": "case-7"}


async def silent(*_: object) -> None:
    """Leave without an answer."""
    raise ConnectionResetError


def asked(counts: Counts, clients: Clients, **scope: object) -> None:
    """Send a request that nobody answers."""
    known = Known("1", "", Passes(Seal("")))
    journal = Journal(silent, counts, asyncio.Event(), Manner(lambda one: known.of(one).name, clients))
    request = {"type": "http", "method": "GET", "headers": [], "query_string": b"", "client": None, **scope}
    with pytest.raises(ConnectionResetError):
        asyncio.run(journal(request, None, None))  # type: ignore[arg-type]  # it asks for neither


@pytest.mark.parametrize(
    ("clients", "address", "shown"),
    [
        ("none", "192.0.2.77", None),
        ("network", "192.0.2.77", "192.0.2.0/24"),
        ("network", "2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("address", "192.0.2.77", "192.0.2.77"),
        ("address", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ],
)
def test_who_asks_is_told_as_far_as_the_operator_says(
    told: Callable[[], Told], clients: Clients, address: str, shown: str | None
) -> None:
    behind = [(b"x-forwarded-for", f"198.51.100.1, {address}".encode())]
    asked(Counts(), clients, client=(address, 1))
    asked(Counts(), clients, client=("10.0.0.1", 1), headers=behind)  # one proxy is ours
    assert [line.get("client") for line in told()] == [shown, shown]


def test_a_request_that_is_never_answered_is_told_and_counted_too(told: Callable[[], Told]) -> None:
    counts = Counts()
    asked(counts, "none", method="BREW")
    assert counts.requests == {("other", "other", NOBODY): 1}
    assert told()[0]["status"] == NOBODY
