"""Many programs in one request: each has its own answer, and nobody waits for all of them."""

import json
import threading
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from httpx2 import Response

from app.batch import AHEAD
from app.clients.seats import Seats
from app.documents import BatchDocument, BatchLine
from app.evaluate import ask
from app.main import create_app
from app.routes import batch as routes
from app.routes.batch import PROGRAMS
from app.routes.described import EXAMPLES
from app.routes.programs import parts
from app.schemas import LIMITS
from app.settings import Settings
from tests.app import fakes
from tests.app.problems import check
from tests.app.serving import serving, until

BATCH = "/api/v1/batch"
LINES = {"Content-Type": "application/jsonl"}
NAMED = {"X-Request-ID": EXAMPLES[BATCH]["answers"][1]["problem"]["request"]}
SQUARE = {"source": "a = 2.0\nL = a * a"}


def asked(client: TestClient, *programs: object, **query: str) -> list[dict[str, Any]]:
    """The answers to a batch."""
    response = client.post(BATCH, json={"programs": programs}, params=query, headers=NAMED)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()["answers"]
    return found


def in_lines(client: TestClient, *programs: object, kind: str = "application/jsonl") -> Response:
    content = "".join(f"{json.dumps(one)}\n" for one in programs)
    return client.post(BATCH, content=content, headers={"Content-Type": kind})


@pytest.fixture(scope="module")
def acting() -> Iterator[TestClient]:
    """Workers whose programs are deeds, in batches too."""
    with TestClient(create_app(Settings(workers=2, worker_nice=0), target="tests.app.fakes:act_in_batches")) as client:
        yield client


def test_every_answer_is_that_of_the_program_alone_in_its_place(engine: TestClient) -> None:
    programs: list[dict[str, Any]] = [{**SQUARE, "inputs": {"a": float(n)}} for n in range(100)]
    answers = asked(engine, *programs)
    BatchDocument.model_validate_json(json.dumps({"answers": answers}))
    for place in (0, 31, 32, 99):
        alone = engine.post("/api/v1/graph", json=programs[place]).json()
        assert answers[place] == {"index": place, "document": alone, "problem": None}
    assert [one["index"] for one in answers] == list(range(100))


def test_the_example_is_what_is_answered(engine: TestClient) -> None:
    assert asked(engine, *PROGRAMS) == EXAMPLES[BATCH]["answers"]
    assert engine.post("/api/v1/check", json=PROGRAMS[1]).json() == EXAMPLES["/api/v1/check"]


def test_a_wrong_program_has_its_own_diagnostics(engine: TestClient) -> None:
    wrong = {"source": "y = tahn(0.5)"}
    answers = asked(engine, SQUARE, wrong, 3, {"sorce": ""}, {"source": "while True:\n    pass"}, SQUARE)
    alone = engine.post("/api/v1/graph", json=wrong, headers=NAMED).json()
    assert answers[1] == {"index": 1, "document": None, "problem": {**alone, "instance": BATCH}}
    assert [one["problem"] and one["problem"]["status"] for one in answers] == [None, 422, 422, 422, 422, None]
    assert answers[3]["problem"]["diagnostics"][0]["message"] == "/source is required"
    assert answers[4]["problem"]["diagnostics"][0]["limit"] == "steps"


@pytest.mark.parametrize("kind", ["application/jsonl", "application/x-ndjson"])
def test_json_lines_are_answered_with_json_lines(engine: TestClient, kind: str) -> None:
    response = in_lines(engine, SQUARE, {"source": "y = ("}, kind=kind)
    assert response.headers["content-type"] == kind
    lines = [BatchLine.model_validate_json(line) for line in response.text.splitlines()]
    assert [(line.index, line.document is None) for line in lines] == [(0, False), (1, True)]
    broken = engine.post(BATCH, content=b'{"source": "1"}\n\n{oh\n\xff\n', headers=LINES).text.splitlines()
    assert [json.loads(line)["problem"] and json.loads(line)["problem"]["type"] for line in broken] == [
        None,
        "/problems/not-json",
        "/problems/not-json",
    ]


def test_only_the_wanted_parts_are_sent(engine: TestClient) -> None:
    answers = asked(engine, SQUARE, fields="variables,diagnostics")
    assert list(answers[0]["document"]) == ["variables", "diagnostics"]
    assert answers[0]["document"]["variables"]["L"]["value"] == 4.0


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        (b'{"programs": 1}', "application/json", "request"),
        (b'{"programs": [], "more": 1}', "application/json", "request"),
        (b"[]", "application/json", "request"),
        (b'{"programs": [', "application/json", "not-json"),
        (b'{"programs": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}", "application/json", "not-json"),
        (b"a = 1", "text/plain", "media-type"),
        (b'{"source": "1"}\n' * (LIMITS.batch + 1), "application/jsonl", "request"),
        (b'{"programs": [' + b"1," * LIMITS.batch + b"1]}", "application/json", "request"),
        (b" " * (LIMITS.batch_bytes + 1), "application/jsonl", "too-large"),
    ],
)
def test_what_is_no_batch_is_a_problem(engine: TestClient, content: bytes, kind: str, problem: str) -> None:
    check(engine.post(BATCH, content=content, headers={"Content-Type": kind}), problem, BATCH)


@pytest.mark.parametrize("body", [b'{"programs":[' + b"{}," * 1_000_000 + b"{}]}", b"1\n" * 2_000_000])
def test_of_very_many_programs_no_more_are_taken_than_it_takes_to_refuse_them(body: bytes) -> None:
    read = routes.in_json if body.startswith(b"{") else routes.in_lines
    tracemalloc.start()
    try:
        assert len(read(body)) == LIMITS.batch + 1
        assert tracemalloc.get_traced_memory()[1] < len(body)
    finally:
        tracemalloc.stop()


