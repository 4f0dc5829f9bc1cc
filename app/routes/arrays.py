"""The array program of what a program computed, beside the scalar operations it stands for."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.routes.described import answers, body
from app.routes.programs import answered, received
from app.schemas import ProgramRequest, Strict

SOURCE = (
    "random.seed(0)\nX, y = moons(6, 0.1)\nnet = MLP(2, [3, 1])\nloss = mse([net(x) for x in X], y)\nloss.backward()"
)
EXAMPLE: dict[str, Any] = {"source": SOURCE, "inputs": {}, "output": None, "seed": 0}

Amount = Annotated[int, Field(ge=0)]
Seconds = Annotated[float, Field(ge=0)]


class ArrayLine(Strict):
    """An array, and the scalar operations whose results stand in it."""

    name: Annotated[str, Field(examples=["v2"])]
    shape: Annotated[list[int], Field(description="Its lengths; none for a single number.")]
    text: Annotated[str, Field(description="What it is computed from.", examples=["tanh(v1)"])]
    count: Annotated[Amount, Field(description="How many results stand in it.")]
    nodes: Annotated[list[int], Field(description="The first thousand of them, by their ids in the graph.")]
    scalars: Annotated[list[str], Field(description="Some of them, written out.", examples=[["#8 = tanh(#7)"]])]


class ArraysDocument(Strict):
    """The same computation, number by number and as arrays."""

    way: Annotated[
        Literal["scalars", "levels", "arrays"],
        Field(description="What computes it fastest: numbers one by one, the equal ones of a level, or arrays."),
    ]
    operations: Annotated[Amount, Field(description="Scalar operations of the graph.")]
    lines: list[ArrayLine]
    scalar_s: Annotated[Seconds, Field(description="What the program took, its backward pass included.")]
    array_s: Annotated[Seconds, Field(description="What the same forward and backward take once more.")]


router = APIRouter(prefix="/api/v1", tags=["training"])


@router.post(
    "/arrays",
    operation_id="arrays",
    summary="A program's graph as an array program, and the time of both",
    response_class=Response,
    responses=answers(ArraysDocument, "The array program"),
    openapi_extra=body(ProgramRequest, EXAMPLE),
)
async def arrays(request: Request) -> Response:
    """Run a program, and find the matrix products in what it computed."""
    return await answered(request, "arrays", await received(request, ProgramRequest))
