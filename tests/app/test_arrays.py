"""The array program of a program, over HTTP."""

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.routes.arrays import EXAMPLE, ArraysDocument
from app.settings import Settings

TIMES = {"scalar_s", "array_s"}


def test_the_example_answer_is_the_answer_to_the_example_request_but_for_the_times(engine: TestClient) -> None:
    said = create_app(Settings()).openapi()["paths"]["/api/v1/arrays"]["post"]["responses"]["200"]
    answer = engine.post("/api/v1/arrays", json=EXAMPLE)
    document = ArraysDocument.model_validate_json(answer.content)
    example = said["content"]["application/json"]["example"]
    assert document.model_dump(exclude=TIMES) == ArraysDocument.model_validate(example).model_dump(exclude=TIMES)
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("source", ["", "x = ", "x = 1.0\nx.nothing()"])
def test_a_program_without_a_graph_is_refused_in_words(engine: TestClient, source: str) -> None:
    answer = engine.post("/api/v1/arrays", json={"source": source})
    assert answer.status_code == 422
    assert answer.json()["diagnostics"][0]["message"]
