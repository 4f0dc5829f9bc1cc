"""A curve of a program: the output against one input, with its slope."""

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
    From,
    Key,
    Method,
    Missing,
    Node,
    Output,
    Right,
    To,
    Whose,
    Written,
)
from app.routes.programs import answered, received
from app.schemas import ProgramQuery, ProgramRequest, Strict

MOST = 2_000
WHAT = "The curve"

Count = Annotated[int, Field(ge=2, le=MOST, description="How many points, both ends among them.")]


class CurveRange(Whose):
    """An input of a program, and the range it moves over."""

    input: Key
    start: From
    stop: To
    count: Count = 200
    node: Node = None


class CurveRequest(CurveRange, ProgramRequest):
    """A program, an input of it, and the range it moves over."""


class CurveQuery(CurveRange, ProgramQuery):
    """The same in an address."""


class CurvePoint(Strict):
    """Where the input stands now."""

    x: Missing
    y: Number
    slope: Missing
    written: Written = None
    right: Right = None


class CurveDocument(Strict):
    """A curve; of points that were not reached in time there is nothing."""

    input: Key
    output: Output
    method: Method
    because: Because | None
    count: Counted
    done: Done
    xs: list[float]
    ys: Annotated[list[Missing], Field(description="Null where the program itself ends with a problem.")]
    slopes: Annotated[list[Missing], Field(description="Null too where the program has moved the input itself.")]
    point: CurvePoint


router = APIRouter(prefix="/api/v1", tags=["panels"])


@router.post(
    "/curve",
    operation_id="curve",
    summary="The output of a program against one of its inputs, with the slope at each point",
    response_class=Response,
    responses=answers(CurveDocument, WHAT),
    openapi_extra=body(CurveRequest, {**EXAMPLE, "input": "a", "from": -5.0, "to": 5.0, "count": 11}),
)
async def curve(request: Request) -> Response:
    """Evaluate a program over a range of one input: by replay of its graph, or by running it again and again."""
    return await answered(request, "curve", await received(request, CurveRequest))


@router.get(
    "/curve",
    operation_id="curve_by_address",
    summary="The same, for links and caches",
    response_class=Response,
    responses=answers_by_address(CurveDocument, WHAT),
)
async def curve_by_address(request: Request, query: Annotated[CurveQuery, Query()]) -> Response:
    """Evaluate the program in the address over a range of one input."""
    return await kept(request, "curve", program_of(request, query, CurveRequest))
