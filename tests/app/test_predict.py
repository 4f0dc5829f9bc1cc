"""Predicting over HTTP: tries are counted in a token, receipts are signed, pages and worksheets tell no more."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi.testclient import TestClient

from app import cli
from app.main import create_app
from app.routes.predict import EXAMPLE, PredictDocument, ReceiptDocument, VerdictDocument
from app.seal import Seal
from app.settings import PREFIX, Settings
from app.tasks import PARAMETERS, Task, task_of
from engine.predict import task as engine_task

SOURCE = "a = 2.0\nb = -3.0\nL = a*b + a"
SECRET = "a secret of sixteen"  # noqa: S105  # of a test
PROGRAM: dict[str, Any] = {"source": SOURCE, "task": {"tries": 2}}


@pytest.fixture(scope="module")
def signing() -> Iterator[TestClient]:
    """A server that signs receipts."""
    with TestClient(create_app(Settings(workers=1, worker_nice=0, queue_seconds=30.0, secret=SECRET))) as client:
        yield client


def say(client: TestClient, node: int | None, answer: str | None, token: str | None = None, **facts: Any) -> Any:  # noqa: ANN401
    found = client.post(
        "/api/v1/predict/answer", json={**PROGRAM, **facts, "node": node, "answer": answer, "token": token}
    )
    assert found.status_code == 200, found.text
    VerdictDocument.model_validate_json(found.content)
    return found.json()


def refusal(client: TestClient, path: str, **facts: Any) -> str:  # noqa: ANN401
    found = client.post(f"/api/v1/predict/{path}", json={**PROGRAM, **facts})
    assert found.status_code == 422, found.text
    return str(found.json()["diagnostics"][0]["code"])


def test_the_usual_task_is_that_of_the_engine() -> None:
    theirs = msgspec.to_builtins(engine_task.Task())
    assert Task().model_dump() == {**theirs, "nodes": list(theirs["nodes"])}


def test_the_document_is_as_described(engine: TestClient) -> None:
    answer = engine.post("/api/v1/predict", json=EXAMPLE)
    PredictDocument.model_validate_json(answer.content)
    assert answer.headers["cache-control"] == "no-store"
    assert [one["name"] for one in answer.json()["questions"]] == ["b", "a"]


def test_tries_are_counted_and_then_the_answer_is_shown(engine: TestClient) -> None:
    first = say(engine, 0, "2")
    assert (first["right"], first["mistake"], first["left"], first["number"]) == (False, "value", 1, None)
    unread = say(engine, 0, "two", first["token"])
    assert (unread["read"], unread["left"]) == (False, 1)
    second = say(engine, 0, "-3", unread["token"])
    assert (second["right"], second["left"], second["shown"], second["number"]) == (False, 0, True, -2.0)
    assert second["derivation"]
    late = say(engine, 0, "-2", second["token"])
    assert late["score"] == {"right": 0, "questions": 4}


def test_where_answers_may_not_be_seen_they_are_not(engine: TestClient) -> None:
    task = {"tries": 1, "reveal": False}
    wrong = say(engine, 0, "7.7", task=task)
    assert (wrong["number"], wrong["derivation"], wrong["left"]) == (None, [], 0)
    assert refusal(engine, "answer", task=task, node=0, answer="-2", token=wrong["token"]) == "tries"
    assert refusal(engine, "answer", task=task, node=0, answer=None) == "reveal"
    right = say(engine, 1, "2", wrong["token"], task=task)
    assert (right["right"], right["number"], right["derivation"]) == (True, 2.0, [])


def test_who_asks_is_shown_the_answer_and_gets_no_point(engine: TestClient) -> None:
    shown = say(engine, 0, None)
    assert (shown["number"], shown["shown"], shown["right"], shown["left"]) == (-2.0, True, False, 2)
    assert say(engine, 0, "-2", shown["token"])["score"]["right"] == 0


def test_the_order_is_told_turn_by_turn(engine: TestClient) -> None:
    task = {"hide": "order"}
    first = say(engine, 3, "", task=task)
    assert first["right"]
    assert say(engine, 3, "", first["token"], task=task)["mistake"] == "again"
    shown = say(engine, None, None, first["token"], task=task)
    assert (shown["node"], shown["shown"]) == (2, True)
    assert shown["score"] == {"right": 1, "questions": 2}


DEEP_TOKEN = f"{base64.urlsafe_b64encode(b'[' * 300 + b']' * 300).decode()}.00"


@pytest.mark.parametrize("token", ["", "x", "é.é", "e30=.00", "W10.x" * 10, DEEP_TOKEN])
def test_a_token_of_somebody_else_counts_nothing(engine: TestClient, token: str) -> None:
    assert refusal(engine, "answer", node=0, answer="1", token=token) == "token"


def test_a_token_counts_for_its_own_task_and_server_only(engine: TestClient, signing: TestClient) -> None:
    token = say(engine, 0, "-2")["token"]
    assert refusal(engine, "answer", node=0, answer="1", token=token, source=SOURCE + " ") == "token"
    assert refusal(engine, "answer", node=0, answer="1", token=token, task={"tries": 3}) == "token"
    assert refusal(signing, "answer", node=0, answer="1", token=token) == "token"


def test_a_receipt_attests_what_was_answered(
    signing: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    token = say(signing, 1, "5", say(signing, 0, "-2")["token"])["token"]
    found = signing.post("/api/v1/predict/receipt", json={**PROGRAM, "token": token, "name": "Ada\u202e\n"})
    ReceiptDocument.model_validate_json(found.content)
    assert "attachment" in found.headers["content-disposition"]
    content = found.json()["content"]
    assert [(one["answer"], one["right"], one["tries"]) for one in content["answers"]] == [
        ("-2", True, 1),
        ("5", False, 1),
    ]
    good, bad, huge, other = (tmp_path / f"{name}.json" for name in ("good", "bad", "huge", "other"))
    good.write_bytes(found.content)
    bad.write_text(found.text.replace('"right": 1', '"right": 2'))
    huge.write_text(found.text.replace('"right": 1', f'"right": 1{"0" * 30}'))
    other.write_text("{}")
    assert run_with(SECRET, monkeypatch, good) == 0
    assert "valid: Ada��, 1 of 4 right, 0 shown, 20" in capsys.readouterr().out
    assert run_with(SECRET, monkeypatch, good, bad) == 1
    assert f"{bad}: not valid" in capsys.readouterr().out
    assert run_with("another secret, longer", monkeypatch, good) == run_with(SECRET, monkeypatch, huge) == 1
    assert run_with(SECRET, monkeypatch, other) == run_with(SECRET, monkeypatch, tmp_path / "none") == 2
    assert run_with("", monkeypatch, good) == 2
    assert "AUTOGRAD_SECRET is not set" in capsys.readouterr().err


def run_with(secret: str, monkeypatch: pytest.MonkeyPatch, *files: Path) -> int:
    monkeypatch.setenv(f"{PREFIX}SECRET", secret)
    return cli.main(["verify", *map(str, files)])


def test_a_server_without_a_secret_signs_nothing(engine: TestClient) -> None:
    verdict = say(engine, 0, "-2")
    assert not verdict["receipt"]
    found = engine.post("/api/v1/predict/receipt", json={**PROGRAM, "token": verdict["token"]})
    assert found.status_code == 404
    assert "AUTOGRAD_SECRET" in found.json()["detail"]


def test_a_seal_is_of_its_purpose_and_secret() -> None:
    seal, content = Seal(SECRET), {"b": [1, "é"], "a": None}
    assert seal.opened("x", seal.closed("x", content)) == content
    assert seal.opened("y", seal.closed("x", content)) is None
    assert Seal("").opened("x", Seal("").closed("x", content)) is None
    assert Seal(SECRET).holds("x", {"a": None, "b": [1, "é"]}, seal.signature("x", content))


@pytest.mark.parametrize(
    ("query", "task"),
    [
        ({}, None),
        ({"predict": "grad"}, Task()),
        ({"predict": "data", "ask": "a,4,d%20%2B%20c", "tries": "3", "reveal": "no", "vary": "17", "within": "0.05"},
         Task(hide="data", nodes=["a", 4, "d + c"], tries=3, reveal=False, seed=17, tolerance=0.05)),
        ({"predict": "everything"}, None),
        ({"predict": "grad", "tries": "0"}, None),
        ({"predict": "grad", "tries": "many"}, None),
        ({"predict": "grad", "reveal": "maybe"}, None),
        ({"predict": "grad", "vary": "-1"}, None),
        ({"predict": "grad", "within": "2"}, None),
        ({"predict": "grad", "ask": "1" * 5_000}, None),
    ],
)  # fmt: skip
def test_an_address_says_a_task(query: dict[str, str], task: Task | None) -> None:
    assert task_of(query) == task
    assert set(query) <= set(PARAMETERS)


@pytest.mark.parametrize("path", ["/", "/embed"])
def test_a_page_with_a_task_holds_no_gradient(engine: TestClient, path: str) -> None:
    page = engine.get(path, params={"source": "a = 1.5\nL = a * 3.7 * a", "predict": "grad"})
    assert page.status_code == 200
    answer = json.loads(page.text.partition('id="answer">')[2].partition("</script>")[0])
    assert answer["document"]["nodes"]
    assert all(node["grad"] is None for node in answer["document"]["nodes"])
    assert "11.1" not in page.text


def test_a_worksheet_is_a_page_of_its_own(engine: TestClient) -> None:
    page = engine.get("/worksheet", params={"source": SOURCE, "predict": "grad", "vary": "4", "lang": "de"})
    assert page.status_code == 200
    sheet, key = page.text.split('class="sheet key"')
    assert "grad ?" in sheet
    assert "Lösung" in key
    assert "dL/da += " in key
    assert "dL/da += " not in sheet


def test_a_worksheet_of_a_wrong_program_says_what_is_wrong(engine: TestClient) -> None:
    page = engine.get("/worksheet", params={"source": "a = <b>", "predict": "what"})
    assert page.status_code == 422
    assert 'role="alert"' in page.text
    assert "predict" in page.text
    assert "<b>" not in page.text
    assert engine.get("/worksheet", params={"source": "x" * 9_000}).status_code == 414
