"""A program in, its graph or its diagnostics out."""

from typing import TypeVar

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.body import read
from app.documents import CheckDocument, GraphDocument
from app.evaluate import evaluate
from app.routes.described import REQUEST_EXAMPLE, body, problems
from app.routes.direct import DirectRoute
from app.schemas import CheckRequest, GraphRequest
from app.services import services

JSON = "application/json"
NOT_KEPT = {"Cache-Control": "no-store"}

Model = TypeVar("Model", bound=BaseModel)

router = APIRouter(prefix="/api/v1", tags=["programs"], route_class=DirectRoute)


async def _read(request: Request, model: type[Model]) -> Model:
    return await read(request, model, services(request).settings.body_seconds)


@router.post(
    "/graph",
    operation_id="graph",
    summary="The graph of a program, with data and grad on every node",
    response_class=Response,
    responses={
        200: {"model": GraphDocument, "description": "The program's graph"},
        **problems(400, 408, 413, 415, 422, 503),
    },
    openapi_extra=body(GraphRequest, REQUEST_EXAMPLE),
)
async def graph(request: Request) -> Response:
    """Run a program forward and backward."""
    program = await _read(request, GraphRequest)
    return Response(await evaluate(request, "graph", program), headers=NOT_KEPT, media_type=JSON)


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
