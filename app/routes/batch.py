"""Up to a thousand programs in, a graph or a problem for each of them out."""

import re
from itertools import islice, takewhile
from time import monotonic
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from app.admission import admit, client_of
from app.batch import Batch, Written, lines, listed
from app.documents import BatchDocument, BatchLine
from app.http.body import JSON, content, media
from app.http.errors import BUSY, MEDIA, NOT_JSON, REQUEST, TOO_MANY, Problem, invalid
from app.routes.described import FIELDS, REFERENCE, REQUEST_EXAMPLE, problems
from app.routes.programs import NOT_KEPT, parts
from app.schemas import LIMITS, BatchRequest, Diagnostic
from app.services import services

LINE = re.compile(rb"\S[^\r\n]*")
NOTHING = msgspec.Raw()
TAKING_SECONDS = 60.0  # for whoever still reads when a batch's time is over
ANOTHER = "One batch of a client is answered at a time: take the answers of the other first."
LINES = ("application/jsonl", "application/x-ndjson")
PROGRAMS = [{"source": REQUEST_EXAMPLE["source"], "inputs": {"a": 2.0}}, {"source": "y = flaot(0.5)"}]
IN_LINES = {
    "schema": {"description": "A program a line, each as in the body of `POST /api/v1/graph`."},
    "example": "".join(f"{msgspec.json.encode(one).decode()}\n" for one in PROGRAMS),
}
OUT_LINES = {"schema": {"type": "string", "description": f"One `{BatchLine.__name__}` a line."}}
BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            JSON: {"schema": {"$ref": REFERENCE + BatchRequest.__name__}, "example": {"programs": PROGRAMS}},
            **dict.fromkeys(LINES, IN_LINES),
        },
    }
}
ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "model": BatchDocument,
        "description": "For each program its graph or its problem, in their order",
        "content": dict.fromkeys(LINES, OUT_LINES),
    }
}


First = msgspec.defstruct(
    "First", [(f"program_{place}", msgspec.Raw, NOTHING) for place in range(LIMITS.batch + 1)], array_like=True
)
"""The programs of a list, and one more than there may be; what comes after that is passed over, however much it is."""


class Programs(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a batch in JSON; what is in its programs is looked at one by one."""

    programs: First  # type: ignore[valid-type]  # made of a number of fields


router = APIRouter(prefix="/api/v1", tags=["programs"])


@router.post(
    "/batch",
    operation_id="batch",
    summary="The graphs of many programs",
    response_class=Response,
    responses={**ANSWERS, **problems(400, 408, 413, 415, 422, 429, 503)},
    openapi_extra={**BODY, **FIELDS},
)
async def batch(request: Request) -> Response:
    """Run many programs; a wrong one has its own problem, and the others their graphs."""
    kind = media(request)
    if kind != JSON and kind not in LINES:
        raise Problem(MEDIA, MEDIA.meaning)
    fields = parts(request.query_params.get("fields", ""))
    received = await content(request, services(request).settings.body_seconds, "batch_bytes")
    programs = in_json(received) if kind == JSON else in_lines(received)
    if len(programs) > LIMITS.batch:
        detail = f"A batch has at most {LIMITS.batch:,} programs."
        raise Problem(REQUEST, detail, diagnostics=[Diagnostic.placeless("limit", detail, limit="batch")])
    await admit(request)
    seats, client = services(request).batches, client_of(request)
    if seats.has(client):
        raise Problem(TOO_MANY, ANOTHER)
    if seats.full:
        raise Problem(BUSY, BUSY.meaning)
    found = Batch(request, programs, fields, monotonic() + LIMITS.batch_seconds)
    written = listed(found) if kind == JSON else lines(found)
    return Written(written, seats.seat(client), LIMITS.batch_seconds + TAKING_SECONDS, NOT_KEPT, kind)


def in_lines(body: bytes) -> list[bytes]:
    """The programs of JSON lines, and no more than one too many; empty lines are passed over."""
    return [found[0] for found in islice(LINE.finditer(body), LIMITS.batch + 1)]


def in_json(body: bytes) -> list[bytes]:
    """The programs of a JSON object, and no more than one too many; a Problem where it is none."""
    try:
        found = msgspec.structs.astuple(msgspec.json.decode(body, type=Programs).programs)
        return [bytes(one) for one in takewhile(lambda one: one is not NOTHING, found)]
    except msgspec.ValidationError:
        raise invalid([{"type": "batch_form", "loc": ()}]) from None
    except (msgspec.DecodeError, RecursionError):
        raise Problem(NOT_JSON, NOT_JSON.meaning) from None
