"""Problems: every answer that is not the one asked for has one shape, `application/problem+json` (RFC 9457).

`KINDS` is the closed list of them; each has a page that explains it, which is its `type`. Sentences are ours: no text
of Python's, pydantic's or the machine's gets into an answer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Match
from starlette.types import Scope

from app.http.sentences import findings
from app.schemas import Diagnostic, ProblemDocument
from app.telemetry.entry import entry_of

MEDIA_TYPE = "application/problem+json"
RETRY = {"Retry-After": "1"}
LATER = (429, 503)  # statuses of what works a little later
METHODS = ("GET", "HEAD", "POST", "DELETE")
INSTANCE_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: its name in addresses, its status, and what it means to whom it happens."""

    name: str
    status: int
    title: str
    meaning: str


PROGRAM = Kind(
    "program",
    422,
    "The program is wrong",
    "The program was read, and it breaks a rule of the language, goes wrong while it runs, or exceeds a budget. "
    "The diagnostics say what, in which line, and what to write instead.",
)
REQUEST = Kind(
    "request",
    422,
    "The request is not as it should be",
    "The request was read, but a field is missing, unknown, of the wrong type or out of bounds. "
    "Each diagnostic names the field by its place.",
)
NOT_JSON = Kind("not-json", 400, "The body is not JSON", "The body of the request must be one JSON object in UTF-8.")
BAD = Kind("bad-request", 400, "The request cannot be understood", "The request does not follow the rules of HTTP.")
HOST = Kind("host", 400, "This is another host", "The request names no host, several, or one that this service is not.")
NOT_FOUND = Kind("not-found", 404, "There is nothing here", "No page and no part of the API has this address.")
NO_LINK = Kind(
    "no-link", 404, "There is no such link", "It was never made, or given up by whoever made it, or mistyped."
)
EXPIRED = Kind("expired", 410, "The link has expired", "This server keeps links for some time only, and it is over.")
TOKEN = Kind("token", 403, "This token does not hold the link", "Only who made a link can give it up, with its token.")
METHOD = Kind(
    "method", 405, "This address does not take that method", "The Allow header lists the methods that it takes."
)
SLOW = Kind("slow", 408, "The body did not arrive in time", "The request was begun, but its body took too long.")
TOO_LARGE = Kind("too-large", 413, "The body is too large", "The budgets list says how large a body may be.")
TOO_LONG = Kind(
    "too-long", 414, "The program is too long for an address", "Longer programs are sent in a body, with POST."
)
MEDIA = Kind(
    "media-type",
    415,
    "The body is not sent as JSON",
    "The Content-Type of the body must be application/json; a batch may be application/jsonl.",
)
TOO_MANY = Kind(
    "too-many",
    429,
    "Too many programs",
    "So many programs are run for one client in a while, and so many trainings and batches at the same time. "
    "Retry-After says when there is room again.",
)
INTERNAL = Kind("internal", 500, "Something went wrong here", "This is a mistake of ours, not of the request.")
FORMAT = Kind("format", 501, "This format is not given", "oEmbed is answered as json or xml.")
BUSY = Kind("busy", 503, "All places are taken", "Many programs are running. The same request works a little later.")
ENDING = Kind(
    "ending", 503, "The server is about to end", "It finishes what it has begun. Another one takes its place."
)
LOST = Kind(
    "lost",
    503,
    "The program could not be run",
    "The process that ran the program ended before it answered, and was replaced. The same request may work again.",
)
LINKS_AWAY = Kind(
    "links-away",
    503,
    "Links cannot be reached",
    "The place where links are kept does not answer, or cannot be written to. Everything else works, and so does a "
    "link that has the whole program in its address.",
)
LINKS_FULL = Kind(
    "links-full",
    507,
    "No more links can be kept",
    "There is no room left where links are kept. A link that has the whole program in its address needs none.",
)
LINK_BROKEN = Kind(
    "link-broken",
    500,
    "The link cannot be read",
    "What was kept of it is damaged, or was written by a later version of this service.",
)

