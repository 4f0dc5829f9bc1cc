"""What every answer carries, and who may ask for it."""

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse

from app.http.headers import FRAMED, POLICY, REFUSED, StandingHeaders, embeds

ANYBODYS = ["/api/v1/ops", "/api/v1/graph?source=graph", "/api/v1/nope", "/api/openapi.json", "/static/nope"]
OURS = ["/", "/healthz", "/problems/busy", "/nope", "/robots.txt"]


@pytest.mark.parametrize("path", ANYBODYS + OURS)
def test_every_answer_is_careful(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY + FRAMED
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert all(f"{feature}=()" in headers["permissions-policy"] for feature in REFUSED)
    assert "cache-control" in headers
    assert "set-cookie" not in headers
    assert "server" not in headers
    assert "strict-transport-security" not in headers


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    rules = dict(rule.split(" ", 1) for rule in (POLICY + FRAMED).split("; "))
    assert rules["default-src"] == rules["base-uri"] == "'none'"
    assert rules["frame-ancestors"] == "'self'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY


@pytest.mark.parametrize("path", ANYBODYS)
def test_anybody_may_use_the_api_and_the_files(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers
    assert headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("path", OURS)
def test_pages_are_ours(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "access-control-allow-origin" not in headers
    assert headers["cross-origin-resource-policy"] == "same-origin"


EMBEDS = ["/embed", "/embed?source=graph", "/embed/nope"]


@pytest.mark.parametrize("path", EMBEDS)
def test_a_frame_is_for_pages_of_anybody(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == POLICY.removesuffix("; ")
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["access-control-allow-origin"] == "*"
    assert "x-frame-options" not in headers


@pytest.mark.parametrize(
    ("embedded_by", "rule"),
    [
        ("", "frame-ancestors 'self'"),
        ("https://moodle.example https://x.example", "frame-ancestors 'self' https://moodle.example https://x.example"),
    ],
)
def test_an_operator_says_who_frames(embedded_by: str, rule: str) -> None:
    policy = dict(embeds(embedded_by))[b"content-security-policy"].decode()
    assert policy == POLICY + rule


def test_a_browser_that_asks_first_is_told_yes(client: TestClient) -> None:
    asking = {
        "Origin": "null",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type",
    }
    response = client.options("/api/v1/graph", headers=asking)
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, POST, DELETE"
    assert "Content-Type" in response.headers["access-control-allow-headers"]
    assert client.options("/", headers=asking).status_code == 405


LASTING = "max-age=63072000; includeSubDomains"


@pytest.mark.parametrize("path", [*ANYBODYS, *OURS, *EMBEDS])
def test_who_came_by_https_stays_with_it(client: TestClient, path: str) -> None:
    assert client.get(f"https://testserver{path}").headers["strict-transport-security"] == LASTING


@pytest.mark.parametrize(
    ("days", "https", "address", "lasting"),
    [
        (730, True, "http://testserver/", LASTING),  # by a proxy that has it: a browser comes by nothing else
        (730, False, "http://testserver/", None),
        (0, True, "https://testserver/", None),
        (1, False, "https://testserver/", "max-age=86400; includeSubDomains"),
    ],
)
def test_an_operator_says_for_how_long(*, days: int, https: bool, address: str, lasting: str | None) -> None:
    client = TestClient(StandingHeaders(PlainTextResponse("ok"), "*", days, https=https))
    assert client.get(address).headers.get("strict-transport-security") == lasting


def test_a_feature_that_no_page_uses_is_refused_to_all(client: TestClient) -> None:
    policy = client.get("/").headers["permissions-policy"].split(", ")
    assert policy == [f"{feature}=()" for feature in REFUSED]
    assert {"camera", "microphone", "geolocation", "payment", "usb", "serial"} <= set(REFUSED)
