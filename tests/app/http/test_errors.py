"""Whatever is wrong with a request, the answer has one shape and sentences of ours."""

import json
import logging

import pytest
from fastapi.testclient import TestClient

from app.http.errors import KINDS
from app.main import create_app
from app.schemas import LIMITS
from app.settings import Settings
from tests.app import fakes
from tests.app.problems import anything, check, messages

GRAPH = "/api/v1/graph"
LONG = "x" * (LIMITS.source_bytes + 1)
WIDE = "é" * (LIMITS.source_bytes // 2 + 1)  # short enough in characters, too long in bytes

FIELDS = [
    ({}, "/source is required"),
    ([], "the body must be an object"),
    ("a = 1", "the body must be an object"),
    (3, "the body must be an object"),
    (anything(source=3), "/source must be text"),
    (anything(source=None), "/source must be text"),
    (anything(source=["a = 1"]), "/source must be text"),
    (anything(source=LONG), "/source must be at most 65536 bytes long"),
    (anything(source=WIDE), "/source must be at most 65536 bytes long"),
    (anything(inputs=[]), "/inputs must be an object"),
    (anything(inputs={"a": "2"}), "/inputs/a must be a number"),
    (anything(inputs={"a": True}), "/inputs/a must be a number"),
    (anything(inputs={"a": None}), "/inputs/a must be a number"),
    (anything(inputs={"a": {}}), "/inputs/a must be a number"),
    (anything(inputs={"w/~": "x"}), "/inputs/w~1~0 must be a number"),
    (anything(inputs={"a" * 150: "x"}), "/inputs/" + "a" * 71 + "… must be a number"),
    (anything(output=1), "/output must be text"),
    (anything(output="x" * 201), "/output must be at most 200 characters long"),
    (anything(seed="0"), "/seed must be a whole number"),
    (anything(seed=0.5), "/seed must be a whole number"),
    (anything(seed=True), "/seed must be a whole number"),
    (anything(seed=-1), "/seed must be at least 0"),
    (anything(seed=2**53), "/seed must be at most 9007199254740991"),
    (anything(seed=10**400), "/seed must be at most 9007199254740991"),
    (anything(accumulation="tf"), "/accumulation must be 'pytorch' or 'micrograd'"),
    (anything(expand="f"), "/expand must be a list"),
    (anything(expand=[1]), "/expand/0 must be text"),
    (anything(sauce="x"), "/sauce is not a field of this request"),
]

JSON_LINE_1 = "the body must be JSON, and is not at line 1, column "
BODIES = [
    (b"", JSON_LINE_1 + "0"),
    (b"{", JSON_LINE_1 + "1"),
    (b"nonsense", JSON_LINE_1),
    (b"{'source': 'a'}", JSON_LINE_1 + "2"),
    (b'{"source": "a"} {}', JSON_LINE_1 + "17"),
    (b'{"source": "\xff"}', JSON_LINE_1),
    (b'{"source": "\\ud800"}', JSON_LINE_1),
    (b'{"source": "\\udc00\\ud800"}', JSON_LINE_1),
    (b'{"source": "a\nb"}', "the body must be JSON, and is not at line 2, column 0"),
    (b'\xef\xbb\xbf{"source": "a"}', JSON_LINE_1 + "1"),
    (b"[" * 100_000, JSON_LINE_1),
    (b'{"inputs": ' * 10_000, JSON_LINE_1),
    (b"1" * 100_000, JSON_LINE_1),
    (b"null", "the body must be an object"),
    (b"1", "the body must be an object"),
    (b'{"source": "graph", "inputs": {"a": ' + b"[" * 25 + b"]" * 25 + b"}}", "/inputs/a must be a number"),
]

NON_FINITE = [b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e400"]
MEDIA_TYPES = [
    "",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "json",
    "application/xml",
]

QUERIES = [
    ("", 'the query parameter "source" is required'),
    ("source=graph&seed=a", 'the query parameter "seed" must be a whole number'),
    ("source=graph&seed=-1", 'the query parameter "seed" must be at least 0'),
    ("source=graph&accumulation=x", "the query parameter \"accumulation\" must be 'pytorch' or 'micrograd'"),
    ("source=graph&sauce=1", 'the query parameter "sauce" is not a field of this request'),
    ("source=graph&inputs=x", 'the query parameter "inputs" must be JSON, and is not at line 1, column 1'),
    ("source=graph&inputs=[]", 'the query parameter "inputs" must be an object'),
    ('source=graph&inputs={"a":"b"}', 'the query parameter "inputs" at /a must be a number'),
    ('source=graph&inputs={"a":NaN}', 'the query parameter "inputs" at /a must be a finite number'),
]

METHODS = [
    ("PUT", GRAPH, "GET, HEAD, POST"),
    ("DELETE", GRAPH, "GET, HEAD, POST"),
    ("TRACE", GRAPH, "GET, HEAD, POST"),
    ("OPTIONS", GRAPH, "GET, HEAD, POST"),
    ("BREW", GRAPH, "GET, HEAD, POST"),
    ("GET", "/api/v1/check", "POST"),
    ("HEAD", "/api/v1/check", "POST"),
    ("POST", "/api/v1/ops", "GET, HEAD"),
    ("POST", "/healthz", "GET, HEAD"),
    ("POST", "/", "GET, HEAD"),
    ("PATCH", "/problems/busy", "GET, HEAD"),
]

NOWHERE = [
    "/nope",
    "/api",
    "/api/v1",
    "/api/v1/graph/",
    "/api/v2/graph",
    "/static",
    "/static/x/js/main.js",
    "/problems/x",
    "/%ff",
]

DEEDS = [
    ("wrong", "program"),
    ("grow 900", "program"),
    ("crash", "lost"),
    ("raise", "lost"),
    ("garbage", "lost"),
    ("empty", "lost"),
    ("unbraced", "lost"),
    ("untrue", "lost"),
    ("nan", "lost"),
    ("oversize 2", "lost"),
]


@pytest.mark.parametrize(("content", "message"), FIELDS)
def test_a_field_that_is_wrong_is_named(client: TestClient, content: object, message: str) -> None:
    problem = check(client.post(GRAPH, json=content), "request", GRAPH)
    assert messages(problem) == [problem.detail] == [message]


def test_every_wrong_field_is_named_at_once_but_not_thousands(client: TestClient) -> None:
    problem = check(client.post(GRAPH, json={"seed": "x", "expand": {}}), "request")
    assert messages(problem) == ["/source is required", "/seed must be a whole number", "/expand must be a list"]
    assert len(check(client.post(GRAPH, json={str(n): n for n in range(9_999)}), "request").diagnostics) == 20


@pytest.mark.parametrize("source", [LONG, WIDE])
def test_a_source_that_is_too_long_names_the_budget(client: TestClient, source: str) -> None:
    (finding,) = check(client.post(GRAPH, json={"source": source}), "request").diagnostics
    assert (finding.code, finding.limit) == ("limit", "source")


@pytest.mark.parametrize(("body", "message"), BODIES)
def test_a_body_that_is_no_object_says_where(client: TestClient, body: bytes, message: str) -> None:
    response = client.post(GRAPH, content=body, headers={"Content-Type": "application/json"})
    problem = check(response, "not-json" if "JSON" in message else "request", GRAPH)
    assert [problem.detail] == messages(problem)
    assert problem.detail.startswith(message)


@pytest.mark.parametrize("number", NON_FINITE)
def test_a_number_that_is_not_finite_is_refused(client: TestClient, number: bytes) -> None:
    body = b'{"source": "graph", "inputs": {"a": ' + number + b"}}"
    response = client.post(GRAPH, content=body, headers={"Content-Type": "application/json"})
    assert messages(check(response, "request")) == ["/inputs/a must be a finite number"]


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
def test_a_body_of_another_type_is_refused(client: TestClient, media_type: str) -> None:
    response = client.post(GRAPH, content=b'{"source": "graph"}', headers={"Content-Type": media_type})
    check(response, "media-type", GRAPH)


@pytest.mark.parametrize("media_type", ["application/json", "Application/JSON; charset=utf-8"])
def test_json_may_say_its_charset(client: TestClient, media_type: str) -> None:
    response = client.post(GRAPH, content=b'{"source": "graph"}', headers={"Content-Type": media_type})
    assert response.status_code == 200


@pytest.mark.parametrize(("query", "message"), QUERIES)
def test_a_query_that_is_wrong_is_named(client: TestClient, query: str, message: str) -> None:
    problem = check(client.get(f"{GRAPH}?{query}"), "request", GRAPH)
    assert messages(problem) == [message]


def test_a_body_that_is_too_large_names_the_budget(client: TestClient) -> None:
    body = json.dumps(anything(expand=["x" * LIMITS.body_bytes])).encode()
    response = client.post(GRAPH, content=body, headers={"Content-Type": "application/json"})
    assert check(response, "too-large", GRAPH).diagnostics[0].limit == "request body"


def test_a_program_that_is_too_long_for_an_address_names_the_budget(client: TestClient) -> None:
    problem = check(client.get(GRAPH, params={"source": "é" * 4_097}), "too-long", GRAPH)
    assert problem.diagnostics[0].limit == "source"
    assert "POST" in problem.detail


@pytest.mark.parametrize(("method", "path", "allow"), METHODS)
def test_a_method_that_is_not_taken_is_told_which_are(client: TestClient, method: str, path: str, allow: str) -> None:
    response = client.request(method, path)
    assert response.headers["allow"] == allow
    if method == "HEAD":
        assert (response.status_code, response.content) == (405, b"")
    else:
        check(response, "method", path)


@pytest.mark.parametrize("path", NOWHERE)
def test_an_address_of_nothing_says_so(client: TestClient, path: str) -> None:
    check(client.get(path), "not-found", path)


@pytest.mark.parametrize(("deed", "kind"), DEEDS)
@pytest.mark.parametrize("verb", ["graph", "check"])
def test_what_becomes_of_a_program_is_said(client: TestClient, verb: str, deed: str, kind: str) -> None:
    path = f"/api/v1/{verb}"
    check(client.post(path, json={"source": deed}), kind, path)


def test_an_endless_program_names_the_budget(client: TestClient) -> None:
    problem = check(client.post(GRAPH, json={"source": "spin 60"}), "program")
    assert [(finding.code, finding.limit) for finding in problem.diagnostics] == [("limit", "running time")]


def test_a_greedy_program_names_the_budget(client: TestClient) -> None:
    problem = check(client.post(GRAPH, json={"source": "grow 900"}), "program")
    assert [(finding.code, finding.limit) for finding in problem.diagnostics] == [("limit", "memory")]


def test_the_log_has_what_the_answer_has_not(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        check(client.post(GRAPH, json={"source": "raise"}), "lost")
    assert "a secret of /the/machine" in caplog.text
    assert "\n  File" not in caplog.records[0].getMessage(), "one line, whatever it holds"


def test_an_exception_nobody_expected_is_logged_and_not_told(caplog: pytest.LogCaptureFixture) -> None:
    app = create_app(Settings(workers=1, worker_nice=0), target=fakes.ACT)

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("a secret of /the/machine")

    with TestClient(app) as client, caplog.at_level(logging.ERROR):
        problem = check(client.get("/broken"), "internal", "/broken")
    assert "secret" not in problem.model_dump_json()
    assert "secret" in caplog.text


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_kind_of_problem_has_a_page(client: TestClient, kind: object) -> None:
    name = getattr(kind, "name", "")
    response = client.get(f"/problems/{name}")
    assert response.status_code == 200
    assert KINDS[name].title in response.text
    assert KINDS[name].meaning in response.text
