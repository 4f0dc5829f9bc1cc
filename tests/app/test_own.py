"""A learner's engine and its graph, over HTTP."""

from typing import get_args

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.main import create_app
from app.routes.own import EXAMPLE, OwnDocument, OwnStep, OwnStepsDocument
from app.settings import Settings
from engine.watch.taking import KINDS
from tests.watch.test_answers import ODD


def test_the_example_answer_is_the_answer_to_the_example_request(engine: TestClient) -> None:
    said = create_app(Settings()).openapi()["paths"]["/api/v1/own"]["post"]["responses"]["200"]
    answer = engine.post("/api/v1/own", json=EXAMPLE)
    document = OwnDocument.model_validate_json(answer.content)
    assert answer.json() == said["content"]["application/json"]["example"]
    assert document.engine.causes[0].cause == "overwritten"
    assert not document.engine.right


def test_the_kinds_of_steps_are_those_of_the_engine() -> None:
    assert {*get_args(OwnStep.model_fields["kind"].annotation)} == {"compute", *KINDS.values()}


@pytest.mark.parametrize("source", ["", "x = 2.0", "class A:\n    pass"])
def test_without_a_class_that_computes_it_says_what_was_looked_for(engine: TestClient, source: str) -> None:
    document = OwnDocument.model_validate_json(engine.post("/api/v1/own", json={"source": source}).content)
    assert document.nodes == []
    assert document.engine.attributes is None
    assert "__add__" in document.diagnostics[0].message


@pytest.mark.parametrize("name", ODD)
def test_whatever_a_class_does_the_answer_is_what_is_documented(engine: TestClient, name: str) -> None:
    answer = engine.post("/api/v1/own", json={"source": ODD[name]})
    if ended(answer):
        return
    document = OwnDocument.model_validate_json(answer.content)
    known = {node.id for node in document.nodes}
    assert {node for step in document.steps for one in step.deposits for node in (one.node, step.node)} <= known
    steps = [*document.steps]
    while len(steps) < document.graph.steps:
        asked = {"source": ODD[name], "start": len(steps), "nodes": len(document.nodes)}
        answer = engine.post("/api/v1/own/steps", json=asked)
        if ended(answer):
            return
        page = OwnStepsDocument.model_validate_json(answer.content)
        assert page.total == document.graph.steps
        assert page.steps
        steps += page.steps
    assert len(steps) == document.graph.steps


def ended(answer: Response) -> bool:
    """Whether the program ran into a budget, which says so: that of time sooner on a busy machine."""
    if answer.status_code == 422:
        assert answer.json()["diagnostics"][0]["limit"]
    return answer.status_code == 422


def test_a_text_that_is_no_program_is_refused(engine: TestClient) -> None:
    answer = engine.post("/api/v1/own", json={"source": "class Value"})
    assert answer.status_code == 422
    assert answer.json()["diagnostics"][0]["line"] == 1
