"""Curves, surfaces and checks over HTTP: asked strictly, answered as described, within the budgets."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from app.routes.curve import CurveDocument
from app.routes.gradcheck import GradcheckDocument
from app.routes.surface import SurfaceDocument
from engine.examples import EXAMPLES, Example
from tests.app.problems import check

SEED = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
CURVE: dict[str, Any] = {"source": SEED, "input": "a", "from": -1.0, "to": 3, "count": 5}
SURFACE: dict[str, Any] = {
    "source": SEED,
    "x": "a",
    "x_from": 0.0,
    "x_to": 1.0,
    "y": "b",
    "y_from": 0.0,
    "y_to": 1.0,
    "size": 2,
}
CHECK: dict[str, Any] = {"source": SEED}
ASKED = {"curve": CURVE, "surface": SURFACE, "gradcheck": CHECK}
MODELS: dict[str, type[BaseModel]] = {
    "curve": CurveDocument,
    "surface": SurfaceDocument,
    "gradcheck": GradcheckDocument,
}


@pytest.mark.parametrize("name", ASKED)
def test_an_address_is_answered_as_a_body_and_kept(engine: TestClient, name: str) -> None:
    path = f"/api/v1/{name}"
    posted = engine.post(path, json=ASKED[name])
    got = engine.get(path, params=ASKED[name])
    assert posted.status_code == got.status_code == 200, posted.text
    assert posted.json() == got.json()
    MODELS[name].model_validate_json(posted.content)
    assert posted.headers["cache-control"] == "no-store"
    again = engine.get(path, params=ASKED[name], headers={"If-None-Match": got.headers["etag"]})
    assert again.status_code == 304
    other = engine.get(path, params={**ASKED[name], "seed": 1})
    assert other.headers["etag"] != got.headers["etag"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_answers_for_every_example_are_as_described(engine: TestClient, example: Example) -> None:
    found = engine.post("/api/v1/gradcheck", json={"source": example.source})
    document = GradcheckDocument.model_validate_json(found.content)
    assert document.verdict == "agrees"
    keys = [row.key for row in document.rows if row.key is not None]
    for key in keys[:1]:
        asked = {"source": example.source, "input": key, "from": 0.5, "to": 1.0, "count": 2}
        CurveDocument.model_validate_json(engine.post("/api/v1/curve", json=asked).content)
    if len(keys) > 1:
        asked = {**SURFACE, "source": example.source, "x": keys[0], "y": keys[1], "gradients": True}
        SurfaceDocument.model_validate_json(engine.post("/api/v1/surface", json=asked).content)


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("curve", {"count": 2_001}, "/count must be at most 2000"),
        ("curve", {"count": 1}, "/count must be at least 2"),
        ("curve", {"from": "0"}, "/from must be a number"),
        ("curve", {"to": 1e301}, "/to must be at most"),
        ("curve", {"input": None}, "/input must be text"),
        ("curve", {"accumulation": "pytorch"}, "/accumulation is not a field of this request"),
        ("curve", {"node": 2**70}, "/node must be"),
        ("surface", {"size": 129}, "/size must be at most 128"),
        ("surface", {"gradients": 1}, "/gradients must be true or false"),
        ("gradcheck", {"input": 1}, "/input must be text"),
    ],
)
def test_a_request_out_of_bounds_is_told_so(engine: TestClient, name: str, wrong: dict[str, Any], said: str) -> None:
    response = engine.post(f"/api/v1/{name}", json={**ASKED[name], **wrong})
    assert check(response, "request").diagnostics[0].message.startswith(said)


@pytest.mark.parametrize("name", ["curve", "surface"])
def test_a_range_without_ends_is_told_so(engine: TestClient, name: str) -> None:
    check(engine.post(f"/api/v1/{name}", json={"source": SEED}), "request")
    check(engine.get(f"/api/v1/{name}", params={"source": SEED}), "request")


@pytest.mark.parametrize("name", ASKED)
def test_a_wrong_program_or_an_unknown_input_is_a_problem_of_the_program(engine: TestClient, name: str) -> None:
    wrong = engine.post(f"/api/v1/{name}", json={**ASKED[name], "source": "y = tahn(0.5)"})
    assert check(wrong, "program").diagnostics[0].line == 1
    keys = {key: "nobody" for key in ("input", "x") if key in ASKED[name] or (name == "gradcheck" and key == "input")}
    unknown = engine.post(f"/api/v1/{name}", json={**ASKED[name], **keys})
    assert check(unknown, "program").diagnostics[0].message == "there is no input `nobody`"


def test_a_worker_draws_a_large_surface_in_its_box(engine: TestClient) -> None:
    source = "x = 0.5\nw = 1.1\nh = x\nfor i in range(333):\n    h = tanh(w * h + x)\n"
    asked = {**SURFACE, "source": source, "x": "x", "y": "w", "size": 64}
    found = SurfaceDocument.model_validate_json(engine.post("/api/v1/surface", json=asked).content)
    assert found.method == "replay"
    assert found.done > 0
