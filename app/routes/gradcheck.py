"""A check of every gradient of a program: found in four ways, compared, and what each way costs."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from app.documents import Because, Number
from app.routes.addresses import kept, program_of
from app.routes.described import answers, answers_by_address, body
from app.routes.panels import EXAMPLE, Key, Missing, Output, Right, Whose, Written
from app.routes.programs import answered, received
from app.schemas import Line, ProgramQuery, ProgramRequest, Strict

WHAT = "The comparison"

Input = Annotated[Key | None, Field(description="The input whose steps are listed; by default the first.")]
Verdict = Annotated[
    Literal["agrees", "kink", "undefined", "differs"],
    Field(description="Whether the ways agree; if not, whether a kink or a number that is not finite explains it."),
]
Amount = Annotated[int, Field(ge=0)]


class GradcheckRequest(Whose, ProgramRequest):
    """A program, and the input of the table of steps."""

    input: Input = None


class GradcheckQuery(Whose, ProgramQuery):
    """The same in an address."""

    input: Input = None


class GradcheckRow(Strict):
    """The slope of the output for one input or parameter, in each way."""

    node: int
    key: Annotated[Key | None, Field(description="Null for a parameter.")]
    label: str | None
    data: Number
    reverse: Annotated[Number, Field(description="By a backward pass.")]
    forward: Annotated[Number, Field(description="By dual numbers.")]
    central: Annotated[Number, Field(description="By moving the number to both sides.")]
    step: Annotated[Number, Field(description="How far it was moved; 0 where nothing finite was found.")]
    complex: Annotated[Missing, Field(description="By a step in the imaginary direction; null if not possible.")]
    written: Written = None
    right: Right = None
    difference: Annotated[Missing, Field(description="The largest one to `reverse`, relative to the slope or to 1.")]
    verdict: Verdict


class GradcheckCost(Strict):
    """What one way takes for all inputs together."""

    way: Literal["reverse", "forward", "central", "complex"]
    passes: Annotated[Amount, Field(description="Passes over the graph.")]
    operations: Annotated[Amount, Field(description="Operations computed or differentiated in them.")]


class GradcheckKink(Strict):
    """A node where the graph has no slope."""

    node: int
    op: str
    line: Line | None
    convention: Annotated[str, Field(examples=["the slope at 0 is taken as 0"])]


class GradcheckStep(Strict):
    """(f(x+h) - f(x)) / h."""

    h: float
    slope: Number
    error: Annotated[Number, Field(description="How far it is from the slope.")]


class GradcheckSteps(Strict):
    """Smaller and smaller steps of one input: nearer and nearer to the slope, until rounding spoils it."""

    node: int
    key: Key | None
    x: Number
    slope: Number
    rows: list[GradcheckStep]


class GradcheckDocument(Strict):
    """Every gradient in four ways, inputs before parameters."""

    output: Output
    verdict: Annotated[Verdict | None, Field(description="The worst of all; null if there is nothing to compare.")]
    held: Annotated[
        Because | None,
        Field(description="Where the program might go another way at other inputs: the graph was held as it is."),
    ]
    count: Annotated[Amount, Field(description="Inputs and parameters of the program.")]
    done: Annotated[Amount, Field(description="How many of them were compared.")]
    rows: list[GradcheckRow]
    costs: list[GradcheckCost]
    kinks: list[GradcheckKink]
    steps: GradcheckSteps | None


router = APIRouter(prefix="/api/v1", tags=["panels"])


@router.post(
    "/gradcheck",
    operation_id="gradcheck",
    summary="Every gradient of a program in four ways, compared",
    response_class=Response,
    responses=answers(GradcheckDocument, WHAT),
    openapi_extra=body(GradcheckRequest, {**EXAMPLE, "input": "a"}),
)
async def gradcheck(request: Request) -> Response:
    """Find gradients by reverse mode, forward mode, central differences and complex steps."""
    return await answered(request, "gradcheck", await received(request, GradcheckRequest))


@router.get(
    "/gradcheck",
    operation_id="gradcheck_by_address",
    summary="The same, for links and caches",
    response_class=Response,
    responses=answers_by_address(GradcheckDocument, WHAT),
)
async def gradcheck_by_address(request: Request, query: Annotated[GradcheckQuery, Query()]) -> Response:
    """Check the gradients of the program in the address."""
    return await kept(request, "gradcheck", program_of(request, query, GradcheckRequest))