def test_a_program_is_no_longer_than_it_may_be_alone(engine: TestClient) -> None:
    long = {**SQUARE, "expand": ["a" * 100] * (LIMITS.body_bytes // 100)}
    alone = engine.post("/api/v1/graph", json=long, headers=NAMED).json()
    right, wrong = asked(engine, SQUARE, long)
    assert right["problem"] is None
    assert wrong["problem"] == {**alone, "instance": BATCH}
    assert wrong["problem"]["type"] == "/problems/too-large"


def test_an_empty_batch_has_no_answers(engine: TestClient) -> None:
    assert asked(engine) == []
    assert in_lines(engine).text == ""


def test_what_breaks_a_process_is_the_problem_of_one_program(acting: TestClient) -> None:
    deeds = ["graph", "crash", "graph", "raise", "wrong", "graph"]
    answers = asked(acting, *({"source": deed} for deed in deeds))
    kinds = [one["problem"] and one["problem"]["type"].rpartition("/")[2] for one in answers]
    assert kinds == [None, "lost", None, "lost", "program", None]


def test_a_batch_has_its_time(acting: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.routes.batch.LIMITS", type(LIMITS)(batch_seconds=0.3))
    answers = asked(acting, *[{"source": "spin 0.1"}] * 40)
    assert answers[0]["problem"] is None
    assert answers[-1]["problem"]["diagnostics"][0]["limit"] == "batch time"


def test_a_single_program_does_not_wait_for_a_batch() -> None:
    settings = Settings(workers=1, worker_nice=0)
    with serving(create_app(settings, target="tests.app.fakes:act_in_batches")) as server:
        programs = {"programs": [{"source": "spin 0.01"}] * 200}
        address = f"http://127.0.0.1:{server.port}{BATCH}"
        slow = threading.Thread(target=httpx2.post, args=(address,), kwargs={"json": programs, "timeout": 30})
        slow.start()
        time.sleep(0.2)
        waited = []
        for _ in range(10):
            started = time.monotonic()
            assert server.post("/api/v1/graph", {"source": "graph"}).status == 200
            waited.append(time.monotonic() - started)
        assert slow.is_alive()
        slow.join()
    assert sorted(waited)[5] < 0.2


def test_a_client_that_leaves_leaves_no_work_behind() -> None:
    app = create_app(Settings(workers=1, worker_nice=0), target="tests.app.fakes:act_in_batches")
    with serving(app) as server:
        body = json.dumps({"programs": [{"source": "spin 0.05"}] * 400}).encode()
        with server.connect() as connection:
            head = f"POST {BATCH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            connection.recv(1)
        pool = app.state.services.pool
        until(lambda: pool.running == pool.waiting == 0, 8.0)


def test_a_client_that_does_not_read_has_its_place_for_a_while_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.routes.batch.TAKING_SECONDS", -59.0)
    app = create_app(Settings(workers=1, worker_nice=0), target="tests.app.fakes:act_in_batches")
    app.state.services = replace(app.state.services, batches=Seats(1))
    batches = app.state.services.batches
    with serving(app) as server:
        body = json.dumps({"programs": [{"source": "large 1"}] * 40}).encode()
        with server.connect() as connection:
            head = f"POST {BATCH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            until(lambda: batches.full, 8.0)
            refused = server.post(BATCH, {"programs": []})
            assert (refused.status, refused.headers["retry-after"]) == (503, "1")
            until(lambda: not batches.full, 8.0)
        assert server.post(BATCH, {"programs": []}).status == 200


def test_what_is_done_ahead_of_a_reader_is_little(monkeypatch: pytest.MonkeyPatch) -> None:
    slices: list[int] = []

    async def counted(request: Request, payload: bytes, cost: int) -> bytes:
        slices.append(cost)
        return await ask(request, payload, cost)

    monkeypatch.setattr("app.batch.ask", counted)
    app = create_app(Settings(workers=1, worker_nice=0), target="tests.app.fakes:act_in_batches")
    with serving(app) as server, server.connect() as connection:
        body = json.dumps({"programs": [{"source": "large 0.9"}] * 400}).encode()
        head = f"POST {BATCH} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        connection.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        ahead = (app.state.services.settings.workers + 1) * AHEAD
        until(lambda: len(slices) >= ahead)
        time.sleep(0.3)
        assert len(slices) <= ahead + 50, "the buffers of the system take some, too"


def test_fields_leave_parts_of_a_graph_out(engine: TestClient) -> None:
    whole = engine.post("/api/v1/graph", json=SQUARE).json()
    for answer in (
        engine.post("/api/v1/graph?fields=nodes,edges", json=SQUARE),
        engine.get("/api/v1/graph", params={**SQUARE, "fields": " nodes , edges"}),
    ):
        assert answer.json() == {"nodes": whole["nodes"], "edges": whole["edges"]}
    unknown = check(engine.post("/api/v1/graph?fields=nodes,knots", json=SQUARE), "request")
    assert "knots" in unknown.detail
    tags = {engine.get("/api/v1/graph", params={**SQUARE, "fields": one}).headers["etag"] for one in ("", "nodes")}
    assert len(tags) == 2


def test_fakes_answer_batches_as_the_engine_does() -> None:
    request = {"verb": "batch", "source": "", "seconds": 1.0, "requests": [{"source": "graph"}, {"source": "wrong"}]}
    reply = fakes.act_in_batches(json.dumps(request).encode())
    assert [right for right, _ in json.loads(reply[1:])["answers"]] == [True, False]


def test_a_part_is_asked_for_once_however_often_it_is_named() -> None:
    assert parts(",".join(["edges", "nodes"] * 9_000)) == ["nodes", "edges"]
