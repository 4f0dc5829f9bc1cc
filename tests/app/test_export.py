"""A graph in another format, over HTTP."""

import re

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from engine.export import FORMATS
from tests.app.problems import check

SOURCE = "a = 2.0\nb = -3.0\nL = a * b"
EACH = pytest.mark.parametrize("name", FORMATS)


def asked(engine: TestClient, name: str, inputs: dict[str, float] | None = None) -> Response:
    return engine.post(f"/api/v1/export/{name}", json={"source": SOURCE, "inputs": inputs or {}})


@EACH
def test_a_file_comes_with_its_type_and_a_name(engine: TestClient, name: str) -> None:
    answer = asked(engine, name)
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == FORMATS[name].media_type
    assert answer.headers["content-disposition"] == f'attachment; filename="L.{FORMATS[name].suffix}"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert answer.content


@EACH
def test_an_address_gives_the_same_and_is_kept(engine: TestClient, name: str) -> None:
    path = f"/api/v1/export/{name}"
    answer = engine.get(path, params={"source": SOURCE})
    assert answer.content == asked(engine, name).content
    again = engine.get(path, params={"source": SOURCE}, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_formats_have_tags_of_their_own(engine: TestClient) -> None:
    tags = [engine.get(f"/api/v1/export/{name}", params={"source": SOURCE}).headers["etag"] for name in FORMATS]
    assert len(set(tags)) == len(FORMATS)


def test_moved_inputs_are_in_it(engine: TestClient) -> None:
    assert "a = leaf(5.0)" in asked(engine, "torch", inputs={"a": 5.0}).text


@pytest.mark.parametrize(
    ("label", "name"), [("../../etc", "etc"), ('a"; x=', "ax"), ("a\r\nb", "ab"), ("θ", "graph"), ("x" * 90, "x" * 40)]
)
def test_a_file_s_name_is_safe(engine: TestClient, label: str, name: str) -> None:
    answer = engine.post("/api/v1/export/csv", json={"source": f"a = 1.0\nb = a * 2\nb.label = {label!r}"})
    assert re.fullmatch(r'attachment; filename="([\w-]+)\.csv"', answer.headers["content-disposition"])[1] == name  # type: ignore[index]


def test_an_unknown_format_is_not_found(engine: TestClient) -> None:
    problem = check(asked(engine, "fortran"), "not-found")
    assert "torch" in problem.detail


def test_a_wrong_program_is_a_problem(engine: TestClient) -> None:
    check(engine.post("/api/v1/export/torch", json={"source": "a = b"}), "program")


def test_a_graph_that_fills_no_answer_is_refused(engine: TestClient) -> None:
    source = "x = 1.0\nfor i in range(6000):\n    x = x * 1.0001 + 1"
    problem = check(engine.post("/api/v1/export/torch", json={"source": source}), "program")
    assert problem.diagnostics[0].limit == "answer size"
