"""What does not depend on a program: the rulebook, the examples, the budgets."""

import hashlib
from dataclasses import asdict
from functools import cache
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from app.documents import ExampleDocument, LimitDocument, OpDocument
from app.http.body import JSON
from app.http.compression import tag
from app.paths import TEMPLATES
from app.routes.addresses import KEPT
from app.schemas import LIMITS
from app.services import matches
from engine.examples import PROGRAMS
from engine.ops import OPS

FIELDS = tuple(ExampleDocument.model_fields)


class Document:
    """JSON that never changes, with its entity tag."""

    def __init__(self, content: object) -> None:
        self.body = orjson.dumps(content)
        self._digest = hashlib.sha256(self.body).hexdigest()[:32]

    def answer(self, request: Request) -> Response:
        """Send it, unless the client has it."""
        headers = {"ETag": tag(request, self._digest), **KEPT}
        if matches(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(self.body, headers=headers, media_type=JSON)


OPERATIONS = Document([op.describe() for op in OPS.values()])
LISTED = [{name: asdict(example)[name] for name in FIELDS} for example in PROGRAMS]
TOLD = {path.stem: orjson.loads(path.read_bytes()) for path in (TEMPLATES / "examples").glob("*.json")}
EXAMPLES = Document(LISTED)
BUDGETS = Document(LIMITS.describe())
UNCHANGED: dict[int | str, dict[str, Any]] = {304: {"description": "The client's copy is still right"}}

router = APIRouter(prefix="/api/v1", tags=["catalog"], default_response_class=Response)


@cache
def told(lang: str) -> list[dict[str, str]]:
    """The examples in a language, from easy to hard; in English where it has no words for them."""
    words = TOLD.get(lang)
    if words is None:
        return LISTED
    return [{**one, **words["examples"][one["name"]], "level": words["levels"][one["level"]]} for one in LISTED]


@router.get(
    "/ops",
    operation_id="ops",
    summary="Every operation of the rulebook",
    responses={200: {"model": list[OpDocument], "description": "The operations"}, **UNCHANGED},
)
async def ops(request: Request) -> Response:
    """List the operations: formula, derivatives, domain, kinks."""
    return OPERATIONS.answer(request)


@router.get(
    "/examples",
    operation_id="examples",
    summary="Programs to begin with",
    responses={200: {"model": list[ExampleDocument], "description": "The examples"}, **UNCHANGED},
)
async def examples(request: Request) -> Response:
    """List the examples, from easy to hard."""
    return EXAMPLES.answer(request)


@router.get(
    "/limits",
    operation_id="limits",
    summary="The budgets of a program and of a request",
    responses={200: {"model": list[LimitDocument], "description": "The budgets"}, **UNCHANGED},
)
async def limits(request: Request) -> Response:
    """List the budgets: an error that names a limit names one of these."""
    return BUDGETS.answer(request)
