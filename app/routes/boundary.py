"""What a program's net has learned: its answers over a part of the plane."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field, FiniteFloat

from app.routes.addresses import kept, program_of
from app.routes.described import answers, answers_by_address, body
from app.routes.programs import answered, received
from app.schemas import Name, ProgramQuery, ProgramRequest
from app.training import FieldDocument

FAR = 1e30  # further out floats of 32 bits do not reach
MOST = 128
WHAT = "The function over the plane"
SOURCE = """\
net = MLP(2, [2, 1], "linear")
for p in net.parameters():
    p.data = 0.5
loss = mse([net(x) for x in xor()[0]], xor()[1])
"""
EXAMPLE: dict[str, Any] = {"source": SOURCE, "inputs": {}, "output": "loss", "seed": 0, "field": "net", "size": 3}

End = Annotated[
    FiniteFloat | None, Field(ge=-FAR, le=FAR, description="By default as far as the program's points reach.")
]


class Where(BaseModel):
    """Which function, and over which part of the plane."""

    field: Annotated[
        Name | None, Field(description="The variable that holds it; by default the first net of two numbers.")
    ] = None
    x_from: End = None
    x_to: End = None
    y_from: End = None
    y_to: End = None
    size: Annotated[int, Field(ge=2, le=MOST, description="Points along each axis, both ends among them.")] = 60


class BoundaryRequest(Where, ProgramRequest):
    """A program, and which function of two numbers to show."""


class BoundaryQuery(Where, ProgramQuery):
    """The same in an address."""


router = APIRouter(prefix="/api/v1", tags=["training"])


@router.post(
    "/boundary",
    operation_id="boundary",
    summary="What a program's net answers over the plane",
    response_class=Response,
    responses=answers(FieldDocument, WHAT),
    openapi_extra=body(BoundaryRequest, EXAMPLE),
)
async def boundary(request: Request) -> Response:
    """Run a program, then its net at every point of a grid at once."""
    return await answered(request, "boundary", await received(request, BoundaryRequest))


@router.get(
    "/boundary",
    operation_id="boundary_by_address",
    summary="The same, for links and caches",
    response_class=Response,
    responses=answers_by_address(FieldDocument, WHAT),
)
async def boundary_by_address(request: Request, query: Annotated[BoundaryQuery, Query()]) -> Response:
    """Run the program in the address, then its net at every point of a grid at once."""
    return await kept(request, "boundary", program_of(request, query, BoundaryRequest))
