"""A surface of a program: the output over two inputs, with its gradient."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from app.documents import Because, Number
from app.routes.addresses import kept, program_of
from app.routes.described import answers, answers_by_address, body
from app.routes.panels import (
    EXAMPLE,
    Counted,
    Done,
    End,
    Key,
    Method,
    Missing,
    Node,
    Output,
    Whose,
)
from app.routes.programs import answered, received
from app.schemas import ProgramQuery, ProgramRequest, Strict

MOST = 128
WHAT = "The surface"

Size = Annotated[int, Field(ge=2, le=MOST, description="How many points along each input, both ends among them.")]
Gradients = Annotated[bool, Field(description="Whether to send the gradient at each point too.")]
Grid = Annotated[list[list[Missing]], Field(description="A row per number of the second input.")]
RANGES = {"x": "a", "x_from": -5.0, "x_to": 5.0, "y": "b", "y_from": -5.0, "y_to": 5.0}


class SurfaceRanges(Whose):
    """Two inputs of a program, and the ranges they move over."""

    x: Key
    x_from: End
    x_to: End
    y: Key
    y_from: End
    y_to: End
    size: Size = 64
    gradients: Gradients = False
    node: Node = None


class SurfaceRequest(SurfaceRanges, ProgramRequest):
    """A program, two inputs of it, and the ranges they move over."""


class SurfaceQuery(SurfaceRanges, ProgramQuery):
    """The same in an address."""


class SurfaceGradients(Strict):
    """The slopes of the output for each of the two inputs."""

    x: Grid
    y: Grid


class SurfacePoint(Strict):
    """Where the inputs stand now."""

    x: Missing
    y: Missing
    z: Number
    gradient: Annotated[list[Missing], Field(min_length=2, max_length=2)]


class SurfaceDocument(Strict):
    """A surface; points that were not reached in time are null, and lie between those that were."""

    x: Key
    y: Key
    output: Output
    method: Method
    because: Because | None
    count: Counted
    done: Done
    xs: list[float]
    ys: list[float]
    zs: Grid
    gradients: SurfaceGradients | None
    point: SurfacePoint


router = APIRouter(prefix="/api/v1", tags=["panels"])


@router.post(
    "/surface",
    operation_id="surface",
    summary="The output of a program over two of its inputs, with the gradient at each point",
    response_class=Response,
    responses=answers(SurfaceDocument, WHAT),
    openapi_extra=body(SurfaceRequest, {**EXAMPLE, **RANGES, "size": 3, "gradients": True}),
)
async def surface(request: Request) -> Response:
    """Evaluate a program over a grid of two inputs: by replay of its graph, or by running it again and again."""
    return await answered(request, "surface", await received(request, SurfaceRequest))


@router.get(
    "/surface",
    operation_id="surface_by_address",
    summary="The same, for links and caches",
    response_class=Response,
    responses=answers_by_address(SurfaceDocument, WHAT),
)
async def surface_by_address(request: Request, query: Annotated[SurfaceQuery, Query()]) -> Response:
    """Evaluate the program in the address over a grid of two inputs."""
    return await kept(request, "surface", program_of(request, query, SurfaceRequest))
