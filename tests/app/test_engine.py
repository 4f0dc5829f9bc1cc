"""The service with the engine in its workers: real programs, real documents, real limits."""

import time
from concurrent.futures import ThreadPoolExecutor

import networkx as nx
import pytest
from fastapi.testclient import TestClient

from app.documents import CheckDocument, GraphDocument
from app.main import create_app
from app.settings import Settings
from engine.examples import EXAMPLES
from engine.language.limits import Limits
from tests.app.problems import check, messages
from tests.app.serving import serving

GRAPH = "/api/v1/graph"
SQUARE = "x = 3.0\ny = x*x"
LIMIT_NAMES = {limit["name"] for limit in Limits().describe()}

WRONG = [
    ("y = tahn(0.5)", 1),
    ("a = 1.0\n\nb = a +", 3),
    ("import os", 1),
    ("a = 1\nb = (a", 2),
    ("x = 2.0\ny = x^2", 2),
    ("eval('1')", 1),
    ("\x00", 1),
    ("a = 1\r\nb = c", 2),
]

BOMBS = [
    "while True:\n    pass",
    "x = 1.0\nwhile True:\n    x = x + 1",
    "def f(n):\n    return f(n + 1)\nf(0)",
    "a = [1]\nfor i in range(100):\n    a = a + a",
    "n = len([1, 2])\nfor i in range(40):\n    n = n * n",
    "x = '" + "a" * 1000 + "'\ny = x * 10**9",
    "(" * 5_000 + "1" + ")" * 5_000,
    "a = 1.0\nb = " + "+".join("a" * 30_000),
    "for i in range(10**9):\n    print(i)",
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_answered_in_the_documented_shape(engine: TestClient, example: object) -> None:
    source = getattr(example, "source", "")
    response = engine.post(GRAPH, json={"source": source})
    assert response.status_code == 200, response.text
    document = GraphDocument.model_validate_json(response.content)
    graph = nx.node_link_graph(response.json())
    assert graph.number_of_nodes() == len(document.nodes)
    assert graph.number_of_edges() == len(document.edges)
    assert nx.is_directed_acyclic_graph(graph)
    page = engine.get("/", params={"source": source})
    assert page.status_code == 200
    assert page.text.count("<svg") == 1


def test_a_number_used_twice_has_two_edges(engine: TestClient) -> None:
    document = engine.post(GRAPH, json={"source": SQUARE}).json()
    assert [(edge["source"], edge["target"], edge["key"]) for edge in document["edges"]] == [(0, 1, 0), (0, 1, 1)]
    assert document["nodes"][0]["grad"] == 6.0


def test_the_same_program_gives_the_same_bytes(engine: TestClient) -> None:
    bodies = {engine.post(GRAPH, json={"source": example.source}).content for example in EXAMPLES[:1] * 5}
    bodies |= {engine.get(GRAPH, params={"source": EXAMPLES[0].source}).content}
    with TestClient(create_app(Settings(workers=1, worker_nice=0))) as other:
        bodies |= {other.post(GRAPH, json={"source": EXAMPLES[0].source}).content}
    assert len(bodies) == 1


def test_an_input_and_an_output_are_chosen(engine: TestClient) -> None:
    document = engine.post(GRAPH, json={"source": SQUARE + "\nz = y + x", "inputs": {"x": 5.0}, "output": "y"}).json()
    assert document["nodes"][0]["data"] == 5.0
    assert document["nodes"][0]["grad"] == 10.0


@pytest.mark.parametrize(("fields", "code"), [({"inputs": {"nope": 1.0}}, "input"), ({"output": "nope"}, "output")])
def test_one_that_does_not_exist_is_refused(engine: TestClient, fields: dict[str, object], code: str) -> None:
    problem = check(engine.post(GRAPH, json={"source": SQUARE, **fields}), "program", GRAPH)
    assert [finding.code for finding in problem.diagnostics] == [code]


@pytest.mark.parametrize(("source", "line"), WRONG)
def test_a_wrong_program_is_told_what_and_where(engine: TestClient, source: str, line: int) -> None:
    problem = check(engine.post(GRAPH, json={"source": source}), "program", GRAPH)
    first = problem.diagnostics[0]
    assert (first.severity, first.line) == ("error", line)
    assert first.span is not None
    assert first.range is not None
    assert problem.detail.startswith(messages(problem)[0])
    found = CheckDocument.model_validate_json(engine.post("/api/v1/check", json={"source": source}).content)
    assert found.diagnostics[:1] == [first]


def test_a_good_program_has_nothing_to_find(engine: TestClient) -> None:
    assert engine.post("/api/v1/check", json={"source": SQUARE}).json() == {"diagnostics": []}


@pytest.mark.parametrize("source", BOMBS)
def test_a_budget_ends_a_program_by_its_name_and_in_time(engine: TestClient, source: str) -> None:
    started = time.monotonic()
    problem = check(engine.post(GRAPH, json={"source": source}), "program", GRAPH)
    assert time.monotonic() - started < Limits().answer_seconds
    assert problem.diagnostics[0].limit in LIMIT_NAMES
    assert engine.post(GRAPH, json={"source": SQUARE}).status_code == 200


def test_sixteen_endless_programs_leave_health_alone() -> None:
    with serving(create_app(Settings(workers=2, worker_nice=0))) as server, ThreadPoolExecutor(16) as clients:
        asked = [clients.submit(server.post, GRAPH, {"source": f"{BOMBS[0]}\n# {n}"}) for n in range(16)]
        worst = 0.0
        while not all(future.done() for future in asked):
            before = time.monotonic()
            assert server.get("/healthz").status == 200
            worst = max(worst, time.monotonic() - before)
            time.sleep(0.02)
    assert worst < 0.2
    assert {future.result().status for future in asked} <= {422, 503}
