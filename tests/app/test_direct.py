"""Endpoints that ask for the request alone are called with it; everything else goes through FastAPI."""

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from app.http.headers import StandingHeaders
from app.main import create_app
from app.routes.direct import Direct
from tests.app.problems import check

APP = create_app()
DIRECT = StandingHeaders(Direct(PlainTextResponse("further in"), APP.routes), "*", 0, https=False)


async def short(scope: Scope, receive: Receive, send: Send) -> None:
    """The application without what is further in."""
    await DIRECT({**scope, "app": APP}, receive, send)


SHORT = TestClient(short)


@pytest.mark.parametrize("name", ["graph", "check", "curve", "surface", "gradcheck"])
def test_what_computes_is_answered_directly_problems_included(name: str) -> None:
    path = f"/api/v1/{name}"
    check(SHORT.post(path, content=b"{}"), "media-type", path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/v1/graph"),  # has parameters
        ("GET", "/problems/busy"),  # has a part of its address as one
        ("PUT", "/api/v1/graph"),
        ("POST", "/api/v1/graph/"),
        ("POST", "/nowhere"),
    ],
)
def test_everything_else_is_passed_on(method: str, path: str) -> None:
    assert SHORT.request(method, path).text == "further in"