KINDS = {
    kind.name: kind
    for kind in (
        PROGRAM,
        REQUEST,
        NOT_JSON,
        BAD,
        HOST,
        TOKEN,
        NOT_FOUND,
        NO_LINK,
        EXPIRED,
        METHOD,
        SLOW,
        TOO_LARGE,
        TOO_LONG,
        MEDIA,
        TOO_MANY,
        INTERNAL,
        FORMAT,
        BUSY,
        ENDING,
        LOST,
        LINKS_AWAY,
        LINKS_FULL,
        LINK_BROKEN,
    )
}
BY_STATUS = {kind.status: kind for kind in (NOT_FOUND, METHOD)}


class Problem(Exception):
    """What to answer instead."""

    def __init__(
        self,
        kind: Kind,
        detail: str,
        *,
        title: str | None = None,
        diagnostics: Sequence[Diagnostic] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail
        self.title = title or kind.title
        self.diagnostics = list(diagnostics)
        self.headers = {"Cache-Control": "no-store", **(RETRY if kind.status in LATER else {}), **(headers or {})}

    def note(self, scope: Scope) -> str:
        """Tell of it where the request is told of; the request's name there."""
        entry = entry_of(scope)
        if entry is None:
            return ""
        entry.kind = self.kind.name
        entry.budgets.update(one.limit for one in self.diagnostics if one.limit)
        return entry.id

    def document(self, scope: Scope) -> str:
        """The problem with a request, as JSON."""
        return ProblemDocument(
            type=f"/problems/{self.kind.name}",
            title=self.title,
            status=self.kind.status,
            detail=self.detail,
            instance=_instance(scope),
            request=self.note(scope),
            diagnostics=self.diagnostics,
        ).model_dump_json(by_alias=True)

    def response(self, scope: Scope) -> Response:
        """The problem as the answer to a request."""
        return Response(self.document(scope), self.kind.status, headers=self.headers, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every exception a request can raise with a problem."""
    for kind in EXPECTED:
        app.add_exception_handler(kind, answer_to)


async def answer_to(request: Request, error: Exception) -> Response:
    """The answer to a request that raised one of the `EXPECTED`."""
    return next(answer(request, error) for kind, answer in _ANSWERS.items() if isinstance(error, kind))


def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101  # it was registered for nothing else
    return error.response(request.scope)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    kind = BY_STATUS.get(error.status_code, BAD)
    headers = {"Allow": ", ".join(_allowed(request))} if kind is METHOD else None
    return Problem(kind, kind.meaning, headers=headers).response(request.scope)


def _query(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    return invalid(error.errors()).response(request.scope)


def _left(request: Request, error: Exception) -> Response:  # noqa: ARG001
    return Response(status_code=BAD.status)  # to nobody


_ANSWERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    Problem: _problem,
    HTTPException: _http,
    RequestValidationError: _query,
    ClientDisconnect: _left,
}
EXPECTED = tuple(_ANSWERS)


def invalid(errors: Sequence[Mapping[str, object]]) -> Problem:
    """The problem of a request whose fields are not as they should be, from what pydantic found."""
    diagnostics = findings(errors)
    return Problem(REQUEST, diagnostics[0].message, diagnostics=diagnostics)


def _allowed(request: Request) -> list[str]:
    """The methods that some route takes at this address."""
    routes = request.app.routes

    def taken(method: str) -> bool:
        asked = {**request.scope, "method": "GET" if method == "HEAD" else method}
        return any(route.matches(asked)[0] is Match.FULL for route in routes)

    return [method for method in METHODS if taken(method)]


def _instance(scope: Scope) -> str:
    raw: bytes = scope.get("raw_path") or scope["path"].encode("ascii", "replace")
    return raw.decode("latin-1")[:INSTANCE_CHARACTERS]
