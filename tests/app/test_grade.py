"""Grading an engine, over HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app import cli
from app.main import create_app
from app.routes.grade import EXAMPLE, SOURCE, GradeDocument, GradeReceipt
from app.settings import PREFIX, Settings

SECRET = "a secret of sixteen"  # noqa: S105  # of a test
BATTERY = '[[skill]]\nname = "add"\npoints = 2\nprogram = "x = Value(3.0)\\ny = (x + x * x) * x\\ny.backward()"\n'


@pytest.fixture(scope="module")
def signing() -> Iterator[TestClient]:
    """A server that signs receipts."""
    with TestClient(create_app(Settings(workers=1, worker_nice=0, queue_seconds=30.0, secret=SECRET))) as client:
        yield client


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


def verify(monkeypatch: pytest.MonkeyPatch, *files: Path, secret: str = SECRET) -> int:
    monkeypatch.setenv(f"{PREFIX}SECRET", secret)
    return cli.main(["verify", *map(str, files)])


def test_a_receipt_attests_what_the_server_found(
    signing: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = signing.post("/api/v1/grade/receipt", json={**EXAMPLE, "name": "Ada\u202e"})
    receipt = GradeReceipt.model_validate_json(found.content)
    assert "attachment" in found.headers["content-disposition"]
    graded = signing.post("/api/v1/grade", json=EXAMPLE).json()
    content = found.json()["content"]
    assert {name: content[name] for name in graded} == graded
    assert (receipt.content.program.source, receipt.content.battery) == (SOURCE, None)
    good, more, other, odd = (tmp_path / f"{name}.json" for name in ("good", "more", "other", "odd"))
    good.write_bytes(found.content)
    more.write_text(found.text.replace('"right": false', '"right": true'))
    other.write_text(json.dumps({**found.json(), "schema": "receipt/1"}))
    odd.write_text(json.dumps({**found.json(), "schema": "grade/2"}))
    assert verify(monkeypatch, good) == 0
    points = f"{graded['points']:g} of {graded['of']:g} points"
    assert f"valid: Ada\ufffd, {points}, wrong, class Value, our battery, 20" in capsys.readouterr().out
    assert verify(monkeypatch, more) == verify(monkeypatch, other) == 1
    assert verify(monkeypatch, good, secret=SECRET * 2) == 1
    assert verify(monkeypatch, odd) == 2


def test_a_receipt_says_what_the_engine_was_tried_with(
    signing: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = signing.post("/api/v1/grade/receipt", json={"source": SOURCE, "battery": BATTERY})
    receipt = GradeReceipt.model_validate_json(found.content)
    assert receipt.content.battery == BATTERY
    assert [skill.name for skill in receipt.content.skills] == ["add"]
    file = tmp_path / "receipt.json"
    file.write_bytes(found.content)
    assert verify(monkeypatch, file) == 0
    assert "no name, 0 of 2 points, wrong, class Value, a battery of one's own" in capsys.readouterr().out


def test_what_cannot_be_graded_or_signed_has_no_receipt(engine: TestClient, signing: TestClient) -> None:
    unsigned = engine.post("/api/v1/grade/receipt", json=EXAMPLE)
    assert (unsigned.status_code, "AUTOGRAD_SECRET" in unsigned.json()["detail"]) == (404, True)
    assert signing.post("/api/v1/grade/receipt", json={"source": "class Value"}).status_code == 422
    assert signing.post("/api/v1/grade/receipt", json={**EXAMPLE, "name": "x" * 201}).status_code == 422
