"""What Prometheus is told: true numbers, few series, and to those who may know only."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from app.main import create_app
from app.services import Services
from app.settings import Settings
from app.telemetry.counts import SECONDS, Spread
from tests.app import fakes
from tests.app.problems import check
from tests.app.serving import Server, serving
from tests.invariants.sources import ROOT

GRAPH = "/api/v1/graph"
INSIDE = ("127.0.0.1", 1)


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """An application that runs one program at a time."""
    settings = Settings(workers=1, worker_nice=0, links="off", worker_runs=20)
    return create_app(settings, target=fakes.ACT, stream=fakes.STREAM)


@pytest.fixture(scope="module")
def inside(app: FastAPI) -> Iterator[TestClient]:
    """A client of this machine."""
    with TestClient(app, client=INSIDE) as client:
        yield client


def numbers(text: str) -> dict[str, float]:
    """Every series with its number."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_numbers_are_what_happened(inside: TestClient) -> None:
    for program in ("graph", "graph", "wrong", "grow 900", "exit"):
        inside.post(GRAPH, json={"source": program})
    inside.get("/problems/busy")
    inside.get("/nowhere")
    with inside.stream("POST", "/api/v1/train", json={"source": "count 1"}) as training:
        assert training.read()
    found = numbers(inside.get("/metrics").text)
    assert found[f"playground_requests_total POST {GRAPH} 200"] == 2
    assert found[f"playground_requests_total POST {GRAPH} 422"] == 2
    assert found[f"playground_requests_total POST {GRAPH} 503"] == 1
    assert found["playground_requests_total GET /problems/{kind} 200"] == 1
    assert found["playground_requests_total GET other 404"] == 1
    assert found[f"playground_request_seconds_count {GRAPH}"] == 5
    assert found["playground_problems_total program"] == 2
    assert found["playground_budgets_exceeded_total memory"] == 1
    assert found["playground_workers_ended_total memory"] == 1
    assert found["playground_workers_ended_total lost"] == 1
    assert found["playground_queue_seconds_count"] == 4  # one of five was kept
    assert (found["playground_cache_hits_total"], found["playground_cache_misses_total"]) == (1, 4)
    assert found["playground_cache_answers"] == 1
    assert found["playground_cache_bytes"] > len(fakes.GRAPH)
    assert found["playground_streams_started_total"] == 1
    assert (found["playground_streams"], found["playground_queue_length"], found["playground_ending"]) == (0, 0, 0)
    assert found["playground_workers_alive"] >= 1
    assert found["process_resident_memory_bytes"] > 1_000_000


def test_a_worker_that_is_used_up_is_counted_as_such(inside: TestClient) -> None:
    for program in range(25):
        assert inside.post(GRAPH, json={"source": f"sleep 0.00{program}"}).status_code == 200
    assert numbers(inside.get("/metrics").text)["playground_workers_ended_total used-up"] >= 1


def test_whatever_is_asked_makes_no_new_series(inside: TestClient) -> None:
    def series() -> set[str]:
        return set(numbers(inside.get("/metrics").text))

    def ask(number: int) -> None:
        inside.get(f"/nope/{number}")
        inside.request("PURGE", f"/nope/{number}")
        inside.get(f"/problems/{number}")
        inside.get("/healthz", headers={"X-Request-ID": f"name-{number}", "User-Agent": f"{number}"})

    ask(0)
    series()
    before = series()
    for number in range(30):
        ask(number)
    assert series() == before


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
def test_who_comes_through_a_proxy_does_not_seem_to_be_inside(inside: TestClient, header: str) -> None:
    check(inside.get("/metrics", headers={header: "127.0.0.1"}), "not-found", "/metrics")


@pytest.mark.parametrize(
    ("networks", "address", "known"),
    [
        ("127.0.0.0/8 ::1", "127.0.0.1", True),
        ("127.0.0.0/8 ::1", "::1", True),
        ("127.0.0.0/8 ::1", "::ffff:127.0.0.1", True),
        ("127.0.0.0/8 ::1", "192.0.2.1", False),
        ("192.0.2.0/24", "192.0.2.1", True),
        ("192.0.2.0/24", "127.0.0.1", False),
        ("0.0.0.0/0", "198.51.100.7", True),
        ("0.0.0.0/0", "testclient", False),
        ("", "127.0.0.1", False),
    ],
)
def test_the_operator_says_who_may_know(app: FastAPI, networks: str, address: str, *, known: bool) -> None:
    shared: Services = app.state.services
    app.state.services = replace(shared, settings=Settings(links="off", metrics=networks))
    answer = TestClient(app, client=(address, 1)).get("/metrics")
    app.state.services = shared
    assert (answer.status_code == 200) == known


def test_the_queue_and_the_workers_are_seen_while_they_are_busy() -> None:
    settings = Settings(workers=1, spares=0, worker_nice=0, links="off", queue_seconds=20)
    with serving(create_app(settings, target=fakes.ACT)) as server, server.connect() as one, server.connect() as two:
        for number, connection in enumerate((one, two)):
            connection.sendall(_posting(f"sleep 1.{number}"))
        found = _until_waiting(server)
    assert (found["playground_workers_busy"], found["playground_queue_length"]) == (1, 1)


def _posting(source: str) -> bytes:
    body = b'{"source": "%b"}' % source.encode()
    head = f"POST {GRAPH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def _until_waiting(server: Server) -> dict[str, float]:
    for _ in range(1_000):
        found = numbers(server.get("/metrics").body.decode())
        if found["playground_queue_length"]:
            return found
    raise AssertionError("nothing ever waited")


def test_a_spread_counts_each_once() -> None:
    spread = Spread()
    for seconds in (0.0, SECONDS[0], SECONDS[-1], 99.0):
        spread.add(seconds)
    found = dict(spread.buckets())
    assert (found[str(SECONDS[0])], found[str(SECONDS[-1])], found["+Inf"]) == (2, 3, 4)
    assert spread.sum == SECONDS[0] + SECONDS[-1] + 99.0


def test_every_series_is_explained(inside: TestClient) -> None:
    text = (ROOT / "docs/site/operators/watching.md").read_text("utf-8")
    told = set(re.findall(r"\bplayground_\w+", text))
    families = list(text_string_to_metric_families(inside.get("/metrics").text))
    ours = {family.name + ("_total" if family.type == "counter" else "") for family in families}
    assert {name for name in ours if name.startswith("playground_")} == told
