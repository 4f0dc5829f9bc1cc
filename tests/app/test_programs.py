"""Programs go in over HTTP, and a worker's bytes come out."""

import json
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.app.problems import check

GRAPH = "/api/v1/graph"


def asked(client: TestClient, method: str, **how: Any) -> dict[str, object]:  # noqa: ANN401  # httpx has them
    """What the worker was asked."""
    response = client.request(method, GRAPH, **how)
    found: dict[str, object] = response.json()
    return found


@pytest.fixture(scope="module")
def echo() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(workers=1, worker_nice=0), target=fakes.ECHO)) as client:
        yield client


DEFAULTS: dict[str, Any] = {"inputs": {}, "output": None, "seed": 0, "accumulation": "pytorch", "expand": []}
CHOSEN: dict[str, Any] = {
    "inputs": {"a": 2.5},
    "output": "L",
    "seed": 7,
    "accumulation": "micrograd",
    "expand": ["f#1", "g#2"],
}


@pytest.mark.parametrize("fields", [{}, CHOSEN])
def test_a_body_reaches_the_worker_whole(echo: TestClient, fields: dict[str, object]) -> None:
    source = "a = 1  # é😀\n\u2028\x00"
    assert asked(echo, "POST", json={"source": source, **fields}) == {
        "verb": "graph",
        "source": source,
        **DEFAULTS,
        **fields,
    }


def test_an_address_asks_the_same_as_a_body(echo: TestClient) -> None:
    query = {**CHOSEN, "source": "a = 1", "inputs": json.dumps(CHOSEN["inputs"])}
    assert asked(echo, "GET", params=query) == asked(echo, "POST", json={**CHOSEN, "source": "a = 1"})


def test_check_asks_for_nothing_but_a_check(echo: TestClient) -> None:
    assert echo.post("/api/v1/check", json={"source": "a"}).json() == {"verb": "check", "source": "a"}
    check(echo.post("/api/v1/check", json={"source": "a", "seed": 1}), "request")


def test_the_answer_is_the_workers_bytes(client: TestClient) -> None:
    response = client.post(GRAPH, json={"source": "graph"})
    assert (response.status_code, response.content) == (200, fakes.GRAPH)
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "no-store"


def test_the_diagnostics_of_a_wrong_program_arrive_unchanged(client: TestClient) -> None:
    problem = check(client.post(GRAPH, json={"source": "wrong"}), "program", GRAPH)
    assert [finding.model_dump(mode="json") for finding in problem.diagnostics] == fakes.PROBLEM["diagnostics"]
    assert (problem.title, problem.detail) == (fakes.PROBLEM["title"], fakes.PROBLEM["detail"])


def test_an_answer_by_address_may_be_kept(client: TestClient) -> None:
    response = client.get(GRAPH, params={"source": "graph"})
    tag = response.headers["etag"]
    assert tag.startswith('"')
    assert response.headers["cache-control"].startswith("public")
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(GRAPH, params={"source": "graph"}, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(GRAPH, params={"source": "graph"}, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_tag_depends_on_everything_the_answer_does(client: TestClient) -> None:
    queries: list[dict[str, str | int]] = [
        {},
        {"seed": 1},
        {"inputs": '{"a": 1}'},
        {"accumulation": "micrograd"},
        {"expand": "f"},
        {"output": "L"},
    ]
    tags = [client.get(GRAPH, params={"source": "graph", **query}).headers["etag"] for query in queries]
    assert len(set(tags)) == len(tags)
    spelled_differently = client.get(f"{GRAPH}?seed=0&source=graph&inputs=%7B%20%7D")
    assert spelled_differently.headers["etag"] == tags[0]


def test_head_is_get_without_the_body(client: TestClient) -> None:
    named = {"X-Request-ID": "same"}
    asked = ((method, GRAPH) for method in ("GET", "HEAD"))
    full, head = (client.request(*one, params={"source": "graph"}, headers=named) for one in asked)
    assert head.content == b""
    assert {**head.headers} == {**full.headers}


def test_an_answer_of_a_whole_mebibyte_passes(client: TestClient) -> None:
    assert len(client.post(GRAPH, json={"source": "oversize 1"}).content) == fakes.MIB + 1


def test_numbers_keep_every_digit(echo: TestClient) -> None:
    numbers = {"a": 0.1, "b": 5e-324, "c": 1.7976931348623157e308, "d": -0.0, "e": 2**53}
    found = asked(
        echo,
        "POST",
        content=orjson.dumps({"source": "", "inputs": numbers}),
        headers={"Content-Type": "application/json"},
    )
    assert repr(found["inputs"]) == repr({name: float(number) for name, number in numbers.items()})
