"""Answers are packed for whoever can read them so, and a tag names the bytes that travel."""

import gzip
from collections.abc import Iterator

import brotli
import httpx2
import pytest
import zstandard
from fastapi.testclient import TestClient

from app.http.compression import CODINGS, WORTH, preferred
from app.main import create_app
from app.settings import Settings
from tests.app import fakes
from tests.app.serving import Server, serving

READ = {
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
    "br": brotli.decompress,
    "gzip": gzip.decompress,
}
PLAIN = {"Accept-Encoding": "identity"}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5, br;q=0", "gzip"),
        ("*", "zstd"),
        ("*;q=0.1, zstd;q=0", "br"),
        ("zstd;q=0, br;q=0, gzip;q=0, *", None),
        ("zstd;q=x", None),
        ("identity", None),
        ("", None),
        ("zstd;level=3", "zstd"),
    ],
)
def test_the_best_of_what_is_accepted_is_chosen(engine: TestClient, accepted: str, coding: str | None) -> None:
    assert preferred(accepted) == coding
    response = engine.get("/api/v1/ops", headers={"Accept-Encoding": accepted})
    assert response.headers.get("content-encoding") == coding


@pytest.fixture(scope="module")
def raw() -> Iterator[Server]:
    with serving(create_app(Settings(workers=1, worker_nice=0, links="off"), target=fakes.ACT)) as server:
        yield server


@pytest.mark.parametrize("coding", CODINGS)
def test_every_coding_says_the_same_under_its_own_tag(raw: Server, coding: str) -> None:
    path = "/api/v1/ops"
    plain = raw.get(path)
    packed = raw.ask(f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\n\r\n".encode())
    assert READ[coding](packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 2
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert packed.headers["etag"] == f'{plain.headers["etag"][:-1]}-{coding}"'
    head = f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: {coding}\r\nIf-None-Match: "
    again = raw.ask(f"{head}{packed.headers['etag']}\r\n\r\n".encode())
    assert (again.status, again.headers["etag"], again.body) == (304, packed.headers["etag"], b"")
    assert raw.ask(f"{head}{plain.headers['etag']}\r\n\r\n".encode()).status == 200


def test_what_is_small_or_packed_already_is_sent_as_it_is(engine: TestClient) -> None:
    program = {"source": "a = 2.0"}
    small = engine.post("/api/v1/check", json=program)
    assert len(small.content) < WORTH
    assert "content-encoding" not in small.headers
    assert "content-encoding" not in engine.post("/api/v1/export/png", json=program).headers


def test_graphs_batches_problems_and_pages_are_packed(engine: TestClient) -> None:
    program = {"source": "a = 2.0\nL = (a * a + a) * a"}
    for answer in (
        engine.post("/api/v1/graph", json=program),
        engine.get("/api/v1/graph", params=program),
        engine.post("/api/v1/batch", json={"programs": [program] * 50}),
        engine.get("/"),
    ):
        assert answer.headers["content-encoding"] in CODINGS, answer.request.url


def test_an_address_has_the_tag_of_its_coding(engine: TestClient) -> None:
    program = {"source": "a = 2.0\nL = a * a"}
    tags = set()
    for accepted in (*CODINGS, "identity"):
        headers = {"Accept-Encoding": accepted}
        answer = engine.get("/api/v1/graph", params=program, headers=headers)
        known = engine.get(
            "/api/v1/graph", params=program, headers={**headers, "If-None-Match": answer.headers["etag"]}
        )
        assert (known.status_code, known.headers["etag"]) == (304, answer.headers["etag"])
        assert known.headers["vary"] == "Accept-Encoding"
        tags.add(answer.headers["etag"])
    assert len(tags) == len(CODINGS) + 1


def test_a_stream_is_told_event_by_event(engine: TestClient) -> None:
    source = "w = Value(1.0)\nfor i in range(3):\n    L = w * w\n    L.backward()\n    w.data -= 0.1 * w.grad"
    with engine.stream("POST", "/api/v1/train", json={"source": source}) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "content-encoding" not in answer.headers


def test_httpx_reads_what_it_accepts(raw: Server) -> None:
    answer = httpx2.get(f"http://127.0.0.1:{raw.port}/api/v1/ops")
    assert answer.headers["content-encoding"] in CODINGS
    assert isinstance(answer.json(), list)
