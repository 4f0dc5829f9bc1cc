"""The one shape of every problem, asserted in one place."""

import re
from collections.abc import Mapping
from typing import Any, Protocol

from app.http.errors import KINDS, LATER, MEDIA_TYPE
from app.http.headers import FRAMED, POLICY
from app.schemas import ProblemDocument

LEAKS = re.compile(
    r"Traceback|File \"|/app/|/engine/|site-packages|\.py\b|<class|object at 0x|pydantic|starlette|fastapi|"
    r"NoneType|\b(?:str|int|dict|list|bytes)'|Error\b|Exception"
)


class Response(Protocol):
    @property
    def status_code(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def content(self) -> bytes: ...


def check(response: Response, kind: str, path: str | None = None) -> ProblemDocument:
    """The response is a problem of this kind, and says nothing about the machine."""
    return check_raw(response.status_code, response.headers, response.content, kind, path)


def check_raw(status: int, headers: Mapping[str, str], body: bytes, kind: str, path: str | None) -> ProblemDocument:
    """The same, from the parts of an answer."""
    problem = ProblemDocument.model_validate_json(body)
    assert headers["content-type"] == MEDIA_TYPE
    assert headers["cache-control"] == "no-store"
    assert headers["content-security-policy"] == POLICY + FRAMED
    assert status == problem.status == KINDS[kind].status
    assert problem.type == f"/problems/{kind}"
    assert problem.title
    assert problem.detail
    assert path is None or problem.instance == path
    assert not LEAKS.search(body.decode()), body
    assert ("retry-after" in headers) == (status in LATER)
    return problem


def messages(problem: ProblemDocument) -> list[str]:
    return [finding.message for finding in problem.diagnostics]


def anything(**fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """A request with these fields."""
    return {"source": "graph", **fields}
