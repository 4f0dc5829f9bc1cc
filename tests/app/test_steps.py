"""Steps over HTTP: which are sent, in which language, and what is refused."""

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.routes.steps import MOST, StepsDocument, StepsRequest
from app.settings import Settings
from engine.examples import EXAMPLES
from engine.explain import LANGUAGES
from tests.app import fakes
from tests.app.problems import check

STEPS = "/api/v1/steps"
SQUARE = "x = 3.0\ny = x*x"
DEFAULTS: dict[str, Any] = {"inputs": {}, "output": None, "seed": 0, "accumulation": "pytorch", "expand": []}
PAGE: dict[str, Any] = {"lang": "en", "start": 0, "count": MOST}
GERMAN = {"Accept-Language": "fr, de-AT;q=0.9, en;q=0.8"}


@pytest.fixture(scope="module")
def echo() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(workers=1, worker_nice=0), target=fakes.ECHO)) as client:
        yield client


@pytest.mark.parametrize(
    "fields", [{}, {"lang": "de", "start": 3, "count": 2, "inputs": {"a": 2.5}, "expand": ["f#1"]}]
)
def test_a_request_reaches_the_worker_whole(echo: TestClient, fields: dict[str, Any]) -> None:
    expected = {"verb": "steps", "source": SQUARE, **DEFAULTS, **PAGE, **fields}
    assert echo.post(STEPS, json={"source": SQUARE, **fields}).json() == expected
    query = {"source": SQUARE, **fields, "inputs": json.dumps(fields.get("inputs", {}))}
    assert echo.get(STEPS, params=query).json() == expected


@pytest.mark.parametrize(
    ("query", "body", "headers", "lang"),
    [
        ({}, {}, {}, "en"),
        ({}, {}, GERMAN, "de"),
        ({}, {}, {"Accept-Language": "fr"}, "en"),
        ({"lang": "en"}, {}, GERMAN, "en"),
        ({"lang": "de"}, {}, {}, "de"),
        ({"lang": "de"}, {"lang": "en"}, {}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_else_the_clients(
    echo: TestClient, query: dict[str, str], body: dict[str, str], headers: dict[str, str], lang: str
) -> None:
    answer = echo.post(STEPS, params=query, json={"source": SQUARE, **body}, headers=headers)
    assert answer.json()["lang"] == lang


def test_a_kept_answer_depends_on_the_language(echo: TestClient) -> None:
    english, german = (echo.get(STEPS, params={"source": SQUARE}, headers=headers) for headers in ({}, GERMAN))
    assert english.headers["vary"] == german.headers["vary"] == "Accept-Language, Accept-Encoding"
    assert english.headers["etag"] != german.headers["etag"]
    known = {"If-None-Match": english.headers["etag"]}
    assert echo.get(STEPS, params={"source": SQUARE}, headers=known).status_code == 304


@pytest.mark.parametrize(
    "wrong",
    [{"lang": "fr"}, {"lang": ""}, {"start": -1}, {"count": 0}, {"count": MOST + 1}, {"start": "x"}, {"more": 1}],
)
def test_what_is_not_allowed_is_refused(client: TestClient, wrong: dict[str, object]) -> None:
    check(client.post(STEPS, json={"source": SQUARE, **wrong}), "request", STEPS)
    query: dict[str, Any] = {"source": SQUARE, **wrong}
    check(client.get(STEPS, params=query), "request", STEPS)


def test_a_wrong_program_is_a_problem_and_a_long_one_no_address(client: TestClient) -> None:
    check(client.post(STEPS, json={"source": "wrong"}), "program", STEPS)
    check(client.get(STEPS, params={"source": "#" * 9_000}), "too-long", STEPS)


def test_the_languages_are_those_there_are_words_for() -> None:
    optional = StepsRequest.model_fields["lang"].annotation
    assert sorted(get_args(get_args(optional)[0])) == list(LANGUAGES)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_the_steps_are_as_many_as_the_graph_says(engine: TestClient, example: Any) -> None:  # noqa: ANN401
    facts = engine.post("/api/v1/graph", json={"source": example.source}).json()["graph"]
    whole = StepsDocument.model_validate_json(engine.post(STEPS, json={"source": example.source}).content)
    assert whole.total == len(whole.steps) == facts["steps"]
    assert [step.node for step in whole.steps if step.kind == "give"] == facts["order"]


def test_pages_together_are_the_whole(engine: TestClient) -> None:
    source = EXAMPLES[0].source
    whole = engine.post(STEPS, json={"source": source}).json()["steps"]
    pages = [
        engine.post(STEPS, json={"source": source, "start": at, "count": 3}).json()["steps"] for at in (0, 3, 6, 9)
    ]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [step for page in pages for step in page] == whole


def test_an_answer_that_is_full_stops_early_and_goes_on(engine: TestClient) -> None:
    source = "x = 0.5\n" + "".join(f"y{n} = tanh(x * {n}.5 + x) * x ** 2 - x\n" for n in range(30))
    source += "z = " + " + ".join(f"sin(y{n} * cos(y{n}))" for n in range(30)) + "\n"
    source += "for i in range(100):\n    z = z * x + sin(z) / (1 + exp(-z))\n"
    found: list[int] = []
    answers, total = 0, 1
    while len(found) < total:
        answer = engine.post(STEPS, json={"source": source, "start": len(found)})
        assert len(answer.content) <= 1024 * 1024
        total = answer.json()["total"]
        found += [step["index"] for step in answer.json()["steps"]]
        answers += 1
    assert answers > 1
    assert found == list(range(total))


def test_a_program_without_values_has_no_steps(engine: TestClient) -> None:
    assert engine.get(STEPS, params={"source": "print(1)"}).json() == {
        "total": 0,
        "start": 0,
        "lang": "en",
        "steps": [],
    }
