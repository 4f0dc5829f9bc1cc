"""Grading an engine, over HTTP."""

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.routes.grade import EXAMPLE, GradeDocument
from app.settings import Settings


def test_the_example_answer_is_the_answer_to_the_example_request(engine: TestClient) -> None:
    said = create_app(Settings()).openapi()["paths"]["/api/v1/grade"]["post"]["responses"]["200"]
    answer = engine.post("/api/v1/grade", json=EXAMPLE)
    document = GradeDocument.model_validate_json(answer.content)
    assert answer.json() == said["content"]["application/json"]["example"]
    assert document.causes[0].cause == "overwritten"
    assert not document.right


@pytest.mark.parametrize("source", ["", "x = 2.0", "class A:\n    pass"])
def test_without_a_class_that_computes_nothing_is_right(engine: TestClient, source: str) -> None:
    document = GradeDocument.model_validate_json(engine.post("/api/v1/grade", json={"source": source}).content)
    assert not document.right
    assert document.class_ is None
    assert not any(skill.passed for skill in document.skills)


def test_a_text_that_is_no_program_is_refused(engine: TestClient) -> None:
    answer = engine.post("/api/v1/grade", json={"source": "class Value"})
    assert answer.status_code == 422
    assert answer.json()["diagnostics"][0]["line"] == 1
