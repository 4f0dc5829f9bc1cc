"""The API's description: valid, complete, true of the answers, and shown by files of our own."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from pydantic import BaseModel
from schemathesis.specs.openapi.checks import positive_data_acceptance

from app.documents import GraphDocument
from app.http.errors import KINDS
from app.main import create_app
from app.routes.batch import LINES
from app.routes.curve import CurveDocument
from app.routes.described import REFERENCE, REQUEST_EXAMPLE
from app.routes.gradcheck import GradcheckDocument
from app.routes.steps import StepsDocument
from app.routes.surface import SurfaceDocument
from app.schemas import GraphRequest
from app.settings import Settings
from app.training import FieldDocument
from tests.app import fakes
from tests.app.problems import check
from tests.app.serving import serving

DOCUMENT: dict[str, Any] = create_app(Settings(workers=1), target=fakes.ACT).openapi()
schemathesis.serializer.alias(list(LINES), "text/plain")
PATIENCE = 30.0  # seconds
OPERATIONS = [
    (method, path, operation) for path, methods in DOCUMENT["paths"].items() for method, operation in methods.items()
]


def described(operation: dict[str, Any]) -> dict[str, Any]:
    """The fields of an operation's body in JSON; none where it has no such body."""
    content = operation.get("requestBody", {"content": {}})["content"].get("application/json", {})
    fields: dict[str, Any] = content.get("schema", {}).get("properties", {})
    return fields


def test_the_description_is_valid() -> None:
    validate(DOCUMENT)


def test_every_reference_leads_somewhere() -> None:
    """Which the validator does not look for in the schema of a body."""
    found = set(re.findall(r'"\$ref": "([^"]*)"', json.dumps(DOCUMENT)))
    assert found <= {f"{REFERENCE}{name}" for name in DOCUMENT["components"]["schemas"]}


def test_the_description_is_served(client: TestClient) -> None:
    assert client.get("/api/openapi.json").json() == DOCUMENT


def test_every_part_of_the_api_is_described() -> None:
    assert sorted((method, path) for method, path, _ in OPERATIONS) == [
        ("delete", "/api/v1/links/{id}"),
        ("get", "/api/v1/boundary"),
        ("get", "/api/v1/curve"),
        ("get", "/api/v1/examples"),
        ("get", "/api/v1/export/{format}"),
        ("get", "/api/v1/gradcheck"),
        ("get", "/api/v1/graph"),
        ("get", "/api/v1/limits"),
        ("get", "/api/v1/links/{id}"),
        ("get", "/api/v1/ops"),
        ("get", "/api/v1/steps"),
        ("get", "/api/v1/surface"),
        ("get", "/api/v1/train/{job}"),
        ("get", "/healthz"),
        ("get", "/readyz"),
        ("post", "/api/v1/arrays"),
        ("post", "/api/v1/batch"),
        ("post", "/api/v1/boundary"),
        ("post", "/api/v1/check"),
        ("post", "/api/v1/curve"),
        ("post", "/api/v1/export/{format}"),
        ("post", "/api/v1/gradcheck"),
        ("post", "/api/v1/grade"),
        ("post", "/api/v1/grade/receipt"),
        ("post", "/api/v1/graph"),
        ("post", "/api/v1/links"),
        ("post", "/api/v1/own"),
        ("post", "/api/v1/own/steps"),
        ("post", "/api/v1/predict"),
        ("post", "/api/v1/predict/answer"),
        ("post", "/api/v1/predict/receipt"),
        ("post", "/api/v1/steps"),
        ("post", "/api/v1/surface"),
        ("post", "/api/v1/train"),
        ("post", "/api/v1/train/{job}"),
    ]


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_an_operation_says_what_it_is(method: str, path: str, operation: dict[str, Any]) -> None:
    assert operation["operationId"]
    assert operation["summary"]
    assert operation["description"]
    for status, response in operation["responses"].items():
        assert response["description"], (method, path)
        if status >= "4":
            assert list(response["content"]) == ["application/problem+json"]
            assert any(str(kind.status) == status for kind in KINDS.values())


def test_the_example_request_is_one() -> None:
    example = DOCUMENT["paths"]["/api/v1/graph"]["post"]["requestBody"]["content"]["application/json"]["example"]
    assert example == REQUEST_EXAMPLE
    GraphRequest.model_validate_json(json.dumps(example))


LISTS = [
    (path, operation["requestBody"]["content"]["application/json"]["example"], field)
    for method, path, operation in OPERATIONS
    for field, schema in described(operation).items()
    if schema.get("type") == "array"
]


@pytest.mark.parametrize(("path", "example", "field"), LISTS)
def test_a_list_is_looked_at_as_far_as_it_is_right(
    engine: TestClient, path: str, example: dict[str, Any], field: str
) -> None:
    """What is wrong with each of very many would take long to say."""
    request = {**example, field: [{}] * 1_000}
    problem = check(engine.post(path.format(format="json", job="x"), json=request), "request")
    assert [one.message.rsplit("/", 1)[0] for one in problem.diagnostics] == [f"/{field}"]


ANSWERS: dict[str, type[BaseModel]] = {
    "graph": GraphDocument,
    "steps": StepsDocument,
    "curve": CurveDocument,
    "surface": SurfaceDocument,
    "gradcheck": GradcheckDocument,
    "boundary": FieldDocument,
}


@pytest.mark.parametrize(("name", "model"), ANSWERS.items())
def test_the_example_answer_is_the_answer_to_the_example_request(
    engine: TestClient, name: str, model: type[BaseModel]
) -> None:
    path = f"/api/v1/{name}"
    described = DOCUMENT["paths"][path]["post"]
    request = described["requestBody"]["content"]["application/json"]["example"]
    answer = described["responses"]["200"]["content"]["application/json"]["example"]
    assert engine.post(path, json=request).json() == answer
    model.model_validate_json(json.dumps(answer))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the service with the engine listens; it has patience: late on a busy machine is 503."""
    with serving(create_app(Settings(workers=1, worker_nice=0, queue_seconds=PATIENCE))) as server:
        yield f"http://127.0.0.1:{server.port}"


@schemathesis.serializer("application/jsonl", "application/x-ndjson")
def in_lines(_: object, value: object) -> bytes:
    """Whatever it is, as a line of JSON."""
    return json.dumps(value).encode() + b"\n"


schema = schemathesis.openapi.from_dict(DOCUMENT)


@schema.parametrize()
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_nothing_that_the_description_allows_or_forbids_gets_another_answer(
    case: schemathesis.Case[Any], address: str
) -> None:
    """A well-formed request may hold a wrong program, which is 422: the one check that is not ours to pass."""
    case.call_and_validate(base_url=address, excluded_checks=[positive_data_acceptance])


def test_an_application_in_this_process_can_be_tried_as_well() -> None:
    """Schemathesis starts and stops the application for every request."""
    app = create_app(Settings(workers=1, spares=0, worker_nice=0), target=fakes.ACT)
    loaded = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    for _ in range(2):
        loaded["/healthz"]["GET"].Case().call_and_validate()
