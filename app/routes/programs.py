"""A program in, its graph or its diagnostics out."""

from typing import TypeVar

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.documents import CheckDocument, GraphDocument, GraphParts
from app.evaluate import evaluate
from app.http.body import JSON, read
from app.http.errors import invalid
from app.routes.described import FIELDS, REQUEST_EXAMPLE, answers, body
from app.schemas import CheckRequest, GraphRequest, PartsRequest
from app.services import services

NOT_KEPT = {"Cache-Control": "no-store"}

Model = TypeVar("Model", bound=BaseModel)

router = APIRouter(prefix="/api/v1", tags=["programs"])


async def received(request: Request, model: type[Model]) -> Model:
    """The request in a body."""
    return await read(request, model, services(request).settings.body_seconds)


def as_json(answer: bytes) -> Response:
    """A worker's answer as it is."""
    return Response(answer, media_type=JSON)


async def answered(request: Request, verb: str, program: BaseModel) -> Response:
    """A worker's answer to a request that came in a body."""
    return Response(await evaluate(request, verb, program), headers=NOT_KEPT, media_type=JSON)


def parts(fields: str) -> list[str]:
    """The parts of a graph document that a query names, each once; a Problem where there is no such part."""
    named = dict.fromkeys(name.strip() for name in fields.split(",")) if fields else {}
    for name in named:
        if name not in GraphDocument.model_fields:
            facts = {"part": name or '""', "parts": ", ".join(GraphDocument.model_fields)}
            raise invalid([{"type": "unknown_part", "loc": ("query", "fields"), "ctx": facts}])
    return [name for name in GraphDocument.model_fields if name in named]


def partly(program: GraphRequest, fields: str) -> GraphRequest:
    """The program, with the parts of its graph that are asked for."""
    return PartsRequest(**program.model_dump(), fields=parts(fields)) if fields else program


@router.post(
    "/graph",
    operation_id="graph",
    summary="The graph of a program, with data and grad on every node",
    response_class=Response,
    responses=answers(GraphDocument | GraphParts, "The program's graph, or the parts of it that were asked for"),
    openapi_extra={**body(GraphRequest, REQUEST_EXAMPLE), **FIELDS},
)
async def graph(request: Request) -> Response:
    """Run a program forward and backward."""
    fields = request.query_params.get("fields", "") if request.scope["query_string"] else ""
    return await answered(request, "graph", partly(await received(request, GraphRequest), fields))


@router.post(
    "/check",
    operation_id="check",
    summary="What there is to say about a program",
    response_class=Response,
    responses=answers(CheckDocument, "The diagnostics; none for a program without mistakes"),
    openapi_extra=body(CheckRequest, {"source": "y = flaot(0.5)"}),
)
async def check(request: Request) -> Response:
    """List a program's errors and warnings."""
    return await answered(request, "check", await received(request, CheckRequest))
