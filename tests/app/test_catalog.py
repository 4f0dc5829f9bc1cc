"""What does not depend on a program: complete, in the engine's own words, and kept."""

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from app.documents import ExampleDocument, LimitDocument, OpDocument
from engine.examples import PROGRAMS
from engine.language.limits import Limits
from engine.ops import OPS

CATALOG: dict[str, tuple[type, list[str]]] = {
    "ops": (OpDocument, list(OPS)),
    "examples": (ExampleDocument, [example.name for example in PROGRAMS]),
    "limits": (LimitDocument, [str(limit["name"]) for limit in Limits().describe()]),
}


@pytest.mark.parametrize("name", CATALOG)
def test_the_list_is_complete_and_of_the_documented_shape(client: TestClient, name: str) -> None:
    model, names = CATALOG[name]
    response = client.get(f"/api/v1/{name}")
    assert response.status_code == 200
    assert [entry["name"] for entry in response.json()] == names
    entries = TypeAdapter(list[model]).validate_json(response.content)  # type: ignore[valid-type]
    assert len(entries) == len(names) > 0


@pytest.mark.parametrize("name", CATALOG)
def test_the_list_is_kept(client: TestClient, name: str) -> None:
    tag = client.get(f"/api/v1/{name}").headers["etag"]
    again = client.get(f"/api/v1/{name}", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_operations_are_the_rulebooks_own_words(client: TestClient) -> None:
    assert client.get("/api/v1/ops").json() == [op.describe() for op in OPS.values()]


def test_budgets_are_those_in_force(client: TestClient) -> None:
    assert client.get("/api/v1/limits").json() == Limits().describe()
