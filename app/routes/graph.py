"""A program in, its graph or its diagnostics out."""

import hashlib
from typing import Annotated, TypeVar

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.body import read
from app.errors import TOO_LONG, Problem, invalid
from app.evaluate import evaluate
from app.routes.described import GRAPH_EXAMPLE, REQUEST_EXAMPLE, body, problems
from app.schemas import CheckDocument, CheckRequest, Diagnostic, GraphDocument, GraphQuery, GraphRequest
from app.services import matches, services

JSON = "application/json"
KEPT = {"Cache-Control": "public, max-age=300"}
NOT_KEPT = {"Cache-Control": "no-store"}

Model = TypeVar("Model", bound=BaseModel)

INPUTS: TypeAdapter[dict[str, float]] = TypeAdapter(GraphRequest.model_fields["inputs"].rebuild_annotation())

router = APIRouter(prefix="/api/v1", tags=["programs"])


async def _read(request: Request, model: type[Model]) -> Model:
    return await read(request, model, services(request).settings.body_seconds)


@router.post(
    "/graph",
    operation_id="graph",
    summary="The graph of a program, with data and grad on every node",
    response_class=Response,
    responses={
        200: {
            "model": GraphDocument,
            "description": "The program's graph",
            "content": {JSON: {"example": GRAPH_EXAMPLE}},
        },
        **problems(400, 408, 413, 415, 422, 503),
    },
    openapi_extra=body(GraphRequest, REQUEST_EXAMPLE),
)
async def graph(request: Request) -> Response:
    """Run a program forward and backward."""
    program = await _read(request, GraphRequest)
    return Response(await evaluate(request, "graph", program), headers=NOT_KEPT, media_type=JSON)


@router.get(
    "/graph",
    operation_id="graph_by_address",
    summary="The same, for links and caches",
    response_class=Response,
    responses={
        200: {"model": GraphDocument, "description": "The program's graph"},
        304: {"description": "The client's copy is still right"},
        **problems(414, 422, 503),
    },
)
async def graph_by_address(request: Request, query: Annotated[GraphQuery, Query()]) -> Response:
    """Run the program in the address forward and backward; the same address gives the same answer."""
    most = services(request).settings.query_bytes
    if len(query.source.encode()) > most:
        detail = f"In an address a program has at most {most:,} bytes; send longer ones with POST."
        raise Problem(TOO_LONG, detail, diagnostics=[Diagnostic.placeless("limit", detail, limit="source")])
    program = _program(query)
    headers = {"ETag": _tag(request, program), **KEPT}
    if matches(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(await evaluate(request, "graph", program), headers=headers, media_type=JSON)


@router.post(
    "/check",
    operation_id="check",
    summary="What there is to say about a program",
    response_class=Response,
    responses={
        200: {"model": CheckDocument, "description": "The diagnostics; none for a program without mistakes"},
        **problems(400, 408, 413, 415, 422, 503),
    },
    openapi_extra=body(CheckRequest, {"source": "y = tahn(0.5)"}),
)
async def check(request: Request) -> Response:
    """List a program's errors and warnings."""
    program = await _read(request, CheckRequest)
    return Response(await evaluate(request, "check", program), headers=NOT_KEPT, media_type=JSON)


def _program(query: GraphQuery) -> GraphRequest:
    """The request that a query stands for."""
    try:
        inputs = INPUTS.validate_json(query.inputs, strict=True)
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        raise invalid([{**one, "loc": ("query", "inputs", *one["loc"])} for one in errors]) from None
    return GraphRequest.model_validate({**query.model_dump(), "inputs": inputs})


def _tag(request: Request, program: GraphRequest) -> str:
    """The entity tag of a program's graph: the answer is a function of these."""
    asked = orjson.dumps([services(request).edition, program.model_dump()], option=orjson.OPT_SORT_KEYS)
    return f'"{hashlib.sha256(asked).hexdigest()[:32]}"'
